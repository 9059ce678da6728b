//! What is sent to a council's papers by the wrong people, in the wrong shape, too long, twice, or about nothing.

use chrono::Days;
use serde_json::{Value, json};

use super::meetings::of_berat;
use crate::harness::shapes::other_shapes;
use crate::harness::{Council, Person, Town, doors, unharmed};

const NOWHERE: &str = "0000000000000000";
const ELBASAN: &str = "/municipalities/elbasan";
const RULES: &str = "Neni 1. Këshilli mblidhet të paktën një herë në tre muaj. ";

/// Who a door is for.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Secretary,
    Police,
    Administrator,
}
use Who::{Administrator, Police, Secretary};

/// A door: method, path, who may, and a body that is taken.
type Door = (&'static str, String, Who, Value);

struct Scene {
    town: Town,
    council: Council,
    seat: String,
    training: String,
}

impl Scene {
    fn set() -> Self {
        let town = Town::start();
        let council = Council::seat(&town);
        let seat = council.seat_of("police");
        let learned = json!({"topic": "Si punon këshilli", "provider": "Sekretaria",
            "held_on": town.clock().today(), "seats": [seat]});
        let added = council
            .secretary
            .post(&format!("{ELBASAN}/desk/trainings"))
            .json(learned);
        let training = added.send().expect(201)["items"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        Self {
            town,
            council,
            seat,
            training,
        }
    }

    fn doors(&self) -> Vec<Door> {
        let (seat, today) = (&self.seat, self.town.clock().today());
        let letter = json!({"email": "police.member@example.al", "letter_no": "7", "letter_on": today,
            "term_until": today + Days::new(300), "substitute": false});
        let rules = json!({"decision_no": "2", "decided_on": today, "text": RULES.repeat(5)});
        let role = json!({"text": "Flet në këshill për policinë."});
        let learned = json!({"topic": "Fshehtësia", "provider": "Sekretaria", "held_on": today, "seats": [seat]});
        let read = json!({"paper": "handover", "version": 0});
        vec![
            (
                "PUT",
                format!("/seats/{seat}/holder"),
                Administrator,
                letter,
            ),
            (
                "POST",
                format!("/seats/{seat}/acknowledgements"),
                Police,
                read,
            ),
            ("PUT", format!("/seats/{seat}/role-text"), Secretary, role),
            ("POST", format!("{ELBASAN}/regulations"), Secretary, rules),
            (
                "POST",
                format!("{ELBASAN}/desk/trainings"),
                Secretary,
                learned,
            ),
        ]
    }

    fn person(&self, who: Who) -> &Person {
        match who {
            Secretary => &self.council.secretary,
            Police => &self.council.police,
            Administrator => &self.council.administrator,
        }
    }

    fn at<'a>(&'a self, door: &'a Door) -> doors::Door<'a> {
        doors::Door {
            person: self.person(door.2),
            method: door.0,
            path: &door.1,
            body: door.3.clone(),
        }
    }

    /// All that can be read of it.
    fn told(&self) -> [Value; 5] {
        let read = |person: &Person, path: &str| person.get(path).expect(200);
        [
            read(&self.council.secretary, &format!("{ELBASAN}/desk/seats")),
            read(
                &self.council.secretary,
                &format!("{ELBASAN}/desk/trainings"),
            ),
            read(&self.council.administrator, &format!("{ELBASAN}/seats")),
            read(&self.town.visitor(), &format!("{ELBASAN}/council")),
            read(&self.town.visitor(), &format!("{ELBASAN}/regulations")),
        ]
    }
}

#[test]
fn every_door_is_shut_for_whoever_has_no_seat_for_it() {
    let scene = Scene::set();
    let before = scene.told();
    let berat = of_berat(&scene.town);
    let (visitor, arta) = (scene.town.visitor(), scene.town.resident("arta"));
    for door in scene.doors() {
        let send = |person: &Person| person.request(door.0, &door.1).json(door.3.clone()).send();
        send(&visitor).refused(401, "sign_in_needed");
        let others = [Secretary, Police, Administrator]
            .into_iter()
            .filter(|who| *who != door.2);
        for person in others.map(|who| scene.person(who)).chain([&arta, &berat]) {
            let answer = send(person);
            assert!(
                [403, 404].contains(&answer.status),
                "{}: {}",
                door.1,
                answer.text()
            );
        }
    }
    let (seat, training) = (&scene.seat, &scene.training);
    let reads = [
        format!("/seats/{seat}/papers"),
        format!("/seats/{seat}/role.pdf"),
        format!("{ELBASAN}/desk/seats"),
        format!("{ELBASAN}/desk/trainings"),
    ];
    for path in &reads {
        visitor.get(path).refused(401, "sign_in_needed");
        for person in [&arta, &berat, &scene.council.administrator] {
            assert!([403, 404].contains(&person.get(path).status), "{path}");
        }
    }
    for path in [
        format!("/seats/{seat}/substitute"),
        format!("/trainings/{training}"),
    ] {
        visitor.delete(&path).refused(401, "sign_in_needed");
        for person in [&arta, &berat, &scene.council.police] {
            assert!([403, 404].contains(&person.delete(&path).status), "{path}");
        }
    }
    // Whoever sets the council up has the keys, not its papers.
    let own = scene.council.administrator.get("/me").expect(200)["seats"][0].clone();
    assert_eq!(
        (&own["role"], &own["unread"]),
        (&json!("administrator"), &json!([]))
    );
    let path = format!("/seats/{}/papers", own["id"].as_str().unwrap());
    let papers = scene.council.administrator.get(&path);
    papers.refused(404, "seat_unknown");
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn a_body_of_another_shape_is_refused_at_every_door() {
    let scene = Scene::set();
    let before = scene.told();
    for door in scene.doors() {
        let mut shapes = other_shapes(&door.3);
        // What is too long elsewhere is a regulation.
        let long = |body: &Value| body["text"].as_str().is_some_and(|text| text.len() > 9_000);
        shapes.retain(|body| !(door.1.ends_with("/regulations") && long(body)));
        scene.at(&door).takes_none_of(shapes);
        scene.at(&door).takes_less_than(700_000);
    }
    let mut rules = scene.doors().swap_remove(3);
    rules.3["text"] = json!("ë".repeat(60_001));
    let long = scene.at(&rules).send().expect(422);
    assert_eq!(long["fields"][0]["code"], "too_long");
    let crowd = json!({"topic": "Fshehtësia", "provider": "Sekretaria", "held_on": scene.town.clock().today(),
        "seats": vec![&scene.seat; 61]});
    for seats in [
        crowd["seats"].clone(),
        json!([]),
        json!([NOWHERE]),
        json!(["../x"]),
    ] {
        let mut body = crowd.clone();
        body["seats"] = seats;
        let path = format!("{ELBASAN}/desk/trainings");
        scene
            .council
            .secretary
            .post(&path)
            .json(body)
            .send()
            .expect(422);
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn what_does_not_exist_is_not_found_at_every_door() {
    let scene = Scene::set();
    let before = scene.told();
    for name in [NOWHERE, "..%2f", "A", "1%00", "ëëëëëëëë"] {
        for door in scene
            .doors()
            .iter()
            .filter(|door| door.1.contains(&scene.seat))
        {
            let path = door.1.replace(&scene.seat, name);
            let answer = scene
                .person(door.2)
                .request(door.0, &path)
                .json(door.3.clone())
                .send();
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
        for path in [
            format!("/seats/{name}/papers"),
            format!("/seats/{name}/role.pdf"),
            format!("{ELBASAN}/regulations/{name}"),
        ] {
            assert_eq!(scene.council.police.get(&path).status, 404, "{path}");
        }
        for path in [
            format!("/seats/{name}/substitute"),
            format!("/trainings/{name}"),
        ] {
            let status = scene.council.administrator.delete(&path).status;
            assert!([403, 404].contains(&status), "{path}");
        }
    }
    for version in ["0", "-1", "99999999999", "1.0"] {
        let path = format!("{ELBASAN}/regulations/{version}");
        scene
            .town
            .visitor()
            .get(&path)
            .refused(404, "regulation_unknown");
    }
    for read in ["regulations", "council", "desk/seats", "desk/trainings"] {
        let path = format!("/municipalities/nowhere/{read}");
        scene
            .council
            .secretary
            .get(&path)
            .refused(404, "municipality_unknown");
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn what_is_sent_twice_is_done_once_at_every_door() {
    let scene = Scene::set();
    for (turn, door) in scene.doors().iter().enumerate() {
        let key = format!("papers-0001-0001{turn}");
        scene.at(door).is_done_once(&key, || scene.told());
    }
    unharmed(&scene.town);
}
