//! Whoever looks at a municipality hears that something of it changed.

use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::town::{GENEROUS, wait_until};
use crate::harness::{Council, Town, raw};

/// The lines of a stream, as they come.
pub struct Line {
    words: Receiver<String>,
}

impl Line {
    /// Opens that of a municipality and waits for its first word.
    pub fn open(address: &str, slug: &str) -> Self {
        let line = Self::at(&format!("{address}/api/v1/municipalities/{slug}/changes"));
        assert_eq!(line.next(), "retry: 5000");
        line
    }

    /// Opens the stream at an address.
    pub fn at(url: &str) -> Self {
        let answer = reqwest::blocking::Client::builder()
            .timeout(None)
            .build()
            .unwrap()
            .get(url)
            .send()
            .unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let (tell, words) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(answer).lines().map_while(Result::ok);
            // Whoever stopped reading is told nothing.
            lines.for_each(|line| drop(tell.send(line)));
        });
        Self { words }
    }

    /// The next line that is not empty.
    pub fn next(&self) -> String {
        loop {
            let line = self.words.recv_timeout(Duration::from_secs(GENEROUS));
            let line = line.unwrap();
            if !line.is_empty() {
                return line;
            }
        }
    }

    /// Waits for the word that something changed.
    pub fn changed(&self) {
        assert_eq!(self.next(), "event: changed");
        assert_eq!(self.next(), "data:", "and nothing of what");
    }

    /// Lets pass what is still told of changes from before it was opened: another process, or this one
    /// through PostgreSQL, hears of them a moment later.
    fn settle(&self) {
        wait_until("nothing more is told of before", || {
            self.within(2).is_empty()
        });
    }

    /// What comes within so many seconds.
    fn within(&self, seconds: u64) -> Vec<String> {
        thread::sleep(Duration::from_secs(seconds));
        let words = self.words.try_iter();
        words.filter(|word| !word.is_empty()).collect()
    }
}

#[test]
fn who_looks_hears_of_each_change_of_that_municipality_and_of_no_other() {
    let (town, council, id) = town_with_a_public_concern();
    let (here, elsewhere) = (
        Line::open(&town.address, "elbasan"),
        Line::open(&town.address, "berat"),
    );
    here.settle();
    let support = format!("/concerns/{id}/support");
    town.resident("arta").put(&support).expect(200);
    here.changed();
    let step = json!({"to": "in_progress", "lead": "police"});
    move_to(&council.secretary, &id, step).expect(200);
    here.changed();
    assert_eq!(elsewhere.within(2), Vec::<String>::new());
    assert_eq!(here.within(0), Vec::<String>::new(), "each is told once");
}

/// T-ANON: nobody learns from a line that somebody wrote just now what the public does not see.
#[test]
fn who_looks_does_not_hear_when_somebody_anonymous_writes() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    let council = council.publish(&town, &[&id]);
    move_to(
        &council.secretary,
        &id,
        json!({"to": "in_progress", "lead": "police"}),
    )
    .expect(200);
    let done = json!({"verdict": "done", "text": "Dritat u rregulluan dhe punojnë."});
    let answers = council.police.post(&format!("/concerns/{id}/answers"));
    answers.json(done).send().expect(200);
    move_to(&council.secretary, &id, json!({"to": "done"})).expect(200);
    let (visitor, line) = (town.visitor(), Line::open(&town.address, "elbasan"));
    line.settle();
    visitor.submit_anonymously("Pa drita te shkolla");
    let say = |path: &str, mut body: Value, status| {
        body["receipt"] = json!(receipt);
        visitor.post(path).json(body).send().expect(status);
    };
    say("/receipts/open", json!({}), 200);
    let question = json!({"text": "A ka ndonjë lajm për rrugën?"});
    say("/receipts/messages", question, 201);
    let reason = json!({"reason": "Dritat u fikën sërish pas një jave."});
    say("/receipts/contests", reason, 200);
    let note = council.secretary.post(&format!("/concerns/{id}/notes"));
    let note = note.json(json!({"text": "Për mbledhjen e radhës.", "visibility": "members"}));
    note.send().expect(200);
    assert_eq!(line.within(3), Vec::<String>::new());
    let support = format!("/concerns/{id}/support");
    let device = visitor.with_device('A');
    device.put(&support).expect(200);
    line.changed();
    device.put(&support).expect(200);
    assert_eq!(
        line.within(3),
        Vec::<String>::new(),
        "twice changes nothing"
    );
}

#[test]
fn many_changes_at_once_are_few_words() {
    let (town, _, id) = town_with_a_public_concern();
    let line = Line::open(&town.address, "elbasan");
    let support = format!("/concerns/{id}/support");
    for number in 0..50 {
        let request = town.visitor().request("PUT", &support);
        let request = request.header("x-device", &format!("{number:026}"));
        request.send().expect(200);
    }
    let words = line.within(4);
    let told = words
        .iter()
        .filter(|word| *word == "event: changed")
        .count();
    assert!((1..=6).contains(&told), "{words:?}");
}

#[test]
fn a_server_that_stops_waits_for_nobody_who_looks() {
    let mut town = Town::start();
    let line = Line::open(&town.address, "elbasan");
    let began = std::time::Instant::now();
    let told = std::process::Command::new("kill")
        .arg(town.process().to_string())
        .status();
    assert!(told.unwrap().success());
    assert_eq!(town.wait_for_end(), Some(0));
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "the longest is 10"
    );
    // Its line ends, without another word.
    assert!(line.words.iter().all(|word| word.is_empty()));
}

#[test]
fn who_asks_only_for_the_head_is_answered_at_once() {
    let town = Town::start();
    let path = "/api/v1/municipalities/elbasan/changes";
    let head = town.request("HEAD", path).send();
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-type"), "text/event-stream");
    town.request("POST", path)
        .send()
        .refused(405, "method_not_allowed");
}

#[test]
fn more_than_the_lines_there_are_find_them_busy_and_the_rest_goes_on() {
    let town = Town::start();
    let path = "/municipalities/elbasan/changes";
    let ask = format!("GET /api/v1{path} HTTP/1.1\r\nhost: x\r\n\r\n");
    let open = || {
        let mut line = raw::connect(&town);
        line.write_all(ask.as_bytes()).unwrap();
        let mut begin = [0; 12];
        line.read_exact(&mut begin).unwrap();
        (line, begin.ends_with(b"200"))
    };
    let lines: Vec<_> = (0..192).map(|_| open()).collect();
    assert!(lines.iter().all(|(_, taken)| *taken));
    let refused = town.visitor().get(path);
    assert!(!refused.header("retry-after").is_empty());
    refused.refused(503, "busy");
    town.visitor().get("/municipalities/elbasan").expect(200);
    drop(lines);
    wait_until("who hangs up frees their line", || open().1);
    town.visitor()
        .get("/municipalities/nowhere/changes")
        .refused(404, "municipality_unknown");
}
