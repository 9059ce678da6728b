//! What is sent to consultations and letters in the wrong shape, too long, twice, or about nothing.

use serde_json::{Value, json};

use crate::harness::client::Request;
use crate::harness::consultation::{announce, announcement};
use crate::harness::council::town_with_a_public_concern;
use crate::harness::letters::make_codes;
use crate::harness::shapes::other_shapes;
use crate::harness::{Council, Person, Town, unharmed};

const NOWHERE: &str = "0000000000000000";
const KEY: &str = "consultations-0001";

type Door = (&'static str, String, bool, Value);

/// The doors: method, path, who may, and a body that is taken.
fn doors(town: &Town, id: &str, concern: &str) -> Vec<Door> {
    let mut all = of_consultations(town, id, concern);
    all.extend(of_questions_and_the_roll(town, id, concern));
    all
}

fn of_questions_and_the_roll(town: &Town, id: &str, concern: &str) -> Vec<Door> {
    let year = i64::from(chrono::Datelike::year(&town.clock().today()));
    vec![
        (
            "POST",
            "/municipalities/elbasan/roll/verifications".to_owned(),
            false,
            json!({"year": year, "number": "J50514087P", "born": "1995-05-14", "card": "032145678"}),
        ),
        (
            "POST",
            format!("/consultations/{id}/questions"),
            false,
            json!({"text": "Kur ndërrohen llambat?", "about": concern, "name": "Banori"}),
        ),
        (
            "POST",
            format!("/questions/{id}/moderation"),
            false,
            json!({"publish": false, "reason": "Bien shumë festa në këtë kohë."}),
        ),
        (
            "PUT",
            format!("/questions/{id}/answers"),
            false,
            json!({"text": "Llambat ndërrohen brenda muajit."}),
        ),
    ]
}

fn of_consultations(town: &Town, id: &str, concern: &str) -> Vec<Door> {
    let today = town.clock().today();
    let year = i64::from(chrono::Datelike::year(&today));
    let reason = "Bien shumë festa në këtë kohë.";
    let dates = announcement(today)["dates"].clone();
    let elbasan = "/municipalities/elbasan";
    let mut question = announcement(today);
    question["choices"] = json!(["Po", "Jo"]);
    vec![
        ("POST", format!("{elbasan}/consultations"), false, question),
        (
            "PUT",
            format!("/consultations/{id}/candidates/{concern}"),
            false,
            json!({"included": false, "reason": reason, "severity": 100, "frequency": 0, "harm": 75}),
        ),
        (
            "POST",
            format!("/consultations/{id}/extensions"),
            false,
            json!({"dates": dates, "reason": reason}),
        ),
        (
            "POST",
            format!("/consultations/{id}/withdrawal"),
            false,
            json!({"reason": reason}),
        ),
        (
            "POST",
            format!("{elbasan}/verifications"),
            false,
            json!({"email": "v@example.al", "unit": "gjinar", "year": year}),
        ),
        (
            "POST",
            format!("{elbasan}/activation-batches"),
            true,
            json!({"unit": "gjinar", "year": year, "amount": 2}),
        ),
        (
            "POST",
            "/me/verifications".to_owned(),
            false,
            json!({"code": "0000-0000-0000"}),
        ),
    ]
}

fn asked(council: &Council, door: &Door, body: &Value) -> Request {
    let (method, path, keys, _) = door;
    let person = if *keys {
        &council.administrator
    } else {
        &council.secretary
    };
    person.request(method, path).json(body.clone())
}

#[test]
fn a_body_of_another_shape_is_refused_at_every_door() {
    let (town, council, concern) = town_with_a_public_concern();
    let id = announce(&town, &council.secretary);
    for door in doors(&town, &id, &concern) {
        for body in other_shapes(&door.3) {
            let answer = asked(&council, &door, &body).send();
            let refused = (400..=429).contains(&answer.status);
            assert!(refused, "{} {}: {}", door.0, door.1, answer.text());
            unharmed::refusal(&answer);
        }
        let huge = vec![b' '; 300_000];
        let door_of = asked(&council, &door, &door.3).body("application/json", huge);
        assert_eq!(door_of.send().status, 413, "{} {}", door.0, door.1);
    }
    let page = town
        .visitor()
        .get(&format!("/consultations/{id}"))
        .expect(200);
    assert_eq!(
        page["notices"].as_array().unwrap().len(),
        1,
        "nothing was done"
    );
    let all = town
        .visitor()
        .get("/municipalities/elbasan/consultations")
        .expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    unharmed(&town);
}

#[test]
fn what_does_not_exist_is_not_found_at_every_door() {
    let (town, council, concern) = town_with_a_public_concern();
    let id = announce(&town, &council.secretary);
    for name in [NOWHERE, "..%2f", "A", "1%00", "ëëëëëëëë"] {
        for door in doors(&town, name, &concern) {
            if !door.1.contains(name) {
                continue;
            }
            let answer = asked(&council, &door, &door.3).send();
            assert_eq!(
                answer.status,
                404,
                "{} {}: {}",
                door.0,
                door.1,
                answer.text()
            );
        }
        for read in ["", "/summary", "/summary.csv"] {
            assert_eq!(
                town.visitor()
                    .get(&format!("/consultations/{name}{read}"))
                    .status,
                404
            );
        }
        let path = format!("/activation-batches/{name}");
        assert_eq!(council.administrator.delete(&path).status, 404);
    }
    let nothing = doors(&town, &id, NOWHERE).swap_remove(1);
    asked(&council, &nothing, &nothing.3)
        .send()
        .refused(404, "concern_unknown");
    let nowhere = council
        .secretary
        .post("/municipalities/nowhere/consultations");
    nowhere
        .json(announcement(town.clock().today()))
        .send()
        .refused(404, "municipality_unknown");
    unharmed(&town);
}

#[test]
fn terms_and_weights_are_whole_numbers_within_their_bounds_or_nothing_is_done() {
    let (town, council, concern) = town_with_a_public_concern();
    let id = announce(&town, &council.secretary);
    let list = format!("/consultations/{id}/candidates/{concern}");
    let settings = "/municipalities/elbasan/settings";
    for wrong in [
        json!(-1),
        json!(101),
        json!(2_147_483_647),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(-2_147_483_649_i64),
        json!(50.5),
        json!(1e300),
        json!("50"),
        json!(true),
        json!([50]),
    ] {
        for field in ["severity", "frequency", "harm"] {
            let body = json!({"included": true, field: wrong});
            let answer = council.secretary.request("PUT", &list).json(body).send();
            assert!(
                [400, 422].contains(&answer.status),
                "{field} {wrong}: {}",
                answer.text()
            );
            unharmed::refusal(&answer);
            let body = json!({"answer_days": 30, format!("weight_{field}"): wrong});
            let answer = council.administrator.patch(settings).json(body).send();
            assert!(
                [400, 422].contains(&answer.status),
                "{field} {wrong}: {}",
                answer.text()
            );
        }
    }
    let page = town
        .visitor()
        .get(&format!("/consultations/{id}"))
        .expect(200);
    assert_eq!(page["candidates"], 0);
    let kept = council.administrator.get(settings).expect(200);
    assert_eq!(
        (&kept["answer_days"], &kept["weight_votes"]),
        (&json!(10), &json!(60))
    );
    unharmed(&town);
}

#[test]
fn choices_are_what_they_look_like() {
    let (town, council, _) = town_with_a_public_concern();
    let ask = |choices: Value| {
        let mut body = announcement(town.clock().today());
        body["choices"] = choices;
        council
            .secretary
            .post("/municipalities/elbasan/consultations")
            .json(body)
            .send()
    };
    let many = |count: usize| json!((0..count).map(|n| n.to_string()).collect::<Vec<_>>());
    for wrong in [
        many(13),
        many(20_000),
        json!(["Po", "P\u{200d}o"]),
        json!(["Po", "\u{202e}Po"]),
        json!(["ë", "e\u{308}"]),
        json!(["\u{200b}", "Jo"]),
        json!(["\u{0}", "Jo"]),
        json!(["Po", "Jo".repeat(50_000)]),
        json!(["Po", null]),
        json!(["Po", 1]),
        json!({"0": "Po"}),
    ] {
        let answer = ask(wrong.clone());
        assert!(
            [400, 413, 422].contains(&answer.status),
            "{wrong}: {}",
            answer.text()
        );
        unharmed::refusal(&answer);
    }
    let page = ask(json!(["<b>Po</b>\u{202e}", "'; DROP TABLE votes; --"])).expect(201);
    assert_eq!(
        page["choices"],
        json!(["<b>Po</b>", "'; DROP TABLE votes; --"])
    );
    unharmed(&town);
}

#[test]
fn another_municipality_changes_neither_terms_nor_weights() {
    let (town, council, concern) = town_with_a_public_concern();
    let id = announce(&town, &council.secretary);
    let (done, said) = town.run(&["admin", "create", "berat", "berat.admin@example.al"]);
    assert!(done, "{said}");
    let berat = Person::sign_in(&town, "berat.admin");
    let seat = json!({"email": "berat.secretary@example.al", "institution": "municipality",
        "role": "secretary", "title": "Sekretaria"});
    berat
        .post("/municipalities/berat/seats")
        .json(seat)
        .send()
        .expect(201);
    let secretary = Person::sign_in(&town, "berat.secretary");
    let body = json!({"included": true, "severity": 0});
    let path = format!("/consultations/{id}/candidates/{concern}");
    secretary
        .request("PUT", &path)
        .json(body.clone())
        .send()
        .refused(403, "not_allowed");
    let weights = json!({"weight_votes": 1});
    let settings = berat
        .patch("/municipalities/elbasan/settings")
        .json(weights)
        .send();
    settings.refused(403, "not_allowed");

    let own = secretary.post("/municipalities/berat/consultations");
    let own = own
        .json(announcement(town.clock().today()))
        .send()
        .expect(201);
    let path = format!(
        "/consultations/{}/candidates/{concern}",
        own["id"].as_str().unwrap()
    );
    secretary
        .request("PUT", &path)
        .json(body)
        .send()
        .refused(404, "concern_unknown");
    let page = town
        .visitor()
        .get(&format!("/consultations/{id}"))
        .expect(200);
    assert_eq!(
        (&page["candidates"], &page["weights"]["votes"]),
        (&json!(0), &json!(60))
    );
    unharmed(&town);
}

/// T-IDEM-01, for consultations and letters.
#[test]
fn what_is_sent_twice_is_done_once() {
    let (town, council, _) = town_with_a_public_concern();
    let again = |path: &str, person: &Person, body: Value| {
        let request = person.post(path).header("idempotency-key", KEY).json(body);
        (request.clone().send(), request.send())
    };
    let path = "/municipalities/elbasan/consultations";
    let today = town.clock().today();
    let (first, second) = again(path, &council.secretary, announcement(today));
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.json["id"], second.json["id"]);
    let all = town.visitor().get(path).expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 1);

    let path = "/municipalities/elbasan/activation-batches";
    let year = chrono::Datelike::year(&today);
    let body = json!({"unit": "gjinar", "year": year, "amount": 2});
    let (first, second) = again(path, &council.administrator, body);
    assert_eq!(first.status, 201);
    second.refused(409, "letters_made");
    let batches = council.administrator.get(path).expect(200);
    assert_eq!(batches["items"].as_array().unwrap().len(), 1);
    let other = json!({"unit": "gjinar", "year": year, "amount": 3});
    let (other, _) = again(path, &council.administrator, other);
    other.refused(409, "idempotency_key_reused");
}

#[test]
fn letters_elsewhere_are_answered_like_letters_that_do_not_exist() {
    let (town, council, _) = town_with_a_public_concern();
    let (id, _) = make_codes(&town, &council.administrator, 1);
    let (done, said) = town.run(&["admin", "create", "berat", "berat.admin@example.al"]);
    assert!(done, "{said}");
    let berat = town.resident("berat.admin");
    let [there, nowhere] = [id.as_str(), NOWHERE].map(|name| {
        let answer = berat.delete(&format!("/activation-batches/{name}"));
        (answer.status, answer.bytes)
    });
    assert_eq!(there, nowhere);
    assert_eq!(there.0, 404);
}
