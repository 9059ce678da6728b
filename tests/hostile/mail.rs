//! Letters: nobody puts words into the server's mouth, and a mail server in trouble loses none.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use serde_json::json;
use trekendesh::notices::mailer::guarded;

use crate::harness::council::move_to;
use crate::harness::database::{lines, number, open};
use crate::harness::people::anonymous_concern;
use crate::harness::people::receipt_of;
use crate::harness::town::{GENEROUS, wait_until, wait_up_to};
use crate::harness::unharmed::refusal;
use crate::harness::{Council, Town, unharmed};

fn ask(town: &Town, email: &str) -> crate::harness::Answer {
    let request = town.visitor().post("/sign-in/codes");
    request.json(json!({"email": email})).send()
}

/// T-MAIL-01: an address is one address.
#[test]
fn an_address_that_is_more_than_one_is_refused() {
    let town = Town::start();
    for email in [
        "a@example.al\r\nBcc: b@example.al",
        "a@example.al\nSubject: x",
        "a@example.al,b@example.al",
        "a@example.al;b@example.al",
        "\"Arta\" <a@example.al>",
        "a@example.al\0",
        "a@exa mple.al",
        "@example.al",
        "a@",
        "a",
        "",
        " ",
        "a@b@c",
        "a@example.al>\r\nDATA",
        "a@[127.0.0.1]\r\n",
        "x\u{2028}y@example.al",
        "%0d%0abcc:x@example.al@",
        &format!("{}@example.al", "a".repeat(300)),
    ] {
        let answer = ask(&town, email);
        assert_eq!(answer.status, 422, "{email:?}: {}", answer.text());
        refusal(&answer);
    }
    assert_eq!(
        number(&mut open(&town), "SELECT count(*) AS number FROM outbox"),
        0
    );
    unharmed(&town);
}

/// T-MAIL-01: somebody else's mailbox is not filled up from here.
#[test]
fn a_victims_mailbox_gets_few_letters() {
    let town = Town::start();
    for turn in 0..40 {
        town.move_clock(turn * 20);
        let answer = ask(&town, "victim@example.al");
        assert!([202, 429].contains(&answer.status), "{}", answer.status);
        wait_until("the letters are out", || {
            number(&mut open(&town), "SELECT count(*) AS number FROM outbox") == 0
        });
    }
    let got = town.smtp.count("victim@example.al");
    assert!((1..=6).contains(&got), "{got} letters in 13 minutes");
}

/// T-MAIL-01: a name is a name, not a link and not a second line.
#[test]
fn a_name_with_a_link_or_a_second_line_is_refused() {
    let town = Town::start();
    let arta = town.resident("arta");
    for name in [
        "Arta\r\nBcc: x@example.al",
        "http://evil.example",
        "www.evil.example",
        "evil.example/x",
        "arta@example.al",
        "Kliko ｅｖｉｌ．ｅｘａｍｐｌｅ",
        "hxxp://evil.example",
    ] {
        let answer = arta.patch("/me").json(json!({"display_name": name})).send();
        assert_eq!(answer["fields"][0]["pointer"], "/display_name", "{name:?}");
        refusal(&answer);
    }
}

/// T-MAIL-01: an address in a title is not one to click on in a letter, and a title
/// makes no header.
#[test]
fn a_link_in_a_title_is_defused_in_letters() {
    let town = Town::start();
    let council = Council::seat(&town);
    let title = "Shikoni https://evil.example/hyr dhe www.evil.example, ose evil.example";
    let mut body = anonymous_concern(title, &receipt_of("mail", 1));
    body["title"] = json!(format!("{title} \r\nBcc: victim@example.al"));
    let request = town.visitor().post("/municipalities/elbasan/concerns");
    let id = request.json(body).send().expect(201)["id"].clone();
    let id = id.as_str().unwrap();
    let council = council.publish(&town, &[id]);
    let arta = town.resident("arta");
    arta.put(&format!("/concerns/{id}/follow")).expect(200);
    let before = town.smtp.count("arta@example.al");
    move_to(&council.secretary, id, json!({"to": "prioritised"})).expect(200);
    let letter = town.smtp.wait_for("arta@example.al", before);
    assert!(letter.body.contains("Shikoni"), "control: {}", letter.body);
    for text in [&letter.head, &letter.body] {
        for alive in ["https://evil", "www.evil.example", "evil.example"] {
            assert!(!text.contains(alive), "{alive} in {text}");
        }
        assert!(!text.contains("\nBcc"), "{text}");
    }
    assert_eq!(town.smtp.count("victim@example.al"), 0);
    // In the app itself the words are the author's.
    let desk = format!("/desk/concerns/{id}");
    let page = council.secretary.get(&desk).expect(200);
    assert!(page["title"].as_str().unwrap().starts_with(title));
}

/// A mail server that says what it is told to say, from the greeting on; nothing: it hangs.
fn moody(greeting: &'static str, on_rcpt: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                let mut out = stream.try_clone().ok()?;
                if greeting.is_empty() {
                    std::thread::sleep(Duration::from_secs(60));
                    return None;
                }
                out.write_all(format!("{greeting}\r\n").as_bytes()).ok()?;
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let answer = match line.get(..4) {
                        Some("RCPT") => on_rcpt,
                        Some("QUIT") => "221 bye",
                        _ => "250 ok",
                    };
                    out.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
                }
                Some(())
            });
        }
    });
    format!("smtp://{address}")
}

fn looks_like_a_code(word: &str) -> bool {
    let upper = |part: &str| {
        part.len() == 4
            && part
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    word.split_once('-')
        .is_some_and(|(first, second)| upper(first) && upper(second))
}

fn waiting(town: &Town) -> Vec<String> {
    lines(
        &mut open(town),
        "SELECT attempts || ' ' || kind AS line FROM outbox WHERE kind = 'mail' AND attempts > 0",
    )
}

/// T-SMTP-01: whatever the mail server says, the letter waits, its code is in no log, and people are
/// served meanwhile.
#[test]
fn a_letter_waits_for_a_mail_server_in_trouble() {
    for (what, url) in [
        ("busy", moody("421 too busy", "")),
        ("greylisting", moody("220 hello", "451 later")),
        ("refusing all", moody("554 no service", "")),
        (
            "refusing the address",
            moody("220 hello", "550 relaying denied"),
        ),
        ("hanging", moody("", "")),
        ("gone", "smtp://127.0.0.1:9".to_owned()),
        (
            "without the STARTTLS asked for",
            format!("{}?tls=required", moody("220 hello", "250 ok")),
        ),
    ] {
        let town = Town::start_with(&[("TREKENDESH_SMTP_URL", &url)]);
        ask(&town, "arta@example.al").expect(202);
        wait_until(&format!("{what}: tried"), || !waiting(&town).is_empty());
        if what != "hanging" {
            std::thread::sleep(Duration::from_millis(150));
            assert_eq!(waiting(&town), ["1 mail"], "{what}");
        }
        let payload = lines(&mut open(&town), "SELECT payload AS line FROM outbox")
            .pop()
            .unwrap();
        town.visitor().submit_anonymously("Rruga pa drita");
        for (place, text) in [("log", town.log()), ("outbox", payload)] {
            assert!(!text.contains("arta@example.al"), "{what}: {place}");
            assert!(
                !text.split(['"', ' ']).any(looks_like_a_code),
                "{what}: {place}"
            );
        }
        unharmed(&town);
    }
}

/// T-SMTP-01: when the mail server is back, the letter goes out, once.
#[test]
fn a_letter_that_waited_goes_out_once() {
    let mut town = Town::start_with(&[("TREKENDESH_SMTP_URL", "smtp://127.0.0.1:9")]);
    ask(&town, "arta@example.al").expect(202);
    wait_until("tried", || !waiting(&town).is_empty());
    let url = format!("smtp://{}", town.smtp.address);
    town.set("TREKENDESH_SMTP_URL", &url);
    town.kill_and_restart();
    town.move_clock(300);
    town.smtp.wait_for("arta@example.al", 0);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(town.smtp.count("arta@example.al"), 1);
}

/// A code that stopped working while its letter waited is not sent any more.
#[test]
fn a_letter_whose_code_is_over_is_not_sent() {
    let mut town = Town::start_with(&[("TREKENDESH_SMTP_URL", "smtp://127.0.0.1:9")]);
    ask(&town, "arta@example.al").expect(202);
    wait_until("tried", || !waiting(&town).is_empty());
    let url = format!("smtp://{}", town.smtp.address);
    town.set("TREKENDESH_SMTP_URL", &url);
    town.kill_and_restart();
    town.move_clock(700);
    wait_until("it is gone", || {
        number(&mut open(&town), "SELECT count(*) AS number FROM outbox") == 0
    });
    assert_eq!(town.smtp.count("arta@example.al"), 0);
}

/// A mail server that answers every letter but the first `unanswered` ones; what it hears: a
/// connection, or the name of a letter.
fn forgetful(unanswered: usize) -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (say, heard) = channel();
    std::thread::spawn(move || {
        for (turn, stream) in listener.incoming().flatten().enumerate() {
            let say = say.clone();
            std::thread::spawn(move || converse(stream, &say, turn >= unanswered));
        }
    });
    (address, heard)
}

fn converse(stream: TcpStream, say: &Sender<String>, answers: bool) -> Option<()> {
    say.send("connection".to_owned()).ok()?;
    let mut out = stream.try_clone().ok()?;
    out.write_all(b"220 hello\r\n").ok()?;
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(line) = lines.next() {
        if line != "DATA" {
            out.write_all(b"250 ok\r\n").ok()?;
            continue;
        }
        out.write_all(b"354 go on\r\n").ok()?;
        for line in lines.by_ref().take_while(|line| line != ".") {
            if let Some(name) = line.strip_prefix("Message-ID: ") {
                say.send(name.to_owned()).ok()?;
            }
        }
        if !answers {
            std::thread::sleep(Duration::from_secs(60));
        }
        out.write_all(b"250 ok\r\n").ok()?;
    }
    Some(())
}

fn next(heard: &Receiver<String>) -> String {
    heard.recv_timeout(Duration::from_secs(GENEROUS)).unwrap()
}

/// T-CRASH-02: a letter whose sending a crash cut off goes out again under the same name, so that it
/// is recognised.
#[test]
fn a_letter_that_goes_out_twice_has_one_name() {
    let (address, heard) = forgetful(1);
    let url = format!("smtp://{address}");
    let mut town = Town::start_with(&[
        ("TREKENDESH_SMTP_URL", &url),
        ("TREKENDESH_PUBLIC_URL", "https://keshilli.example.al"),
    ]);
    ask(&town, "arta@example.al").expect(202);
    assert_eq!(next(&heard), "connection");
    let first = next(&heard);
    assert!(first.ends_with("@keshilli.example.al>"), "{first}");
    town.kill_and_restart();
    town.move_clock(150);
    assert_eq!(next(&heard), "connection");
    assert_eq!(next(&heard), first);
    wait_until("it is settled", || waiting(&town).is_empty());
}

/// A connection is kept for the next letter.
#[test]
fn many_letters_take_one_connection() {
    let (address, heard) = forgetful(0);
    let town = Town::start_with(&[("TREKENDESH_SMTP_URL", &format!("smtp://{address}"))]);
    for name in ["arta", "besa", "dritan"] {
        ask(&town, &format!("{name}@example.al")).expect(202);
        wait_until("it is out", || {
            number(&mut open(&town), "SELECT count(*) AS number FROM outbox") == 0
        });
    }
    let heard: Vec<String> = heard.try_iter().collect();
    let connections = heard.iter().filter(|word| *word == "connection").count();
    assert_eq!((connections, heard.len()), (1, 4), "{heard:?}");
}

/// T-SMTP-01: a mail server that says nothing is let go.
#[test]
fn a_mail_server_that_hangs_is_let_go() {
    let town = Town::start_with(&[("TREKENDESH_SMTP_URL", &moody("", ""))]);
    ask(&town, "arta@example.al").expect(202);
    wait_up_to(30, "it is let go", || {
        town.log().contains("takes a letter not now")
    });
}

/// T-SMTP-01: STARTTLS strip: without being asked to, letters go to another machine encrypted or not
/// at all. 0.0.0.0 is this machine and does not look like it.
#[test]
fn letters_leave_the_machine_encrypted_or_not_at_all() {
    let mut town = Town::start();
    let port = town.smtp.address.port();
    town.set("TREKENDESH_SMTP_URL", &format!("smtp://0.0.0.0:{port}"));
    town.kill_and_restart();
    ask(&town, "arta@example.al").expect(202);
    wait_until("tried", || !waiting(&town).is_empty());
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(waiting(&town), ["1 mail"]);
    assert_eq!(town.smtp.count("arta@example.al"), 0);
    let url = format!("smtp://0.0.0.0:{port}?tls=none");
    town.set("TREKENDESH_SMTP_URL", &url);
    town.move_clock(300);
    town.kill_and_restart();
    town.smtp.wait_for("arta@example.al", 0);
}

#[test]
fn the_way_to_a_mail_server_is_guarded_unless_it_says_otherwise() {
    for (said, meant) in [
        ("smtp://mail.example.al", "?tls=required"),
        ("smtp://user:secret@mail.example.al:587", "?tls=required"),
        ("smtp://localhost.example.al:25", "?tls=required"),
        ("smtp://10.0.0.1:25", "?tls=required"),
        ("smtp://[fd00::1]:25", "?tls=required"),
        ("smtp://mail.example.al?tls=none", ""),
        (
            "smtp://mail.example.al?tls=opportunistic",
            "?tls=opportunistic",
        ),
        ("smtps://mail.example.al:465", ""),
        ("smtp://localhost:25", ""),
        ("smtp://127.0.0.1:25", ""),
        ("smtp://[::1]:25", ""),
    ] {
        let base = said.split('?').next().unwrap();
        let url = guarded(said).unwrap();
        assert_eq!(url.as_str(), format!("{base}{meant}"), "{said}");
    }
}
