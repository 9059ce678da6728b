//! A database that is stopped, or holds somebody up.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::harness::cluster::Cluster;
use crate::harness::database::open;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::store::Database;
use crate::harness::town::wait_up_to;
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
        told_to_come_back(|| submit(&town, 100 + round));
        told_to_come_back(|| visitor.get("/municipalities/elbasan"));
        told_to_come_back(|| {
            let code = visitor.post("/sign-in/codes");
            code.json(json!({"email": "arta@example.al"})).send()
        });
        assert_eq!(town.request("GET", "/readyz").send().status, 503);
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
