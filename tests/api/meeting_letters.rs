//! Who must be there reads it in their inbox and their letters too: members of every meeting, residents of the one they
//! said they come to; each once.

use serde_json::{Value, json};

use super::push::{subscribe, town as town_with_push};
use crate::harness::meeting::{announced, cancel, change, come, hearing, in_days, stay_away};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, PushService, Town, unharmed};

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;
const POLICE: &str = "police.member@example.al";
const ARTA: &str = "arta@example.al";

/// What an inbox tells of meetings, the first first.
fn told(person: &Person) -> Vec<String> {
    let inbox = person.get("/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().iter().rev();
    items
        .filter(|item| item["meeting"].is_string())
        .map(|item| item["kind"].as_str().unwrap().to_owned())
        .collect()
}

fn wait_for(person: &Person, kinds: &[&str]) {
    wait_until(&format!("{kinds:?}"), || told(person) == kinds);
}

/// How many letters to somebody are about a meeting.
fn letters(town: &Town, to: &str) -> usize {
    let all = town.smtp.letters();
    let about = all
        .iter()
        .filter(|letter| letter.to == to && letter.body.contains("/takime/"));
    about.count()
}

fn sitting(town: &Town, days: u64) -> Value {
    let mut body = hearing(in_days(town, days));
    body["kind"] = json!("council");
    body
}

#[test]
fn members_read_what_becomes_of_a_meeting_and_are_reminded_the_day_before() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (police, secretary) = (council.police, council.secretary);
    let id = announced(&secretary, sitting(&town, 10));
    wait_for(&police, &["meeting_announced"]);
    let letter = town.smtp.wait_for(POLICE, 1);
    assert!(
        letter.body.contains(&format!("/takime/{id}")),
        "{}",
        letter.body
    );
    let on = in_days(&town, 10).format("%d.%m.%Y, 17:00").to_string();
    assert!(letter.body.contains(&on), "it says when: {}", letter.body);
    assert!(letter.head.contains("List-Unsubscribe"), "{}", letter.head);
    change(&secretary, &id, sitting(&town, 9)).expect(200);
    wait_for(&police, &["meeting_announced", "meeting_changed"]);
    wait_until("two letters", || letters(&town, POLICE) == 2);

    // A week before, nobody writes.
    town.move_clock(2 * DAY + 5 * HOUR);
    town.wake();
    town.move_clock(8 * DAY + 5 * HOUR);
    let police = town.resident_again(police, "police.member");
    let all = ["meeting_announced", "meeting_changed", "meeting_day"];
    wait_for(&police, &all);
    wait_until("all letters", || letters(&town, POLICE) == 3);
    // Two hours before, neither.
    town.move_clock(9 * DAY + 3 * HOUR);
    town.wake();
    let police = town.resident_again(police, "police.member");
    wait_for(&police, &all);
    assert_eq!(letters(&town, POLICE), 3);

    let secretary = town.resident_again(secretary, "municipality.secretary");
    let off = announced(&secretary, sitting(&town, 3));
    cancel(&secretary, &off).expect(200);
    wait_until("that it is cancelled", || {
        told(&police)
            .last()
            .is_some_and(|kind| kind == "meeting_cancelled")
    });
    assert!(
        told(&Person::sign_in(&town, "admin")).is_empty(),
        "an administrator is no member"
    );
    unharmed(&town);
}

#[test]
fn a_member_who_mutes_meetings_or_wants_no_letters_gets_none() {
    let town = Town::start();
    let council = Council::seat(&town);
    let school = town.member(&council.administrator, "school", "member");
    let wish = |person: &Person, change: Value| {
        person
            .patch("/me/preferences")
            .json(change)
            .send()
            .expect(200);
    };
    wish(&council.police, json!({"muted": ["meetings"]}));
    wish(&school, json!({"email": "off"}));
    wish(&council.secretary, json!({"email": "daily"}));
    announced(&council.secretary, sitting(&town, 10));
    for person in [&council.police, &school, &council.secretary] {
        wait_for(person, &["meeting_announced"]);
    }
    town.move_clock(DAY);
    let secretary = "municipality.secretary@example.al";
    wait_until("the letter of the day", || {
        let all = town.smtp.letters();
        let mine = |letter: &crate::harness::smtp::Letter| letter.to == secretary;
        all.iter()
            .any(|letter| mine(letter) && letter.body.contains("Ndriçimi dhe rruga"))
    });
    assert_eq!(
        (
            letters(&town, POLICE),
            letters(&town, "school.member@example.al")
        ),
        (0, 0)
    );
    unharmed(&town);
}

#[test]
fn who_said_that_they_come_is_told_when_it_changes_and_the_day_before_on_each_way_once() {
    let town = town_with_push();
    let service = PushService::start(&town);
    let secretary = Council::seat(&town).secretary;
    let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    let [coming, away] = [(&arta, "arta"), (&besa, "besa")].map(|(person, name)| {
        let browser = service.browser(name);
        subscribe(person, &browser, place.clone());
        browser
    });
    let id = announced(&secretary, hearing(in_days(&town, 9)));
    for browser in [&coming, &away] {
        service.wait_for(browser, 1);
    }
    for person in [&arta, &besa] {
        come(person, &id).expect(200);
    }
    stay_away(&besa, &id).expect(200);
    change(&secretary, &id, hearing(in_days(&town, 3))).expect(200);
    wait_for(&arta, &["place_changed"]);
    wait_until("a letter", || letters(&town, ARTA) == 1);
    service.wait_for(&away, 2);
    service.wait_for(&coming, 2);
    town.move_clock(2 * DAY + 5 * HOUR);
    let arta = town.resident_again(arta, "arta");
    wait_for(&arta, &["place_changed", "place_day"]);
    wait_until("another letter", || letters(&town, ARTA) == 2);
    cancel(&Person::sign_in(&town, "municipality.secretary"), &id).expect(200);
    wait_for(&arta, &["place_changed", "place_day", "place_cancelled"]);
    wait_until("three letters", || letters(&town, ARTA) == 3);
    let kinds: Vec<String> = service
        .wait_for(&coming, 4)
        .iter()
        .map(|push| push["kind"].as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "meeting_announced",
        "meeting_changed",
        "meeting_day",
        "meeting_cancelled",
    ];
    assert_eq!(kinds, expected, "once, also for who follows the place");
    assert!(told(&Person::sign_in(&town, "besa")).is_empty());
    assert_eq!(letters(&town, "besa@example.al"), 0);
    unharmed(&town);
}

/// What the inbox tells of somebody's place goes with the place.
#[test]
fn what_was_told_of_a_place_is_forgotten_once_the_meeting_is_over() {
    let mut town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, hearing(in_days(&town, 3)));
    let arta = town.resident("arta");
    come(&arta, &id).expect(200);
    change(&secretary, &id, hearing(in_days(&town, 2))).expect(200);
    wait_for(&arta, &["place_changed"]);
    town.move_clock(2 * DAY + 8 * HOUR);
    town.kill_and_restart();
    let arta = town.resident_again(arta, "arta");
    wait_for(&arta, &[]);
    let police = Person::sign_in(&town, "police.member");
    assert!(!told(&police).is_empty(), "control: members keep theirs");
}

/// However the server dies over it, nobody reads it twice.
#[test]
fn a_member_reads_it_once_however_often_the_server_dies() {
    for _ in 0..3 {
        let mut town = Town::start();
        let council = Council::seat(&town);
        announced(&council.secretary, sitting(&town, 10));
        town.kill_and_restart();
        town.wake();
        let police = Person::sign_in(&town, "police.member");
        wait_for(&police, &["meeting_announced"]);
        town.kill_and_restart();
        town.wake();
        let police = Person::sign_in(&town, "police.member");
        wait_for(&police, &["meeting_announced"]);
    }
}
