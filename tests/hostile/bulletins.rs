//! What is sent to the bulletin by the wrong people, in the wrong shape, too long, twice, or about nothing.

use domain::quarter::Quarter;
use serde_json::{Value, json};

use super::meetings::of_berat;
use crate::harness::bulletin::{BULLETINS, OPENING, at, desk, draft, publish, write};
use crate::harness::doors::Door;
use crate::harness::{Person, Town, unharmed};

const DESK: &str = "/municipalities/elbasan/desk/bulletins";

fn words() -> Value {
    json!({"opening": OPENING, "closing": "Takimi i ardhshëm është i hapur për të gjithë."})
}

/// The sample year's council, and a quarter of which nothing is told yet.
struct Scene {
    town: Town,
    secretary: Person,
    quarter: Quarter,
}

impl Scene {
    fn set() -> Self {
        let town = Town::demo();
        Self {
            secretary: Person::sign_in(&town, "sekretaria"),
            quarter: Quarter::of(town.clock().today()).before().before(),
            town,
        }
    }

    /// All that can be read of it.
    fn told(&self) -> [Value; 3] {
        [
            draft(&self.secretary, self.quarter),
            self.secretary.get(DESK).expect(200),
            self.town.visitor().get(BULLETINS).expect(200),
        ]
    }

    /// Method, path and body of each door that writes.
    fn doors(&self) -> [(&'static str, String, Value); 2] {
        let path = desk(self.quarter);
        let publication = format!("{path}/publication");
        [("PUT", path, words()), ("POST", publication, Value::Null)]
    }
}

#[test]
fn every_door_is_shut_for_whoever_is_not_the_secretary_of_the_place() {
    let scene = Scene::set();
    write(&scene.secretary, scene.quarter, OPENING).expect(200);
    let before = scene.told();
    let (visitor, arta) = (scene.town.visitor(), scene.town.resident("arta"));
    let police = Person::sign_in(&scene.town, "policia");
    let berat = of_berat(&scene.town);
    let reads = [DESK.to_owned(), desk(scene.quarter)];
    for (method, path, body) in scene.doors() {
        let send = |person: &Person| person.request(method, &path).json(body.clone()).send();
        send(&visitor).refused(401, "sign_in_needed");
        send(&police).refused(403, "not_allowed");
        for person in [&arta, &berat] {
            let status = send(person).status;
            assert!([403, 404].contains(&status), "{path}: {status}");
        }
    }
    for path in reads {
        visitor.get(&path).refused(401, "sign_in_needed");
        police.get(&path).refused(403, "not_allowed");
        for person in [&arta, &berat] {
            let status = person.get(&path).status;
            assert!([403, 404].contains(&status), "{path}: {status}");
        }
        scene.secretary.get(&path).expect(200);
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn words_of_another_shape_or_too_long_are_refused_and_change_nothing() {
    let scene = Scene::set();
    write(&scene.secretary, scene.quarter, OPENING).expect(200);
    let before = scene.told();
    let path = desk(scene.quarter);
    let door = Door {
        person: &scene.secretary,
        method: "PUT",
        path: &path,
        body: words(),
    };
    door.takes_nothing_else(2_000_000);
    for (field, text) in [
        ("opening", "Po".to_owned()),
        ("opening", "\u{202e} \u{200b}".to_owned()),
        ("opening", "a".repeat(4_001)),
        ("closing", String::new()),
        ("closing", "......... ........".to_owned()),
    ] {
        let mut body = words();
        body[field] = json!(text);
        let answer = scene.secretary.request("PUT", &path).json(body).send();
        assert_eq!(answer["fields"][0]["pointer"], json!(format!("/{field}")));
        answer.refused(422, "fields_invalid");
    }
    let publication = format!("{}/publication", desk(scene.quarter));
    for body in [json!([]), json!("po"), json!({"force": true})] {
        let refused = scene.secretary.post(&publication).json(body).send();
        refused.refused(400, "body_invalid");
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn there_is_no_bulletin_of_a_quarter_or_a_place_that_does_not_exist() {
    let scene = Scene::set();
    let before = scene.told();
    let year = scene.quarter.year();
    let next = Quarter::of(scene.town.clock().today()).year() + 1;
    let quarters = [
        format!("{year}/0"),
        format!("{year}/5"),
        format!("{year}/-1"),
        format!("{year}/99999999999"),
        format!("{year}/kater"),
        "0/1".to_owned(),
        "99999999999/1".to_owned(),
        "dje/1".to_owned(),
        "2001/1".to_owned(),
        format!("{next}/1"),
    ];
    for quarter in quarters {
        for kind in ["", ".pdf"] {
            let path = format!("{BULLETINS}/{quarter}{kind}");
            let answer = scene.town.visitor().get(&path);
            answer.refused(404, "bulletin_unknown");
        }
        let path = format!("{DESK}/{quarter}");
        scene.secretary.get(&path).refused(404, "bulletin_unknown");
        let put = scene.secretary.request("PUT", &path).json(words());
        put.send().refused(404, "bulletin_unknown");
        let post = scene.secretary.post(&format!("{path}/publication"));
        post.send().refused(404, "bulletin_unknown");
    }
    for read in [
        "bulletins",
        "bulletins.atom",
        "bulletins/2026/1",
        "desk/bulletins",
    ] {
        let path = format!("/municipalities/nowhere/{read}");
        let answer = scene.secretary.get(&path);
        answer.refused(404, "municipality_unknown");
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn what_is_sent_twice_is_done_once() {
    let scene = Scene::set();
    for (turn, (method, path, body)) in scene.doors().into_iter().enumerate() {
        let key = format!("bulletin-0001-0001{turn}");
        let door = Door {
            person: &scene.secretary,
            method,
            path: &path,
            body,
        };
        door.is_done_once(&key, || scene.told());
    }
    // The first answer stands although the bulletin is published; a new request is refused.
    write(&scene.secretary, scene.quarter, OPENING).refused(409, "bulletin_published");
    publish(&scene.secretary, scene.quarter).refused(409, "bulletin_published");
    let log = scene.town.run(&["verify-log"]);
    assert!(log.0, "{}", log.1);
    let path = format!("{BULLETINS}/{}", at(scene.quarter));
    scene.town.visitor().get(&path).expect(200);
    unharmed(&scene.town);
}
