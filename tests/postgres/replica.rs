//! Public reads on a copy that follows the database.

use diesel::connection::SimpleConnection;
use serde_json::Value;
use trekendesh::platform::conn::Conn;

use crate::harness::cluster::Cluster;
use crate::harness::council::move_to;
use crate::harness::database::{number, open, open_url};
use crate::harness::store::Database;
use crate::harness::town::wait_until;
use crate::harness::{Council, Town, unharmed};

const LIST: &str = "/municipalities/elbasan/concerns";

/// A town on a database that another follows.
struct Pair {
    /// It goes first: the database is on a server that is still there.
    town: Town,
    council: Council,
    id: String,
    copy: Cluster,
    _original: Cluster,
}

impl Pair {
    fn start() -> Self {
        let original = Cluster::start(false).unwrap();
        let database = Database::on(&original.url());
        let copy = original.follow().unwrap();
        let name = database.url().rsplit('/').next().unwrap().to_owned();
        let read = format!("{}/{name}", copy.url());
        let town = Town::start_on(Some(database), "serve", &[("DATABASE_READ_URL", &read)]);
        let council = Council::seat(&town);
        let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
        let council = council.publish(&town, &[&id]);
        Self {
            town,
            council,
            id,
            copy,
            _original: original,
        }
    }

    fn on_copy(&self) -> Conn {
        let url = self.town.database_url();
        let name = url.rsplit('/').next().unwrap();
        open_url(&format!("{}/{name}", self.copy.url()))
    }

    fn list(&self, words: &str) -> Value {
        let list = self.town.visitor().get(&format!("{LIST}?q={words}"));
        list.expect(200).clone()
    }

    /// How often the copy read concerns so far.
    fn reads_of_copy(&self) -> i64 {
        let scans = "SELECT sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)) AS number \
                     FROM pg_stat_user_tables WHERE relname = 'concerns'";
        number(&mut self.on_copy(), scans)
    }

    /// Waits until public reads are made on the copy.
    fn reads_there(&self, turn: usize) {
        let before = self.reads_of_copy();
        let mut asked = 0;
        wait_until("the copy is read", || {
            asked += 1;
            self.list(&format!("drita%20{}", "%20".repeat(asked + turn * 200)));
            self.reads_of_copy() > before
        });
    }
}

#[test]
fn public_reads_come_from_the_copy_and_never_miss_what_was_written() {
    let pair = Pair::start();
    pair.reads_there(1);
    let support = format!("/concerns/{}/support", pair.id);
    for number in 1..=20 {
        let device = format!("{number:026}");
        let support = pair.town.visitor().request("PUT", &support);
        support.header("x-device", &device).send().expect(200);
        let list = pair.list("drita");
        assert_eq!(list["items"][0]["support"]["visitors"], number);
        let page = pair.town.visitor().get(&format!("/concerns/{}", pair.id));
        assert_eq!(page.expect(200)["support"]["visitors"], number);
    }
    pair.reads_there(2);
    unharmed(&pair.town);
}

#[test]
fn a_copy_that_stopped_following_hides_nothing() {
    let pair = Pair::start();
    pair.reads_there(1);
    pair.on_copy()
        .batch_execute("SELECT pg_wal_replay_pause()")
        .unwrap();
    let step = serde_json::json!({"to": "in_progress", "lead": "police"});
    move_to(&pair.council.secretary, &pair.id, step).expect(200);
    for _ in 0..3 {
        assert_eq!(pair.list("drita")["items"][0]["status"], "in_progress");
        assert_eq!(pair.list("%20drita")["items"][0]["status"], "in_progress");
    }
    let there = "SELECT count(*) AS number FROM concerns WHERE state = 'in_progress'";
    assert_eq!(
        number(&mut pair.on_copy(), there),
        0,
        "control: it is behind"
    );
    pair.on_copy()
        .batch_execute("SELECT pg_wal_replay_resume()")
        .unwrap();
    pair.reads_there(2);
    assert_eq!(pair.list("drita")["items"][0]["status"], "in_progress");
}

#[test]
fn a_copy_that_goes_away_is_not_missed_and_is_found_again() {
    let mut pair = Pair::start();
    pair.reads_there(1);
    pair.copy.stop().unwrap();
    for number in 0..5 {
        let list = pair.list(&format!("drita{}", "%20".repeat(number)));
        assert_eq!(list["total"], 1);
    }
    let step = serde_json::json!({"to": "in_progress", "lead": "police"});
    move_to(&pair.council.secretary, &pair.id, step).expect(200);
    assert_eq!(pair.list("drita")["items"][0]["status"], "in_progress");
    pair.copy.serve().unwrap();
    pair.reads_there(2);
    unharmed(&pair.town);
}

#[test]
fn what_is_no_copy_is_never_asked() {
    let mine = Database::of_this_run().unwrap();
    let other = Database::of_this_run().unwrap();
    let town = Town::start_on(Some(mine), "serve", &[("DATABASE_READ_URL", &other.url())]);
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    council.publish(&town, &[&id]);
    assert_eq!(town.visitor().get(LIST).expect(200)["total"], 1);
    wait_until("it is said", || town.log().contains("follows no other"));
    assert_eq!(
        number(&mut open(&town), "SELECT count(*) AS number FROM concerns"),
        1
    );
}
