//! Where a request comes from, for limits only: never stored, never logged.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header::{HeaderMap, HeaderValue};

use super::app::App;
use super::limits::network_of;

/// The network a request comes from. `X-Forwarded-For`, and where there is none `Forwarded` (RFC
/// 7239), is believed only from configured proxies.
pub fn network(app: &App, request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr() else {
        return String::new();
    };
    let proxies = &app.config().trusted_proxies;
    network_of(origin(peer.ip(), request.headers(), proxies))
}

/// The address behind `peer`. What was said is read from its end, where the nearest proxy wrote: past
/// our own proxies to the first address that is none of them. What is no address ends the walk at the
/// last one that was believed. A proxy is known also where its IPv4 address comes in the dress of
/// IPv6, as on a socket for both.
fn origin(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let is_ours = |address: IpAddr| {
        let same = |proxy: &IpAddr| proxy.to_canonical() == address.to_canonical();
        proxies.iter().any(same)
    };
    let mut nearest = peer;
    if !is_ours(peer) {
        return nearest;
    }
    for hop in said(headers).iter().rev() {
        match address_of(hop) {
            Some(address) => nearest = address,
            None => break,
        }
        if !is_ours(nearest) {
            break;
        }
    }
    nearest
}

/// All hops that were said, in their order: several lines are one list (RFC 9110, section 5.3), and
/// an empty element says nothing (section 5.6.1).
fn said(headers: &HeaderMap) -> Vec<String> {
    // A line that is no text is one hop that is no address.
    let text = |line: &HeaderValue| line.to_str().unwrap_or("?").to_owned();
    let filled = |hop: &String| !hop.is_empty();
    if headers.contains_key("x-forwarded-for") {
        let lines = headers.get_all("x-forwarded-for").map(text);
        return lines
            .flat_map(|line| parts(&line, ','))
            .filter(filled)
            .collect();
    }
    headers
        .get_all("forwarded")
        .map(text)
        .flat_map(|line| parts(&line, ','))
        .filter(filled)
        .map(|element| named_for(&element))
        .collect()
}

/// Who an element of `Forwarded` says it was forwarded for; empty when it does not say.
fn named_for(element: &str) -> String {
    parts(element, ';')
        .iter()
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
        .unwrap_or_default()
}

/// The trimmed parts of a line between these marks; one in quotes parts nothing.
fn parts(line: &str, mark: char) -> Vec<String> {
    let mut quoted = false;
    line.split(|letter: char| {
        quoted ^= letter == '"';
        letter == mark && !quoted
    })
    .map(|part| part.trim().to_owned())
    .collect()
}

/// An address as proxies write it: `203.0.113.7`, `203.0.113.7:4711`, `2001:db8::1`, `[2001:db8::1]`
/// or `[2001:db8::1]:443`.
fn address_of(hop: &str) -> Option<IpAddr> {
    if let Ok(address) = hop.parse::<IpAddr>() {
        return Some(address);
    }
    if let Ok(socket) = hop.parse::<SocketAddr>() {
        return Some(socket.ip());
    }
    let bare = hop.strip_prefix('[')?.strip_suffix(']')?;
    bare.parse::<Ipv6Addr>().ok().map(IpAddr::V6)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::origin;

    fn ask(peer: &str, proxies: &[&str], lines: &[(&str, &str)]) -> String {
        let mut request = TestRequest::default();
        for line in lines {
            request = request.append_header(*line);
        }
        let proxies: Vec<_> = proxies.iter().map(|text| text.parse().unwrap()).collect();
        let request = request.to_http_request();
        origin(peer.parse().unwrap(), request.headers(), &proxies).to_string()
    }

    fn behind(lines: &[&str]) -> String {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| ("x-forwarded-for", *line))
            .collect();
        ask("127.0.0.1", &["127.0.0.1", "10.0.0.2"], &lines)
    }

    #[test]
    fn a_proxy_is_believed_in_either_dress_and_nobody_else_is() {
        let ask = |peer: &str, proxy: &str| {
            let said = ("x-forwarded-for", "198.51.100.1, 203.0.113.77");
            ask(peer, &[proxy], &[said])
        };
        assert_eq!(ask("127.0.0.1", "127.0.0.1"), "203.0.113.77");
        assert_eq!(ask("::ffff:127.0.0.1", "127.0.0.1"), "203.0.113.77");
        assert_eq!(ask("127.0.0.1", "::ffff:127.0.0.1"), "203.0.113.77");
        assert_eq!(ask("::1", "127.0.0.1"), "::1");
        assert_eq!(ask("203.0.113.9", "127.0.0.1"), "203.0.113.9");
    }

    #[test]
    fn several_lines_are_one_list_read_from_its_end() {
        assert_eq!(behind(&["198.51.100.1", "203.0.113.77"]), "203.0.113.77");
        assert_eq!(behind(&["203.0.113.77", "10.0.0.2"]), "203.0.113.77");
        assert_eq!(behind(&["203.0.113.77, , 10.0.0.2,"]), "203.0.113.77");
        assert_eq!(behind(&["10.0.0.2"]), "10.0.0.2");
        assert_eq!(behind(&[]), "127.0.0.1");
    }

    #[test]
    fn an_address_may_have_a_port_and_brackets() {
        for (written, read) in [
            ("203.0.113.7:4711", "203.0.113.7"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
        ] {
            assert_eq!(behind(&[written]), read, "{written}");
        }
    }

    #[test]
    fn what_is_no_address_ends_the_walk_where_it_was() {
        for garbage in [
            "unknown",
            "_hidden",
            "203.0.113.7:http",
            "203.0.113.7:99999",
            "[2001:db8::1",
            "[203.0.113.7]",
            "203.0.113",
            "evil.example",
        ] {
            assert_eq!(behind(&["198.51.100.1", garbage]), "127.0.0.1", "{garbage}");
            let passed = behind(&["198.51.100.1", garbage, "10.0.0.2"]);
            assert_eq!(passed, "10.0.0.2", "{garbage}");
        }
    }

    #[test]
    fn forwarded_is_read_where_there_is_no_other() {
        let behind = |lines: &[(&str, &str)]| ask("127.0.0.1", &["127.0.0.1"], lines);
        let first = ("forwarded", "for=198.51.100.1");
        let v6 = (
            "forwarded",
            "proto=https;For=\"[2001:db8::1]:4711\";by=\"a,b;c\"",
        );
        assert_eq!(behind(&[first, v6]), "2001:db8::1");
        assert_eq!(
            behind(&[("forwarded", "for=203.0.113.7;proto=http")]),
            "203.0.113.7"
        );
        assert_eq!(behind(&[first, ("forwarded", "for=_hidden")]), "127.0.0.1");
        assert_eq!(behind(&[first, ("forwarded", "proto=http")]), "127.0.0.1");
        let older = ("x-forwarded-for", "203.0.113.77");
        assert_eq!(behind(&[first, older]), "203.0.113.77");
    }
}
