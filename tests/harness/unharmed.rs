//! What must hold after every attack.

use super::client::{Answer, Request};
use super::town::Town;

/// Checks that the server is ready, and that all that is stored fits together.
pub fn unharmed(town: &Town) {
    Request::new("GET", &format!("{}/readyz", town.address))
        .send()
        .expect(200);
    let (whole, said) = town.run(&["check"]);
    assert!(whole, "{said}");
    let log = town.log();
    assert!(!log.contains("panicked"), "{log}");
}

/// Checks that an answer is a refusal in the form all refusals have, and tells nothing of the inside.
pub fn refusal(answer: &Answer) {
    let text = answer.text();
    assert!((400..500).contains(&answer.status), "{answer:?}");
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{answer:?}"
    );
    assert!(answer.json["code"].is_string(), "{text}");
    for inside in [
        "panicked",
        "src/",
        "diesel",
        "SQLITE",
        "sqlite",
        "backtrace",
    ] {
        assert!(!text.contains(inside), "{text}");
    }
}
