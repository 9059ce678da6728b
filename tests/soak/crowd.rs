//! Devices that read and write all the time, repeat what was not answered, and know what was.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::client::Request;
use crate::harness::database::{lines, number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::{Answer, Council, Person, Town, unharmed};
use crate::hostile::pictures::small_jpeg_base64;

/// Refusals that a device takes for "again later" in a test that makes them come.
pub type Patience = fn(&Answer) -> bool;

/// The server says that its store is away, and when to come back.
pub fn patient_with_an_outage(answer: &Answer) -> bool {
    answer.status == 503
        && answer["code"] == "storage_unavailable"
        && !answer.header("retry-after").is_empty()
}

/// Those who write, at the address the server has now.
struct People {
    visitor: Person,
    secretary: Person,
    police: Person,
    /// What the server says meanwhile.
    log: Arc<Mutex<String>>,
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
    /// How long each write and each read took that was answered.
    writes: Vec<Duration>,
    reads: Vec<Duration>,
}

/// What came of a request.
enum Said {
    Taken(Answer, Duration),
    /// A refusal that the test expects.
    Later,
    /// The server is gone.
    Nothing,
}

const STEPS: u32 = 6;

impl Device {
    fn new(number: u32, public: &str) -> Self {
        Self {
            number,
            public: public.to_owned(),
            turn: 0,
            step: 0,
            id: String::new(),
            kept: Vec::new(),
            supports: 0,
            writes: Vec::new(),
            reads: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let (number, turn, step) = (self.number, self.turn, self.step);
        format!("Shënimi {number}.{turn}.{step} për rrugën e shkollës.")
    }

    fn receipt(&self) -> String {
        receipt_of(&format!("crowd {}", self.number), self.turn)
    }

    /// The write that comes next; after a lost answer the same again, under the same key.
    fn write(&self, people: &People) -> Request {
        let (id, text, receipt) = (&self.id, self.text(), self.receipt());
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
        let key = format!("crowd-{:04}-{:06}-{}", self.number, self.turn, self.step);
        who.post(&path).header("idempotency-key", &key).json(body)
    }

    /// What the device looks at before it writes.
    fn read(&self, people: &People) -> Request {
        let town = "/municipalities/elbasan";
        match self.step {
            0 => people.visitor.request("GET", &format!("{town}/concerns")),
            1 => {
                let body = json!({"receipt": self.receipt()});
                people.visitor.post("/receipts/open").json(body)
            }
            2 => {
                let path = format!("{town}/desk/concerns");
                people.secretary.request("GET", &path)
            }
            3 => {
                let path = format!("{town}/concerns?q=rruga%20drita");
                people.visitor.request("GET", &path)
            }
            4 => {
                let path = format!("/desk/concerns/{}", self.id);
                people.police.request("GET", &path)
            }
            _ => {
                let path = format!("/concerns/{}", self.public);
                people.visitor.request("GET", &path)
            }
        }
    }

    /// Reads, then writes.
    fn act(&mut self, people: &People, patience: Patience) -> Said {
        match people.send(self.read(people), patience) {
            Said::Taken(_, took) => self.reads.push(took),
            otherwise => return otherwise,
        }
        let said = people.send(self.write(people), patience);
        if let Said::Taken(answer, took) = &said {
            self.writes.push(*took);
            self.note(answer);
        }
        said
    }

    /// Remembers what was acknowledged and goes on to the next step.
    fn note(&mut self, answer: &Answer) {
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
    }
}

impl People {
    fn send(&self, request: Request, patience: Patience) -> Said {
        let began = Instant::now();
        let Ok(answer) = request.try_send() else {
            return Said::Nothing;
        };
        if (200..300).contains(&answer.status) {
            return Said::Taken(answer, began.elapsed());
        }
        let last = || -> Vec<String> {
            let log = self.log.lock().unwrap();
            log.lines().rev().take(5).map(str::to_owned).collect()
        };
        assert!(
            patience(&answer),
            "{answer:?}, the log's end: {:#?}",
            last()
        );
        Said::Later
    }
}

/// Everybody's devices, and what the council's people hold.
pub struct Crowd {
    devices: Vec<Device>,
    tokens: [String; 2],
    /// How long each rests after it wrote.
    pub rest: Duration,
}

/// How far a crowd has come in a round.
#[derive(Default)]
pub struct Progress {
    acknowledged: AtomicUsize,
    refused: AtomicUsize,
    over: AtomicBool,
}

impl Progress {
    /// How many writes were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// How often somebody was told to come again.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }
}

/// Ends the round also where the test fails in the middle of it.
struct Ending<'a>(&'a Progress);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::Relaxed);
    }
}

impl Crowd {
    /// So many devices, whose people all support one public concern.
    pub fn new(council: &Council, public: &str, size: u32) -> Self {
        Self {
            devices: (0..size).map(|one| Device::new(one, public)).collect(),
            tokens: [&council.secretary, &council.police].map(|person| person.token().to_owned()),
            rest: Duration::ZERO,
        }
    }

    /// Signs the council's people in anew.
    pub fn sign_in(&mut self, town: &Town) {
        self.tokens = ["municipality.secretary", "police.member"]
            .map(|name| Person::sign_in(town, name).token().to_owned());
    }

    /// Lets all devices act side by side for as long as `meanwhile` takes, or until the server is gone.
    pub fn round(
        &mut self,
        town: &mut Town,
        patience: Patience,
        meanwhile: impl FnOnce(&mut Town, &Progress),
    ) {
        let (progress, rest) = (Progress::default(), self.rest);
        thread::scope(|scope| {
            for device in &mut self.devices {
                let people = people(&self.tokens, town);
                let progress = &progress;
                scope.spawn(move || go_on(device, &people, patience, progress, rest));
            }
            let _ending = Ending(&progress);
            meanwhile(town, &progress);
        });
    }

    /// Lets each device do one thing more, repeating what was not answered.
    pub fn finish(&mut self, town: &Town) {
        let people = people(&self.tokens, town);
        for device in &mut self.devices {
            let said = device.act(&people, |_| false);
            assert!(matches!(said, Said::Taken(..)), "the repeat is answered");
        }
        let whole = self.devices.iter().any(|device| device.turn > 0);
        assert!(whole, "control: a concern went all the way");
        self.check(town);
        assert_eq!(self.supports(), supports(town));
    }

    fn supports(&self) -> i64 {
        let kept: usize = self.devices.iter().map(|device| device.supports).sum();
        i64::try_from(kept).unwrap()
    }

    /// How many writes were acknowledged in all.
    pub fn acknowledged(&self) -> usize {
        self.devices.iter().map(|device| device.writes.len()).sum()
    }

    /// How long all reads and all writes took, the quickest first.
    pub fn times(&self) -> [Vec<Duration>; 2] {
        let sorted = |of: fn(&Device) -> &Vec<Duration>| {
            let mut all: Vec<_> = self.devices.iter().flat_map(of).copied().collect();
            all.sort();
            all
        };
        [sorted(|one| &one.reads), sorted(|one| &one.writes)]
    }

    /// Checks after a fault, and lets the council sign in again before its sessions are over.
    pub fn check_after(&mut self, fault: u64, town: &Town) {
        self.check(town);
        if fault.is_multiple_of(50) {
            self.sign_in(town);
        }
    }

    /// Checks that all that was acknowledged is there, once, and nothing is there by half.
    pub fn check(&self, town: &Town) {
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
        let twice: Vec<_> = found.iter().filter(|(_, count)| **count > 1).collect();
        assert!(twice.is_empty(), "twice: {twice:?}");
        for text in self.devices.iter().flat_map(|device| &device.kept) {
            assert!(found.contains_key(text), "lost: {text}");
        }
        assert!(supports(town) >= self.supports(), "lost support");
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
}

fn supports(town: &Town) -> i64 {
    number(&mut open(town), "SELECT count(*) AS number FROM supports")
}

fn people(tokens: &[String; 2], town: &Town) -> People {
    People {
        visitor: town.visitor(),
        secretary: town.visitor().with_token(&tokens[0]),
        police: town.visitor().with_token(&tokens[1]),
        log: town.log_as_it_grows(),
    }
}

fn go_on(
    device: &mut Device,
    people: &People,
    patience: Patience,
    progress: &Progress,
    rest: Duration,
) {
    while !progress.over.load(Ordering::Relaxed) {
        match device.act(people, patience) {
            Said::Taken(..) => {
                progress.acknowledged.fetch_add(1, Ordering::Relaxed);
                thread::sleep(rest);
            }
            Said::Later => {
                progress.refused.fetch_add(1, Ordering::Relaxed);
                thread::sleep(Duration::from_millis(20));
            }
            Said::Nothing => return,
        }
    }
}
