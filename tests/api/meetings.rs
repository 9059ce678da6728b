//! A council meets in public: with an objective, an agenda, and in every calendar.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::harness::council::town_with_a_public_concern;
use crate::harness::meeting::{announced, cancel, change, hearing, in_days, meet};
use crate::harness::{Answer, Council, Person, Town, unharmed};

const LIST: &str = "/municipalities/elbasan/meetings";

fn page(town: &Town, id: &str) -> Value {
    town.visitor().get(&format!("/meetings/{id}")).expect(200)
}

fn refused_field(answer: Answer, pointer: &str, code: &str) {
    let problem = answer.expect(422);
    assert_eq!(problem["fields"][0]["pointer"], pointer, "{problem}");
    assert_eq!(problem["fields"][0]["code"], code, "{problem}");
}

/// Study A5.
#[test]
fn nothing_is_announced_without_an_objective_or_an_agenda() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let whole = hearing(in_days(&town, 10));
    for missing in ["objective", "agenda", "title", "on", "from", "kind"] {
        let mut body = whole.clone();
        body.as_object_mut().unwrap().remove(missing);
        meet(&secretary, body).refused(400, "body_invalid");
    }
    let with = |name: &str, value: Value| {
        let mut body = whole.clone();
        body[name] = value;
        meet(&secretary, body)
    };
    refused_field(with("objective", json!("  ")), "/objective", "too_short");
    refused_field(with("agenda", json!([])), "/agenda", "required");
    refused_field(
        with("agenda", json!([{"title": "Ej"}])),
        "/agenda/0/title",
        "too_short",
    );
    refused_field(with("place", Value::Null), "/place", "required");
    refused_field(
        with("kind", json!("party")),
        "/kind",
        "meeting_kind_unknown",
    );
    refused_field(with("unit", json!("atlantis")), "/unit", "unit_unknown");
    refused_field(with("topic", json!("weather")), "/topic", "topic_unknown");
    refused_field(
        with("link", json!("http://example.al")),
        "/link",
        "address_invalid",
    );
    let many = vec![json!({"title": "Pyetjet e banorëve"}); 31];
    refused_field(with("agenda", json!(many)), "/agenda", "too_many");
    assert_eq!(town.visitor().get(LIST).expect(200)["items"], json!([]));
    let id = announced(&secretary, whole);
    assert_eq!(town.visitor().get(LIST).expect(200)["items"][0]["id"], id);
    unharmed(&town);
}

#[test]
fn a_meeting_is_to_come_and_ends_after_it_began() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let at = |days, from: &str, until: &str| {
        let mut body = hearing(in_days(&town, days));
        body["from"] = json!(from);
        body["until"] = json!(until);
        meet(&secretary, body)
    };
    refused_field(at(0, "09:00", "10:00"), "/on", "day_is_over");
    refused_field(at(1, "17:00", "17:00"), "/until", "time_out_of_order");
    refused_field(at(1, "08:00", "20:01"), "/until", "hours_too_many");
    at(1, "17", "19:00").refused(400, "body_invalid");
    at(0, "17:00", "19:00").expect(201);
}

#[test]
fn everybody_reads_when_and_where_it_is_and_what_is_spoken_of() {
    let (town, council, concern) = town_with_a_public_concern();
    let on = in_days(&town, 10);
    let mut body = hearing(on);
    body["link"] = json!("https://example.al/takimi");
    body["agenda"][0]["concern"] = json!(concern);
    let id = announced(&council.secretary, body);
    let found = page(&town, &id);
    assert_eq!(found["time"]["on"], json!(on));
    assert_eq!(found["time"]["from"], "17:00");
    let begins: DateTime<Utc> = found["time"]["starts_at"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let local = begins.with_timezone(&chrono_tz::Europe::Tirane);
    assert_eq!(
        local.format("%Y-%m-%d %H:%M").to_string(),
        format!("{on} 17:00")
    );
    assert_eq!(found["municipality"], "elbasan");
    assert_eq!(found["unit"]["name"], "Gjinar");
    assert_eq!(found["place"], "Salla e njësisë, Gjinar");
    assert_eq!(found["link"], "https://example.al/takimi");
    assert_eq!(found["accessibility"], "Hyrja është pa shkallë.");
    assert_eq!(found["agenda"][0]["concern"]["id"], concern);
    assert_eq!(found["agenda"][1]["text"], "Një orë, pa listë.");
    assert_eq!(found["notices"][0]["kind"], "announced");
    let place = town.visitor().get("/municipalities/elbasan").expect(200);
    assert_eq!(place["meetings"][0]["id"], id);
    assert_eq!(place["meetings"][0]["time"]["on"], json!(on));
    unharmed(&town);
}

#[test]
fn an_agenda_names_public_concerns_of_the_place_each_once() {
    let (town, council, concern) = town_with_a_public_concern();
    let (private, _) = town.visitor().submit_anonymously("Rruga e kishës pa drita");
    let about = |ids: &[&str]| {
        let mut body = hearing(in_days(&town, 10));
        let items = ids
            .iter()
            .map(|id| json!({"title": "Një shqetësim", "concern": id}));
        body["agenda"] = items.collect();
        meet(&council.secretary, body)
    };
    let pointer = "/agenda/0/concern";
    refused_field(about(&[&private]), pointer, "concern_unknown");
    refused_field(about(&["0000000000000000"]), pointer, "concern_unknown");
    refused_field(about(&["?"]), pointer, "concern_unknown");
    refused_field(
        about(&[&concern, &concern]),
        "/agenda/1/concern",
        "repeated",
    );
    about(&[&concern]).expect(201);
}

#[test]
fn what_changes_is_said_with_its_reason_and_nothing_changes_once_it_begins() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, hearing(in_days(&town, 10)));
    let mut later = hearing(in_days(&town, 12));
    later["agenda"] = json!([{"title": "Vetëm pyetjet e banorëve"}]);
    change(&secretary, &id, later.clone()).expect(200);
    let found = page(&town, &id);
    assert_eq!(found["time"]["on"], json!(in_days(&town, 12)));
    assert_eq!(found["agenda"].as_array().unwrap().len(), 1);
    assert_eq!(found["notices"][1]["kind"], "changed");
    assert_eq!(found["notices"][1]["text"], "Salla është e zënë atë ditë.");
    let mut nowhere = later.clone();
    nowhere["agenda"] = json!([]);
    refused_field(
        change(&secretary, &id, nowhere),
        "/meeting/agenda",
        "required",
    );
    let mut past = later.clone();
    past["on"] = json!(town.clock().today() - TimeDelta::days(1));
    refused_field(change(&secretary, &id, past), "/meeting/on", "day_is_over");

    let other = announced(&secretary, hearing(in_days(&town, 20)));
    cancel(&secretary, &other).expect(200);
    let gone = page(&town, &other);
    assert_eq!(gone["cancelled_on"], json!(town.clock().today()));
    assert_eq!(
        gone["notices"][1]["text"],
        "Rruga është e bllokuar nga bora."
    );
    cancel(&secretary, &other).refused(409, "meeting_over");
    change(&secretary, &other, later.clone()).refused(409, "meeting_over");
    let next = town.visitor().get("/municipalities/elbasan").expect(200);
    assert_eq!(next["meetings"].as_array().unwrap().len(), 1);

    // At half past five on the day it has begun.
    town.move_clock(12 * 86_400 + 5 * 3_600);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    cancel(&secretary, &id).refused(409, "meeting_over");
    later["on"] = json!(in_days(&town, 2));
    change(&secretary, &id, later).refused(409, "meeting_over");
    town.move_clock(13 * 86_400);
    let place = town.visitor().get("/municipalities/elbasan").expect(200);
    assert_eq!(place["meetings"], json!([]), "what is over is not next");
    unharmed(&town);
}

fn calendar(town: &Town, path: &str) -> String {
    let answer = town.visitor().get(path);
    assert_eq!(
        answer.header("content-type"),
        "text/calendar; charset=utf-8"
    );
    answer.text()
}

#[test]
fn a_calendar_takes_it_and_hears_what_became_of_it() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let on = in_days(&town, 10);
    let id = announced(&secretary, hearing(on));
    let event = calendar(&town, &format!("/meetings/{id}/event.ics"));
    let line = |start: &str| {
        let found = event.lines().find(|line| line.starts_with(start));
        found
            .unwrap_or_else(|| panic!("{start} in {event}"))
            .to_owned()
    };
    assert!(event.lines().all(|line| line.len() <= 75), "RFC 5545 3.1");
    assert!(event.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(line("UID:"), format!("UID:{id}@trekendesh"));
    assert_eq!(line("SUMMARY:"), "SUMMARY:Ndriçimi dhe rruga e shkollës");
    assert_eq!(line("LOCATION:"), "LOCATION:Salla e njësisë\\, Gjinar");
    assert_eq!(line("STATUS:"), "STATUS:CONFIRMED");
    let starts = page(&town, &id)["time"]["starts_at"]
        .as_str()
        .unwrap()
        .replace(['-', ':'], "");
    assert_eq!(line("DTSTART:"), format!("DTSTART:{starts}"));
    assert_eq!(
        calendar(&town, &format!("/meetings/{id}/event.ics")),
        event,
        "the same again"
    );

    cancel(&secretary, &id).expect(200);
    let other = announced(&secretary, hearing(in_days(&town, 3)));
    let feed = calendar(&town, &format!("{LIST}.ics"));
    assert!(feed.contains("STATUS:CANCELLED") && feed.contains("SEQUENCE:1"));
    assert!(feed.contains(&format!("UID:{other}@trekendesh")));
}

#[test]
fn only_the_secretary_announces() {
    let town = Town::start();
    let council = Council::seat(&town);
    let body = hearing(in_days(&town, 10));
    for person in [
        &council.police,
        &council.administrator,
        &town.resident("arta"),
    ] {
        meet(person, body.clone()).refused(403, "not_allowed");
    }
    let id = announced(&council.secretary, body.clone());
    change(&council.police, &id, body).refused(403, "not_allowed");
    cancel(&council.police, &id).refused(403, "not_allowed");
    town.visitor()
        .get("/meetings/0000000000000000")
        .refused(404, "meeting_unknown");
}

/// Study A4.
#[test]
fn everybody_reads_when_the_council_last_met_and_how_often_it_should() {
    let town = Town::start();
    let council = Council::seat(&town);
    let list = |town: &Town| town.visitor().get(LIST).expect(200);
    assert_eq!(list(&town)["last_sitting_on"], Value::Null);
    assert_eq!(list(&town)["meeting_days"], 90);
    let on = in_days(&town, 2);
    let mut sitting = hearing(on);
    sitting["kind"] = json!("council");
    announced(&council.secretary, sitting.clone());
    announced(&council.secretary, hearing(in_days(&town, 3)));
    sitting["on"] = json!(in_days(&town, 4));
    let off = announced(&council.secretary, sitting);
    cancel(&council.secretary, &off).expect(200);
    assert_eq!(
        list(&town)["last_sitting_on"],
        Value::Null,
        "it is still to come"
    );
    town.move_clock(5 * 86_400);
    assert_eq!(
        list(&town)["last_sitting_on"],
        json!(on),
        "an open meeting is none, nor a cancelled one"
    );
    let administrator = Person::sign_in(&town, "admin");
    let set = |days: i32| {
        let change = administrator.patch("/municipalities/elbasan/settings");
        change.json(json!({"meeting_days": days})).send()
    };
    refused_field(set(6), "/meeting_days", "out_of_range");
    assert_eq!(set(60).expect(200)["meeting_days"], 60);
    assert_eq!(list(&town)["meeting_days"], 60);
    unharmed(&town);
}

/// Study I2.
#[test]
fn a_hearing_may_answer_for_a_year_and_says_so_wherever_it_is_told_of() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let on = in_days(&town, 10);
    let year = chrono::Datelike::year(&on);
    let with = |kind: &str, answers_for: i32| {
        let mut body = hearing(on);
        body["kind"] = json!(kind);
        body["answers_for"] = json!(answers_for);
        meet(&secretary, body)
    };
    refused_field(with("council", year), "/answers_for", "not_open_to_all");
    refused_field(with("hearing", year + 1), "/answers_for", "max");
    refused_field(with("hearing", 1999), "/answers_for", "min");
    for shape in [
        json!("2026"),
        json!(2026.5),
        json!(99_999_999_999_i64),
        json!([]),
    ] {
        let mut body = hearing(on);
        body["answers_for"] = shape;
        meet(&secretary, body).refused(400, "body_invalid");
    }
    let made = with("hearing", year).expect(201);
    let id = made["id"].as_str().unwrap();
    assert_eq!(page(&town, id)["answers_for"], year);
    let listed = town.visitor().get(LIST).expect(200);
    assert_eq!(listed["items"][0]["answers_for"], year);
    // A change says anew for which year, or for none.
    change(&secretary, id, hearing(on)).expect(200);
    assert_eq!(page(&town, id)["answers_for"], Value::Null);
    unharmed(&town);
}
