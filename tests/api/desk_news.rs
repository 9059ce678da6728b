use serde_json::{Value, json};

use crate::harness::council::{council, move_to};
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, PushService, Town};

const SECRETARY: &str = "municipality.secretary@example.al";

/// The lines of the secretary's inbox about the desk, once there are so many.
fn told(town: &Town, count: usize) -> Vec<Value> {
    let secretary = Person::sign_in(town, "municipality.secretary");
    let lines = || {
        let inbox = secretary.get("/me/inbox").expect(200);
        let mut items = inbox["items"].as_array().unwrap().clone();
        items.retain(|item| item["kind"] == "desk");
        items
    };
    wait_until("the secretary is told", || lines().len() >= count);
    lines()
}

#[test]
fn a_day_with_many_concerns_is_one_letter_on_the_morning_after() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let before = town.smtp.count(SECRETARY);
    for number in 0..12 {
        town.visitor()
            .submit_anonymously(&format!("Rruga {number} pa drita"));
    }
    let waiting = "SELECT count(*) AS number FROM outbox";
    assert_eq!(number(&mut open(&town), waiting), 1);
    town.move_clock(3_600);
    std::thread::sleep(std::time::Duration::from_millis(1_200));
    assert_eq!(
        number(&mut open(&town), waiting),
        1,
        "an hour is not enough"
    );
    drop(secretary);
    town.move_clock(26 * 3600);
    let letter = town.smtp.wait_for(SECRETARY, before);
    assert!(
        letter.body.contains("12 shqetësime të reja presin"),
        "{}",
        letter.body
    );
    assert!(letter.body.contains("/tavolina"), "{}", letter.body);
    let told = told(&town, 1);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["title"], "12 shqetësime të reja presin");
    assert_eq!(told[0]["concern"], Value::Null);
    let news = town
        .smtp
        .letters()
        .into_iter()
        .filter(|letter| letter.body.contains("presin"));
    assert_eq!(news.count(), 1);
}

#[test]
fn the_desk_hears_what_authors_mend_contest_and_write() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    let (done, contested) = author.submit_anonymously("Rruga e shkollës pa drita");
    let council = council.publish(&town, &[&done]);
    let secretary = &council.secretary;
    let work = json!({"to": "in_progress", "lead": "municipality"});
    move_to(secretary, &done, work).expect(200);
    let answer = json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."});
    let answers = format!("/concerns/{done}/answers");
    secretary.post(&answers).json(answer).send().expect(200);
    move_to(secretary, &done, json!({"to": "done"})).expect(200);
    let (back, mended) = author.submit_anonymously("Kanali pa kapak");
    move_to(secretary, &back, json!({"to": "returned"})).expect(200);
    for (path, status, body) in [
        (
            "contests",
            200,
            json!({"receipt": contested, "reason": "Ende errësirë."}),
        ),
        (
            "corrections",
            200,
            json!({"receipt": mended, "title": "Kanali te ura",
            "text": "Kanali te ura është pa kapak prej një muaji."}),
        ),
        (
            "messages",
            201,
            json!({"receipt": mended, "text": "E plotësova."}),
        ),
        (
            "messages",
            201,
            json!({"receipt": mended, "text": "Faleminderit."}),
        ),
    ] {
        author
            .post(&format!("/receipts/{path}"))
            .json(body)
            .send()
            .expect(status);
    }
    town.move_clock(50 * 3600);
    assert_eq!(
        told(&town, 1)[0]["title"],
        "1 shqetësim i kthyer u plotësua nga autori; 2 shqetësime kanë mesazhe të reja nga autorët"
    );
}

#[test]
fn what_the_desk_has_done_with_by_the_morning_is_no_news() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    move_to(&secretary, &id, json!({"to": "in_review"})).expect(200);
    town.move_clock(26 * 3600);
    wait_until("the morning is over", || {
        number(&mut open(&town), "SELECT count(*) AS number FROM outbox") == 0
    });
    let secretary = Person::sign_in(&town, "municipality.secretary");
    assert_eq!(secretary.get("/me/inbox")["items"], json!([]));
}

#[test]
fn the_devices_of_the_desk_hear_of_it_too_and_name_no_concern() {
    let town = Town::start_with(&[("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")]);
    let service = PushService::start(&town);
    let (_, secretary, _) = council(&town);
    let browser = service.browser("desk");
    let body = browser.subscription(json!([]));
    let subscribed = secretary.post("/push/subscriptions").json(body).send();
    assert_eq!(subscribed.expect(200)["account"], true);
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    town.visitor().submit_anonymously("Kanali pa kapak");
    town.move_clock(26 * 3600);
    let read = service.wait_for(&browser, 1);
    let expected = json!({"kind": "desk", "language": "en"});
    assert_eq!(read, [expected]);
}
