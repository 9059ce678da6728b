//! Where rows lie, and who wrote them, must not tell in which order they came.

use serde_json::json;

use crate::harness::Town;
use crate::harness::database::{lines, number, open};
use crate::harness::polls::{cast, open_class, options, paper_of, published, question, young};
use crate::harness::town::wait_up_to;

/// T-ANON-03: after the night all rows of a table have one writer and lie in the order of their keys.
#[test]
fn after_the_night_the_order_of_arrival_is_gone() {
    let mut town = Town::start();
    let author = town.visitor();
    for number in 0..12 {
        author.submit_anonymously(&format!("Rruga numër {number} pa drita"));
    }
    let writers = "SELECT count(DISTINCT CAST(xmin AS TEXT)) AS number FROM concerns";
    let lie = "SELECT id AS line FROM concerns ORDER BY ctid";
    assert_eq!(number(&mut open(&town), writers), 12, "control");
    let mut sorted = lines(&mut open(&town), lie);
    assert!(!sorted.is_sorted(), "control");
    sorted.sort();
    // It tidies up when it starts, and then once an hour.
    town.move_clock_to_hour(3);
    town.kill_and_restart();
    wait_up_to(20, "the night's work is done", || {
        number(&mut open(&town), writers) == 1 && lines(&mut open(&town), lie) == sorted
    });
    let words = "SELECT count(DISTINCT CAST(xmin AS TEXT)) AS number FROM concern_search";
    wait_up_to(20, "the words too", || number(&mut open(&town), words) == 1);
    town.visitor().submit_anonymously("Edhe një");
}

/// What one answer left in sums, slips and words would be known by its one writer.
#[test]
fn after_the_night_nothing_of_a_poll_was_written_by_one_answer() {
    let mut town = Town::start();
    let (_, young) = young(&town);
    let yes_or_no = json!({"options": options(&["yes", "no"])});
    let safe = question("safe", "single", yes_or_no);
    let mut paper = paper_of(json!([safe, question("say", "text", json!({}))]));
    paper["group_by"] = json!("safe");
    let poll = published(&young, "school", paper);
    let (code, slips) = open_class(&town, &young, &poll, ("Gjimnazi", "10-B"), 12);
    let pupil = town.visitor();
    for (place, slip) in slips.iter().enumerate() {
        let safe = if place == 0 { "no" } else { "yes" };
        let answers = json!({"safe": safe, "say": format!("Shkrimi {place}")});
        cast(&pupil, &code, slip, answers).expect(201);
    }
    let tables = ["poll_marks", "poll_sums", "poll_group_sums", "poll_texts"];
    let writers =
        |table: &str| format!("SELECT count(DISTINCT CAST(xmin AS TEXT)) AS number FROM {table}");
    let counted = tables.map(|table| number(&mut open(&town), &writers(table)));
    assert_eq!(counted, [12, 2, 2, 12], "control");
    town.move_clock_to_hour(3);
    town.kill_and_restart();
    for table in tables {
        wait_up_to(20, table, || number(&mut open(&town), &writers(table)) == 1);
    }
}
