//! What is sent to the plan and to the year's report by the wrong people, in the wrong shape, too long, twice,
//! or about nothing.

use chrono::Datelike as _;
use serde_json::{Value, json};

use super::meetings::of_berat;
use super::pictures::base64;
use crate::api::plan_sheets::{one_measure, workbook};
use crate::harness::meeting::in_days;
use crate::harness::plan::{approved, draft, objective, page, patrols, under_way};
use crate::harness::shapes::other_shapes;
use crate::harness::{Answer, Council, Person, Town, doors, unharmed};

const NOWHERE: &str = "0000000000000000";
const ELBASAN: &str = "/municipalities/elbasan";

/// Who a door is for.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Secretary,
    Lead,
    Administrator,
}
use Who::{Administrator, Lead, Secretary};

/// A door: method, path, who may, and a body that is taken.
type Door = (&'static str, String, Who, Value);

/// A plan with a draft and a measure under way, and the people at its doors.
struct Scene {
    town: Town,
    council: Council,
    objective: String,
    draft: String,
    measure: String,
    seat: String,
}

impl Scene {
    fn set() -> Self {
        let town = Town::start();
        let council = Council::seat(&town);
        let measure = approved(&town, &council.secretary, &[]);
        let objective = objective(&town, &council.secretary, "Rrugë të ndriçuara");
        let drafted = draft(&council.secretary, patrols(&town, &objective, &[])).expect(201);
        let seats = council
            .administrator
            .get(&format!("{ELBASAN}/seats"))
            .expect(200);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            objective,
            measure,
            draft: text(&drafted["id"]),
            seat: text(&seats["items"][0]["id"]),
            council,
            town,
        }
    }

    fn doors(&self) -> Vec<Door> {
        let year = self.town.clock().today().year();
        let file = base64(&workbook(&one_measure(
            &in_days(&self.town, 60).to_string(),
        )));
        let import = json!({"year": year, "file": file});
        let mut doors = self.doors_of_the_plan(year);
        doors.extend([
            (
                "POST",
                format!("{ELBASAN}/desk/plan/import"),
                Secretary,
                import,
            ),
            (
                "PUT",
                format!("/seats/{}/chair", self.seat),
                Administrator,
                json!({"chairs": true}),
            ),
        ]);
        doors
    }

    fn doors_of_the_plan(&self, year: i32) -> Vec<Door> {
        let Self {
            town,
            objective,
            draft,
            measure,
            ..
        } = self;
        let aim = json!({"title": "Shkolla ku arrihet në këmbë", "text": "Edhe në mbrëmje."});
        let changed = json!({"due_on": in_days(town, 50), "budget": 90_000, "source": "Buxheti",
            "reason": "Makina vjen më vonë."});
        let others = json!({"plan": "Plani i rinisë", "measures": ["Klub te shkolla e mesme"]});
        let patrols = patrols(town, objective, &[]);
        let added = json!({"year": year, "objective": aim});
        let others_at = format!("{ELBASAN}/desk/other-measures");
        vec![
            ("POST", format!("{ELBASAN}/objectives"), Secretary, added),
            ("PUT", format!("/objectives/{objective}"), Secretary, aim),
            (
                "POST",
                format!("{ELBASAN}/measures"),
                Secretary,
                patrols.clone(),
            ),
            ("PUT", format!("/measures/{draft}"), Secretary, patrols),
            (
                "POST",
                format!("/measures/{measure}/changes"),
                Secretary,
                changed,
            ),
            (
                "POST",
                format!("/measures/{measure}/reports"),
                Lead,
                under_way(11.0),
            ),
            ("PUT", others_at, Secretary, others),
        ]
    }

    fn person(&self, who: Who) -> &Person {
        match who {
            Secretary => &self.council.secretary,
            Lead => &self.council.police,
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

    fn plan(&self) -> Value {
        self.council
            .secretary
            .get(&format!("{ELBASAN}/desk/plan"))
            .expect(200)
    }

    /// All that can be read of it.
    fn told(&self) -> [Value; 4] {
        let others = format!("{ELBASAN}/desk/other-measures");
        [
            self.plan(),
            page(&self.town, &self.measure),
            self.council.secretary.get(&others).expect(200),
            self.town
                .visitor()
                .get(&format!("{ELBASAN}/council"))
                .expect(200),
        ]
    }
}

/// The doors that take no body.
fn without_body(scene: &Scene) -> Vec<(&'static str, String)> {
    vec![
        ("POST", format!("/measures/{}/approval", scene.draft)),
        ("DELETE", format!("/measures/{}", scene.draft)),
        ("DELETE", format!("/objectives/{}", scene.objective)),
    ]
}

fn send(person: &Person, door: &Door) -> Answer {
    person.request(door.0, &door.1).json(door.3.clone()).send()
}

#[test]
fn every_door_is_shut_for_whoever_has_no_seat_for_it() {
    let scene = Scene::set();
    let before = scene.told();
    let berat = of_berat(&scene.town);
    let (visitor, arta) = (scene.town.visitor(), scene.town.resident("arta"));
    for door in scene.doors() {
        send(&visitor, &door).refused(401, "sign_in_needed");
        let others = [Secretary, Lead, Administrator]
            .into_iter()
            .filter(|who| *who != door.2);
        let others = others.map(|who| scene.person(who));
        for person in others.chain([&arta, &berat]) {
            let answer = send(person, &door);
            assert!(
                [403, 404].contains(&answer.status),
                "{}: {}",
                door.1,
                answer.text()
            );
        }
    }
    let Council {
        police,
        administrator,
        ..
    } = &scene.council;
    for (method, path) in without_body(&scene) {
        visitor
            .request(method, &path)
            .send()
            .refused(401, "sign_in_needed");
        for person in [&arta, &berat, police, administrator] {
            let status = person.request(method, &path).send().status;
            assert!([403, 404].contains(&status), "{path}: {status}");
        }
    }
    for read in [
        format!("{ELBASAN}/desk/plan"),
        format!("{ELBASAN}/desk/other-measures"),
        format!("/desk/measures/{}", scene.draft),
    ] {
        visitor.get(&read).refused(401, "sign_in_needed");
        for person in [&arta, &berat] {
            assert!([403, 404].contains(&person.get(&read).status), "{read}");
        }
        police.get(&read).expect(200);
    }
    visitor
        .get(&format!("/measures/{}", scene.draft))
        .refused(404, "measure_unknown");
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn a_body_of_another_shape_is_refused_at_every_door() {
    let scene = Scene::set();
    let before = scene.told();
    for door in scene.doors() {
        let more = if door.2 == Lead {
            49_000_000
        } else {
            2_000_000
        };
        scene.at(&door).takes_nothing_else(more);
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn what_does_not_exist_is_not_found_at_every_door() {
    let scene = Scene::set();
    let before = scene.told();
    let Scene {
        objective,
        draft,
        measure,
        seat,
        ..
    } = &scene;
    for name in [NOWHERE, "..%2f", "A", "1%00", "ëëëëëëëë"] {
        let elsewhere = |path: &str| {
            let id = [objective, draft, measure, seat]
                .into_iter()
                .find(|id| path.contains(id.as_str()));
            id.map(|id| path.replace(id, name))
        };
        for door in scene.doors() {
            let Some(path) = elsewhere(&door.1) else {
                continue;
            };
            let answer = scene
                .person(door.2)
                .request(door.0, &path)
                .json(door.3)
                .send();
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
        for (method, path) in without_body(&scene) {
            let path = elsewhere(&path).unwrap();
            assert_eq!(
                scene.council.secretary.request(method, &path).send().status,
                404,
                "{path}"
            );
        }
        for read in ["measures/", "desk/measures/"] {
            let path = format!("/{read}{name}");
            assert_eq!(scene.council.secretary.get(&path).status, 404, "{path}");
        }
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn no_plan_and_no_report_is_of_a_place_or_a_year_that_does_not_exist() {
    let scene = Scene::set();
    let before = scene.told();
    for read in [
        "measures",
        "measures.xlsx",
        "reports",
        "desk/plan",
        "desk/other-measures",
        "council",
    ] {
        let path = format!("/municipalities/nowhere/{read}");
        scene
            .council
            .secretary
            .get(&path)
            .refused(404, "municipality_unknown");
    }
    for year in ["0", "-1", "99999999999", "dje"] {
        for kind in ["", ".json", ".pdf", ".csv"] {
            let path = format!("{ELBASAN}/reports/{year}{kind}");
            scene
                .town
                .visitor()
                .get(&path)
                .refused(404, "report_unknown");
        }
    }
    for body in other_shapes(&json!({"foreword": "Këshilli u mblodh katër herë këtë vit."})) {
        let published = scene
            .council
            .secretary
            .post(&format!("{ELBASAN}/reports/2024/publication"));
        assert!((400..=422).contains(&published.json(body).send().status));
    }
    assert_eq!(scene.told(), before);
    unharmed(&scene.town);
}

#[test]
fn what_is_sent_twice_is_done_once_at_every_door() {
    let scene = Scene::set();
    for (turn, door) in scene.doors().iter().enumerate() {
        let key = format!("plans-0001-0001{turn}");
        scene.at(door).is_done_once(&key, || scene.told());
    }
    let plan = scene.plan();
    let objectives = plan["objectives"].as_array().unwrap();
    let measures = objectives
        .iter()
        .map(|one| one["measures"].as_array().unwrap().len());
    assert_eq!(
        (objectives.len(), measures.sum::<usize>()),
        (4, 4),
        "{plan}"
    );
    unharmed(&scene.town);
}
