//! A real SMTP server that keeps what it is sent.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;

use super::town::GENEROUS;

/// A letter as it arrived.
#[derive(Clone, Debug)]
pub struct Letter {
    pub to: String,
    pub head: String,
    pub body: String,
}

/// The server and its letters.
pub struct Smtp {
    pub address: SocketAddr,
    letters: Arc<Mutex<Vec<Letter>>>,
    busy: Arc<AtomicBool>,
    silent: Arc<AtomicBool>,
}

impl Smtp {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let busy = Arc::new(AtomicBool::new(false));
        let silent = Arc::new(AtomicBool::new(false));
        let (kept, refuses, waits) = (letters.clone(), busy.clone(), silent.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, refuses, waits) = (kept.clone(), refuses.clone(), waits.clone());
                thread::spawn(move || {
                    while waits.load(Ordering::Relaxed) {
                        thread::sleep(Duration::from_millis(20));
                    }
                    converse(stream, &kept, &refuses)
                });
            }
        });
        Self {
            address,
            letters,
            busy,
            silent,
        }
    }

    /// Takes no letter any more, or takes them again.
    pub fn set_busy(&self, busy: bool) {
        self.busy.store(busy, Ordering::Relaxed);
    }

    /// Greets nobody who connects, or greets them again.
    pub fn set_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::Relaxed);
    }

    /// All letters so far.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }

    /// The newest letter to this address after the first `seen`, waiting for it.
    pub fn wait_for(&self, to: &str, seen: usize) -> Letter {
        let until = Instant::now() + Duration::from_secs(GENEROUS);
        loop {
            let mut mine = self.letters();
            mine.retain(|letter| letter.to == to);
            if mine.len() > seen {
                return mine.pop().unwrap();
            }
            assert!(Instant::now() < until, "no letter to {to}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The sign-in code in the letters to this address after the first `seen`, among whatever news.
    pub fn code_for(&self, to: &str, seen: usize) -> String {
        let until = Instant::now() + Duration::from_secs(GENEROUS);
        loop {
            let letters = self.letters();
            let mine = letters.iter().filter(|letter| letter.to == to).skip(seen);
            if let Some(code) = mine.filter_map(|letter| code_in(&letter.body)).last() {
                return code;
            }
            assert!(Instant::now() < until, "no code to {to}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// How many letters went to this address.
    pub fn count(&self, to: &str) -> usize {
        self.letters()
            .iter()
            .filter(|letter| letter.to == to)
            .count()
    }
}

fn converse(stream: TcpStream, kept: &Mutex<Vec<Letter>>, busy: &AtomicBool) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    out.write_all(b"220 sink\r\n").ok()?;
    let mut to = String::new();
    while let Some(Ok(line)) = lines.next() {
        if busy.load(Ordering::Relaxed) {
            return out.write_all(b"421 too busy\r\n").ok();
        }
        let answer = match line.split([' ', ':']).next()?.to_ascii_uppercase().as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1)?.to_owned();
                "250 ok"
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n").ok()?;
                let text: Vec<String> = lines
                    .by_ref()
                    .map_while(Result::ok)
                    .take_while(|line| line != ".")
                    .map(|line| line.strip_prefix('.').map(str::to_owned).unwrap_or(line))
                    .collect();
                kept.lock().ok()?.push(letter(&to, &text.join("\n")));
                "250 ok"
            }
            "QUIT" => return out.write_all(b"221 bye\r\n").ok(),
            _ => "250 ok",
        };
        out.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
    Some(())
}

fn letter(to: &str, text: &str) -> Letter {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let lower = head.to_lowercase();
    let body = if lower.contains("transfer-encoding: base64") {
        let joined: String = body.split_whitespace().collect();
        String::from_utf8(
            base64::engine::general_purpose::STANDARD
                .decode(joined)
                .unwrap(),
        )
        .unwrap()
    } else if lower.contains("quoted-printable") {
        unquoted(body)
    } else {
        body.to_owned()
    };
    Letter {
        to: to.to_owned(),
        head: head.to_owned(),
        body,
    }
}

fn unquoted(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' && after.len() >= 2 {
            let (code, later) = after.split_at(2);
            bytes.push(u8::from_str_radix(std::str::from_utf8(code).unwrap(), 16).unwrap());
            rest = later;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The sign-in code in a letter.
pub fn code_in(body: &str) -> Option<String> {
    let is_code = |word: &&str| word.len() == 9 && word.as_bytes()[4] == b'-';
    body.split_whitespace().find(is_code).map(str::to_owned)
}
