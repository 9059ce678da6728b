//! A measure that is late says so by itself, to more and more people (study C7, B4, D3).

use serde_json::{Value, json};

use super::push::{subscribe, town};
use crate::harness::council::with_a_public_concern;
use crate::harness::meeting::in_days;
use crate::harness::plan::{approved, done, page, report, under_way};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, PushService, Town, unharmed};

const DAY: i64 = 86_400;

/// After the night that published a concern.
const MORNING: i64 = 26 * 3_600;

/// What somebody's inbox says of measures, in the order of the alphabet: what is due at the same hour has none.
fn told(person: &Person) -> Vec<String> {
    let inbox = person.get("/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().clone().into_iter();
    let of_measures = items.rev().filter(|item| item["kind"] == "measures");
    let title = |item: Value| item["title"].as_str().unwrap().to_owned();
    let titles = of_measures.map(title);
    let mut turns: Vec<_> = titles
        .map(|title| title.split(':').next().unwrap().to_owned())
        .collect();
    turns.sort();
    turns
}

fn wait_for(town: &Town, name: &str, expected: &[&str]) {
    town.wake();
    let person = Person::sign_in(town, name);
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    wait_until(&format!("{name} hears {expected:?}"), || {
        told(&person) == expected
    });
}

/// Puts the clock so many days after a moment of the test's beginning.
fn on_day(town: &Town, from: i64, days: i64) {
    town.move_clock(from + days * DAY);
    town.wake();
}

/// Seats a school, and lets its seat chair the council.
fn seat_a_chair(town: &Town, administrator: &Person) {
    town.member(administrator, "school", "member");
    let seats = administrator.get("/municipalities/elbasan/seats");
    let seats = seats.expect(200)["items"].as_array().unwrap().clone();
    let school = seats.iter().find(|seat| seat["institution"] == "school");
    let path = format!("/seats/{}/chair", school.unwrap()["id"].as_str().unwrap());
    let named = administrator.request("PUT", &path);
    named.json(json!({"chairs": true})).send().expect(200);
}

#[test]
fn who_leads_hears_before_its_day_the_chair_after_it_and_then_everybody() {
    let (town, council, id) = with_a_public_concern(town());
    seat_a_chair(&town, &council.administrator);
    let besa = town.resident("besa");
    besa.put(&format!("/concerns/{id}/support")).expect(200);
    let measure = approved(&town, &council.secretary, &[&id]);
    report(&council.police, &measure, under_way(5.0)).expect(200);

    on_day(&town, MORNING, 17);
    wait_for(
        &town,
        "police.member",
        &["Pritet raporti", "Pas dy javësh mbaron afati"],
    );
    let shown = page(&town, &measure);
    assert_eq!(
        (&shown["days_late"], &shown["report_late"]),
        (&Value::Null, &json!(true))
    );
    let police = Person::sign_in(&town, "police.member");
    report(&police, &measure, under_way(9.0)).expect(200);
    assert_eq!(page(&town, &measure)["reports_missed"], 1);

    on_day(&town, MORNING, 27);
    wait_for(
        &town,
        "police.member",
        &[
            "Pritet raporti",
            "Pas dy javësh mbaron afati",
            "Pritet raporti",
            "Pas tri ditësh mbaron afati",
        ],
    );
    assert!(told(&Person::sign_in(&town, "school.member")).is_empty());
    on_day(&town, MORNING, 31);
    assert_eq!(page(&town, &measure)["days_late"], 1);
    on_day(&town, MORNING, 37);
    wait_for(&town, "school.member", &["Kaloi afati"]);
    assert!(
        told(&Person::sign_in(&town, "municipality.secretary")).is_empty(),
        "there is a chair"
    );
    on_day(&town, MORNING, 61);
    wait_for(
        &town,
        "school.member",
        &["Kaloi afati", "Shumë me vonesë, e lexojnë të gjithë"],
    );
    let besa = Person::sign_in(&town, "besa");
    wait_until("besa hears that it is late", || {
        besa.get("/me/inbox").expect(200)["items"][0]["kind"] == "measure_late"
    });
    unharmed(&town);
}

#[test]
fn jumps_of_the_clock_say_each_stage_once_and_the_last_says_it_all() {
    let town = town();
    let council = Council::seat(&town);
    let measure = approved(&town, &council.secretary, &[]);
    on_day(&town, 0, 29);
    wait_for(
        &town,
        "police.member",
        &["Pas tri ditësh mbaron afati", "Pritet raporti"],
    );
    // Back to when the earlier stage was true, and on again.
    for day in [20, 29] {
        on_day(&town, 0, day);
    }
    wait_for(
        &town,
        "police.member",
        &["Pas tri ditësh mbaron afati", "Pritet raporti"],
    );
    on_day(&town, 0, 61);
    let police = Person::sign_in(&town, "police.member");
    wait_until("it is said again", || told(&police).len() >= 4);
    let all = told(&police);
    let stages = ["Sot mbaron afati", "Kaloi afati"];
    assert!(
        !all.iter().any(|one| stages.contains(&one.as_str())),
        "{all:?}"
    );
    let of = |what: &str| all.iter().filter(|one| *one == what).count();
    assert_eq!(
        (
            of("Pas tri ditësh mbaron afati"),
            of("Shumë me vonesë, e lexojnë të gjithë")
        ),
        (1, 1)
    );
    assert_eq!(page(&town, &measure)["days_late"], 31);
}

#[test]
fn another_day_has_its_own_stages_and_what_is_done_is_owed_nothing() {
    let town = town();
    let council = Council::seat(&town);
    let service = PushService::start(&town);
    let phone = service.browser("police");
    let what = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    subscribe(&council.police, &phone, what);
    let measure = approved(&town, &council.secretary, &[]);
    let change = json!({"due_on": in_days(&town, 60), "budget": 1, "reason": "Vjen dimri."});
    let path = format!("/measures/{measure}/changes");
    council
        .secretary
        .post(&path)
        .json(change)
        .send()
        .expect(200);
    report(&council.police, &measure, under_way(5.0)).expect(200);
    on_day(&town, 0, 30);
    wait_for(&town, "police.member", &["Pritet raporti"]);
    let heard = service.wait_for(&phone, 1);
    assert_eq!(heard[0]["kind"], "measures");
    assert_eq!(heard[0]["measure"], json!(measure));
    let police = Person::sign_in(&town, "police.member");
    report(&police, &measure, done()).expect(200);
    on_day(&town, 0, 70);
    // Whatever is due is done before this is.
    let next = approved(
        &town,
        &Person::sign_in(&town, "municipality.secretary"),
        &[],
    );
    on_day(&town, 0, 87);
    wait_for(
        &town,
        "police.member",
        &[
            "Pritet raporti",
            "Pritet raporti",
            "Pas dy javësh mbaron afati",
        ],
    );
    assert_eq!(page(&town, &measure)["days_late"], Value::Null);
    assert_eq!(page(&town, &next)["days_late"], Value::Null);
}

/// No reminder is said twice, whatever becomes of the clock and the server.
#[test]
fn a_server_that_starts_anew_says_nothing_of_a_measure_twice() {
    let (mut town, council, id) = with_a_public_concern(town());
    approved(&town, &council.secretary, &[&id]);
    on_day(&town, MORNING, 17);
    let mut said = vec!["Pritet raporti", "Pas dy javësh mbaron afati"];
    wait_for(&town, "police.member", &said);
    for days in [17, 19, 12, 18] {
        town.kill_and_restart();
        on_day(&town, MORNING, days);
        wait_for(&town, "police.member", &said);
    }
    on_day(&town, MORNING, 27);
    said.extend(["Pritet raporti", "Pas tri ditësh mbaron afati"]);
    wait_for(&town, "police.member", &said);
    town.kill_and_restart();
    on_day(&town, MORNING, 28);
    wait_for(&town, "police.member", &said);
}

#[test]
fn where_nobody_chairs_the_secretary_hears_and_each_council_has_its_own_days() {
    let town = town();
    let council = Council::seat(&town);
    let path = "/municipalities/elbasan/settings";
    let days = json!({"late_chair_days": 2, "late_public_days": 5});
    let set = council.administrator.patch(path).json(days).send();
    assert_eq!(set.expect(200)["late_chair_days"], 2);
    let measure = approved(&town, &council.secretary, &[]);
    // What is not said yet is said on the days the council has now.
    let later = json!({"late_chair_days": 4});
    council
        .administrator
        .patch(path)
        .json(later)
        .send()
        .expect(200);
    on_day(&town, 0, 33);
    wait_for(&town, "municipality.secretary", &[]);
    assert_eq!(page(&town, &measure)["days_late"], 3);
    let administrator = Person::sign_in(&town, "admin");
    let sooner = json!({"late_chair_days": 3});
    administrator.patch(path).json(sooner).send().expect(200);
    wait_for(&town, "municipality.secretary", &["Kaloi afati"]);
    on_day(&town, 0, 35);
    let public = "Shumë me vonesë, e lexojnë të gjithë";
    wait_for(&town, "municipality.secretary", &["Kaloi afati", public]);
}
