//! T-AUD-01: whoever can write in the database, without its keys, can change nothing in the log
//! unseen.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use trekendesh::platform::conn::Conn;

use crate::harness::council::council;
use crate::harness::database::{lines, number, open};
use crate::harness::{Person, Town};

/// A town whose log has some rows, and who may add more.
fn town_with_a_log() -> (Town, Person) {
    let town = Town::start();
    let administrator = town.administrator();
    for institution in ["police", "prosecution", "school", "business"] {
        town.member(&administrator, institution, "member");
    }
    assert_eq!(said(&town), "the log is whole: 5 rows, the last has the ");
    (town, administrator)
}

/// What `verify-log` says, up to the hash.
fn said(town: &Town) -> String {
    let (code, said) = town.run_for_code(&["verify-log"]);
    let whole = said.starts_with("the log is whole");
    assert_eq!(code, i32::from(!whole), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said.trim().split("hash ").next().unwrap().to_owned()
}

/// What is said once this SQL was run on the log; then all is as before.
fn said_after(town: &Town, sql: &str) -> String {
    let mut file = open(town);
    file.batch_execute(
        "CREATE TABLE rows_before AS SELECT * FROM audit_log;
         CREATE TABLE head_before AS SELECT * FROM audit_head;",
    )
    .unwrap();
    file.batch_execute(sql).unwrap();
    let said = said(town);
    file.batch_execute(
        "DELETE FROM audit_log; INSERT INTO audit_log SELECT * FROM rows_before;
         DELETE FROM audit_head; INSERT INTO audit_head SELECT * FROM head_before;
         DROP TABLE rows_before; DROP TABLE head_before;",
    )
    .unwrap();
    said
}

#[test]
fn the_log_names_the_first_row_that_was_changed() {
    let (town, _) = town_with_a_log();
    let first_bad = |row| format!("trekendesh: the log was changed: first bad row {row}");
    for (row, sql) in [
        (3, "UPDATE audit_log SET subject = 'other' WHERE position = 3"),
        (3, "UPDATE audit_log SET seat_id = NULL WHERE position = 3"),
        (3, "UPDATE audit_log SET on_day = '2020-01-01' WHERE position = 3"),
        (3, "DELETE FROM audit_log WHERE position = 3"),
        (5, "DELETE FROM audit_log WHERE position = 5"),
        (4, "DELETE FROM audit_log WHERE position > 3"),
        (1, "DELETE FROM audit_log"),
        (
            2,
            "UPDATE audit_log SET position = 100 WHERE position = 2;
             UPDATE audit_log SET position = 2 WHERE position = 3;
             UPDATE audit_log SET position = 3 WHERE position = 100",
        ),
        (
            3,
            "DELETE FROM audit_log WHERE position = 3;
             UPDATE audit_log SET position = position - 1 WHERE position > 3",
        ),
        (
            6,
            "INSERT INTO audit_log SELECT 6, municipality_code, on_day, seat_id, action, subject, hash
             FROM audit_log WHERE position = 5",
        ),
    ] {
        assert_eq!(said_after(&town, sql), first_bad(row), "{sql}");
    }
    assert_eq!(said(&town), "the log is whole: 5 rows, the last has the ");
}

#[test]
fn a_log_whose_end_was_cut_off_together_with_its_head_is_not_whole() {
    let (town, _) = town_with_a_log();
    let cut = |rows| {
        format!(
            "trekendesh: the log was changed: what is kept about its end does not fit, \
             rows after {rows} may be missing"
        )
    };
    for (rows, sql) in [
        (5, "DELETE FROM audit_head"),
        (0, "DELETE FROM audit_log; DELETE FROM audit_head"),
        (
            4,
            "DELETE FROM audit_log WHERE position = 5; DELETE FROM audit_head",
        ),
        (
            4,
            "DELETE FROM audit_log WHERE position = 5;
             UPDATE audit_head SET position = 4,
             hash = (SELECT hash FROM audit_log WHERE position = 4)",
        ),
    ] {
        assert_eq!(said_after(&town, sql), cut(rows), "{sql}");
    }
}

#[test]
fn a_log_that_was_cut_does_not_grow_whole_again() {
    for (row, sql) in [
        (5, "DELETE FROM audit_log WHERE position = 5"),
        (
            5,
            "DELETE FROM audit_log WHERE position = 5; DELETE FROM audit_head",
        ),
        (1, "DELETE FROM audit_log; DELETE FROM audit_head"),
        (
            5,
            "DELETE FROM audit_log WHERE position = 5;
             UPDATE audit_head SET position = 4,
             hash = (SELECT hash FROM audit_log WHERE position = 4)",
        ),
    ] {
        let (town, administrator) = town_with_a_log();
        open(&town).batch_execute(sql).unwrap();
        town.member(&administrator, "media", "member");
        let bad = format!("trekendesh: the log was changed: first bad row {row}");
        assert_eq!(said(&town), bad, "{sql}");
    }
}

/// Rewrites the log as somebody would who knows how it is chained but not the key.
fn chain_anew(file: &mut Conn) {
    let mut before = String::new();
    let list = match file {
        Conn::Sqlite(_) => "json_array",
        Conn::Postgres(_) => "json_build_array",
    };
    for position in 1..=number(file, "SELECT max(position) AS number FROM audit_log") {
        let row = lines(
            file,
            &format!(
                "SELECT {list}('{before}', position, municipality_code, on_day, seat_id, action, \
                 subject) AS line FROM audit_log WHERE position = {position}"
            ),
        );
        let row: Value = row[0].parse().unwrap();
        before = Sha256::digest(row.to_string())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        file.batch_execute(&format!(
            "UPDATE audit_log SET hash = '{before}' WHERE position = {position};
             UPDATE audit_head SET position = {position}, hash = '{before}'"
        ))
        .unwrap();
    }
}

#[test]
fn a_log_chained_anew_without_the_key_is_not_whole() {
    let (town, _) = town_with_a_log();
    chain_anew(&mut open(&town));
    let bad = "trekendesh: the log was changed: first bad row 1";
    assert_eq!(said(&town), bad);
}

#[test]
fn notes_and_templates_are_in_the_log() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    secretary
        .post(&format!("/concerns/{id}/notes"))
        .json(json!({"text": "Kush e njeh vendin?", "visibility": "members"}))
        .send()
        .expect(200);
    let templates = "/municipalities/elbasan/answer-templates";
    let template = secretary
        .post(templates)
        .json(json!({"title": "Faleminderit", "text": "Faleminderit që na shkruat."}))
        .send()
        .expect(201);
    let template = template["id"].as_str().unwrap();
    let gone = secretary.delete(&format!("{templates}/{template}"));
    assert_eq!(gone.status, 204);
    let rows = lines(
        &mut open(&town),
        "SELECT action || ' ' || subject AS line FROM audit_log ORDER BY position",
    );
    let expected = [
        format!("note_written {id}"),
        format!("template_added {template}"),
        format!("template_removed {template}"),
    ];
    assert_eq!(rows[rows.len() - 3..], expected);
}
