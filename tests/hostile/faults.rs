//! Faults beneath the server: a disk that takes no more, a database somebody else holds.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::{number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::IGNORE_SIGNAL;
use crate::harness::{Answer, Person, Town, unharmed};
use crate::proofs::tidy::repository;

fn submit(town: &Town, number: u32) -> Answer {
    town.visitor()
        .post("/municipalities/elbasan/concerns")
        .json(anonymous_concern(
            "Rruga pa drita",
            &receipt_of("fault", number),
        ))
        .send()
}

fn concerns(town: &Town) -> i64 {
    number(&mut open(town), "SELECT count(*) AS number FROM concerns")
}

/// Lets no file of the server grow beyond so many bytes, as a full disk would.
fn limit_files(town: &Town, bytes: &str) {
    let limit = format!("--fsize={bytes}:unlimited");
    let done = Command::new("prlimit")
        .args(["--pid", &town.process().to_string(), &limit])
        .status()
        .unwrap();
    assert!(done.success(), "prlimit");
}

fn refuses_writes_and_nothing_else(town: &Town, round: u32) {
    for number in 0..4 {
        let answer = submit(town, round + 10 + number);
        assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
        answer.refused(503, "storage_unavailable");
        let code = json!({"email": format!("n{number}@example.al")});
        let answer = town.visitor().post("/sign-in/codes").json(code).send();
        answer.refused(503, "storage_unavailable");
    }
    assert_eq!(town.request("GET", "/readyz").send().status, 200);
    town.visitor().get("/municipalities/elbasan").expect(200);
    town.visitor()
        .post("/receipts/open")
        .json(json!({"receipt": receipt_of("fault", 1)}))
        .send()
        .expect(200);
}

/// T-DISK-01: a disk that takes no more: writes are refused as such, reads go on, and when there is
/// room again all is well without a restart.
#[test]
fn a_full_disk_refuses_writes_and_nothing_else() {
    let town = Town::start_with(&[(IGNORE_SIGNAL, "XFSZ")]);
    submit(&town, 1).expect(201);
    for round in 0..3 {
        limit_files(&town, "1");
        refuses_writes_and_nothing_else(&town, 100 * round);
        limit_files(&town, "unlimited");
        submit(&town, 100 * round + 50).expect(201);
    }
    assert_eq!(concerns(&town), 4);
    unharmed(&town);
}

/// T-DISK-01: a disk that fills up in the middle of a write: what was acknowledged is there, what was
/// not is not, and the next write finds its room.
#[test]
fn a_disk_that_fills_up_in_the_middle_of_a_write_keeps_what_was_acknowledged() {
    let town = Town::start_with(&[(IGNORE_SIGNAL, "XFSZ")]);
    let log = town.path("data/trekendesh.sqlite3-wal");
    let mut acknowledged = 0;
    for round in 0..4_u32 {
        let room = std::fs::metadata(&log).unwrap().len() + 30_000;
        limit_files(&town, &room.to_string());
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let sent: Vec<_> = (0..12)
                .map(|number| {
                    let town = &town;
                    scope.spawn(move || submit(town, 1_000 * (round + 1) + number).status)
                })
                .collect();
            sent.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(
            statuses.iter().all(|status| [201, 503].contains(status)),
            "{statuses:?}"
        );
        assert!(statuses.contains(&503), "control: the disk was full");
        acknowledged += statuses.iter().filter(|status| **status == 201).count();
        limit_files(&town, "unlimited");
        submit(&town, 1_000 * (round + 1) + 500).expect(201);
        acknowledged += 1;
        assert_eq!(concerns(&town), i64::try_from(acknowledged).unwrap());
    }
    unharmed(&town);
}

/// Builds the library that lets writes fail; the server's own sources need a C compiler too.
fn failing_disk(folder: &Path) -> String {
    let library = folder.join("failing_disk.so");
    let source = repository().join("tests/hostile/failing_disk.c");
    let done = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .args([&library, &source])
        .status()
        .unwrap();
    assert!(done.success(), "cc");
    library.to_str().unwrap().to_owned()
}

/// T-DISK-01: a folder that becomes read-only, a disk that breaks or has no room: writes are refused as such, reads
/// go on, and once it is mended all is well without a restart.
#[test]
fn a_disk_that_is_read_only_or_broken_or_full_refuses_writes_and_nothing_else() {
    const EROFS: &str = "30";
    const EIO: &str = "5";
    const ENOSPC: &str = "28";
    let folder = tempfile::tempdir().unwrap();
    let fault = folder.path().join("fault");
    let town = Town::start_with(&[
        ("LD_PRELOAD", &failing_disk(folder.path())),
        ("FAULT", fault.to_str().unwrap()),
    ]);
    submit(&town, 1).expect(201);
    for (round, error) in (0..).zip([EROFS, EIO, ENOSPC, EROFS, EIO, ENOSPC]) {
        std::fs::write(&fault, error).unwrap();
        refuses_writes_and_nothing_else(&town, 100 * round);
        std::fs::remove_file(&fault).unwrap();
        submit(&town, 100 * round + 50).expect(201);
    }
    assert_eq!(concerns(&town), 7);
    unharmed(&town);
}

/// T-DB-01: somebody else holds the database for longer than the server waits: a bounded wait, then
/// a clear refusal; reads go on; afterwards all is well.
#[test]
fn a_database_held_by_somebody_else_is_waited_for_and_then_said() {
    let (town, _council, id) = town_with_a_public_concern();
    let mut holder = open(&town);
    holder.batch_execute("BEGIN IMMEDIATE").unwrap();
    let before = concerns(&town);
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..5)
            .map(|number| {
                let town = &town;
                scope.spawn(move || {
                    let began = Instant::now();
                    (submit(town, number), began.elapsed())
                })
            })
            .collect();
        for _ in 0..20 {
            let began = Instant::now();
            town.visitor().get(&format!("/concerns/{id}")).expect(200);
            town.request("GET", "/readyz").send().expect(200);
            assert!(
                began.elapsed() < Duration::from_secs(1),
                "{:?}",
                began.elapsed()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        for writer in writers {
            let (answer, took) = writer.join().unwrap();
            assert!(took < Duration::from_secs(14), "{took:?}");
            assert!(!answer.header("retry-after").is_empty());
            answer.refused(503, "storage_unavailable");
        }
    });
    holder.batch_execute("ROLLBACK").unwrap();
    assert_eq!(concerns(&town), before);
    for number in 0..5 {
        submit(&town, number).expect(201);
    }
    unharmed(&town);
}

/// T-DB-01: a database held for a moment only delays.
#[test]
fn a_database_held_for_a_moment_only_delays() {
    let town = Town::start();
    let mut holder = open(&town);
    holder.batch_execute("BEGIN IMMEDIATE").unwrap();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| submit(&town, 1));
        std::thread::sleep(Duration::from_millis(700));
        holder.batch_execute("COMMIT").unwrap();
        writer.join().unwrap().expect(201);
    });
    Person::sign_in(&town, "arta").get("/me").expect(200);
    unharmed(&town);
}
