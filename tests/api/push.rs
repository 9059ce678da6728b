use chrono::TimeDelta;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Browser, Person, PushService, Reply, Town, unharmed};

/// Every push is as long as any other: header, sender's key, filled text, tag.
const LENGTH: usize = 21 + 65 + 512 + 16;

pub fn town() -> Town {
    Town::start_with(&[("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")])
}

fn secretary(town: &Town) -> Person {
    let administrator = town.administrator();
    town.member(&administrator, "municipality", "secretary")
}

pub fn subscribe(person: &Person, browser: &Browser, follow: Value) -> Value {
    person
        .post("/push/subscriptions")
        .json(browser.subscription(follow))
        .send()
        .expect(200)
}

pub fn step(secretary: &Person, id: &str, to: &str) {
    secretary
        .post(&format!("/concerns/{id}/moves"))
        .json(json!({"to": to, "reason": "E qartë dhe pa emra."}))
        .send()
        .expect(200);
}

/// The council writes to an author: news for the thread alone.
pub fn write_to_author(secretary: &Person, id: &str) {
    secretary
        .post(&format!("/concerns/{id}/messages"))
        .json(json!({"text": "Cila pjesë e rrugës është pa drita?"}))
        .send()
        .expect(200);
}

/// A concern that is public, its receipt, and the secretary, signed in on the day after.
pub fn published(town: &Town) -> (String, String, Person) {
    let before = secretary(town);
    let (id, receipt) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    step(&before, &id, "published");
    town.next_morning(&[&id]);
    let after = town.resident_again(before, "municipality.secretary");
    (id, receipt, after)
}

/// A concern that came just now, a browser that follows its thread, and the secretary.
pub fn followed_thread(town: &Town, browser: &Browser) -> (String, Person) {
    let secretary = secretary(town);
    let visitor = town.visitor();
    let (id, receipt) = visitor.submit_anonymously("Rruga e shkollës pa drita");
    subscribe(
        &visitor,
        browser,
        json!([{"kind": "thread", "receipt": receipt}]),
    );
    (id, secretary)
}

fn is_subscribed(town: &Town, browser: &Browser) -> bool {
    let named = json!({"endpoint": browser.endpoint});
    let path = "/push/subscriptions/open";
    town.visitor().post(path).json(named).send().status == 200
}

#[test]
fn whoever_follows_a_concern_reads_each_of_its_steps() {
    let town = town();
    let service = PushService::start(&town);
    let (id, _, secretary) = published(&town);
    let browser = service.browser("dritan");
    let view = subscribe(
        &town.visitor(),
        &browser,
        json!([{"kind": "concern", "concern": id}]),
    );
    assert_eq!(view["account"], false);
    assert_eq!(view["follows"], json!([{"kind": "concern", "concern": id}]));
    step(&secretary, &id, "prioritised");
    let read = service.wait_for(&browser, 1);
    // What the worker shows and opens, and no word of the concern: whoever holds the phone reads it.
    let expected = json!({"kind": "moved", "concern": id, "language": "en"});
    assert_eq!(read, [expected]);
    let pushed = service.pushed(&browser);
    assert!(!pushed[0].headers["topic"].contains(&id));
    assert_eq!(pushed[0].body.len(), LENGTH);
    unharmed(&town);
}

#[test]
fn a_thread_hears_only_that_there_is_news() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("author");
    let (id, secretary) = followed_thread(&town, &browser);
    write_to_author(&secretary, &id);
    service.wait_for(&browser, 1);
    step(&secretary, &id, "in_review");
    let read = service.wait_for(&browser, 2);
    assert_eq!(read, [json!({"kind": "thread"}), json!({"kind": "thread"})]);
    assert_eq!(service.pushed(&browser)[0].body.len(), LENGTH);
    unharmed(&town);
}

#[test]
fn what_is_new_in_a_place_is_told_once_and_its_later_steps_are_not() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("besa");
    let follow = json!([
        {"kind": "municipality", "municipality": "elbasan"},
        {"kind": "unit", "municipality": "elbasan", "unit": "gjinar"},
        {"kind": "topic", "municipality": "elbasan", "topic": "lighting"},
    ]);
    subscribe(&town.visitor(), &browser, follow.clone());
    let (id, _, secretary) = published(&town);
    let read = service.wait_for(&browser, 1);
    assert_eq!(read[0]["kind"], "published");
    let also = service.browser("control");
    subscribe(
        &town.visitor(),
        &also,
        json!([{"kind": "concern", "concern": id}]),
    );
    step(&secretary, &id, "prioritised");
    service.wait_for(&also, 1);
    assert_eq!(service.read_by(&browser).len(), 1);
    let left = town
        .visitor()
        .post("/push/subscriptions/unfollow")
        .json(json!({"endpoint": browser.endpoint, "follow": [follow[0], follow[2]]}))
        .send()
        .expect(200);
    assert_eq!(left["follows"], json!([follow[1]]));
    unharmed(&town);
}

#[test]
fn an_account_hears_once_on_its_device_and_not_at_night() {
    let town = town();
    let service = PushService::start(&town);
    let (id, _, _) = published(&town);
    town.move_clock_to_hour(12);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/support")).expect(200);
    let browser = service.browser("arta");
    let concern = json!([{"kind": "concern", "concern": id}]);
    assert_eq!(subscribe(&arta, &browser, concern)["account"], true);
    step(&secretary, &id, "prioritised");
    assert_eq!(service.wait_for(&browser, 1)[0]["kind"], "moved");
    town.move_clock_to_hour(23);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    secretary
        .post(&format!("/concerns/{id}/answers"))
        .json(json!({"verdict": "done", "text": "Dritat u vendosën dhe punojnë."}))
        .send()
        .expect(200);
    let letter = town.smtp.wait_for("arta@example.al", 2);
    assert!(letter.head.contains("Subject"), "control: the news is out");
    thread::sleep(Duration::from_millis(800));
    assert_eq!(service.read_by(&browser).len(), 1, "it is night");
    town.move_clock_to_hour(7);
    assert_eq!(service.wait_for(&browser, 2)[1]["kind"], "answered");
    thread::sleep(Duration::from_millis(500));
    assert_eq!(service.asked(&browser).len(), 2);
    unharmed(&town);
}

#[test]
fn whoever_has_no_account_is_not_woken_at_night_either() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("author");
    let (id, _) = followed_thread(&town, &browser);
    town.move_clock_to_hour(23);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    write_to_author(&secretary, &id);
    let later = town.clock().now() + TimeDelta::hours(6);
    let later = later.format("%Y-%m-%d %H:%M:%S");
    let asleep = format!(
        "SELECT count(*) AS number FROM outbox WHERE kind = 'push' AND \
         due_at > '{later}'"
    );
    wait_until("it waits for the morning", || {
        number(&mut open(&town), &asleep) == 1
    });
    assert!(service.asked(&browser).is_empty());
    town.move_clock_to_hour(7);
    assert_eq!(service.wait_for(&browser, 1), [json!({"kind": "thread"})]);
    unharmed(&town);
}

#[test]
fn who_wants_no_pushes_gets_none() {
    let town = town();
    let service = PushService::start(&town);
    let (id, _, _) = published(&town);
    town.move_clock_to_hour(12);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let arta = town.resident("arta");
    let (quiet, other) = (service.browser("quiet"), service.browser("other"));
    let concern = json!([{"kind": "concern", "concern": id}]);
    subscribe(&arta, &quiet, concern.clone());
    subscribe(&town.visitor(), &other, concern);
    arta.patch("/me/preferences")
        .json(json!({"push": false}))
        .send()
        .expect(200);
    step(&secretary, &id, "prioritised");
    service.wait_for(&other, 1);
    assert!(service.asked(&quiet).is_empty());
    unharmed(&town);
}

#[test]
fn a_subscription_that_is_over_is_forgotten() {
    let town = town();
    let service = PushService::start(&town);
    for (name, status) in [("left", 410), ("lost", 404)] {
        let browser = service.browser(name);
        service.answer(&browser, &[Reply::Status(status)]);
        let (id, secretary) = match name {
            "left" => followed_thread(&town, &browser),
            _ => another_thread(&town, &browser),
        };
        assert!(is_subscribed(&town, &browser), "control");
        write_to_author(&secretary, &id);
        wait_until("it is forgotten", || !is_subscribed(&town, &browser));
    }
    unharmed(&town);
}

fn another_thread(town: &Town, browser: &Browser) -> (String, Person) {
    let visitor = town.visitor();
    let (id, receipt) = visitor.submit_anonymously("Edhe trotuari pa drita");
    let thread = json!([{"kind": "thread", "receipt": receipt}]);
    subscribe(&visitor, browser, thread);
    (id, Person::sign_in(town, "municipality.secretary"))
}

#[test]
fn a_busy_service_is_asked_again_when_it_said() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("busy");
    service.answer(&browser, &[Reply::Wait(2)]);
    let (id, secretary) = followed_thread(&town, &browser);
    write_to_author(&secretary, &id);
    service.wait_for(&browser, 1);
    let asked = service.asked(&browser);
    assert_eq!(asked.len(), 2);
    let waited = asked[1] - asked[0];
    assert!(waited >= Duration::from_millis(1_900), "{waited:?}");
    unharmed(&town);
}

#[test]
fn a_broken_service_is_asked_again_and_a_message_too_long_is_not() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("broken");
    service.answer(
        &browser,
        &[Reply::Status(500), Reply::Status(413), Reply::Status(201)],
    );
    let (id, secretary) = followed_thread(&town, &browser);
    write_to_author(&secretary, &id);
    wait_until("two tries", || service.asked(&browser).len() == 2);
    town.move_clock(600);
    thread::sleep(Duration::from_millis(1_500));
    assert_eq!(service.asked(&browser).len(), 2);
    assert!(is_subscribed(&town, &browser));
    unharmed(&town);
}

#[test]
fn a_dead_service_holds_up_nobody() {
    let town = town();
    let service = PushService::start(&town);
    let (dead, alive) = (service.browser("dead"), service.browser("alive"));
    service.answer(&dead, &vec![Reply::Silence; 9]);
    let (id, secretary) = followed_thread(&town, &dead);
    let visitor = town.visitor();
    let receipt = crate::harness::people::receipt_of("Rruga e shkollës pa drita", 1);
    let thread = json!([{"kind": "thread", "receipt": receipt}]);
    subscribe(&visitor, &alive, thread);
    let began = std::time::Instant::now();
    for count in 1..=3 {
        write_to_author(&secretary, &id);
        service.wait_for(&alive, count);
    }
    assert!(!service.asked(&dead).is_empty(), "control: it was asked");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    unharmed(&town);
}

/// T-CRASH-02.
#[test]
fn what_was_not_sent_before_a_crash_is_sent_once_after_it() {
    let mut town = town();
    let service = PushService::start(&town);
    let browser = service.browser("crash");
    service.answer(&browser, &[Reply::Silence]);
    let (id, secretary) = followed_thread(&town, &browser);
    write_to_author(&secretary, &id);
    wait_until("it is on its way", || !service.asked(&browser).is_empty());
    town.kill_and_restart();
    town.move_clock(150);
    service.wait_for(&browser, 1);
    town.move_clock(3_000);
    thread::sleep(Duration::from_millis(1_500));
    assert_eq!(
        service.asked(&browser).len(),
        2,
        "the lost one and one more"
    );
    unharmed(&town);
}

#[test]
fn unsubscribing_ends_it_and_twice_is_once() {
    let town = town();
    let service = PushService::start(&town);
    let (id, _, _) = published(&town);
    let browser = service.browser("gone");
    let visitor = town.visitor();
    let concern = json!([{"kind": "concern", "concern": id}]);
    subscribe(&visitor, &browser, concern.clone());
    subscribe(&visitor, &browser, concern);
    for _ in 0..2 {
        let ended = visitor
            .request("DELETE", "/push/subscriptions")
            .json(json!({"endpoint": browser.endpoint}))
            .send();
        assert_eq!(ended.status, 204);
    }
    assert!(!is_subscribed(&town, &browser));
}

#[test]
fn what_cannot_be_followed_is_refused_by_name() {
    let town = town();
    let service = PushService::start(&town);
    let browser = service.browser("wrong");
    let ask = |follow: Value| {
        let body = browser.subscription(json!([follow]));
        let visitor = town.visitor();
        visitor.post("/push/subscriptions").json(body).send()
    };
    ask(json!({"kind": "concern", "concern": "0000000000000000"})).refused(404, "concern_unknown");
    ask(json!({"kind": "municipality", "municipality": "atlantis"}))
        .refused(404, "municipality_unknown");
    let receipt = crate::harness::people::receipt_of("nobody", 1);
    ask(json!({"kind": "thread", "receipt": receipt})).refused(404, "receipt_unknown");
    ask(json!({"kind": "unit", "municipality": "elbasan", "unit": "atlantis"}))
        .refused(422, "fields_invalid");
    // Too short; 65 bytes, yet no point of the curve; a secret too short.
    let off_curve = format!("B{}", "A".repeat(86));
    for (key, value) in [
        ("p256dh", "BAAA"),
        ("p256dh", off_curve.as_str()),
        ("auth", "AAAA"),
    ] {
        let mut body = browser.subscription(json!([]));
        body["keys"][key] = json!(value);
        let answer = town.visitor().post("/push/subscriptions").json(body).send();
        assert_eq!(answer["fields"][0]["pointer"], format!("/keys/{key}"));
    }
}
