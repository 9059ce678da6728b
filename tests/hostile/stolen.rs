//! The folder of a stopped server in other hands: what lies in it must not tell what came when.

use std::process::Command;

use crate::harness::Town;
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;

/// T-ANON-03, T-CRASH-01: a server that was told to stop leaves no record of the order in which it
/// wrote: none beside the file, and none in the index of words.
#[test]
fn a_stopped_server_leaves_no_order_of_what_was_sent() {
    let town = Town::start();
    let author = town.visitor();
    for number in 0..12 {
        author.submit_anonymously(&format!("Rruga numër {number} pa drita"));
    }
    let segments = "SELECT count(DISTINCT segid) AS number FROM concern_search_idx";
    assert!(number(&mut open(&town), segments) > 1, "control");
    let log = town.database().with_extension("sqlite3-wal");
    assert!(log.metadata().unwrap().len() > 0, "control");
    let stopped = Command::new("kill")
        .arg(town.process().to_string())
        .status();
    assert!(stopped.unwrap().success());
    wait_until("what was written lies in the file alone", || {
        !log.metadata().is_ok_and(|data| data.len() > 0)
    });
    assert_eq!(number(&mut open(&town), segments), 1);
}

/// T-RCPT-08: half a pepper, as a full disk may leave it, is never used: receipts under it would be
/// anybody's to open.
#[test]
fn a_damaged_pepper_is_refused_at_the_start() {
    let town = Town::start();
    let folder = town.path("other");
    std::fs::create_dir_all(folder.join("keys")).unwrap();
    std::fs::write(folder.join("keys/pepper"), "").unwrap();
    let (code, said) = town.run_in(&folder, &["serve"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("keys/pepper is damaged"), "{said}");
}
