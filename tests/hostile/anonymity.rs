//! Anonymous means anonymous: from the operator, from the database, from the clock.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Value, json};
use trekendesh::platform::clock::morning_after;

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::database::{dump, lines, number, open, tables_with};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Council, Person, Town, unharmed};

fn send(person: &Person, body: &Value) -> String {
    let answer = person
        .post("/municipalities/elbasan/concerns")
        .header("idempotency-key", "6f1f3c52-1d0b-4f0e-8f7a-1b2c3d4e5f60")
        .json(body.clone())
        .send()
        .expect(201);
    answer["id"].as_str().unwrap().to_owned()
}

/// T-ANON-02: the session that happened to be there leaves nothing in any table.
#[test]
fn a_signed_in_author_who_chooses_anonymous_is_in_no_row_with_the_concern() {
    let town = Town::start();
    let arta = town.resident("arta");
    arta.patch("/me")
        .json(json!({"display_name": "Arta Canary"}))
        .send()
        .expect(200);
    let before = dump(&town);
    let id = send(
        &arta,
        &anonymous_concern("Rruga pa drita", &receipt_of("x", 1)),
    );
    let after = dump(&town);
    let mut file = open(&town);
    let account = lines(&mut file, "SELECT id AS line FROM accounts")
        .pop()
        .unwrap();
    let session = lines(&mut file, "SELECT id AS line FROM sessions")
        .pop()
        .unwrap();
    for (table, rows) in &after {
        let known = before.get(table).cloned().unwrap_or_default();
        for row in rows.iter().filter(|row| !known.contains(row)) {
            for trace in [account.as_str(), &session, "arta@", "Arta Canary"] {
                assert!(!row.contains(trace), "{table}: {row}");
            }
        }
    }
    for table in ["accounts", "sessions"] {
        assert_eq!(
            before[table], after[table],
            "{table} changed with the concern"
        );
    }
    assert!(
        !tables_with(&town, &id).is_empty(),
        "control: the concern is stored"
    );
}

/// T-ANON-02: the key of the write says nothing of the account: another person with the same key
/// and body is answered with the same concern.
#[test]
fn the_key_of_an_anonymous_write_is_not_tied_to_the_account() {
    let town = Town::start();
    let body = anonymous_concern("Rruga pa drita", &receipt_of("x", 2));
    let first = send(&town.resident("arta"), &body);
    assert_eq!(send(&town.resident("besa"), &body), first);
    assert_eq!(send(&town.visitor(), &body), first);
}

/// T-ANON-02.
#[test]
fn deleting_the_account_changes_nothing_of_the_anonymous_concern() {
    let town = Town::start();
    let arta = town.resident("arta");
    let receipt = receipt_of("x", 3);
    send(&arta, &anonymous_concern("Rruga pa drita", &receipt));
    let thread = || {
        town.visitor()
            .post("/receipts/open")
            .json(json!({"receipt": receipt}))
            .send()
            .expect(200)
    };
    let before = (thread(), dump(&town)["concerns"].clone());
    assert_eq!(arta.delete("/me").status, 204);
    assert_eq!((thread(), dump(&town)["concerns"].clone()), before);
}

/// Every text in a JSON value that is a moment finer than a day.
fn moments(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let whole_day = text.parse::<NaiveDate>().is_ok();
            let clock = text.parse::<NaiveDateTime>().is_ok()
                || chrono::DateTime::parse_from_rfc3339(text).is_ok();
            if clock && !whole_day {
                found.push(text.clone());
            }
        }
        Value::Array(items) => items.iter().for_each(|item| moments(item, found)),
        Value::Object(items) => items.values().for_each(|item| moments(item, found)),
        // Seconds or milliseconds since 1970.
        Value::Number(number) if number.as_i64().is_some_and(|number| number > 1_000_000_000) => {
            found.push(number.to_string());
        }
        _ => {}
    }
}

/// T-ANON-03: nothing anybody can read is finer than a day.
#[test]
fn no_answer_tells_the_time_of_an_anonymous_act() {
    let (town, council, id) = town_with_a_public_concern();
    let phone = town.visitor().with_device('A');
    phone.put(&format!("/concerns/{id}/support")).expect(200);
    for (person, path) in [
        (&phone, format!("/concerns/{id}")),
        (&phone, "/municipalities/elbasan/concerns".to_owned()),
        (&phone, "/municipalities/elbasan".to_owned()),
        (&council.secretary, format!("/desk/concerns/{id}")),
        (
            &council.secretary,
            "/municipalities/elbasan/desk/concerns".to_owned(),
        ),
        (&council.secretary, "/me/inbox".to_owned()),
    ] {
        let answer = person.get(&path);
        assert!(answer.headers.get("last-modified").is_none(), "{path}");
        let mut found = Vec::new();
        moments(&answer.expect(200), &mut found);
        assert_eq!(found, Vec::<String>::new(), "{path}");
    }
}

/// T-ANON-03: what waits because of an anonymous act waits for a moment that is the same for all acts
/// of its day, and what tells the desk of it names no concern.
#[test]
fn what_waits_because_of_an_anonymous_act_tells_its_day_and_nothing_more() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    let (id, receipt) = author.submit_anonymously("Rruga e shkollës pa drita");
    let morning = morning_after(town.clock().now()).format("%Y-%m-%d %H:%M:%S");
    let morning = morning.to_string();
    let waiting = || {
        let query = "SELECT due_at || ' ' || kind || ' ' || payload AS line FROM outbox";
        lines(&mut open(&town), query)
    };
    let whole = |rows: Vec<String>| {
        assert!(rows.iter().all(|row| row.starts_with(&morning)), "{rows:?}");
        rows
    };
    let rows = whole(waiting());
    assert_eq!(rows.len(), 1, "control: the desk will be told: {rows:?}");
    assert!(!rows[0].contains(&id), "{rows:?}");
    move_to(&council.secretary, &id, json!({"to": "returned"})).expect(200);
    wait_until("what the secretary caused is told at once", || {
        waiting().len() == 1
    });
    town.move_clock(700);
    author
        .post("/receipts/corrections")
        .json(json!({"receipt": receipt, "title": "Rruga te ura pa drita",
            "text": "Prej dy javësh rruga te ura është pa drita."}))
        .send()
        .expect(200);
    author
        .post("/receipts/messages")
        .json(json!({"receipt": receipt, "text": "E plotësova."}))
        .send()
        .expect(201);
    let rows = whole(waiting());
    assert_eq!(rows.len(), 1, "one row a day, whatever is sent: {rows:?}");
}

/// T-ANON-05: from a point only its cell is kept, always the same one.
#[test]
fn a_point_is_kept_as_its_cell_and_always_the_same_one() {
    let town = Town::start();
    let mut places = std::collections::BTreeSet::new();
    for number in 0..6 {
        let receipt = receipt_of("point", number);
        let mut body = anonymous_concern("Rruga pa drita", &receipt);
        body["point"] = json!({"lat": 41.113_579, "lon": 20.082_468});
        town.visitor()
            .post("/municipalities/elbasan/concerns")
            .json(body)
            .send()
            .expect(201);
        let thread = town
            .visitor()
            .post("/receipts/open")
            .json(json!({"receipt": receipt}))
            .send()
            .expect(200);
        places.insert(thread["concern"]["place"].to_string());
    }
    assert_eq!(places.len(), 1, "{places:?}");
    let place = places.pop_first().unwrap();
    for exact in ["41.1135", "20.0824", "113579", "082468"] {
        assert!(!place.contains(exact), "{place}");
        assert_eq!(tables_with(&town, exact), Vec::<String>::new(), "{exact}");
        assert!(!town.log().contains(exact), "{exact} is logged");
    }
}

/// T-ANON-07: one device counts once however it tries; a new device is a new visitor and is counted
/// as such, apart from residents (the documented limit).
#[test]
fn a_device_counts_once_and_residents_are_counted_apart() {
    let (town, _, id) = town_with_a_public_concern();
    let path = format!("/concerns/{id}/support");
    std::thread::scope(|scope| {
        for _ in 0..25 {
            scope.spawn(|| town.visitor().with_device('A').put(&path).expect(200));
            scope.spawn(|| {
                // The same credential in another spelling, from another session.
                town.visitor()
                    .request("PUT", &path)
                    .header("x-device", &"a".repeat(26))
                    .send()
                    .expect(200)
            });
        }
    });
    town.visitor().with_device('B').put(&path).expect(200);
    let arta = town.resident("arta").with_device('A');
    arta.put(&path).expect(200);
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["support"], json!({"residents": 1, "visitors": 2}));
    unharmed(&town);
}

/// T-ANON-08: the rows of one device on two concerns have nothing in common but their kind.
#[test]
fn rows_of_one_device_cannot_be_brought_together() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    let ids: Vec<String> = ["Rruga pa drita", "Kanali pa kapak"]
        .iter()
        .map(|title| author.submit_anonymously(title).0)
        .collect();
    council.publish(&town, &[&ids[0], &ids[1]]);
    for device in ['A', 'B'] {
        for id in &ids {
            let phone = town.visitor().with_device(device);
            phone.put(&format!("/concerns/{id}/support")).expect(200);
        }
    }
    let mut file = open(&town);
    for column in ["supporter", "sealed"] {
        let distinct = format!("SELECT count(DISTINCT {column}) AS number FROM supports");
        assert_eq!(number(&mut file, &distinct), 4, "{column}");
    }
    let stored = town.stored_bytes();
    for plain in ["A".repeat(26), "device ".to_owned()] {
        let found = stored
            .windows(plain.len())
            .any(|part| part == plain.as_bytes());
        assert!(!found, "{plain} is stored");
    }
}

/// T-ANON-09: an anonymous author has no name that could be met again elsewhere.
#[test]
fn an_anonymous_author_has_no_name_that_follows_them() {
    let town = Town::start();
    let council = Council::seat(&town);
    let author = town.visitor();
    let (first, _) = author.submit_anonymously("Rruga pa drita");
    let (second, _) = author.submit_anonymously("Kanali pa kapak");
    let council = council.publish(&town, &[&first, &second]);
    for person in [&town.visitor(), &council.secretary] {
        let authors: Vec<Value> = [&first, &second]
            .iter()
            .map(|id| person.get(&format!("/concerns/{id}")).expect(200)["author"].clone())
            .collect();
        assert_eq!(authors[0], json!({"kind": "anonymous", "name": null}));
        assert_eq!(authors[0], authors[1]);
    }
}

/// T-ANON-11: opening a thread is a read: it leaves nothing behind and the desk sees no difference.
#[test]
fn the_desk_does_not_see_whether_the_author_looked() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    let desk = || {
        council
            .secretary
            .get(&format!("/desk/concerns/{id}"))
            .text()
    };
    let before = (desk(), dump(&town));
    for _ in 0..3 {
        town.visitor()
            .post("/receipts/open")
            .json(json!({"receipt": receipt}))
            .send()
            .expect(200);
    }
    assert_eq!((desk(), dump(&town)), before);
    for word in ["seen", "opened", "read_at", "last_read"] {
        assert!(!before.0.contains(word), "{word}");
    }
}

/// T-ANON-14, the server's side: what must not be written here is stored nowhere, whoever sends it.
#[test]
fn a_referred_topic_leaves_no_trace() {
    let town = Town::start();
    let page = town.visitor().get("/municipalities/elbasan").expect(200);
    let referred: Vec<&str> = page["topics"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|topic| topic["class"] == "referred")
        .map(|topic| topic["code"].as_str().unwrap())
        .collect();
    assert!(referred.len() >= 5, "control: {referred:?}");
    let before = dump(&town);
    for (number, topic) in (0..).zip(&referred) {
        let mut body = anonymous_concern("Canarytitull i fshehtë", &receipt_of("ref", number));
        body["topic"] = json!(topic);
        body["text"] = json!("Canarytekst që nuk duhet të ruhet askund.");
        body["photos"] =
            json!([{"data": super::pictures::small_jpeg_base64(), "alt": "Canaryfoto"}]);
        town.visitor()
            .post("/municipalities/elbasan/concerns")
            .header("idempotency-key", &format!("referred-topic-{number:04}"))
            .json(body)
            .send()
            .refused(422, "topic_is_referred");
    }
    assert_eq!(dump(&town), before);
    let stored = town.stored_bytes();
    for canary in ["Canarytitull", "Canarytekst", "Canaryfoto"] {
        let found = stored
            .windows(canary.len())
            .any(|part| part == canary.as_bytes());
        assert!(!found && !town.log().contains(canary), "{canary}");
    }
}
