//! Signing in under attack: nobody learns who is known, nobody guesses, nobody is locked out.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::harness::smtp::code_in;
use crate::harness::town::wait_until;
use crate::harness::unharmed::refusal;
use crate::harness::{Answer, Town, unharmed};

const ARTA: &str = "arta@example.al";
/// What nobody was given.
const NO_TICKET: &str = "0000000000000000";

fn ask(town: &Town, email: &str) -> Answer {
    town.visitor()
        .post("/sign-in/codes")
        .json(json!({"email": email}))
        .send()
}

/// Asks for a code and returns the ticket.
fn ticket_for(town: &Town, email: &str) -> String {
    let asked = ask(town, email).expect(202);
    asked["ticket"].as_str().unwrap().to_owned()
}

fn try_code(town: &Town, email: &str, ticket: &str, code: &str) -> Answer {
    town.visitor()
        .post("/sign-in/sessions")
        .json(json!({"email": email, "ticket": ticket, "code": code}))
        .send()
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// T-AUTH-01: same status, same words, same headers, and no difference in time worth measuring.
#[test]
fn known_and_unknown_addresses_are_told_apart_by_nothing() {
    let town = Town::start();
    for number in 0..15 {
        town.resident(&format!("known{number}"));
    }
    town.move_clock(120);
    let look = |answer: &Answer| {
        let mut headers: Vec<_> = answer
            .headers
            .keys()
            .map(|name| name.as_str().to_owned())
            .collect();
        headers.sort();
        // A ticket is all chance.
        let ticket = answer.json["ticket"].as_str().unwrap_or_default();
        (
            answer.status,
            answer.text().replace(ticket, "TICKET"),
            headers,
        )
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let mut answers = Vec::new();
    for number in 0..15 {
        for (name, times) in [("known", &mut known), ("new", &mut unknown)] {
            let began = Instant::now();
            let answer = ask(&town, &format!("{name}{number}@example.al"));
            times.push(began.elapsed());
            answers.push(look(&answer));
            let ticket = answer.expect(202)["ticket"].as_str().unwrap().to_owned();
            let email = format!("{name}{number}@example.al");
            answers.push(look(&try_code(&town, &email, &ticket, "0000-0000")));
        }
    }
    for pair in answers.chunks(4) {
        assert_eq!(pair[0], pair[2]);
        assert_eq!(pair[1], pair[3]);
    }
    let (a, b) = (middle(known), middle(unknown));
    let apart = a.max(b).saturating_sub(a.min(b));
    assert!(apart < Duration::from_millis(15), "{a:?} and {b:?}");
    // Whoever never asked for a code is answered like whoever typed a wrong one.
    let never = try_code(&town, "never@example.al", NO_TICKET, "0000-0000");
    assert_eq!(look(&never), answers[1]);
}

/// Somebody in a network of their own, who goes through the town's proxy.
fn from(town: &Town, network: u32, path: &str, body: Value) -> Answer {
    let address = format!("198.51.{}.7", network % 50);
    let request = town
        .visitor()
        .post(path)
        .header("x-forwarded-for", &address);
    request.json(body).send()
}

fn behind_a_proxy() -> Town {
    Town::start_with(&[("TREKENDESH_TRUSTED_PROXIES", "[\"127.0.0.1\"]")])
}

/// T-AUTH-02: from 50 networks, 200 wrong codes: none of them spends the owner's.
#[test]
fn guessing_without_the_ticket_spends_nothing_of_the_owner() {
    let town = behind_a_proxy();
    let ticket = ticket_for(&town, ARTA);
    let code = town.smtp.code_for(ARTA, 0);
    for number in 0..200 {
        let guess = json!({"email": ARTA, "ticket": format!("{number:016}"), "code": code});
        let answer = from(&town, number, "/sign-in/sessions", guess);
        refusal(&answer);
        answer.refused(401, "code_wrong");
    }
    let others = ticket_for(&town, "besa@example.al");
    try_code(&town, ARTA, &others, &code).refused(401, "code_wrong");
    try_code(&town, ARTA, &ticket, &code).expect(200);
    unharmed(&town);
}

/// T-AUTH-02: whoever asks for a code of somebody else has 5 tries with it, the owner has their own.
#[test]
fn guessing_with_a_ticket_of_ones_own_spends_nothing_of_the_owner() {
    let town = behind_a_proxy();
    let ticket = ticket_for(&town, ARTA);
    let code = town.smtp.code_for(ARTA, 0);
    for network in 0..40 {
        let asked = from(&town, network, "/sign-in/codes", json!({"email": ARTA}));
        let asked = asked.expect(202);
        for number in 0..5 {
            let code = format!("0000-0{number:03}");
            let guess = json!({"email": ARTA, "ticket": asked["ticket"], "code": code});
            from(&town, network, "/sign-in/sessions", guess).refused(401, "code_wrong");
        }
        let right = json!({"email": ARTA, "ticket": asked["ticket"], "code": code});
        from(&town, network, "/sign-in/sessions", right).refused(401, "code_wrong");
    }
    try_code(&town, ARTA, &ticket, &code).expect(200);
    unharmed(&town);
}

/// T-AUTH-02: while somebody asks and guesses all day long from everywhere, the owner signs in, again
/// and again, and the mailbox holds few letters.
#[test]
fn the_owner_signs_in_while_the_attack_goes_on() {
    let town = behind_a_proxy();
    let (stop, guesses) = (AtomicBool::new(false), AtomicU32::new(0));
    let attack = |thread: u32| {
        for turn in (0..3_000).take_while(|_| !stop.load(Ordering::Relaxed)) {
            let network = thread * 13 + turn;
            let asked = from(&town, network, "/sign-in/codes", json!({"email": ARTA}));
            let ticket = asked.json["ticket"].as_str().unwrap_or(NO_TICKET);
            let guess = json!({"email": ARTA, "ticket": ticket, "code": "0000-0000"});
            from(&town, network, "/sign-in/sessions", guess);
            guesses.fetch_add(1, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for thread in 0..4 {
            scope.spawn(move || attack(thread));
        }
        for visit in 1..=4 {
            town.move_clock(visit * 700);
            let before = guesses.load(Ordering::Relaxed);
            wait_until("more guesses", || {
                guesses.load(Ordering::Relaxed) > before + 50
            });
            let ticket = ticket_for(&town, ARTA);
            let mut tried = Vec::new();
            // The code in the mailbox may well be one that somebody else asked for.
            wait_until("the owner is signed in", || {
                let newest = code_in(&town.smtp.wait_for(ARTA, 0).body);
                let new = !tried.contains(&newest);
                tried.push(newest.clone());
                new && try_code(&town, ARTA, &ticket, &newest.unwrap()).status == 200
            });
        }
        stop.store(true, Ordering::Relaxed);
    });
    let letters = town.smtp.count(ARTA);
    assert!(letters <= 20, "{letters} letters in 47 minutes");
    unharmed(&town);
}

/// T-AUTH-02: 5 wrong tries spend a ticket even when they come at once.
#[test]
fn tries_at_the_same_moment_are_all_counted() {
    let town = Town::start();
    let ticket = ticket_for(&town, ARTA);
    let code = town.smtp.code_for(ARTA, 0);
    std::thread::scope(|scope| {
        for number in 0..12 {
            let (town, ticket) = (&town, &ticket);
            scope.spawn(move || try_code(town, ARTA, ticket, &format!("0000-0{number:03}")));
        }
    });
    try_code(&town, ARTA, &ticket, &code).refused(401, "code_wrong");
}

/// T-AUTH-02: the right code, sent many times at once, opens one session.
#[test]
fn a_code_opens_one_session_however_often_it_is_sent_at_once() {
    let town = Town::start();
    let tickets: Vec<String> = (0..2).map(|_| ticket_for(&town, ARTA)).collect();
    let code = town.smtp.code_for(ARTA, 0);
    let opened: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..12)
            .map(|number| {
                let (town, code, ticket) = (&town, &code, &tickets[number % 2]);
                scope.spawn(move || try_code(town, ARTA, ticket, code).status)
            })
            .collect();
        tries
            .into_iter()
            .map(|one| usize::from(one.join().unwrap() == 200))
            .sum()
    });
    assert_eq!(opened, 1);
}

/// T-AUTH-02: guesses at ever new addresses run into the limit of the network they come from; whoever
/// holds a ticket there does not.
#[test]
fn guesses_at_ever_new_addresses_are_limited_too() {
    let town = Town::start();
    let ticket = ticket_for(&town, ARTA);
    let statuses: Vec<u16> = (0..1_100)
        .map(|number| {
            let email = format!("n{number}@example.al");
            try_code(&town, &email, NO_TICKET, "0000-0000").status
        })
        .collect();
    assert_eq!(statuses[0], 401);
    assert_eq!(statuses.last(), Some(&429));
    let code = town.smtp.code_for(ARTA, 0);
    try_code(&town, ARTA, &ticket, &code).expect(200);
    unharmed(&town);
}
