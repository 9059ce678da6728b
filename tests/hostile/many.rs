//! Very many concerns: what one person asks for stays small, and holds nobody up.

use std::collections::BTreeSet;
use std::time::Instant;

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::{columns, lines, number, open};
use crate::harness::town::wait_until;
use crate::harness::{Town, unharmed};

/// Sixteen symbols, drawn for each row.
fn drawn(file: &Conn) -> &'static str {
    match file {
        Conn::Sqlite(_) => "lower(hex(randomblob(8)))",
        Conn::Postgres(_) => "substr(md5(random()::text), 1, 16)",
    }
}

/// Makes every concern findable that is not.
fn findable(file: &Conn) -> &'static str {
    match file {
        Conn::Sqlite(_) => {
            "INSERT INTO concern_search (rowid, concern_id, title, text) \
             SELECT random(), id, title, text FROM concerns \
             WHERE id NOT IN (SELECT concern_id FROM concern_search)"
        }
        Conn::Postgres(_) => {
            "INSERT INTO concern_search SELECT id, to_tsvector('simple', title) FROM concerns \
             WHERE id NOT IN (SELECT concern_id FROM concern_search)"
        }
    }
}

/// Copies a concern with its timeline so many times, each with an id of its own and some columns
/// changed.
pub fn copy(town: &Town, id: &str, times: u32, changes: &[(&str, &str)]) {
    let mut file = open(town);
    let names = columns(&mut file, "concerns");
    let drawn = drawn(&file);
    let values = names.iter().map(|name| {
        let changed = changes.iter().find(|change| change.0 == name);
        match (name.as_str(), changed) {
            (_, Some((_, value))) => (*value).to_owned(),
            ("id" | "receipt_mark", None) => drawn.to_owned(),
            _ => name.clone(),
        }
    });
    let values = values.collect::<Vec<_>>().join(", ");
    file.batch_execute(&format!(
        "INSERT INTO concerns WITH RECURSIVE turn (n) AS \
         (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {times}) \
         SELECT {values} FROM concerns, turn WHERE id = '{id}'; \
         INSERT INTO events SELECT c.id, e.position, e.kind, e.seat_id, e.institution, e.to_state, \
         e.verdict, e.text, e.ground, e.whose, e.lead, e.due_on, e.on_day \
         FROM concerns c, events e WHERE e.concern_id = '{id}' \
         AND c.id NOT IN (SELECT concern_id FROM events); {}",
        findable(&file)
    ))
    .unwrap();
}

/// Whoever deletes an account takes back what it supported, wherever that lies, and nobody waits for
/// the looking.
#[test]
fn a_deleted_account_takes_its_support_back_and_holds_nobody_up() {
    let (town, _, id) = town_with_a_public_concern();
    copy(&town, &id, 20_000, &[("residents", "1")]);
    let mut file = open(&town);
    let support = format!(
        "INSERT INTO supports SELECT id, {}, 'x', TRUE, FALSE FROM concerns WHERE residents = 1",
        drawn(&file)
    );
    file.batch_execute(&support).unwrap();
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    let path = format!("/concerns/{id}/support");
    arta.put(&path).expect(200);
    besa.put(&path).expect(200);
    let residents = || {
        let query = format!("SELECT residents AS number FROM concerns WHERE id = '{id}'");
        number(&mut open(&town), &query)
    };
    assert_eq!(residents(), 2);
    let all = Instant::now();
    assert_eq!(arta.delete("/me").status, 204);
    let mut slowest = all.elapsed();
    let waiting = "SELECT count(*) AS number FROM outbox WHERE kind = 'withdraw'";
    wait_until("the support is taken back", || {
        let began = Instant::now();
        let change = besa.patch("/me").json(json!({"language": "en"}));
        change.send().expect(200);
        slowest = slowest.max(began.elapsed());
        number(&mut open(&town), waiting) == 0
    });
    assert_eq!(residents(), 1);
    // Whoever had to wait for all of it would wait about as long as all of it took.
    let all = all.elapsed();
    assert!(slowest * 4 < all, "{slowest:?} of {all:?}");
    unharmed(&town);
}

/// One's own concerns come a page at a time, each once, the newest first.
#[test]
fn ones_own_concerns_come_a_page_at_a_time() {
    let (town, _, id) = town_with_a_public_concern();
    let arta = town.resident("arta");
    let query = "SELECT id AS line FROM accounts WHERE email = 'arta@example.al'";
    let account = format!("'{}'", lines(&mut open(&town), query)[0]);
    let days_before = match open(&town) {
        Conn::Sqlite(_) => "date('2026-11-01', '-' || (n / 3) || ' days')",
        Conn::Postgres(_) => "DATE '2026-11-01' - n / 3",
    };
    let own = [
        ("account_id", account.as_str()),
        ("author_kind", "'display'"),
        ("author_name", "'Arta'"),
        ("received_on", days_before),
    ];
    copy(&town, &id, 45, &own);
    let mut seen = Vec::new();
    let mut after = String::new();
    let mut pages = 0;
    loop {
        let page = arta.get(&format!("/me/concerns?after={after}")).expect(200);
        assert_eq!(page["total"], 45);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 20);
        seen.extend(items.clone());
        pages += 1;
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(pages, 3);
    let ids: BTreeSet<&str> = seen
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    assert_eq!((ids.len(), seen.len()), (45, 45));
    let day = |item: &Value| item["received_on"].as_str().unwrap().to_owned();
    assert!(seen.is_sorted_by(|a, b| day(a) >= day(b)));
    assert_eq!(seen[0]["unit"]["slug"], "gjinar");
    for wrong in ["x", "_", "2026-11-01_", "x_0000000000000000", "1_%27"] {
        let answer = arta.get(&format!("/me/concerns?after={wrong}"));
        answer.refused(400, "query_invalid");
    }
    assert_eq!(town.resident("besa").get("/me/concerns")["total"], 0);
}

/// The nearest concerns are found in the store: sixty of them, however many there are.
#[test]
fn the_nearest_are_found_among_very_many() {
    let (town, _, id) = town_with_a_public_concern();
    let somewhere = match open(&town) {
        Conn::Sqlite(_) => [
            ("lat", "41.0 + abs(random() % 2000) / 10000.0"),
            ("lon", "20.0 + abs(random() % 2000) / 10000.0"),
        ],
        Conn::Postgres(_) => [
            ("lat", "41.0 + random() / 5"),
            ("lon", "20.0 + random() / 5"),
        ],
    };
    copy(&town, &id, 20_000, &somewhere);
    let ask = || {
        town.visitor()
            .get("/municipalities/elbasan/concerns?sort=nearest&near=41.1,20.1")
    };
    let page = ask().expect(200);
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), &page["next"]), (60, &Value::Null));
    let far = |item: &Value| {
        let place = |name: &str| item["place"][name].as_f64().unwrap();
        (place("lat") - 41.1).hypot((place("lon") - 20.1) * 0.75)
    };
    assert!(items.is_sorted_by(|a, b| far(a) <= far(b) + 1e-9));
    let query = format!(
        "SELECT count(*) AS number FROM concerns WHERE public_on IS NOT NULL AND \
         (lat - 41.1) * (lat - 41.1) + (lon - 20.1) * (lon - 20.1) * 0.5625 < {}",
        far(&items[59]).powi(2) - 1e-12
    );
    assert!(
        number(&mut open(&town), &query) <= 59,
        "none nearer was left out"
    );
}
