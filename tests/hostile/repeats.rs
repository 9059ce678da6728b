//! Repeats and crowds: what is sent often is done once, and nobody stands in another's way.

use std::io::Write;
use std::net::Shutdown;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::council::move_to;
use crate::harness::database::{number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Town, raw, unharmed};

const KEY: &str = "5b1f0f3e-7a77-4d0e-9a53-0d7d1f7d9a10";

fn send(town: &Town, body: &Value) -> Answer {
    town.visitor()
        .post("/municipalities/elbasan/concerns")
        .header("idempotency-key", KEY)
        .json(body.clone())
        .send()
}

fn concerns(town: &Town) -> i64 {
    number(&mut open(town), "SELECT count(*) AS number FROM concerns")
}

/// T-IDEM-01: fifty at once and more after a restart: one concern, one notice, one answer.
#[test]
fn the_same_submission_is_taken_once_however_often_it_comes() {
    let mut town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let body = anonymous_concern("Rruga pa drita", &receipt_of("once", 1));
    let answers: Vec<String> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..50)
            .map(|_| scope.spawn(|| send(&town, &body).expect(201).to_string()))
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    town.kill_and_restart();
    assert_eq!(send(&town, &body).expect(201).to_string(), answers[0]);
    assert_eq!(concerns(&town), 1);
    let told = number(
        &mut open(&town),
        "SELECT count(*) AS number FROM outbox WHERE kind = 'desk news'",
    );
    assert_eq!(told, 1);
    drop(secretary);
    unharmed(&town);
}

/// T-IDEM-01: a repeat after the concern went on is still answered like the first time, and another
/// body or another address under the same key is not taken for it.
#[test]
fn a_late_repeat_is_answered_like_the_first() {
    let town = Town::start();
    let council = Council::seat(&town);
    let body = anonymous_concern("Rruga pa drita", &receipt_of("once", 2));
    let first = send(&town, &body).expect(201);
    move_to(
        &council.secretary,
        first["id"].as_str().unwrap(),
        json!({"to": "in_review"}),
    )
    .expect(200);
    assert_eq!(send(&town, &body).expect(201), first);
    let mut other = body.clone();
    other["title"] = json!("Kanali pa kapak");
    send(&town, &other).refused(409, "idempotency_key_reused");
    other["receipt"] = json!(receipt_of("once", 3));
    let elsewhere = town
        .visitor()
        .post("/municipalities/tirane/concerns")
        .header("idempotency-key", KEY)
        .json(json!({"topic": "lighting", "title": "Rruga pa drita", "text": "Prej dy javësh pa drita.",
            "identity": "anonymous", "receipt": other["receipt"]}))
        .send();
    elsewhere.expect(201);
    for key in [
        "short",
        "with space 0123456789",
        "ë0123456789abcdef",
        &"x".repeat(65),
        "",
    ] {
        let answer = town
            .visitor()
            .post("/municipalities/elbasan/concerns")
            .header("idempotency-key", key)
            .json(body.clone())
            .send();
        answer.refused(400, "idempotency_key_invalid");
    }
    assert_eq!(concerns(&town), 2);
}

/// T-IDEM-01: what was refused can be mended and sent again under the same key.
#[test]
fn a_refusal_does_not_use_the_key_up() {
    let town = Town::start();
    let mut body = anonymous_concern("x", &receipt_of("once", 4));
    send(&town, &body).refused(422, "fields_invalid");
    body["title"] = json!("Rruga pa drita");
    send(&town, &body).expect(201);
    assert_eq!(concerns(&town), 1);
}

/// T-OUT-01: the line went dead after the body was sent; the queue sends again: one concern.
#[test]
fn a_submission_whose_answer_was_lost_is_there_once() {
    let town = Town::start();
    let body = anonymous_concern("Rruga pa drita", &receipt_of("lost", 1));
    let text = body.to_string();
    let head = format!(
        "POST /api/v1/municipalities/elbasan/concerns HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
         idempotency-key: {KEY}\r\ncontent-length: {}\r\n\r\n{text}",
        text.len()
    );
    for _ in 0..5 {
        let mut socket = raw::connect(&town);
        socket.write_all(head.as_bytes()).unwrap();
        socket.shutdown(Shutdown::Both).unwrap();
    }
    let mut half = raw::connect(&town);
    half.write_all(&head.as_bytes()[..head.len() - 20]).unwrap();
    drop(half);
    let id = send(&town, &body).expect(201)["id"].clone();
    assert_eq!(send(&town, &body).expect(201)["id"], id);
    assert_eq!(concerns(&town), 1);
    unharmed(&town);
}

/// T-IDEM-01: a letter in two hands: the worker tells a piece of news once also after it was killed.
#[test]
fn news_is_told_once_to_the_inbox_although_the_server_was_killed() {
    let mut town = Town::start();
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let council = council.publish(&town, &[&id]);
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/support")).expect(200);
    let answer = json!({"verdict": "not_possible", "text": "Këtë vit nuk ka fonde për dritat."});
    let request = council.secretary.post(&format!("/concerns/{id}/answers"));
    request.json(answer).send().expect(200);
    town.kill_and_restart();
    // Several processes wait until the lease of the one that was killed is over.
    town.move_clock(26 * 3600 + 180);
    let told = "SELECT count(*) AS number FROM inbox i JOIN accounts a ON a.id = i.account_id \
                WHERE a.email = 'arta@example.al' AND kind = 'answered'";
    wait_until("the inbox", || number(&mut open(&town), told) > 0);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(number(&mut open(&town), told), 1);
}

/// What a process had in hand when it was killed waits for no lease where there is only one process.
#[test]
fn what_was_in_hand_when_the_server_was_killed_is_done_when_it_starts() {
    let mut town = Town::start();
    town.smtp.set_silent(true);
    let asked = town.visitor().post("/sign-in/codes");
    let asked = asked.json(json!({"email": "arta@example.al"})).send();
    asked.expect(202);
    let begun = "SELECT count(*) AS number FROM outbox WHERE kind = 'mail' AND attempts > 0";
    wait_until("it was begun", || number(&mut open(&town), begun) == 1);
    town.kill();
    town.smtp.set_silent(false);
    town.kill_and_restart();
    wait_until("the letter", || !town.smtp.letters().is_empty());
}
