//! What was taken back, deleted or lost is gone: from the file, from first answers, from repeats.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::database::{dump, number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Person, Town, unharmed};

/// Sends a write under a key.
fn once(person: &Person, method: &str, path: &str, key: &str, body: &Value) -> Answer {
    let request = person.request(method, path).header("idempotency-key", key);
    request.json(body.clone()).send()
}

/// Everything in the data folder outside the keys, in lower case, after the log was folded in.
fn stored(town: &Town) -> String {
    let mut file = open(town);
    if let Conn::Sqlite(_) = file {
        file.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
            .unwrap();
    }
    String::from_utf8_lossy(&town.stored_bytes()).to_lowercase()
}

/// Waits until so many lines of news lie in inboxes and no letter waits any more.
fn wait_for_news(town: &Town, lines: i64) {
    let told = "SELECT count(*) AS number FROM inbox";
    let waiting = "SELECT count(*) AS number FROM outbox WHERE kind = 'mail'";
    wait_until("the news", || {
        number(&mut open(town), told) == lines && number(&mut open(town), waiting) == 0
    });
}

/// T-ANON-12: what an author took out of a returned concern is gone from the file: the search index,
/// the first answers under their keys, and the inboxes of those who were told of it.
#[test]
fn what_an_author_took_back_is_gone_from_the_file() {
    let town = Town::start();
    Council::seat(&town);
    let author = town.visitor();
    let receipt = receipt_of("taken back", 1);
    let mut body = anonymous_concern("Kryqëzimi te Canaryemri", &receipt);
    body["text"] = json!("Canarymbiemri parkon çdo ditë mbi trotuar te shkolla.");
    let path = "/municipalities/elbasan/concerns";
    let sent = once(&author, "POST", path, "first-answer-submitted", &body).expect(201);
    let id = sent["id"].as_str().unwrap();
    town.move_clock(33 * 3600);
    wait_for_news(&town, 1);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let step = json!({"to": "returned", "reason": "Ju lutemi pa emra."});
    let path = format!("/concerns/{id}/moves");
    once(&secretary, "POST", &path, "first-answer-returned", &step).expect(200);
    let words = json!({"receipt": receipt, "text": "Po e ndreq."});
    let path = "/receipts/messages";
    once(&author, "POST", path, "first-answer-message", &words).expect(201);
    assert!(stored(&town).contains("canaryemri"), "control");
    let mended = json!({"receipt": receipt, "title": "Kryqëzimi te shkolla",
        "text": "Dikush parkon çdo ditë mbi trotuar te shkolla."});
    let path = "/receipts/corrections";
    once(&author, "POST", path, "first-answer-mended", &mended).expect(200);
    town.move_clock(66 * 3600);
    wait_until("nobody is left to be told", || {
        number(&mut open(&town), "SELECT count(*) AS number FROM outbox") == 0
    });
    let stored = stored(&town);
    assert!(stored.contains("parkon"), "control");
    for canary in ["canaryemri", "canarymbiemri"] {
        assert!(!stored.contains(canary), "{canary} is still in the file");
    }
}

/// T-ANON-12: an account that was deleted leaves its address nowhere, first answers included.
#[test]
fn the_address_of_a_deleted_account_is_gone_from_the_file() {
    let town = Town::start();
    let arta = town.resident("canaryarta");
    let change = json!({"display_name": "Canaryleka"});
    let first = once(&arta, "PATCH", "/me", "first-answer-changed", &change);
    assert!(first.text().contains("canaryarta@example.al"), "control");
    assert!(stored(&town).contains("canaryarta"), "control");
    assert_eq!(arta.delete("/me").status, 204);
    let stored = stored(&town);
    for canary in ["canaryarta", "canaryleka"] {
        assert!(!stored.contains(canary), "{canary} is still in the file");
    }
}

/// T-RCPT-08: whoever reads the table of first answers reads none of them.
#[test]
fn first_answers_lie_encrypted() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let note = json!({"text": "Canaryshënim", "visibility": "secretariat"});
    let path = format!("/concerns/{id}/notes");
    let ask = || {
        once(
            &council.secretary,
            "POST",
            &path,
            "first-answer-of-a-note",
            &note,
        )
    };
    let first = ask().text();
    assert!(first.contains("Canaryshënim"), "control");
    let kept = dump(&town)["idempotency"].join("\n");
    for word in ["Canary", "concern", "status", &id] {
        assert!(!kept.contains(word), "{word}: {kept}");
    }
    assert_eq!(ask().text(), first, "and yet a repeat is answered alike");
}

/// T-ROLE-06: rights come before repeats: whoever lost a seat gets no old page of the desk, and
/// whoever sits in another one asks something new.
#[test]
fn who_lost_a_seat_gets_no_old_answer_by_repeating() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let note = json!({"text": "Shënim", "visibility": "members"});
    let path = format!("/concerns/{id}/notes");
    let ask = || {
        once(
            &council.secretary,
            "POST",
            &path,
            "a-note-of-the-secretary",
            &note,
        )
    };
    let first = ask().expect(200);
    assert_eq!(ask().expect(200), first);
    let administrator = &council.administrator;
    let seats = administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    let mut seats = seats["items"].as_array().unwrap().iter();
    let seat = seats.find(|seat| seat["role"] == "secretary").unwrap();
    let seat = format!("/seats/{}", seat["id"].as_str().unwrap());
    assert_eq!(administrator.delete(&seat).status, 204);
    ask().refused(404, "concern_unknown");
    administrator
        .post("/municipalities/elbasan/seats")
        .json(
            json!({"email": "municipality.secretary@example.al", "role": "member",
            "institution": "municipality", "title": "Anëtare"}),
        )
        .send()
        .expect(201);
    ask().refused(409, "idempotency_key_reused");
    let page = council.secretary.get(&format!("/desk/concerns/{id}"));
    assert_eq!(page.expect(200)["notes"].as_array().unwrap().len(), 1);
    unharmed(&town);
}
