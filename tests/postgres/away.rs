//! A database that is stopped, or holds somebody up.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::json;

use super::hearing::Silenced;
use crate::harness::cluster::Cluster;
use crate::harness::database::{number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::store::Database;
use crate::harness::town::{wait_until, wait_up_to};
use crate::harness::{Answer, Town, unharmed};

fn submit(town: &Town, number: u32) -> Answer {
    let body = anonymous_concern("Rruga pa drita", &receipt_of("away", number));
    let request = town.visitor().post("/municipalities/elbasan/concerns");
    request.json(body).send()
}

/// Checks that somebody is told, soon, to come back.
fn told_to_come_back(ask: impl FnOnce() -> Answer) {
    let began = Instant::now();
    let answer = ask();
    assert!(began.elapsed() < Duration::from_secs(8), "{answer:?}");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    answer.refused(503, "storage_unavailable");
}

#[test]
fn a_database_that_was_stopped_is_said_and_found_again() {
    let mut cluster = Cluster::start(false).unwrap();
    let database = Database::on(&cluster.url());
    let town = Town::start_on(Some(database), "serve", &[]);
    submit(&town, 1).expect(201);
    let visitor = town.visitor();
    // What is asked once the server hears itself is kept.
    thread::sleep(Duration::from_secs(2));
    let list = visitor.get("/municipalities/elbasan/concerns");
    let list = list.expect(200);
    for round in 0..2 {
        cluster.stop().unwrap();
        if round == 0 {
            let kept = visitor.get("/municipalities/elbasan/concerns");
            assert_eq!(kept.expect(200), list, "what is kept goes on");
        }
        let stopped = Instant::now();
        told_to_come_back(|| submit(&town, 100 + round));
        told_to_come_back(|| visitor.get("/municipalities/elbasan"));
        told_to_come_back(|| {
            let code = visitor.post("/sign-in/codes");
            code.json(json!({"email": "arta@example.al"})).send()
        });
        assert_eq!(town.request("GET", "/readyz").send().status, 503);
        if round == 0 {
            // Longer than a process trusts a line that fell silent.
            assert!(stopped.elapsed() > Duration::from_secs(5), "control");
            let kept = visitor.get("/municipalities/elbasan/concerns");
            assert_eq!(kept.expect(200), list, "and goes on");
        }
        town.request("GET", "/healthz").send().expect(200);
        cluster.serve().unwrap();
        wait_up_to(30, "it is found again", || {
            submit(&town, 200 + round).status == 201 || submit(&town, 200 + round).status == 409
        });
        town.request("GET", "/readyz").send().expect(200);
    }
    let open = json!({"receipt": receipt_of("away", 1)});
    let thread = visitor.post("/receipts/open").json(open).send();
    thread.expect(200);
    town.resident("arta").get("/me").expect(200);
    unharmed(&town);
    // The town's database goes before the server it is on.
    drop(town);
}

/// A server that is there and says nothing lets nobody wait for ever.
#[test]
fn a_database_that_lets_nobody_in_is_given_up() {
    let cluster = Cluster::start(false).unwrap();
    let database = Database::on(&cluster.url());
    let town = Town::start_on(Some(database), "serve", &[]);
    let silenced = Silenced::begin(cluster.process().iter().map(u32::to_string).collect());
    let began = Instant::now();
    let (code, said) = town.run_for_code(&["check"]);
    assert_eq!((code, said.lines().count()), (1, 1), "{said}");
    assert!(began.elapsed() < Duration::from_secs(8), "{said}");
    drop(silenced);
    unharmed(&town);
    // The town's database goes before the server it is on.
    drop(town);
}

#[test]
fn a_statement_that_takes_too_long_is_given_up() {
    let town = Town::start_with(&[("TREKENDESH_STATEMENT_SECONDS", "1")]);
    submit(&town, 1).expect(201);
    let mut holder = open(&town);
    let lock = "BEGIN; LOCK TABLE concerns IN ACCESS EXCLUSIVE MODE";
    holder.batch_execute(lock).unwrap();
    told_to_come_back(|| submit(&town, 2));
    told_to_come_back(|| town.visitor().get("/municipalities/elbasan/concerns"));
    town.visitor().get("/municipalities").expect(200);
    holder.batch_execute("ROLLBACK").unwrap();
    submit(&town, 2).expect(201);
    unharmed(&town);
}

/// Who finds no connection free is told so, long before those that hold them are done.
#[test]
fn who_finds_all_connections_in_use_waits_for_a_while_and_is_told() {
    let settings = [
        ("TREKENDESH_CONNECTIONS", "2"),
        ("TREKENDESH_STATEMENT_SECONDS", "60"),
    ];
    let town = Town::start_with(&settings);
    let mut holder = open(&town);
    let lock = "BEGIN; LOCK TABLE concerns IN ACCESS EXCLUSIVE MODE";
    holder.batch_execute(lock).unwrap();
    thread::scope(|scope| {
        let held: Vec<_> = (1..=2)
            .map(|number| {
                let town = &town;
                scope.spawn(move || submit(town, number))
            })
            .collect();
        let waiting = "SELECT count(*) AS number FROM pg_stat_activity \
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut looker = open(&town);
        wait_until("both wait", || number(&mut looker, waiting) == 2);
        told_to_come_back(|| {
            let code = town.visitor().post("/sign-in/codes");
            code.json(json!({"email": "arta@example.al"})).send()
        });
        town.request("GET", "/healthz").send().expect(200);
        holder.batch_execute("ROLLBACK").unwrap();
        for one in held {
            one.join().unwrap().expect(201);
        }
    });
    town.resident("arta").get("/me").expect(200);
    unharmed(&town);
}
