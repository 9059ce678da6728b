//! People write while the database dies, is away, or cuts them off in the middle of a transaction:
//! what was acknowledged is there once, and nobody hears anything but "come again".

use std::thread;
use std::time::{Duration, Instant};

use crate::harness::Town;
use crate::harness::cluster::Cluster;
use crate::harness::council::with_a_public_concern;
use crate::harness::database::{number, open};
use crate::harness::store::Database;
use crate::harness::town::wait_until;
use crate::soak::{Crowd, KILLS, SECONDS, drawn_moment, length, patient_with_an_outage};

/// A town on a server of its own, and a crowd in it.
fn town_on(cluster: &Cluster) -> (Town, Crowd) {
    let database = Database::on(&cluster.url());
    let settings = [("TREKENDESH_PROOF_AFTER", "1000000")];
    let town = Town::start_on(Some(database), "serve", &settings);
    let (town, council, public) = with_a_public_concern(town);
    let crowd = Crowd::new(&council, &public, 6);
    (town, crowd)
}

/// Who dies in a round.
#[derive(Clone, Copy, Debug)]
enum Dead {
    Server,
    Database,
    Both,
}

/// T-CRASH-01, T-DB-01: the database keeps what it is told as it does for people, and dies too.
#[test]
fn what_was_acknowledged_is_there_once_although_the_database_dies_too() {
    let mut cluster = Cluster::start(true).unwrap();
    let (mut town, mut crowd) = town_on(&cluster);
    let (began, kills) = (Instant::now(), length(KILLS, 12));
    let rounds = [Dead::Server, Dead::Database, Dead::Server, Dead::Both];
    for (kill, dead) in (1..=kills).zip(rounds.into_iter().cycle()) {
        crowd.round(&mut town, patient_with_an_outage, |town, progress| {
            let some = progress.acknowledged() + 12;
            wait_until("some writes are acknowledged", || {
                progress.acknowledged() > some
            });
            thread::sleep(drawn_moment());
            if !matches!(dead, Dead::Server) {
                cluster.end("-QUIT").unwrap();
                cluster.serve().unwrap();
            }
            if !matches!(dead, Dead::Database) {
                town.kill_and_restart();
                return;
            }
            let before = progress.acknowledged();
            wait_until("it is found again", || {
                progress.acknowledged() > before + 12
            });
        });
        crowd.check_after(kill, &town);
    }
    crowd.finish(&town);
    let (writes, took) = (crowd.acknowledged(), began.elapsed().as_secs());
    eprintln!("{kills} kills in {took} s, {writes} writes acknowledged, each there once");
    // The town's database goes before the server it is on.
    drop(town);
}

/// T-DB-01: a database that is stopped for long while people write.
#[test]
fn a_database_that_is_away_for_long_is_waited_for_while_people_write() {
    let mut cluster = Cluster::start(true).unwrap();
    let (mut town, mut crowd) = town_on(&cluster);
    let away = Duration::from_secs(length(SECONDS, 4).min(30));
    crowd.round(&mut town, patient_with_an_outage, |town, progress| {
        wait_until("people write", || progress.acknowledged() > 12);
        cluster.stop().unwrap();
        thread::sleep(away);
        assert!(progress.refused() > 0, "control: somebody was refused");
        town.request("GET", "/healthz").send().expect(200);
        let before = progress.acknowledged();
        cluster.serve().unwrap();
        wait_until("they write again", || progress.acknowledged() > before + 36);
    });
    crowd.finish(&town);
    drop(town);
}

/// T-DB-01: connections that are cut, most of them in the middle of a transaction.
#[test]
fn whoever_is_cut_off_in_the_middle_of_a_write_comes_again_and_it_is_there_once() {
    let cluster = Cluster::start(false).unwrap();
    let (mut town, mut crowd) = town_on(&cluster);
    let mut cut = 0;
    crowd.round(&mut town, patient_with_an_outage, |town, progress| {
        let mut operator = open(town);
        let until = Instant::now() + Duration::from_secs(length(SECONDS, 6).min(120));
        while Instant::now() < until {
            cut += number(
                &mut operator,
                "SELECT count(*) AS number FROM (
                   SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()
                     AND xact_start IS NOT NULL) AS cut",
            );
            thread::sleep(Duration::from_millis(30));
        }
        let before = progress.acknowledged();
        wait_until("they write on", || progress.acknowledged() > before + 36);
        assert!(progress.refused() > 0, "control: somebody was cut off");
    });
    assert!(cut > 20, "control: {cut} were cut off");
    crowd.finish(&town);
    eprintln!("{cut} connections cut, {} writes", crowd.acknowledged());
    drop(town);
}
