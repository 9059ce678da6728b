//! Finished answers are kept, and none outlives what it tells of.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::Town;
use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::open;
use crate::harness::town::wait_until;

/// Another address at each turn.
static TURN: AtomicUsize = AtomicUsize::new(1);

const PLACES: [&str; 4] = [
    "/municipalities",
    "/municipalities/elbasan",
    "/municipalities/elbasan/concerns",
    "/municipalities/elbasan/cells",
];

/// Every public list as it is kept must be what the same question gets at an address nobody asked
/// before.
fn compare(town: &Town, after: &str) -> Value {
    let visitor = town.visitor();
    let mut all = Vec::new();
    for path in PLACES {
        let kept = visitor.get(path).expect(200);
        // Asked twice: the second is surely the kept one.
        assert_eq!(visitor.get(path).expect(200), kept, "{after}");
        all.push(kept);
    }
    // The same questions at addresses that were never asked: blanks are no words.
    let blanks = "%20".repeat(TURN.fetch_add(1, Ordering::Relaxed));
    for (path, kept) in [(PLACES[2], &all[2]), (PLACES[3], &all[3])] {
        let fresh = visitor.get(&format!("{path}?q={blanks}"));
        assert_eq!(&fresh.expect(200), kept, "{after}");
    }
    json!(all)
}

/// Compares after each step, and demands that the step shows.
struct Steps<'a> {
    town: &'a Town,
    before: Value,
}

impl<'a> Steps<'a> {
    fn begin(town: &'a Town) -> Self {
        let before = compare(town, "at first");
        Self { town, before }
    }

    fn changed(&mut self, after: &str) {
        let now = compare(self.town, after);
        assert_ne!(now, self.before, "{after} shows");
        self.before = now;
    }
}

#[test]
fn whoever_supports_moves_answers_or_sets_finds_it_in_the_next_answer() {
    let (town, council, id) = town_with_a_public_concern();
    let mut steps = Steps::begin(&town);
    let path = format!("/concerns/{id}/support");
    let arta = town.resident("arta");
    arta.put(&path).expect(200);
    steps.changed("supported");
    arta.delete(&path).expect(200);
    steps.changed("taken back");
    town.visitor().with_device('A').put(&path).expect(200);
    steps.changed("supported by a device");
    move_to(
        &council.secretary,
        &id,
        json!({"to": "in_progress", "lead": "police"}),
    )
    .expect(200);
    steps.changed("begun");
    let answer = json!({"verdict": "done", "text": "U ndërruan të gjitha llambat."});
    let answers = council.police.post(&format!("/concerns/{id}/answers"));
    answers.json(answer).send().expect(200);
    steps.changed("answered");
    let settings = json!({"answer_days": 12, "publication_batch": 4});
    let place = council
        .administrator
        .patch("/municipalities/elbasan/settings");
    place.json(settings).send().expect(200);
    steps.changed("settings");
}

#[test]
fn what_comes_and_what_goes_is_in_the_next_answer() {
    let (town, council, id) = town_with_a_public_concern();
    let mut steps = Steps::begin(&town);
    let named = json!({
        "topic": "lighting", "title": "Rruga e kishës pa drita", "text": "Prej dy javësh pa drita.",
        "identity": "display", "display_name": "Mira",
    });
    let mira = town.resident("mira");
    let request = mira.post("/municipalities/elbasan/concerns");
    let sent = request.json(named).send().expect(201);
    let own = sent["id"].as_str().unwrap();
    move_to(&council.secretary, own, json!({"to": "published"})).expect(200);
    steps.changed("published");
    let path = format!("/concerns/{id}/support");
    mira.put(&path).expect(200);
    steps.changed("supported");
    mira.delete("/me").expect(204);
    wait_until("the support of who went is taken back", || {
        let list = town.visitor().get(PLACES[2]);
        let cards = list["items"].as_array().unwrap();
        cards.iter().all(|card| card["support"]["residents"] == 0)
    });
    // Only now nothing more changes behind it.
    steps.changed("an author goes");
    move_to(
        &council.secretary,
        own,
        json!({"to": "referred", "whose": "Mekanizmi i referimit"}),
    )
    .expect(200);
    let list = town.visitor().get(PLACES[2]).expect(200);
    assert_eq!(list["total"], 1, "what is referred is gone at once");
    compare(&town, "referred");
}

#[test]
fn what_somebody_writes_beside_the_server_is_seen_soon() {
    let (town, _, id) = town_with_a_public_concern();
    let title = || {
        let list = town.visitor().get(PLACES[2]).expect(200);
        list["items"][0]["title"].clone()
    };
    assert_eq!(title(), "Rruga e shkollës pa drita");
    let mut beside = open(&town);
    beside
        .batch_execute(&format!(
            "UPDATE concerns SET title = 'Tjetër' WHERE id = '{id}'"
        ))
        .unwrap();
    if let Conn::Postgres(server) = &mut beside {
        // Whoever writes there by hand says so.
        server
            .batch_execute("NOTIFY trekendesh, 'changed '")
            .unwrap();
    }
    wait_until("it is seen", || title() == "Tjetër");
}
