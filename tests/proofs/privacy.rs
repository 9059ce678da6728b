//! Canaries: what an anonymous person carries with them is nowhere afterwards.

use crate::harness::Town;
use crate::harness::people::{anonymous_concern, receipt_of};

const CANARIES: [(&str, &str); 8] = [
    ("user-agent", "Canary-Agent-7f3a"),
    ("x-forwarded-for", "203.0.113.77"),
    ("x-real-ip", "203.0.113.78"),
    ("forwarded", "for=203.0.113.79"),
    ("accept-language", "sq-canary-5521"),
    ("referer", "https://canary.example/page"),
    ("sec-ch-ua-model", "Canary-Phone-9000"),
    ("x-device-model", "Canary-Model-1234"),
];

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

/// T-ANON-01, T-RCPT-04, T-RCPT-08.
#[test]
fn nothing_an_anonymous_person_carries_is_stored_or_logged() {
    let town = Town::start();
    let receipt = receipt_of("canary", 1);
    let mut request = town
        .visitor()
        .post("/municipalities/elbasan/concerns")
        .json(anonymous_concern("Rruga e shkollës pa drita", &receipt));
    for (name, value) in CANARIES {
        request = request.header(name, value);
    }
    request.send().expect(201);
    let stored = town.stored_bytes();
    let log = town.log();
    assert!(
        contains(&stored, "Rruga e shkollës pa drita"),
        "control: the concern is stored"
    );
    let plain = receipt.replace('-', "");
    let secrets = CANARIES.iter().map(|(_, value)| *value).chain([
        receipt.as_str(),
        plain.as_str(),
        "127.0.0.1:",
    ]);
    for secret in secrets {
        assert!(!contains(&stored, secret), "{secret} is stored");
    }
    for (_, secret) in CANARIES {
        assert!(!log.contains(secret), "{secret} is logged");
    }
    assert!(
        !log.contains(&plain) && !log.contains(&receipt),
        "the receipt is logged"
    );
    assert!(
        !log.contains("/concerns\""),
        "the time of an anonymous act is logged"
    );
}
