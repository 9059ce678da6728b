//! Where rows lie, and who wrote them, must not tell in which order they came.

use crate::harness::Town;
use crate::harness::database::{lines, number, open};
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
