//! T-CRASH-01: a server that is killed in the middle of everything.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::client::Request;
use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::{lines, number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Person, Town, unharmed};
use crate::hostile::pictures::small_jpeg_base64;

/// How long it is killed again and again.
const LONG: Duration = Duration::from_secs(12);

/// Those who write, at the address the server has now.
struct People {
    visitor: Person,
    secretary: Person,
    police: Person,
}

/// Somebody's device: takes one concern after the other all the way, one write at a time, and repeats
/// a write whose answer it did not get.
struct Device {
    number: u32,
    /// The concern everybody supports.
    public: String,
    turn: u32,
    step: u32,
    /// The concern of this turn.
    id: String,
    /// The texts whose writing was acknowledged.
    kept: Vec<String>,
    supports: usize,
}

const STEPS: u32 = 6;

impl Device {
    fn text(&self) -> String {
        let (number, turn, step) = (self.number, self.turn, self.step);
        format!("Shënimi {number}.{turn}.{step} për rrugën e shkollës.")
    }

    /// The write that comes next; after a lost answer the same again, under the same key.
    fn request(&self, people: &People) -> Request {
        let receipt = receipt_of(&format!("crash {}", self.number), self.turn);
        let (id, text) = (&self.id, self.text());
        let (who, path, body) = match self.step {
            0 => {
                let mut body = anonymous_concern("Rruga e shkollës pa drita", &receipt);
                body["text"] = json!(text);
                body["photos"] = json!([{"data": small_jpeg_base64()}]);
                let path = "/municipalities/elbasan/concerns".to_owned();
                (&people.visitor, path, body)
            }
            1 => {
                let body = json!({"receipt": receipt, "text": text});
                (&people.visitor, "/receipts/messages".to_owned(), body)
            }
            2 => {
                let path = format!("/concerns/{id}/messages");
                (&people.secretary, path, json!({"text": text}))
            }
            3 => {
                let body = json!({"to": "in_review", "reason": text});
                (&people.secretary, format!("/concerns/{id}/moves"), body)
            }
            4 => {
                let body = json!({"verdict": "not_possible", "text": text});
                (&people.police, format!("/concerns/{id}/answers"), body)
            }
            _ => {
                let device = format!("{:026}", self.number * 1_000_000 + self.turn);
                let path = format!("/concerns/{}/support", self.public);
                let request = people.visitor.request("PUT", &path);
                return request.header("x-device", &device);
            }
        };
        let key = format!("crash-{:04}-{:06}-{}", self.number, self.turn, self.step);
        who.post(&path).header("idempotency-key", &key).json(body)
    }

    /// Writes the next; false where the server died before it answered.
    fn write(&mut self, people: &People) -> bool {
        let Ok(answer) = self.request(people).try_send() else {
            return false;
        };
        assert!((200..300).contains(&answer.status), "{answer:?}");
        if self.step + 1 == STEPS {
            self.supports += 1;
        } else {
            self.kept.push(self.text());
        }
        if let (0, Value::String(id)) = (self.step, &answer["id"]) {
            self.id.clone_from(id);
        }
        self.step = (self.step + 1) % STEPS;
        self.turn += u32::from(self.step == 0);
        true
    }
}

/// Checks that all that was acknowledged is there, once, and nothing is there by half.
fn check(town: &Town, devices: &[Device]) {
    let mut file = open(town);
    if let Conn::Sqlite(_) = file {
        let integrity = "SELECT integrity_check AS line FROM pragma_integrity_check";
        assert_eq!(lines(&mut file, integrity), ["ok"]);
    }
    let texts = lines(
        &mut file,
        "SELECT text AS line FROM concerns UNION ALL SELECT text FROM messages
         UNION ALL SELECT text FROM events",
    );
    let mut found = HashMap::new();
    for text in texts.into_iter().filter(|text| text.starts_with("Shënimi")) {
        *found.entry(text).or_insert(0) += 1;
    }
    assert!(found.values().all(|count| *count == 1), "twice: {found:?}");
    for text in devices.iter().flat_map(|device| &device.kept) {
        assert!(found.contains_key(text), "lost: {text}");
    }
    let supports = number(&mut file, "SELECT count(*) AS number FROM supports");
    let kept: usize = devices.iter().map(|device| device.supports).sum();
    assert!(supports >= i64::try_from(kept).unwrap(), "lost support");
    for half in [
        "concerns c WHERE text LIKE 'Shënimi%'
         AND (SELECT count(*) FROM photos WHERE concern_id = c.id) <> 1",
        "concerns WHERE id NOT IN (SELECT concern_id FROM concern_search)",
        "concern_search WHERE concern_id NOT IN (SELECT id FROM concerns)",
    ] {
        let query = format!("SELECT count(*) AS number FROM {half}");
        assert_eq!(number(&mut file, &query), 0, "{half}");
    }
    unharmed(town);
}

#[test]
fn what_was_acknowledged_is_there_once_however_often_the_server_is_killed() {
    let (mut town, council, public) = town_with_a_public_concern();
    let tokens = [&council.secretary, &council.police].map(|person| person.token().to_owned());
    let people = |town: &Town| People {
        visitor: town.visitor(),
        secretary: town.visitor().with_token(&tokens[0]),
        police: town.visitor().with_token(&tokens[1]),
    };
    let mut devices: Vec<Device> = (0..6)
        .map(|number| Device {
            number,
            public: public.clone(),
            turn: 0,
            step: 0,
            id: String::new(),
            kept: Vec::new(),
            supports: 0,
        })
        .collect();
    let (began, mut kills) = (Instant::now(), 0);
    while began.elapsed() < LONG {
        let acknowledged = AtomicUsize::new(0);
        thread::scope(|scope| {
            for device in &mut devices {
                let (people, acknowledged) = (people(&town), &acknowledged);
                scope.spawn(move || {
                    while device.write(&people) {
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            wait_until("some writes are acknowledged", || {
                acknowledged.load(Ordering::Relaxed) > 12
            });
            // Another moment of whatever goes on in each round.
            thread::sleep(Duration::from_millis(kills * 37 % 101));
            town.kill_and_restart();
        });
        kills += 1;
        check(&town, &devices);
    }
    assert!(kills > 4, "control: killed {kills} times");
    let people = people(&town);
    for device in &mut devices {
        assert!(device.write(&people), "the repeat of what was not answered");
        assert!(device.turn > 0, "control: a concern went all the way");
    }
    check(&town, &devices);
    let supports = number(&mut open(&town), "SELECT count(*) AS number FROM supports");
    let kept: usize = devices.iter().map(|device| device.supports).sum();
    assert_eq!(i64::try_from(kept).unwrap(), supports);
}
