//! Who may vote: a letter, or a clerk who looked at a document.

use std::thread;

use chrono::Datelike;
use serde_json::{Value, json};

use crate::harness::database::{number, open};
use crate::harness::letters::make_codes;
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn verify(resident: &Person, code: &str) -> Answer {
    resident
        .post("/me/verifications")
        .json(json!({"code": code}))
        .send()
}

fn at_desk(clerk: &Person, email: &str, year: i32) -> Answer {
    clerk
        .post("/municipalities/elbasan/verifications")
        .json(json!({"email": email, "unit": "gjinar", "year": year}))
        .send()
}

fn batch(administrator: &Person) -> Value {
    let path = "/municipalities/elbasan/activation-batches";
    administrator.get(path).expect(200)["items"][0].clone()
}

#[test]
fn a_letter_verifies_one_resident_once() {
    let town = Town::start();
    let administrator = Council::seat(&town).administrator;
    let (_, codes) = make_codes(&town, &administrator, 3);
    assert_eq!(codes.len(), 3);
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    // As somebody types it from paper.
    let typed = codes[0].to_lowercase().replace('0', "o");
    let shown = verify(&arta, &typed).expect(200);
    let year = town.clock().today().year();
    assert_eq!(
        shown,
        json!({"municipality": "elbasan", "unit": "gjinar", "year": year})
    );
    assert_eq!(arta.get("/me").expect(200)["verifications"], json!([shown]));
    verify(&besa, &codes[0]).refused(404, "activation_code_unknown");
    // A second letter verifies nobody twice, and is not lost by trying.
    verify(&arta, &codes[1]).refused(409, "verified_already");
    verify(&besa, &codes[1]).expect(200);
    assert_eq!(batch(&administrator)["used"], 2);
    unharmed(&town);
}

#[test]
fn a_code_in_many_hands_at_once_verifies_one() {
    let town = Town::start();
    let administrator = Council::seat(&town).administrator;
    let (_, codes) = make_codes(&town, &administrator, 1);
    let people: Vec<Person> = (0..8)
        .map(|place| town.resident(&format!("resident{place}")))
        .collect();
    let done = thread::scope(|scope| {
        let tries: Vec<_> = people
            .into_iter()
            .map(|one| {
                let code = &codes[0];
                scope.spawn(move || verify(&one, code).status)
            })
            .collect();
        let statuses = tries.into_iter().map(|one| one.join().unwrap());
        statuses.filter(|status| *status == 200).count()
    });
    assert_eq!(done, 1);
    assert_eq!(batch(&administrator)["used"], 1);
}

#[test]
fn a_mistyped_code_is_told_apart_from_an_unknown_one_and_who_guesses_is_stopped() {
    let town = Town::start();
    let arta = town.resident("arta");
    let mistyped = verify(&arta, "0000-0000-0001").expect(422);
    assert_eq!(mistyped["fields"][0]["code"], "activation_code_invalid");
    for _ in 0..9 {
        verify(&arta, "0000-0000-0000").refused(404, "activation_code_unknown");
    }
    verify(&arta, "0000-0000-0000").refused(429, "too_many_requests");
    let besa = town.resident("besa");
    verify(&besa, "0000-0000-0000").refused(404, "activation_code_unknown");
}

#[test]
fn a_revoked_letter_verifies_nobody_and_who_was_verified_stays_so() {
    let town = Town::start();
    let administrator = Council::seat(&town).administrator;
    let (id, codes) = make_codes(&town, &administrator, 2);
    let (arta, besa) = (town.resident("arta"), town.resident("besa"));
    verify(&arta, &codes[0]).expect(200);
    let path = format!("/activation-batches/{id}");
    assert_eq!(administrator.delete(&path).status, 204);
    verify(&besa, &codes[1]).refused(404, "activation_code_unknown");
    let batch = batch(&administrator);
    assert_eq!(batch["revoked"], true);
    assert_eq!(batch["used"], 1);
    let account = arta.get("/me").expect(200);
    assert_eq!(account["verifications"][0]["unit"], "gjinar");
}

#[test]
fn a_clerk_verifies_who_came_to_the_desk_once_a_year() {
    let town = Town::start();
    let council = Council::seat(&town);
    let year = town.clock().today().year();
    at_desk(&council.secretary, "arta@example.al", year).expect(201);
    at_desk(&council.secretary, "arta@example.al", year).refused(409, "verified_already");
    at_desk(&council.secretary, "arta@example.al", year + 1).expect(201);
    let late = at_desk(&council.secretary, "besa@example.al", year + 2).expect(422);
    assert_eq!(late["fields"][0]["pointer"], "/year");
    let arta = town.resident("arta");
    let verified = arta.get("/me").expect(200)["verifications"].clone();
    assert_eq!(verified.as_array().unwrap().len(), 2);
}

/// T-RCPT-08, for letters: the file tells neither a code nor who used which; the log tells how many.
#[test]
fn neither_the_store_nor_the_log_knows_a_code_or_who_used_it() {
    let town = Town::start();
    let administrator = Council::seat(&town).administrator;
    let (id, codes) = make_codes(&town, &administrator, 2);
    let arta = town.resident("arta");
    verify(&arta, &codes[0]).expect(200);
    let (stored, log) = (town.stored_bytes(), town.log());
    for code in &codes {
        let there = |bytes: &[u8]| {
            let mut windows = bytes.windows(code.len());
            windows.any(|part| part.eq_ignore_ascii_case(code.as_bytes()))
        };
        assert!(!there(&stored) && !there(log.as_bytes()));
    }
    let left = "SELECT count(*) AS number FROM activation_codes";
    assert_eq!(number(&mut open(&town), left), 1, "the used one is gone");
    let told = format!(
        "SELECT count(*) AS number FROM audit_log WHERE action = 'activation_codes_made' \
         AND subject LIKE '{id} gjinar % 2'"
    );
    assert_eq!(number(&mut open(&town), &told), 1);
    let who = "SELECT count(*) AS number FROM audit_log a JOIN accounts b ON a.subject LIKE '%' || b.id || '%'";
    assert_eq!(number(&mut open(&town), who), 0);
}
