//! `trekendesh check`: what does not fit is named, and what fits is not.

use chrono::Days;
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::open;
use crate::harness::meeting::{announced, come, with_places};
use crate::harness::{Browser, Council, Person, Town};

/// What somebody does to the file past the server, and what is said about it.
const FAULTS: [(&str, &str); 10] = [
    (
        "UPDATE concerns SET residents = 7 WHERE residents = 1",
        "7 supports are said, 1 are there",
    ),
    (
        "UPDATE concerns SET state = 'planned' WHERE state = 'published'",
        "it is planned, its timeline ends published",
    ),
    (
        "UPDATE concerns SET state = 'solved'",
        "there is no state solved",
    ),
    (
        "UPDATE concerns SET merged_into = id",
        "it is merged by half",
    ),
    (
        "UPDATE concerns SET awaits_batch = TRUE",
        "it is public and waits to be",
    ),
    (
        "UPDATE supports SET contests = TRUE",
        "it is contested and not done",
    ),
    (
        "DELETE FROM concern_search",
        "a search finds it 0 times instead of 1",
    ),
    ("UPDATE events SET position = 5", "1 steps with gaps"),
    (
        "INSERT INTO outbox VALUES ('x', 'dance', '{}', 'x', '2020-01-01 00:00:00', 0)",
        "nobody can do \"dance\"",
    ),
    (
        "INSERT INTO outbox VALUES ('x', 'tell', '{}', 'x', '2020-01-01 00:00:00', 0)",
        "what \"tell\" needs cannot be read",
    ),
];

fn check(town: &Town) -> (bool, String) {
    town.run(&["check"])
}

#[test]
fn what_was_done_by_hand_and_does_not_fit_is_named() {
    for (done, said) in FAULTS {
        let (town, _, id) = town_with_a_public_concern();
        let arta = Person::sign_in(&town, "arta");
        arta.put(&format!("/concerns/{id}/support")).expect(200);
        assert_eq!(
            check(&town),
            (true, "all that is stored fits together\n".to_owned())
        );
        open(&town).batch_execute(done).unwrap();
        let (fits, words) = check(&town);
        assert!(!fits && words.contains(said), "{done}: {words}");
    }
}

/// Places and awaited answers are counted beside their rows.
#[test]
fn a_number_of_residents_that_is_not_there_is_named() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 1));
    for symbol in ['A', 'B'] {
        come(&town.visitor().with_device(symbol), &id).expect(200);
    }
    let before = town.clock().today() - Days::new(1);
    let asked = format!(
        "INSERT INTO questions (id, meeting_id, text, state, asked_on, public_on) \
         VALUES ('meetingquestion0', '{id}', 'Pse?', 'published', '{before}', '{before}')"
    );
    open(&town).batch_execute(&asked).unwrap();
    let phone = town.visitor().with_device('A');
    phone.put("/questions/meetingquestion0/support").expect(200);
    assert!(check(&town).0, "{}", check(&town).1);
    let lost = "UPDATE meetings SET taken = 5 WHERE taken = 1; DELETE FROM question_supports";
    open(&town).batch_execute(lost).unwrap();
    let (fits, words) = check(&town);
    assert!(!fits);
    for said in [
        "5 places and 1 who wait are said, 1 and 1 are there",
        "1 who wait for the answer are said, 0 are there",
    ] {
        assert!(words.contains(said), "{words}");
    }
}

/// A subscription names what it follows in words that no store holds together.
#[test]
fn what_is_followed_and_is_not_there_is_named() {
    let town = Town::start();
    let (visitor, browser) = (
        town.visitor(),
        Browser::new("lost", "https://push.example.org/lost".to_owned()),
    );
    let (_, receipt) = visitor.submit_anonymously("Rruga pa drita");
    let follow = json!([
        {"kind": "municipality", "municipality": "elbasan"},
        {"kind": "unit", "municipality": "elbasan", "unit": "gjinar"},
        {"kind": "topic", "municipality": "elbasan", "topic": "lighting"},
        {"kind": "thread", "receipt": receipt},
    ]);
    let subscribed = visitor.post("/push/subscriptions");
    let subscribed = subscribed.json(browser.subscription(follow));
    subscribed.send().expect(200);
    let (fits, words) = check(&town);
    assert!(fits, "control: {words}");
    open(&town)
        .batch_execute("UPDATE push_follows SET subject = subject || 'x'")
        .unwrap();
    let (fits, words) = check(&town);
    for kind in ["municipality", "unit", "topic", "thread"] {
        let said = format!("the {kind} it follows is not there");
        assert!(!fits && words.contains(&said), "{kind}: {words}");
    }
    open(&town)
        .batch_execute("UPDATE push_follows SET kind = 'concern' WHERE kind = 'thread'")
        .unwrap();
    let (_, words) = check(&town);
    assert!(words.contains("the concern it follows"), "{words}");
}

/// PostgreSQL refuses such a row by itself.
#[test]
fn a_row_of_the_file_that_belongs_to_nothing_is_named() {
    let town = Town::start();
    open(&town)
        .batch_execute(
            "PRAGMA foreign_keys = OFF; \
             INSERT INTO messages VALUES ('nobody', 1, 'author', NULL, 'x', '2026-01-01')",
        )
        .unwrap();
    let (fits, words) = check(&town);
    let said = "a row of messages belongs to nothing in concerns";
    assert!(!fits && words.contains(said), "{words}");
}

#[test]
fn the_sample_year_fits_together() {
    let (fits, words) = check(&Town::demo());
    assert!(fits, "{words}");
}
