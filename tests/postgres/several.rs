//! Three processes on one database: whichever of them answers, it is one house.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::harness::council::move_to;
use crate::harness::database::{lines, number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::processes::Processes;
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Town, unharmed};
use crate::hostile::crowds::solve;

fn house() -> (Town, Processes) {
    house_with(&[])
}

fn house_with(settings: &[(&str, &str)]) -> (Town, Processes) {
    let mut town = Town::start_with(settings);
    let processes = Processes::join(&mut town, 2);
    (town, processes)
}

/// Does the same fifty times at once.
fn at_once(act: impl Fn(u32) -> Answer + Sync) -> Vec<Answer> {
    thread::scope(|scope| {
        let act = &act;
        let acts: Vec<_> = (0..50)
            .map(|number| scope.spawn(move || act(number)))
            .collect();
        acts.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn rows(town: &Town, table: &str) -> i64 {
    let query = format!("SELECT count(*) AS number FROM {table}");
    number(&mut open(town), &query)
}

#[test]
fn a_concern_goes_its_way_through_all_of_them() {
    let (town, _processes) = house();
    let council = Council::seat(&town);
    let (id, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    let council = council.publish(&town, &[&id]);
    let arta = town.resident("arta");
    let path = format!("/concerns/{id}/support");
    arta.put(&path).expect(200);
    town.visitor().with_device('A').put(&path).expect(200);
    move_to(
        &council.secretary,
        &id,
        json!({"to": "in_progress", "lead": "police"}),
    )
    .expect(200);
    let answer = json!({"verdict": "done", "text": "Dritat u rregulluan dhe punojnë."});
    let answers = council.police.post(&format!("/concerns/{id}/answers"));
    answers.json(answer).send().expect(200);
    for _ in 0..6 {
        let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
        assert_eq!(page["support"], json!({"residents": 1, "visitors": 1}));
        assert_eq!(page["verdict"], "done");
        let thread = town.visitor().post("/receipts/open");
        let thread = thread.json(json!({ "receipt": receipt })).send();
        assert_eq!(thread.expect(200)["concern"]["id"], id.as_str());
    }
    wait_until("arta hears of both", || {
        arta.get("/me/inbox")["unread"] == 2
    });
    unharmed(&town);
}

#[test]
fn a_write_that_comes_fifty_times_at_once_is_done_once() {
    let (town, _processes) = house();
    let receipt = receipt_of("once", 1);
    let body = anonymous_concern("Rruga pa drita", &receipt);
    let answers = at_once(|_| {
        town.visitor()
            .post("/municipalities/elbasan/concerns")
            .header("idempotency-key", "one-key-for-all-of-them")
            .json(body.clone())
            .send()
    });
    let said: BTreeSet<String> = answers
        .into_iter()
        .map(|answer| answer.expect(201).to_string())
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(rows(&town, "concerns"), 1);
    unharmed(&town);
}

#[test]
fn fifty_who_support_at_once_count_fifty_and_one_counts_once() {
    let (town, _processes) = house();
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    council.publish(&town, &[&id]);
    let path = format!("/concerns/{id}/support");
    let arta = town.resident("arta");
    let token = arta.token().to_owned();
    for answer in at_once(|_| town.visitor().with_token(&token).put(&path)) {
        answer.expect(200);
    }
    let devices = at_once(|number| {
        town.visitor()
            .request("PUT", &path)
            .header("x-device", &format!("{number:026}"))
            .send()
    });
    for answer in devices {
        answer.expect(200);
    }
    let page = town.visitor().get(&format!("/concerns/{id}")).expect(200);
    assert_eq!(page["support"], json!({"residents": 1, "visitors": 50}));
    assert_eq!(rows(&town, "supports"), 51);
    unharmed(&town);
}

#[test]
fn who_signs_out_is_signed_out_everywhere_at_once() {
    let (town, _processes) = house();
    let arta = town.resident("arta");
    for _ in 0..3 {
        arta.get("/me").expect(200);
    }
    assert_eq!(arta.delete("/sessions/current").status, 204);
    for _ in 0..6 {
        arta.get("/me").refused(401, "session_expired");
    }
}

/// A limit that one process would count by itself lets three times as much pass.
#[test]
fn limits_are_counted_together() {
    let codes = |town: &Town| {
        let ask = |_: &u32| {
            let request = town.visitor().post("/sign-in/codes");
            let body = json!({"email": "arta@example.al"});
            request.json(body).send().status == 202
        };
        (0..100).take_while(ask).count()
    };
    let (town, _processes) = house();
    let alone = codes(&Town::start());
    assert!(alone < 100, "control: there is a limit");
    assert_eq!(codes(&town), alone);
    let marks = lines(&mut open(&town), "SELECT mark AS line FROM counters");
    assert!(marks.iter().all(|mark| mark.len() == 64), "{marks:?}");
    let stored = String::from_utf8_lossy(&town.stored_bytes()).into_owned();
    assert!(!stored.contains("127.0.0"), "no address is stored");
}

/// T-POW-01: what one process was shown is good nowhere else.
#[test]
fn a_proof_of_work_is_used_once_in_the_whole_house() {
    let (town, _processes) = house_with(&[("TREKENDESH_PROOF_AFTER", "0")]);
    let send = |number: u32, proof: &str| {
        let receipt = receipt_of("house", number);
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        let body = anonymous_concern("Rruga pa drita", &receipt);
        request.header("x-proof", proof).json(body).send()
    };
    let proof = solve(&send(0, ""));
    send(1, &proof).expect(201);
    for number in 2..8 {
        send(number, &proof).refused(429, "proof_needed");
    }
}

/// A piece that one process is about to take holds nobody up who looks for another.
#[test]
fn a_piece_that_somebody_holds_is_passed_over() {
    let town = Town::start();
    let due = town.clock().now() + TimeDelta::hours(1);
    let due = due.format("%Y-%m-%d %H:%M:%S");
    let mut holder = open(&town);
    let piece = format!("INSERT INTO outbox VALUES ('held', 'mail', '{{}}', 'held', '{due}', 0)");
    holder.batch_execute(&piece).unwrap();
    holder
        .batch_execute("BEGIN; DELETE FROM outbox WHERE id = 'held'")
        .unwrap();
    // It comes before everything that is written from now on.
    town.move_clock(2 * 3600);
    town.resident("arta").get("/me").expect(200);
    let waits = "outbox WHERE id = 'held' AND attempts = 0";
    assert_eq!(rows(&town, waits), 1, "control: it is held");
    holder.batch_execute("COMMIT").unwrap();
    unharmed(&town);
}

/// What a killed process had begun waits for the end of its lease; then one of the others does it, once.
#[test]
fn the_work_of_a_killed_process_is_taken_over_and_done_once() {
    let mut town = Town::start();
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let council = council.publish(&town, &[&id]);
    let names: Vec<String> = (0..8).map(|number| format!("banor{number}")).collect();
    for name in &names {
        let path = format!("/concerns/{id}/support");
        town.resident(name).put(&path).expect(200);
    }
    let letters = |town: &Town| -> Vec<usize> {
        let count = |name| town.smtp.count(&format!("{name}@example.al"));
        names.iter().map(count).collect()
    };
    let before = letters(&town);
    // The process takes the news up and cannot write the first line of it.
    let mut holder = open(&town);
    let lock = "BEGIN; LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE";
    holder.batch_execute(lock).unwrap();
    move_to(&council.secretary, &id, json!({"to": "prioritised"})).expect(200);
    let taken = "outbox WHERE kind = 'tell' AND attempts = 1";
    wait_until("it is taken up", || rows(&town, taken) == 1);
    town.kill_and_restart();
    holder.batch_execute("ROLLBACK").unwrap();
    let _processes = Processes::join(&mut town, 2);
    thread::sleep(Duration::from_secs(3));
    assert_eq!(
        (
            rows(&town, taken),
            rows(&town, "inbox WHERE kind = 'moved'")
        ),
        (1, 0)
    );
    town.move_clock(26 * 3600 + 300);
    wait_until("everybody has a letter", || {
        letters(&town)
            .iter()
            .zip(&before)
            .all(|(now, then)| now > then)
    });
    wait_until("nothing waits", || {
        rows(&town, "outbox WHERE kind IN ('tell', 'mail')") == 0
    });
    let once: Vec<usize> = before.iter().map(|count| count + 1).collect();
    assert_eq!(letters(&town), once);
    let told = "inbox i JOIN accounts a ON a.id = i.account_id \
                WHERE a.email LIKE 'banor%' AND i.concern_id IS NOT NULL";
    assert_eq!(rows(&town, told), 8);
    unharmed(&town);
}
