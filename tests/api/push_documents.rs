//! Whoever follows a place hears once that its council published what it answers for.

use chrono::{Datelike as _, NaiveDate};
use domain::quarter::Quarter;
use serde_json::{Value, json};

use super::push::{subscribe, town};
use crate::harness::bulletin::{OPENING, at, let_pass, publish, write};
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Browser, Council, Person, PushService, Town, unharmed};

/// A town in which a quarter just ended, and what follows it.
struct Scene {
    town: Town,
    service: PushService,
    quarter: Quarter,
    start: NaiveDate,
    visitor: Browser,
    phone: Browser,
    laptop: Browser,
}

impl Scene {
    /// A visitor's browser, and two of Arta's, follow the place; another follows a unit only.
    fn set() -> Self {
        let town = town();
        let service = PushService::start(&town);
        let start = town.clock().today();
        Council::seat(&town);
        town.visitor()
            .submit_anonymously("Rruga e shkollës pa drita");
        let quarter = Quarter::of(start);
        let_pass(&town, start, quarter);
        let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
        let [visitor, phone, laptop] =
            ["visitor", "phone", "laptop"].map(|name| service.browser(name));
        subscribe(&town.visitor(), &visitor, place.clone());
        let first = town.resident("arta");
        assert_eq!(subscribe(&first, &phone, place.clone())["account"], true);
        let arta = Person::sign_in(&town, "arta");
        assert_eq!(subscribe(&arta, &laptop, place)["account"], true);
        Self {
            town,
            service,
            quarter,
            start,
            visitor,
            phone,
            laptop,
        }
    }

    fn told(&self) -> Value {
        let path = format!("/buletini/{}?bashkia=elbasan", at(self.quarter));
        json!({"kind": "bulletin_published", "path": path, "language": "en"})
    }

    /// Publishes the bulletin of the quarter that just ended.
    fn publish(&self) {
        let secretary = Person::sign_in(&self.town, "municipality.secretary");
        write(&secretary, self.quarter, OPENING).expect(200);
        publish(&secretary, self.quarter).expect(201);
    }

    /// What the inbox tells of documents.
    fn inbox(&self) -> Vec<Value> {
        let arta = Person::sign_in(&self.town, "arta");
        let items = arta.get("/me/inbox").expect(200)["items"].clone();
        let items = items.as_array().unwrap().iter();
        let documents = items.filter(|item| item["kind"].as_str().unwrap().ends_with("_published"));
        documents.cloned().collect()
    }

    fn settled(&self) {
        wait_until("all is told", || {
            let waiting = "SELECT count(*) AS number FROM outbox WHERE kind IN ('document news', 'push', 'mail')";
            number(&mut open(&self.town), waiting) == 0
        });
    }
}

#[test]
fn a_bulletin_is_told_once_to_each_device_and_each_inbox() {
    let mut scene = Scene::set();
    let other = scene.service.browser("gjinar");
    let unit = json!([{"kind": "unit", "municipality": "elbasan", "unit": "gjinar"}]);
    subscribe(&scene.town.visitor(), &other, unit);
    let letters = scene.town.smtp.count("arta@example.al");
    scene.publish();
    let letter = scene.town.smtp.wait_for("arta@example.al", letters);
    assert!(letter.body.contains("/buletini/"), "{}", letter.body);
    for browser in [&scene.visitor, &scene.phone, &scene.laptop] {
        assert_eq!(scene.service.wait_for(browser, 1), [scene.told()]);
    }
    scene.settled();
    for _ in 0..2 {
        scene.town.kill_and_restart();
        scene.town.wake();
    }
    scene.settled();
    for browser in [&scene.visitor, &scene.phone, &scene.laptop] {
        assert_eq!(scene.service.asked(browser).len(), 1);
    }
    assert!(scene.service.asked(&other).is_empty());
    assert_eq!(scene.town.smtp.count("arta@example.al"), letters + 1);
    let inbox = scene.inbox();
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    assert_eq!(inbox[0]["path"], scene.told()["path"]);
    let title = inbox[0]["title"].as_str().unwrap();
    assert!(title.contains("Bashkia Elbasan"), "{title}");
    unharmed(&scene.town);
}

/// However often the server dies meanwhile, nobody is told twice.
#[test]
fn a_server_that_dies_while_it_tells_goes_on_where_it_was() {
    let mut scene = Scene::set();
    let letters = scene.town.smtp.count("arta@example.al");
    scene.publish();
    for _ in 0..3 {
        scene.town.kill_and_restart();
    }
    scene.town.wake();
    for browser in [&scene.visitor, &scene.phone, &scene.laptop] {
        // A server that dies between sending and noting it down sends once more, in the place of the first.
        let mut heard = scene.service.wait_for(browser, 1);
        heard.dedup();
        assert_eq!(heard, [scene.told()]);
    }
    scene.settled();
    assert!(scene.town.smtp.count("arta@example.al") > letters);
    assert_eq!(scene.inbox().len(), 1);
}

#[test]
fn at_night_devices_sleep_and_who_mutes_documents_reads_them_in_the_inbox_alone() {
    let scene = Scene::set();
    scene.town.move_clock_to_hour(23);
    let arta = Person::sign_in(&scene.town, "arta");
    let wishes = json!({"muted": ["documents"]});
    let kept = arta
        .patch("/me/preferences")
        .json(wishes)
        .send()
        .expect(200);
    assert_eq!(kept["muted"], json!(["documents"]));
    let letters = scene.town.smtp.count("arta@example.al");
    scene.publish();
    wait_until("the visitor's waits for the morning", || {
        let asleep = "SELECT count(*) AS number FROM outbox WHERE kind = 'push' AND attempts = 0";
        number(&mut open(&scene.town), asleep) == 1
    });
    assert!(
        scene.service.asked(&scene.visitor).is_empty(),
        "it is night"
    );
    scene.town.move_clock_to_hour(7);
    assert_eq!(scene.service.wait_for(&scene.visitor, 1), [scene.told()]);
    scene.settled();
    for browser in [&scene.phone, &scene.laptop] {
        assert!(scene.service.asked(browser).is_empty(), "she muted it");
    }
    // Her codes to sign in are letters too; this is none of them.
    assert_eq!(scene.town.smtp.count("arta@example.al"), letters);
    let arta = Person::sign_in(&scene.town, "arta");
    let inbox = arta.get("/me/inbox").expect(200);
    assert_eq!(inbox["items"][0]["kind"], "bulletin_published");
}

#[test]
fn the_report_of_a_year_is_told_too() {
    let scene = Scene::set();
    let year = scene.start.year();
    let then = NaiveDate::from_ymd_opt(year + 1, 1, 2).unwrap();
    scene
        .town
        .move_clock((then - scene.start).num_days() * 86_400);
    let secretary = Person::sign_in(&scene.town, "municipality.secretary");
    let path = format!("/municipalities/elbasan/reports/{year}/publication");
    let foreword = json!({"foreword": "Këshilli u mblodh katër herë këtë vit."});
    secretary.post(&path).json(foreword).send().expect(201);
    let path = format!("/raporti?viti={year}&bashkia=elbasan");
    let told = json!({"kind": "report_published", "path": path, "language": "en"});
    assert_eq!(scene.service.wait_for(&scene.visitor, 1), [told]);
    scene.settled();
    let arta = Person::sign_in(&scene.town, "arta");
    let inbox = arta.get("/me/inbox").expect(200);
    assert_eq!(inbox["items"][0]["kind"], "report_published");
    assert_eq!(inbox["items"][0]["path"], json!(path));
}
