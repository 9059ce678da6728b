//! Places at meetings asked for by made-up devices, for meetings that are none, and in other people's names.

use serde_json::{Value, json};

use crate::harness::Answer;
use crate::harness::database::{number, open};
use crate::harness::meeting::{announced, come, places, stay_away, with_places};
use crate::harness::shapes::other_shapes;
use crate::harness::{Council, Town, unharmed};

#[test]
fn a_credential_that_is_none_takes_no_place_and_gives_none_back() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 2));
    come(&town.visitor().with_device('A'), &id).expect(200);
    let path = format!("/meetings/{id}/place");
    for odd in [
        "",
        "A",
        &"A".repeat(25),
        &"A".repeat(27),
        &"!".repeat(26),
        "device A",
    ] {
        for method in ["PUT", "DELETE"] {
            let request = town.visitor().request(method, &path);
            request
                .header("x-device", odd)
                .send()
                .refused(400, "device_needed");
        }
        let mine = town
            .visitor()
            .request("GET", &format!("/meetings/{id}/mine"));
        mine.header("x-device", odd)
            .send()
            .refused(400, "device_needed");
    }
    // A credential typed otherwise is the same one.
    let lower = town.visitor().request("PUT", &path);
    lower.header("x-device", &"a".repeat(26)).send().expect(200);
    assert_eq!(
        places(&town, &id),
        json!({"capacity": 2, "taken": 1, "waiting": 0})
    );
    unharmed(&town);
}

#[test]
fn what_is_no_meeting_has_no_places() {
    let town = Town::start();
    Council::seat(&town);
    let phone = town.visitor().with_device('A');
    for name in ["0000000000000000", "..%2f", "A", "1%00", "ëëëëëëëë"] {
        assert_eq!(come(&phone, name).status, 404, "{name}");
        assert_eq!(stay_away(&phone, name).status, 404, "{name}");
        assert_eq!(
            phone.get(&format!("/meetings/{name}/mine")).status,
            404,
            "{name}"
        );
    }
    unharmed(&town);
}

/// Nobody gives another's place back: an account is not its device, and a device no account.
#[test]
fn a_place_is_given_back_by_whoever_took_it_alone() {
    let town = Town::start();
    let council = Council::seat(&town);
    let id = announced(&council.secretary, with_places(&town, 5));
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    come(&arta, &id).expect(200);
    for other in [
        &besa,
        &town.visitor().with_device('A'),
        &council.secretary,
        &council.police,
    ] {
        let left = stay_away(other, &id).expect(200);
        assert_eq!(left["places"]["taken"], 1);
    }
    // Who is signed in on a device that came before stands for the account alone.
    come(&town.visitor().with_device('A'), &id).expect(200);
    let both = town.resident("besa").with_device('A');
    let mine = both.get(&format!("/meetings/{id}/mine")).expect(200);
    assert_eq!(mine["place"]["standing"], "none");
    assert_eq!(stay_away(&both, &id).expect(200)["places"]["taken"], 2);
    unharmed(&town);
}

#[test]
fn a_question_of_another_shape_or_about_nothing_is_refused() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 5));
    let ask = |id: &str, body: Value| -> Answer {
        let request = town.visitor().post(&format!("/meetings/{id}/questions"));
        request.json(body).send()
    };
    let whole = json!({"text": "Kur ndërrohen llambat?"});
    for body in other_shapes(&whole) {
        let answer = ask(&id, body);
        let refused = (400..=422).contains(&answer.status);
        assert!(refused, "{}", answer.text());
        unharmed::refusal(&answer);
    }
    for text in ["", "  ", "??", &"ë".repeat(601), "\u{202e}\u{200b}"] {
        assert_eq!(ask(&id, json!({ "text": text })).status, 422, "{text}");
    }
    let about = json!({"text": "Kur ndërrohen llambat?", "about": "0000000000000000"});
    ask(&id, about).refused(400, "body_invalid");
    for name in ["0000000000000000", "..%2f", "A", "1%00"] {
        assert_eq!(ask(name, whole.clone()).status, 404, "{name}");
        let phone = town.visitor().with_device('A');
        for method in ["PUT", "DELETE"] {
            let path = format!("/questions/{name}/support");
            assert_eq!(phone.request(method, &path).send().status, 404, "{name}");
        }
    }
    let huge = town
        .visitor()
        .post(&format!("/meetings/{id}/questions"))
        .body("application/json", vec![b' '; 300_000])
        .send();
    assert_eq!(huge.status, 413);
    let rows = "SELECT count(*) AS number FROM questions";
    assert_eq!(number(&mut open(&town), rows), 0);
    unharmed(&town);
}

/// What the phone sends again because no answer came is asked once.
#[test]
fn a_question_that_is_sent_again_is_one() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let id = announced(&secretary, with_places(&town, 5));
    let send = |text: &str| {
        town.visitor()
            .post(&format!("/meetings/{id}/questions"))
            .header("idempotency-key", "questions-0001-0001")
            .json(json!({ "text": text }))
            .send()
    };
    for _ in 0..3 {
        send("Kur ndërrohen llambat?").expect(201);
    }
    send("Pse nuk ndalet autobusi?").refused(409, "idempotency_key_reused");
    let rows = "SELECT count(*) AS number FROM questions";
    assert_eq!(number(&mut open(&town), rows), 1);
}
