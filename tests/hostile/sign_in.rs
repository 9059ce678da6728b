//! Signing in under attack: nobody learns who is known, nobody guesses, nobody is locked out.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::unharmed::refusal;
use crate::harness::{Answer, Town, unharmed};

fn ask(town: &Town, email: &str) -> Answer {
    town.visitor()
        .post("/sign-in/codes")
        .json(json!({"email": email}))
        .send()
}

fn try_code(town: &Town, email: &str, code: &str) -> Answer {
    town.visitor()
        .post("/sign-in/sessions")
        .json(json!({"email": email, "code": code}))
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
        (answer.status, answer.text(), headers)
    };
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let mut answers = Vec::new();
    for number in 0..15 {
        for (name, times) in [("known", &mut known), ("new", &mut unknown)] {
            let began = Instant::now();
            let answer = ask(&town, &format!("{name}{number}@example.al"));
            times.push(began.elapsed());
            answers.push(look(&answer));
            let email = format!("{name}{number}@example.al");
            answers.push(look(&try_code(&town, &email, "0000-0000")));
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
    let never = try_code(&town, "never@example.al", "0000-0000");
    assert_eq!(look(&never), answers[1]);
}

/// T-AUTH-02: from 50 networks, 200 wrong codes: the account is slowed down for all of them, for a
/// quarter of an hour at most; others sign in meanwhile.
#[test]
fn guessing_from_many_networks_locks_nobody_out_for_ever() {
    let town = Town::start_with(&[("TREKENDESH_TRUSTED_PROXIES", "[\"127.0.0.1\"]")]);
    ask(&town, "arta@example.al").expect(202);
    let code = town.smtp.code_for("arta@example.al", 0);
    let mut refused = 0;
    for number in 0..200 {
        let answer = town
            .visitor()
            .post("/sign-in/sessions")
            .header("x-forwarded-for", &format!("198.51.{}.7", number % 50))
            .json(json!({"email": "arta@example.al", "code": format!("0000-0{number:03}")}))
            .send();
        assert!([401, 429].contains(&answer.status), "{}", answer.status);
        refusal(&answer);
        if answer.status == 429 {
            let wait: u32 = answer.header("retry-after").parse().unwrap();
            assert!((1..=900).contains(&wait), "{wait}");
            refused += 1;
        }
    }
    assert!(refused >= 150, "{refused}");
    assert_ne!(
        try_code(&town, "arta@example.al", &code).status,
        200,
        "the code is spent"
    );
    town.resident("besa").get("/me").expect(200);
    town.move_clock(901);
    town.resident("arta").get("/me").expect(200);
    unharmed(&town);
}

/// T-AUTH-02: 5 wrong tries spend a code even when they come at once.
#[test]
fn tries_at_the_same_moment_are_all_counted() {
    let town = Town::start();
    ask(&town, "arta@example.al").expect(202);
    let code = town.smtp.code_for("arta@example.al", 0);
    std::thread::scope(|scope| {
        for number in 0..12 {
            let town = &town;
            scope.spawn(move || try_code(town, "arta@example.al", &format!("0000-0{number:03}")));
        }
    });
    try_code(&town, "arta@example.al", &code).refused(401, "code_wrong");
}

/// T-AUTH-02: the right code, sent many times at once, opens one session.
#[test]
fn a_code_opens_one_session_however_often_it_is_sent_at_once() {
    let town = Town::start();
    ask(&town, "arta@example.al").expect(202);
    let code = town.smtp.code_for("arta@example.al", 0);
    let opened: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| try_code(&town, "arta@example.al", &code).status))
            .collect();
        tries
            .into_iter()
            .map(|one| usize::from(one.join().unwrap() == 200))
            .sum()
    });
    assert_eq!(opened, 1);
}

/// T-AUTH-02: guesses at ever new addresses run into the limit of the network they come from.
#[test]
fn guesses_at_ever_new_addresses_are_limited_too() {
    let town = Town::start();
    let statuses: Vec<u16> = (0..1_100)
        .map(|number| try_code(&town, &format!("n{number}@example.al"), "0000-0000").status)
        .collect();
    assert_eq!(statuses[0], 401);
    assert_eq!(statuses.last(), Some(&429));
    unharmed(&town);
}
