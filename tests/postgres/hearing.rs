//! Processes that keep finished answers hear from each other when those no longer hold.

use std::process::Command;

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::api::changes::Line;
use crate::harness::client::Request;
use crate::harness::council::move_to;
use crate::harness::database::{lines, number, open};
use crate::harness::processes::Processes;
use crate::harness::town::wait_until;
use crate::harness::{Council, Town};

const LIST: &str = "/api/v1/municipalities/elbasan/concerns";

/// A town of three processes with one public concern.
fn house() -> (Town, Processes, Council, String) {
    let mut town = Town::start();
    let processes = Processes::join(&mut town, 2);
    let council = Council::seat(&town);
    let (id, _) = town.visitor().submit_anonymously("Rruga pa drita");
    let council = council.publish(&town, &[&id]);
    (town, processes, council, id)
}

/// The one card of the list, as this process gives it.
fn card(address: &str) -> Value {
    let list = Request::new("GET", &format!("{address}{LIST}")).send();
    list.expect(200)["items"][0].clone()
}

fn page(address: &str, id: &str) -> Value {
    let page = Request::new("GET", &format!("{address}/api/v1/concerns/{id}")).send();
    page.expect(200).clone()
}

/// Writes past all of them.
fn rename_silently(town: &Town, id: &str, title: &str) {
    let query = format!("UPDATE concerns SET title = '{title}' WHERE id = '{id}'");
    open(town).batch_execute(&query).unwrap();
}

/// Waits until every process hears the others.
fn all_listen(town: &Town) {
    let listening = "SELECT count(*) AS number FROM pg_stat_activity \
                     WHERE datname = current_database() AND query LIKE '%pg_notify%' \
                     AND pid <> pg_backend_pid()";
    wait_until("all listen", || number(&mut open(town), listening) >= 3);
}

/// Waits until every process keeps its answers, which shows by what it does not notice.
fn all_keep(town: &Town, house: &Processes, id: &str) {
    all_listen(town);
    for address in &house.addresses {
        let mut turn = 0;
        let mut keeps = |ask: &dyn Fn() -> Value| {
            let before = ask();
            turn += 1;
            rename_silently(town, id, &format!("Rruga pa drita, {turn}"));
            ask() == before
        };
        wait_until("it keeps the list", || keeps(&|| card(address)));
        wait_until("it keeps the page", || keeps(&|| page(address, id)));
    }
}

#[test]
fn what_one_process_writes_all_of_them_forget() {
    let (town, house, council, id) = house();
    all_keep(&town, &house, &id);
    let support = format!("/concerns/{id}/support");
    town.resident("arta").put(&support).expect(200);
    for address in &house.addresses {
        wait_until("the list has it", || {
            card(address)["support"]["residents"] == 1
        });
        wait_until("the page has it", || {
            page(address, &id)["support"]["residents"] == 1
        });
    }
    all_keep(&town, &house, &id);
    let step = json!({"to": "in_progress", "lead": "police"});
    move_to(&council.secretary, &id, step).expect(200);
    for address in &house.addresses {
        wait_until("the list has it", || {
            card(address)["status"] == "in_progress"
        });
        wait_until("the page has it", || {
            page(address, &id)["status"] == "in_progress"
        });
    }
}

#[test]
fn who_looks_at_one_process_hears_what_another_writes() {
    let (town, house, _, id) = house();
    all_listen(&town);
    let [here, next, last] = &house.addresses[..] else {
        panic!("three processes");
    };
    let lines = [here, last].map(|address| Line::open(address, "elbasan"));
    let support = format!("{next}/api/v1/concerns/{id}/support");
    let support = Request::new("PUT", &support).header("x-device", &format!("{:026}", 1));
    support.send().expect(200);
    for line in &lines {
        line.changed();
    }
}

#[test]
fn a_process_that_was_cut_off_forgets_all_it_kept() {
    let (town, house, _, id) = house();
    all_keep(&town, &house, &id);
    rename_silently(&town, &id, "Askush nuk e tha");
    for address in &house.addresses {
        assert_ne!(
            card(address)["title"],
            "Askush nuk e tha",
            "control: it keeps"
        );
    }
    open(&town)
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid() \
             AND query LIKE '%pg_notify%'",
        )
        .unwrap();
    for address in &house.addresses {
        wait_until("it forgot", || card(address)["title"] == "Askush nuk e tha");
    }
    all_keep(&town, &house, &id);
}

/// Processes that say nothing until this goes, also where a test fails.
pub struct Silenced(Vec<String>);

impl Silenced {
    pub fn begin(processes: Vec<String>) -> Self {
        let silenced = Self(processes);
        assert!(silenced.tell("-STOP"));
        silenced
    }

    fn tell(&self, signal: &str) -> bool {
        let told = Command::new("kill").arg(signal).args(&self.0).status();
        told.is_ok_and(|told| told.success())
    }
}

impl Drop for Silenced {
    fn drop(&mut self) {
        // Whoever is gone needs no waking.
        self.tell("-CONT");
    }
}

/// A process whose line is there and says nothing must not go on with what it kept.
#[test]
fn a_process_whose_line_fell_silent_reads_again() {
    let (town, house, _, id) = house();
    all_keep(&town, &house, &id);
    let query = "SELECT pid AS line FROM pg_stat_activity \
                 WHERE datname = current_database() AND query LIKE '%pg_notify%' \
                 AND pid <> pg_backend_pid()";
    let silenced = Silenced::begin(lines(&mut open(&town), query));
    rename_silently(&town, &id, "Askush nuk e tha");
    for address in &house.addresses {
        wait_until("it reads again", || {
            card(address)["title"] == "Askush nuk e tha"
        });
    }
    drop(silenced);
    all_keep(&town, &house, &id);
}
