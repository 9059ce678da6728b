//! What must hold after every attack.

use super::client::{Answer, Request};
use super::database;
use super::town::Town;

/// Checks that the server is ready, that every count equals its rows, and that the log is whole.
pub fn unharmed(town: &Town) {
    Request::new("GET", &format!("{}/readyz", town.address))
        .send()
        .expect(200);
    let mut file = database::open(town);
    let wrong = database::number(
        &mut file,
        "SELECT count(*) AS number FROM concerns c WHERE \
         residents <> (SELECT count(*) FROM supports s WHERE s.concern_id = c.id AND resident) OR \
         visitors <> (SELECT count(*) FROM supports s WHERE s.concern_id = c.id AND NOT resident)",
    );
    assert_eq!(wrong, 0, "concerns whose counts are not their rows");
    let (whole, said) = town.run(&["verify-log"]);
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
