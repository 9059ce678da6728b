//! A mail server that says "never": to one letter, which is given up at once, or to everything of ours,
//! which is an outage like any other.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use serde_json::json;

use crate::harness::client::Request;
use crate::harness::database::{number, open};
use crate::harness::town::wait_until;
use crate::harness::{Town, unharmed};

/// A mail server that gives this answer to this command (`220`: its greeting).
fn saying(command: &'static str, answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut out = stream.try_clone().ok()?;
                let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
                say(if command == "220" {
                    answer
                } else {
                    "220 hello"
                })?;
                let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
                while let Some(line) = lines.next() {
                    match line.get(..4).unwrap_or_default() {
                        verb if verb == command => say(answer)?,
                        "EHLO" => say("250-hello\r\n250 AUTH PLAIN LOGIN")?,
                        "DATA" => {
                            say("354 go on")?;
                            lines.by_ref().take_while(|line| line != ".").count();
                            say(if command == "." { answer } else { "250 ok" })?;
                        }
                        "QUIT" => return say("221 bye"),
                        _ => say("250 ok")?,
                    }
                }
                Some(())
            });
        }
    });
    address.to_string()
}

fn pieces(town: &Town, tried: &str) -> i64 {
    let query = format!("SELECT count(*) AS number FROM outbox WHERE kind = 'mail' AND {tried}");
    number(&mut open(town), &query)
}

fn ask(town: &Town) {
    let request = town.visitor().post("/sign-in/codes");
    let asked = request.json(json!({"email": "arta@example.al"})).send();
    asked.expect(202);
}

fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// T-SMTP-01: a letter that the server refuses for good is given up at once, and counted; the log has
/// the kind of letter and the code, not the address, which the server repeats.
#[test]
fn a_letter_refused_for_good_is_given_up_at_once() {
    for (command, answer) in [
        ("RCPT", "550 5.1.1 <arta@example.al>: no such user"),
        ("RCPT", "550 no such user"),
        ("RCPT", "553 no mailbox by that name (#5.1.1)"),
        ("DATA", "554 no valid recipients"),
        (".", "552 5.3.4 too large"),
        (".", "554 5.7.1 message content rejected"),
    ] {
        let metrics = free_address();
        let url = format!("smtp://{}", saying(command, answer));
        let town = Town::start_with(&[
            ("TREKENDESH_SMTP_URL", &url),
            ("TREKENDESH_METRICS_LISTEN", &metrics),
        ]);
        ask(&town);
        wait_until(answer, || town.log().contains("a letter is given up"));
        wait_until(answer, || pieces(&town, "true") == 0);
        let text = Request::new("GET", &format!("http://{metrics}/metrics"))
            .send()
            .text();
        let counted = "letters_given_up_total{reason=\"refused\"} 1";
        assert!(text.contains(counted), "{answer}: {text}");
        let log = town.log();
        assert!(
            log.contains("sign-in-code") && log.contains(answer.split(' ').next().unwrap()),
            "{log}"
        );
        assert!(!log.contains("arta@") && !log.contains("user"), "{log}");
        unharmed(&town);
    }
}

/// T-SMTP-01: no letter is given up in an outage, also one that calls itself permanent: when greeting,
/// when signing in, when speaking of us and not of the letter, and of course when saying "later".
#[test]
fn a_server_that_refuses_all_of_ours_loses_no_letter() {
    for (command, answer) in [
        ("220", "554 no such service"),
        ("EHLO", "550 go away"),
        ("AUTH", "535 5.7.8 wrong password"),
        ("MAIL", "530 5.7.0 sign in first"),
        ("MAIL", "553 5.1.8 no such domain"),
        ("RCPT", "550 relay not permitted"),
        ("RCPT", "554 5.7.1 <arta@example.al>: Relay access denied"),
        ("RCPT", "450 4.2.0 greylisted"),
        ("DATA", "451 try again"),
        (".", "452 no room"),
        (".", "554 5.3.2 not accepting messages"),
    ] {
        let url = format!("smtp://user:secret@{}?tls=none", saying(command, answer));
        let town = Town::start_with(&[("TREKENDESH_SMTP_URL", &url)]);
        ask(&town);
        wait_until(answer, || town.log().contains("takes a letter not now"));
        wait_until(answer, || pieces(&town, "attempts = 1") == 1);
        assert!(!town.log().contains("given up"), "{answer}: {}", town.log());
        assert!(!town.log().contains("arta@"), "{answer}: {}", town.log());
        unharmed(&town);
    }
}
