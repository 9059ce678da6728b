//! What every door of polls answers to ids of nothing, to other shapes, to too much, and to the same twice.

use serde_json::{Value, json};

use crate::harness::doors::Door;
use crate::harness::polls::{
    POLLS, act, by_device, cast, draft, open_class, open_for, paper, paper_of, published, question,
    room, sheet, young,
};
use crate::harness::shapes::other_shapes;
use crate::harness::{Person, Town, unharmed};

const NOTHING: &str = "0000000000000000";

fn class(name: &str) -> Value {
    json!({"way": "hands", "school": "Gjimnazi", "class": name, "invited": 3, "grace_minutes": 0})
}

fn asked() -> Value {
    json!({"kind": "school", "year": 2026, "series": null, "paper": paper()})
}

fn photo() -> Value {
    json!({"photo": {"data": super::pictures::small_jpeg_base64(), "alt": ""}})
}

/// Each door behind an id, with a body that it takes.
fn doors(poll: &str, room: &str, text: &str) -> Vec<(&'static str, String, Value)> {
    let change = json!({"kind": "school", "year": 2026, "paper": paper()});
    let answer = json!({"slip": "00000000", "answers": {"safe": "yes"}});
    vec![
        ("GET", format!("/polls/{poll}"), Value::Null),
        ("PUT", format!("/polls/{poll}"), change),
        ("DELETE", format!("/polls/{poll}"), Value::Null),
        ("POST", format!("/polls/{poll}/publication"), Value::Null),
        ("POST", format!("/polls/{poll}/closing"), Value::Null),
        ("POST", format!("/polls/{poll}/agenda"), Value::Null),
        ("POST", format!("/polls/{poll}/pictures"), photo()),
        ("GET", format!("/polls/{poll}/rooms"), Value::Null),
        ("POST", format!("/polls/{poll}/rooms"), class("10-A")),
        ("GET", format!("/polls/{poll}/texts"), Value::Null),
        ("GET", format!("/polls/{poll}/results"), Value::Null),
        ("GET", format!("/polls/{poll}/results.csv"), Value::Null),
        ("GET", format!("/polls/{poll}/codebook.csv"), Value::Null),
        ("GET", format!("/poll-rooms/{room}"), Value::Null),
        ("GET", format!("/poll-rooms/{room}/count"), Value::Null),
        ("GET", format!("/poll-rooms/{room}/results"), Value::Null),
        ("POST", format!("/poll-rooms/{room}/sheet"), Value::Null),
        (
            "POST",
            format!("/poll-rooms/{room}/opening"),
            json!({"minutes": 5}),
        ),
        ("POST", format!("/poll-rooms/{room}/closing"), Value::Null),
        ("DELETE", format!("/poll-rooms/{room}"), Value::Null),
        (
            "POST",
            format!("/poll-rooms/{room}/slips/check"),
            json!({"slip": "00000000"}),
        ),
        ("POST", format!("/poll-rooms/{room}/answers"), answer),
        (
            "PUT",
            format!("/poll-texts/{text}"),
            json!({"state": "published"}),
        ),
        ("GET", format!("/poll-pictures/{text}"), Value::Null),
    ]
}

#[test]
fn an_id_of_nothing_is_nothing_at_every_door_also_for_those_who_make_polls() {
    let town = Town::start();
    let (council, young) = young(&town);
    let ids = [
        (NOTHING, "000000"),
        ("a", "a"),
        ("%27%20OR%201%3D1", "%27OR1"),
        ("%F0%9F%98%80", "%F0%9F%98%80"),
        ("..%2f..%2fetc", "..%2f..%2f"),
    ];
    for (id, code) in ids {
        for (method, path, body) in doors(id, code, id) {
            for person in [&young, &council.secretary] {
                let request = person.request(method, &path);
                let answer = if body.is_null() {
                    request.send()
                } else {
                    request.json(body.clone()).send()
                };
                assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
                unharmed::refusal(&answer);
            }
        }
    }
    unharmed(&town);
}

#[test]
fn what_is_sent_in_another_shape_or_too_large_changes_nothing() {
    let town = Town::start();
    let (_, young) = young(&town);
    let mine = draft(&young, "school", paper());
    let poll = published(&young, "school", paper());
    let ready = room(&young, &poll, "hands", Some(("Gjimnazi", "10-B")), 3);
    let text = written(&town, &young);
    let told = || {
        let rooms = young.get(&format!("/polls/{poll}/rooms")).expect(200);
        (young.get(&format!("/polls/{mine}")).expect(200), rooms)
    };
    let before = told();
    let (opening, check) = (
        format!("/poll-rooms/{ready}/opening"),
        format!("/poll-rooms/{ready}/slips/check"),
    );
    let (judge, picture) = (
        format!("/poll-texts/{text}"),
        format!("/polls/{mine}/pictures"),
    );
    let visitor = town.visitor();
    for (person, method, path, body) in [
        (&young, "POST", opening.as_str(), json!({"minutes": 5})),
        (
            &visitor,
            "POST",
            check.as_str(),
            json!({"slip": "00000000"}),
        ),
        (&young, "PUT", judge.as_str(), json!({"state": "published"})),
    ] {
        Door {
            person,
            method,
            path,
            body,
        }
        .takes_nothing_else(70_000);
    }
    let door = Door {
        person: &young,
        method: "POST",
        path: &picture,
        body: photo(),
    };
    door.takes_none_of(other_shapes(&photo()));
    door.takes_less_than(13 * 1024 * 1024);
    assert_eq!(told(), before);
    unharmed(&town);
}

#[test]
fn a_door_that_takes_no_body_takes_none() {
    let town = Town::start();
    let (_, young) = young(&town);
    let mine = draft(&young, "school", paper());
    let poll = published(&young, "school", paper());
    let ready = room(&young, &poll, "hands", Some(("Gjimnazi", "10-B")), 3);
    for path in [
        format!("/polls/{mine}/publication"),
        format!("/polls/{poll}/closing"),
        format!("/polls/{poll}/agenda"),
        format!("/poll-rooms/{ready}/sheet"),
        format!("/poll-rooms/{ready}/closing"),
    ] {
        let body = Value::Null;
        let door = Door {
            person: &young,
            method: "POST",
            path: &path,
            body,
        };
        door.takes_none_of(vec![json!({"a": 1}), json!([]), json!("po"), json!(7)]);
        door.takes_less_than(70_000);
    }
    let polls = young.get("/municipalities/elbasan/desk/polls").expect(200);
    let states = polls["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|poll| &poll["state"]);
    let mut states: Vec<&str> = states.map(|state| state.as_str().unwrap()).collect();
    states.sort_unstable();
    assert_eq!(states, ["draft", "open"]);
    unharmed(&town);
}

/// A text in a closed poll that may be judged.
fn written(town: &Town, young: &Person) -> String {
    let say = question("say", "text", json!({}));
    let poll = published(young, "school", paper_of(json!([say])));
    let (code, slips) = open_class(town, young, &poll, ("Gjimnazi", "12"), 10);
    for slip in &slips {
        cast(
            &town.visitor(),
            &code,
            slip,
            json!({"say": "Ndizni dritat."}),
        )
        .expect(201);
    }
    young
        .post(&format!("/poll-rooms/{code}/closing"))
        .send()
        .expect(200);
    act(young, &poll, "closing").expect(200);
    let texts = young.get(&format!("/polls/{poll}/texts")).expect(200);
    texts["items"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_sent_twice_is_done_once() {
    let town = Town::start();
    let (_, young) = young(&town);
    let polls = || young.get("/municipalities/elbasan/desk/polls").expect(200);
    let door = |method: &'static str, path: &str, body: Value, key: u32| {
        let door = Door {
            person: &young,
            method,
            path,
            body,
        };
        door.is_done_once(&format!("5b1f0f3e-7a77-4d0e-9a53-{key:012}"), polls);
    };
    door("POST", POLLS, asked(), 1);
    let mine = polls()["items"][0]["id"].as_str().unwrap().to_owned();
    let change = json!({"kind": "school", "year": 2027, "paper": paper()});
    door("PUT", &format!("/polls/{mine}"), change, 2);
    door(
        "POST",
        &format!("/polls/{mine}/publication"),
        Value::Null,
        3,
    );
    let rooms = || young.get(&format!("/polls/{mine}/rooms")).expect(200);
    let of_rooms = |path: &str, body: Value, key: u32| {
        let door = Door {
            person: &young,
            method: "POST",
            path,
            body,
        };
        door.is_done_once(&format!("5b1f0f3e-7a77-4d0e-9a53-{key:012}"), rooms);
    };
    of_rooms(&format!("/polls/{mine}/rooms"), class("10-A"), 4);
    let code = rooms()["items"][0]["code"].as_str().unwrap().to_owned();
    of_rooms(
        &format!("/poll-rooms/{code}/opening"),
        json!({"minutes": 5}),
        5,
    );
    by_device(&town, &code, 1).expect(201);
    of_rooms(&format!("/poll-rooms/{code}/closing"), Value::Null, 6);
    door("POST", &format!("/polls/{mine}/closing"), Value::Null, 7);
    door("POST", &format!("/polls/{mine}/agenda"), Value::Null, 8);
    door(
        "PUT",
        &format!("/poll-texts/{}", written(&town, &young)),
        json!({"state": "declined"}),
        9,
    );
    unharmed(&town);
}

/// The slips of a sheet are shown once: who asks again with the same key makes no others, and sees none.
#[test]
fn a_sheet_that_is_asked_for_twice_is_made_once() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let code = room(&young, &poll, "slips", Some(("Gjimnazi", "10-B")), 2);
    let path = format!("/poll-rooms/{code}/sheet");
    let ask = || {
        let key = "5b1f0f3e-7a77-4d0e-9a53-0d7d1f7d9a10";
        young.post(&path).header("idempotency-key", key).send()
    };
    let first = ask();
    assert_eq!(first.status, 201);
    ask().refused(409, "sheet_made");
    open_for(&young, &code, 5).expect(200);
    let slips = crate::harness::polls::slips_in(&town, &first.bytes);
    cast(&town.visitor(), &code, &slips[0], json!({"safe": "yes"})).expect(201);
    let hands = room(&young, &poll, "hands", Some(("Gjimnazi", "10-C")), 2);
    let refused = young.post(&format!("/poll-rooms/{hands}/sheet")).send();
    refused.refused(404, "poll_room_unknown");
    assert!(
        !sheet(
            &young,
            &room(&young, &poll, "slips", Some(("Gjimnazi", "11")), 200)
        )
        .is_empty()
    );
    unharmed(&town);
}
