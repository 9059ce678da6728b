//! What a concern's place in the ranking rests on: what the institutions say of it, and how much a
//! municipality lets that weigh.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::harness::consultation::{announce, announcement, ask, choose};
use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::{lines, open};
use crate::harness::{Council, Person, Town, unharmed};

const SETTINGS: &str = "/municipalities/elbasan/settings";

fn terms(town: &Town, id: &str) -> Value {
    let page = town.visitor().get(&format!("/consultations/{id}"));
    page.expect(200)["list"][0]["terms"].clone()
}

fn weights(town: &Town, id: &str) -> Value {
    let page = town.visitor().get(&format!("/consultations/{id}"));
    page.expect(200)["weights"].clone()
}

fn set(administrator: &Person, change: Value) -> crate::harness::Answer {
    administrator.patch(SETTINGS).json(change).send()
}

#[test]
fn what_the_institutions_say_of_a_concern_is_public_and_stays_until_they_say_something_else() {
    let (town, council, concern) = town_with_a_public_concern();
    let secretary = council.secretary;
    let id = announce(&town, &secretary);
    let say = |body: Value| choose(&secretary, &id, &concern, body).expect(200);

    say(json!({"included": true}));
    let middle = json!({"severity": 50, "frequency": 50, "harm": 50});
    assert_eq!(terms(&town, &id), middle, "until somebody says more");

    say(json!({"included": true, "severity": 100, "frequency": 0, "harm": 75}));
    let said = json!({"severity": 100, "frequency": 0, "harm": 75});
    assert_eq!(terms(&town, &id), said);

    let out = say(json!({"included": false, "reason": "Është bërë."}));
    assert_eq!(out["left_out"][0]["terms"], said);
    say(json!({"included": true, "frequency": 25}));
    let one_new = json!({"severity": 100, "frequency": 25, "harm": 75});
    assert_eq!(terms(&town, &id), one_new);
}

#[test]
fn nobody_says_more_of_a_concern_once_its_list_is_frozen() {
    let (town, council, concern) = town_with_a_public_concern();
    let start = town.clock().today() - Days::new(1);
    let id = announce(&town, &council.secretary);
    let yes = json!({"included": true, "severity": 25});
    let page = choose(&council.secretary, &id, &concern, yes).expect(200);
    let until: NaiveDate = page["dates"]["vote_until"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    town.move_clock((until - start).num_seconds());
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let worse = json!({"included": true, "severity": 100});
    choose(&secretary, &id, &concern, worse).refused(409, "list_frozen");
    assert_eq!(terms(&town, &id)["severity"], 25);
}

#[test]
fn a_municipality_says_how_much_votes_and_terms_weigh_and_residents_read_it() {
    let town = Town::start();
    let council = Council::seat(&town);
    let administrator = town.administrator();
    let id = announce(&town, &council.secretary);
    let usual = json!({"votes": 60, "severity": 20, "frequency": 10, "harm": 10});
    assert_eq!(weights(&town, &id), usual);

    let said = set(
        &administrator,
        json!({"weight_votes": 80, "weight_harm": 0}),
    )
    .expect(200);
    assert_eq!(said["weight_votes"], 80);
    assert_eq!(said["weight_severity"], 20, "what is absent stays");
    let changed = json!({"votes": 80, "severity": 20, "frequency": 10, "harm": 0});
    assert_eq!(weights(&town, &id), changed);
    let read = administrator.get(SETTINGS).expect(200);
    assert_eq!(
        (&read["weight_votes"], &read["weight_harm"]),
        (&json!(80), &json!(0))
    );

    let logged = lines(
        &mut open(&town),
        "SELECT subject AS line FROM audit_log WHERE action = 'settings_changed'",
    );
    let weighed = "votes 80, severity 20, frequency 10, harm 0";
    assert!(
        logged.iter().any(|line| line.contains(weighed)),
        "{logged:?}"
    );
    unharmed(&town);
}

#[test]
fn votes_always_weigh_something_and_the_secretary_sets_no_weights() {
    let town = Town::start();
    let council = Council::seat(&town);
    let administrator = town.administrator();
    for (field, value) in [
        ("weight_votes", 0),
        ("weight_votes", 101),
        ("weight_severity", -1),
        ("weight_frequency", 101),
        ("weight_harm", -1),
    ] {
        let refused = set(&administrator, json!({field: value})).expect(422);
        assert_eq!(refused["fields"][0]["pointer"], format!("/{field}"));
        assert_eq!(refused["fields"][0]["code"], "out_of_range");
    }
    set(&council.secretary, json!({"weight_votes": 1})).refused(403, "not_allowed");
    let read = administrator.get(SETTINGS).expect(200);
    assert_eq!(read["weight_votes"], 60, "nothing was done");

    let mut question = announcement(town.clock().today());
    question["choices"] = json!(["Po", "Jo"]);
    let asked = ask(&council.secretary, question).expect(201);
    assert_eq!(asked["weights"], json!(null), "choices are only counted");
}
