//! What proxies say of where a request comes from: believed of those that are configured, as far as
//! they are, and of nobody else. The limit that tells is that of codes for one address from one
//! network.

use serde_json::json;

use crate::harness::{Town, unharmed};

/// As many codes as one network may ask for to one address.
const CODES: u32 = 10;

/// Whether requests with these header lines are counted as coming from one network, although
/// whatever has `{}` in it differs from request to request.
fn are_one_network(proxies: &str, lines: &[(&str, &str)]) -> bool {
    let town = Town::start_with(&[("TREKENDESH_TRUSTED_PROXIES", proxies)]);
    let ask = |number: u32| {
        let mut request = town.visitor().post("/sign-in/codes");
        for (name, value) in lines {
            request = request.header(name, &value.replace("{}", &number.to_string()));
        }
        let request = request.json(json!({"email": "arta@example.al"}));
        request.send().status
    };
    for number in 0..CODES {
        assert_eq!(ask(number), 202, "{lines:?}");
    }
    let last = ask(CODES);
    assert!([202, 429].contains(&last), "{lines:?}: {last}");
    unharmed(&town);
    last == 429
}

const OURS: &str = "[\"127.0.0.1\", \"10.0.0.2\"]";

/// T-HTTP-01: several lines are one list, read from its end past our own proxies; ports and brackets
/// are no other network, and what a client made up in front counts for nothing.
#[test]
fn what_a_client_puts_before_the_proxys_word_counts_for_nothing() {
    let name = "x-forwarded-for";
    for lines in [
        &[(name, "198.51.{}.1"), (name, "203.0.113.7")][..],
        &[(name, "198.51.{}.1, 203.0.113.7:47{}"), (name, "10.0.0.2")],
        &[(name, "198.51.{}.1"), (name, "[2001:db8::1]:44{}")],
        &[(name, "198.51.{}.1, garbage{}, 10.0.0.2")],
        &[("forwarded", "for=198.51.{}.1, for=\"[2001:db8::1]:44{}\"")],
        &[(name, "203.0.113.7"), ("forwarded", "for=198.51.{}.1")],
    ] {
        assert!(are_one_network(OURS, lines), "{lines:?}");
    }
}

/// The other way round: whoever a proxy names is told apart.
#[test]
fn whoever_a_proxy_names_is_told_apart() {
    let name = "x-forwarded-for";
    for lines in [
        &[(name, "203.0.113.7"), (name, "198.51.{}.1:4711")][..],
        &[(name, "198.51.{}.1"), (name, "10.0.0.2")],
        &[(name, "[2001:db8:{}::1]:443")],
        &[
            ("forwarded", "for=203.0.113.7"),
            ("forwarded", "proto=https;for=198.51.{}.1"),
        ],
    ] {
        assert!(!are_one_network(OURS, lines), "{lines:?}");
    }
}

/// T-HTTP-01: nothing is believed of a peer that is no configured proxy.
#[test]
fn a_peer_that_is_no_proxy_is_not_believed() {
    for proxies in ["[]", "[\"10.0.0.2\"]"] {
        let lines = [
            ("x-forwarded-for", "198.51.{}.1"),
            ("forwarded", "for=198.51.{}.1"),
        ];
        assert!(are_one_network(proxies, &lines), "{proxies}");
    }
}
