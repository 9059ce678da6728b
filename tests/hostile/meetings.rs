//! What is sent to meetings by the wrong people, in the wrong shape, too long, twice, or about nothing.

use serde_json::{Value, json};

use crate::harness::meeting::{
    announced, approve_minutes, cancel, hearing, in_days, meet, minutes, write_minutes,
};
use crate::harness::{Council, Person, Town, doors, unharmed};

const NOWHERE: &str = "0000000000000000";
const KEY: &str = "meetings-0001-0001";

/// Meetings that are to come, held, and approved, and the people at their doors.
struct Scene {
    town: Town,
    coming: String,
    held: String,
    approved: String,
    secretary: Person,
    police: Person,
}

/// A door: method, path, whether every member may, and a body that is taken.
type Door = (&'static str, String, bool, Value);

impl Scene {
    fn set() -> Self {
        let town = Town::start();
        let before = Council::seat(&town).secretary;
        let [held, approved, coming] =
            [1, 1, 20].map(|days| announced(&before, hearing(in_days(&town, days))));
        town.move_clock(86_400 + 8 * 3_600);
        let secretary = Person::sign_in(&town, "municipality.secretary");
        write_minutes(&secretary, &approved, minutes(&town)).expect(200);
        approve_minutes(&secretary, &approved).expect(200);
        Self {
            police: Person::sign_in(&town, "police.member"),
            town,
            coming,
            held,
            approved,
            secretary,
        }
    }

    fn doors(&self) -> Vec<Door> {
        let Self {
            coming,
            held,
            approved,
            ..
        } = self;
        let reason = "Salla është e zënë atë ditë.";
        let meeting = hearing(in_days(&self.town, 30));
        let changed = json!({"meeting": meeting, "reason": reason});
        let minutes = minutes(&self.town);
        vec![
            (
                "POST",
                "/municipalities/elbasan/meetings".to_owned(),
                false,
                meeting,
            ),
            (
                "POST",
                format!("/meetings/{coming}/changes"),
                false,
                changed,
            ),
            (
                "PUT",
                format!("/meetings/{coming}/answer"),
                true,
                json!({"answer": "coming"}),
            ),
            ("PUT", format!("/meetings/{held}/minutes"), false, minutes),
            (
                "POST",
                format!("/meetings/{approved}/minutes/corrections"),
                false,
                json!({"text": reason}),
            ),
            (
                "POST",
                format!("/meetings/{coming}/cancellation"),
                false,
                json!({"reason": reason}),
            ),
        ]
    }

    fn at<'a>(&'a self, door: &'a Door) -> doors::Door<'a> {
        doors::Door {
            person: &self.secretary,
            method: door.0,
            path: &door.1,
            body: door.3.clone(),
        }
    }

    fn page(&self, id: &str) -> Value {
        self.town
            .visitor()
            .get(&format!("/meetings/{id}"))
            .expect(200)
    }

    /// Nothing of the scene changed.
    fn is_as_it_was(&self) {
        let list = self.town.visitor().get("/municipalities/elbasan/meetings");
        assert_eq!(list.expect(200)["items"].as_array().unwrap().len(), 3);
        assert_eq!(
            self.page(&self.coming)["notices"].as_array().unwrap().len(),
            1
        );
        assert_eq!(
            self.page(&self.approved)["minutes"]["corrections"],
            json!([])
        );
        let draft = self
            .secretary
            .get(&format!("/meetings/{}/minutes", self.held));
        assert_eq!(draft.expect(200)["record"]["closed_on"], Value::Null);
        let said = self
            .police
            .get(&format!("/meetings/{}/answers", self.coming))
            .expect(200);
        let none = |seat: &Value| seat["answer"].is_null();
        assert!(said["items"].as_array().unwrap().iter().all(none));
        unharmed(&self.town);
    }
}

/// A secretary of Berat.
pub fn of_berat(town: &Town) -> Person {
    let (done, said) = town.run(&["admin", "create", "berat", "berat.admin@example.al"]);
    assert!(done, "{said}");
    let seat = json!({"email": "berat.secretary@example.al", "institution": "municipality",
        "role": "secretary", "title": "Sekretaria"});
    let seats = Person::sign_in(town, "berat.admin").post("/municipalities/berat/seats");
    seats.json(seat).send().expect(201);
    Person::sign_in(town, "berat.secretary")
}

#[test]
fn every_door_is_shut_for_whoever_has_no_seat_for_it() {
    let scene = Scene::set();
    let berat = of_berat(&scene.town);
    let (visitor, arta) = (scene.town.visitor(), scene.town.resident("arta"));
    let send =
        |person: &Person, door: &Door| person.request(door.0, &door.1).json(door.3.clone()).send();
    for door in scene.doors() {
        send(&visitor, &door).refused(401, "sign_in_needed");
        for person in [&arta, &berat] {
            send(person, &door).refused(403, "not_allowed");
        }
        if !door.2 {
            send(&scene.police, &door).refused(403, "not_allowed");
        }
    }
    for person in [&arta, &berat, &scene.police] {
        approve_minutes(person, &scene.held).refused(403, "not_allowed");
    }
    let Scene { coming, held, .. } = &scene;
    for read in [
        format!("/meetings/{coming}/answers"),
        format!("/meetings/{held}/minutes"),
        "/municipalities/elbasan/desk/parked".to_owned(),
    ] {
        visitor.get(&read).refused(401, "sign_in_needed");
        arta.get(&read).refused(403, "not_allowed");
        berat.get(&read).refused(403, "not_allowed");
        scene.police.get(&read).expect(200);
    }
    scene.is_as_it_was();
}

#[test]
fn a_body_of_another_shape_is_refused_at_every_door() {
    let scene = Scene::set();
    for door in scene.doors() {
        scene.at(&door).takes_nothing_else(300_000);
    }
    scene.is_as_it_was();
}

#[test]
fn what_does_not_exist_is_not_found_at_every_door() {
    let scene = Scene::set();
    for name in [NOWHERE, "..%2f", "A", "1%00", "ëëëëëëëë"] {
        for door in scene.doors() {
            let ids = [&scene.coming, &scene.held, &scene.approved];
            let Some(id) = ids.into_iter().find(|id| door.1.contains(id.as_str())) else {
                continue;
            };
            let path = door.1.replace(id, name);
            let answer = scene
                .secretary
                .request(door.0, &path)
                .json(door.3.clone())
                .send();
            assert_eq!(answer.status, 404, "{} {path}: {}", door.0, answer.text());
        }
        assert_eq!(
            approve_minutes(&scene.secretary, name).status,
            404,
            "{name}"
        );
        for read in ["", "/event.ics", "/minutes", "/minutes.json", "/answers"] {
            let path = format!("/meetings/{name}{read}");
            assert_eq!(scene.secretary.get(&path).status, 404, "{path}");
        }
    }
    for read in ["meetings", "meetings.ics", "attendance", "desk/parked"] {
        let path = format!("/municipalities/nowhere/{read}");
        scene
            .secretary
            .get(&path)
            .refused(404, "municipality_unknown");
    }
    let nowhere = scene.secretary.post("/municipalities/nowhere/meetings");
    let nowhere = nowhere.json(hearing(in_days(&scene.town, 9))).send();
    nowhere.refused(404, "municipality_unknown");
    scene.is_as_it_was();
}

#[test]
fn what_is_sent_twice_is_done_once_at_every_door() {
    let scene = Scene::set();
    for (turn, door) in scene.doors().iter().enumerate() {
        let told = || [&scene.coming, &scene.held, &scene.approved].map(|id| scene.page(id));
        scene.at(door).is_done_once(&format!("{KEY}{turn}"), told);
    }
    let list = scene.town.visitor().get("/municipalities/elbasan/meetings");
    assert_eq!(list.expect(200)["items"].as_array().unwrap().len(), 4);
    let notices = scene.page(&scene.coming)["notices"].clone();
    let kinds: Vec<_> = notices
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["kind"])
        .collect();
    assert_eq!(kinds, ["announced", "changed", "cancelled"]);
    let corrections = scene.page(&scene.approved)["minutes"]["corrections"].clone();
    assert_eq!(corrections.as_array().unwrap().len(), 1);
    unharmed(&scene.town);
}

#[test]
fn an_agenda_takes_up_nothing_of_another_municipality() {
    let scene = Scene::set();
    let berat = of_berat(&scene.town);
    let with = |item: Value| {
        let mut body = hearing(in_days(&scene.town, 9));
        body.as_object_mut().unwrap().remove("unit");
        body["agenda"] = json!([item]);
        berat
            .post("/municipalities/berat/meetings")
            .json(body)
            .send()
    };
    let parked = json!({"meeting": scene.approved, "item": 2});
    let refused = with(json!({"title": "Pyetjet e banorëve", "resumes": parked})).expect(422);
    assert_eq!(refused["fields"][0]["code"], "parked_unknown");
    for item in [json!(-1), json!(0), json!(i32::MAX)] {
        let odd = json!({"meeting": scene.approved, "item": item});
        let answer = with(json!({"title": "Pyetjet e banorëve", "resumes": odd}));
        assert_eq!(answer.status, 422);
    }
    assert_eq!(
        berat.get("/municipalities/berat/desk/parked").expect(200)["items"],
        json!([])
    );
    let id = with(json!({"title": "Pyetjet e banorëve"})).expect(201)["id"].clone();
    cancel(&scene.secretary, id.as_str().unwrap()).refused(403, "not_allowed");
    scene.is_as_it_was();
}

#[test]
fn what_is_written_of_a_meeting_stays_text_in_a_calendar() {
    let scene = Scene::set();
    let mut body = hearing(in_days(&scene.town, 9));
    body["title"] = json!("Rruga; drita, <b>ura</b>\u{202e}");
    body["objective"] = json!("Pyetjet.\r\nEND:VEVENT\nBEGIN:VEVENT\r\nUID:tjeter");
    body["place"] = json!("Salla\\; kati 2");
    let page = meet(&scene.secretary, body).expect(201);
    assert_eq!(page["title"], "Rruga; drita, <b>ura</b>");
    let path = format!("/meetings/{}/event.ics", page["id"].as_str().unwrap());
    let event = scene.town.visitor().get(&path).text();
    let lines: Vec<&str> = event.split("\r\n").collect();
    for line in ["BEGIN:VEVENT", "END:VEVENT"] {
        assert_eq!(
            lines.iter().filter(|one| **one == line).count(),
            1,
            "{event}"
        );
    }
    assert!(!lines.contains(&"UID:tjeter") && !event.replace("\r\n", "").contains('\n'));
    assert!(
        event.contains("SUMMARY:Rruga\\; drita\\, <b>ura</b>"),
        "{event}"
    );
    assert!(event.contains("LOCATION:Salla\\\\\\; kati 2"), "{event}");
    unharmed(&scene.town);
}
