//! What a class, a crowd and a thief do to polls.

use serde_json::{Value, json};

use super::meetings::of_berat;
use crate::harness::doors::Door;
use crate::harness::polls::{
    POLLS, act, by_device, draft, open_class, open_for, paper, published, room, young,
};
use crate::harness::{Person, Town, unharmed};

#[test]
fn what_is_no_class_is_refused_where_it_stands() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    room(&young, &poll, "slips", Some(("Gjimnazi", "10-B")), 1);
    let path = format!("/polls/{poll}/rooms");
    for (more, pointer) in no_classes() {
        let mut body =
            json!({"way": "slips", "school": "G", "class": "1", "invited": 20, "grace_minutes": 5});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let refused = young.post(&path).json(body).send().expect(422);
        assert_eq!(refused["fields"][0]["pointer"], pointer, "{more}");
    }
    unharmed(&town);
}

/// What makes a class none, and where that is said.
fn no_classes() -> Vec<(Value, &'static str)> {
    vec![
        (json!({"invited": 201}), "/invited"),
        (json!({"invited": 0}), "/invited"),
        (json!({"invited": null}), "/invited"),
        (json!({"school": null}), "/school"),
        (json!({"way": "link"}), "/school"),
        (json!({"grace_minutes": 61}), "/grace_minutes"),
        (json!({"way": "hat"}), "/way"),
        (json!({"school": "Gjimnazi", "class": "10-B"}), "/class"),
    ]
}

#[test]
fn bodies_of_another_shape_make_nothing_and_say_why() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let mine = draft(&young, "school", paper());
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 1);
    let visitor = town.visitor();
    let paths = [
        format!("/polls/{poll}/rooms"),
        format!("/polls/{mine}"),
        format!("/poll-rooms/{code}/answers"),
    ];
    let class = json!({"way": "slips", "school": "Gjimnazi", "class": "11-A", "invited": 20, "grace_minutes": 5});
    let doors = [
        (
            &young,
            "POST",
            POLLS,
            json!({"kind": "school", "year": 2026, "series": null, "paper": paper()}),
            600_000,
        ),
        (
            &young,
            "PUT",
            &paths[1],
            json!({"kind": "school", "year": 2026, "paper": paper()}),
            600_000,
        ),
        (&young, "POST", &paths[0], class, 70_000),
        (
            &visitor,
            "POST",
            &paths[2],
            json!({"slip": slips[0], "answers": {"safe": "yes"}}),
            70_000,
        ),
    ];
    let told = || {
        let list = young.get("/municipalities/elbasan/desk/polls").expect(200);
        let rooms = young.get(&paths[0]).expect(200);
        (list["items"].as_array().unwrap().len(), rooms)
    };
    let before = told();
    for (person, method, path, body, bytes) in doors {
        let door = Door {
            person,
            method,
            path,
            body,
        };
        door.takes_nothing_else(bytes);
    }
    open_for(&young, &code, 4).expect(422);
    assert_eq!(told(), before);
    unharmed(&town);
}

#[test]
fn another_municipality_and_other_seats_change_nothing() {
    let town = Town::start();
    let (council, young) = young(&town);
    let berat = of_berat(&town);
    let poll = published(&young, "school", paper());
    let mine = draft(&young, "school", paper());
    let code = room(&young, &poll, "slips", Some(("Gjimnazi", "10-B")), 3);
    let class =
        json!({"way": "link", "school": null, "class": null, "invited": null, "grace_minutes": 0});
    let paper = json!({"kind": "school", "year": 2026, "paper": paper()});
    let doors: [(&str, String, Value); 9] = [
        ("PUT", format!("/polls/{mine}"), paper),
        ("DELETE", format!("/polls/{mine}"), Value::Null),
        ("POST", format!("/polls/{mine}/publication"), Value::Null),
        ("POST", format!("/polls/{poll}/closing"), Value::Null),
        ("POST", format!("/polls/{poll}/agenda"), Value::Null),
        ("POST", format!("/polls/{poll}/rooms"), class),
        ("POST", format!("/poll-rooms/{code}/sheet"), Value::Null),
        (
            "POST",
            format!("/poll-rooms/{code}/opening"),
            json!({"minutes": 5}),
        ),
        ("DELETE", format!("/poll-rooms/{code}"), Value::Null),
    ];
    let told = || {
        let list = young.get("/municipalities/elbasan/desk/polls").expect(200);
        (list, young.get(&format!("/polls/{poll}/rooms")).expect(200))
    };
    let before = told();
    let (visitor, arta) = (town.visitor(), town.resident("arta"));
    for (method, path, body) in &doors {
        let send = |person: &Person| {
            let request = person.request(method, path);
            if body.is_null() {
                request.send()
            } else {
                request.json(body.clone()).send()
            }
        };
        send(&visitor).refused(401, "sign_in_needed");
        for person in [&arta, &berat, &council.police, &council.administrator] {
            let status = send(person).status;
            assert!([403, 404].contains(&status), "{method} {path}: {status}");
        }
    }
    // Nor does the series of another municipality take a poll in.
    let body = json!({"kind": "survey", "year": 2026, "series": poll, "paper": crate::harness::polls::paper()});
    berat
        .post("/municipalities/berat/polls")
        .json(body)
        .send()
        .refused(404, "poll_unknown");
    assert_eq!(told(), before);
    unharmed(&town);
}

/// T-VOTE-01: before it opens, and in the second in which it is over.
#[test]
fn a_room_takes_answers_from_its_opening_to_its_end_and_never_again() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = published(&young, "school", paper());
    let code = room(&young, &poll, "hands", Some(("Gjimnazi", "10-B")), 30);
    by_device(&town, &code, 1).refused(409, "poll_not_open");
    young
        .post(&format!("/poll-rooms/{code}/closing"))
        .send()
        .refused(409, "poll_not_open");
    open_for(&young, &code, 5).expect(200);
    open_for(&young, &code, 5).refused(409, "poll_room_opened");
    by_device(&town, &code, 1).expect(201);
    let page = town
        .visitor()
        .get(&format!("/poll-rooms/{code}"))
        .expect(200);
    assert_eq!(page["state"], "open");
    town.move_clock(5 * 60 + 20);
    let page = town
        .visitor()
        .get(&format!("/poll-rooms/{code}"))
        .expect(200);
    assert_eq!(page["state"], "grace");
    by_device(&town, &code, 2).expect(201);
    town.move_clock(7 * 60);
    by_device(&town, &code, 3).refused(409, "poll_over");
    young
        .delete(&format!("/poll-rooms/{code}"))
        .refused(409, "poll_room_opened");
    open_for(&young, &code, 5).refused(409, "poll_room_opened");
    act(&young, &poll, "closing").expect(200);
    by_device(&town, &code, 3).refused(409, "poll_over");
    let class =
        json!({"way": "hands", "school": "G", "class": "1", "invited": 20, "grace_minutes": 0});
    let more = young
        .post(&format!("/polls/{poll}/rooms"))
        .json(class)
        .send();
    more.refused(409, "poll_over");
    unharmed(&town);
}

/// T-FILE-01, T-FILE-02: a question's picture is made anew, and what is none is refused.
#[test]
fn a_picture_of_a_question_is_made_anew_and_is_seen_by_nobody_before_the_poll_is() {
    let town = Town::start();
    let (_, young) = young(&town);
    let poll = draft(&young, "school", paper());
    let path = format!("/polls/{poll}/pictures");
    let send = |data: &str| {
        young
            .post(&path)
            .json(json!({"photo": {"data": data, "alt": ""}}))
            .send()
    };
    send("AAAA").refused(422, "photo_refused");
    let kept = send(&super::pictures::small_jpeg_base64()).expect(201)["id"].clone();
    let left = send(&super::pictures::small_jpeg_base64()).expect(201)["id"].clone();
    let picture = format!("/poll-pictures/{}", kept.as_str().unwrap());
    assert_eq!(town.visitor().get(&picture).status, 404);
    assert_eq!(young.get(&picture).status, 200);
    let mut shown = paper();
    shown["questions"][0]["picture"] =
        json!({"id": kept, "alt": {"sq": "Rruga e shkollës", "en": null}});
    let body = json!({"kind": "school", "year": 2026, "paper": shown});
    young
        .request("PUT", &format!("/polls/{poll}"))
        .json(body)
        .send()
        .expect(200);
    act(&young, &poll, "publication").expect(200);
    let seen = town.visitor().get(&picture);
    assert_eq!(
        (seen.status, seen.header("content-type")),
        (200, "image/jpeg")
    );
    let other = format!("/poll-pictures/{}", left.as_str().unwrap());
    assert_eq!(
        young.get(&other).status,
        404,
        "what no question shows is not kept"
    );
    unharmed(&town);
}
