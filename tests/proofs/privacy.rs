//! Canaries: what an anonymous person carries with them is nowhere afterwards.
use std::process::Command;

use serde_json::{Value, json};
use trekendesh::platform::conn::Conn;

use crate::harness::client::Request;
use crate::harness::cluster::programs;
use crate::harness::consultation::Discussion;
use crate::harness::database::open;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Browser, Council, PushService, Town, unharmed};

const CANARIES: [(&str, &str); 30] = [
    ("user-agent", "Canary-Agent-7f3a"),
    ("x-forwarded-for", "203.0.113.77"),
    ("x-real-ip", "203.0.113.78"),
    ("forwarded", "for=203.0.113.79"),
    ("x-client-ip", "203.0.113.80"),
    ("true-client-ip", "203.0.113.81"),
    ("cf-connecting-ip", "203.0.113.82"),
    ("fastly-client-ip", "203.0.113.83"),
    ("x-cluster-client-ip", "203.0.113.84"),
    ("via", "1.1 canary-proxy-5521"),
    ("accept-language", "sq-canary-5521"),
    ("accept", "text/canary-5522"),
    ("accept-encoding", "canary-5523"),
    ("accept-charset", "canary-5524"),
    ("referer", "https://canary.example/page"),
    (
        "cookie",
        "_ga=Canary-Cookie-1; __Host-refresh=Canary-Cookie-2",
    ),
    ("from", "canary@example.al"),
    ("dnt", "canary-5525"),
    ("x-requested-with", "al.canary.browser"),
    ("sec-ch-ua", "Canary-Brand-9000"),
    ("sec-ch-ua-model", "Canary-Phone-9000"),
    ("sec-ch-ua-platform-version", "Canary-Platform-9000"),
    ("sec-ch-ua-full-version-list", "Canary-Version-9000"),
    ("device-memory", "canary-5526"),
    ("viewport-width", "canary-5527"),
    ("downlink", "canary-5528"),
    ("x-device-model", "Canary-Model-1234"),
    ("x-request-id", "Canary-Request-1234"),
    ("traceparent", "00-canary1234-canary5678-01"),
    ("x-wap-profile", "http://canary.example/profile.xml"),
];

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

/// Sends a concern with everything a browser and the proxies on its way may add.
fn submit_with_canaries(town: &Town, receipt: &str) {
    let path = "/municipalities/elbasan/concerns?utm_source=Canary-Query-1234";
    let request = town
        .visitor()
        .post(path)
        .header("origin", &town.address)
        .header("idempotency-key", "Canary-Key-0123456789")
        .json(anonymous_concern("Rruga e shkollës pa drita", receipt));
    laden(request).send().expect(201);
}

/// A request with everything a browser and the proxies on its way may add.
fn laden(request: Request) -> Request {
    laden_but("nothing", request)
}

fn laden_but(left_out: &str, request: Request) -> Request {
    let headers = CANARIES.iter().filter(|(name, _)| *name != left_out);
    headers.fold(request, |request, (name, value)| {
        request.header(name, value)
    })
}

/// The single values of the canaries in headers.
fn carried() -> Vec<&'static str> {
    let values = CANARIES.iter().map(|(_, value)| value.split("; "));
    values.flatten().collect()
}

/// Every byte of the files in a folder but the keys.
fn bytes_of(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_file() {
            bytes.extend(std::fs::read(entry.path()).unwrap());
        }
    }
    bytes
}

/// A backup as the store's own way makes it.
fn backed_up(town: &Town) -> Vec<u8> {
    if let Conn::Postgres(_) = open(town) {
        let mut dump = Command::new(programs().unwrap().join("pg_dump"));
        return dump.arg(town.database_url()).output().unwrap().stdout;
    }
    let backup = town.path("backup");
    let (done, said) = town.run(&["backup", backup.to_str().unwrap()]);
    assert!(done, "{said}");
    bytes_of(&backup)
}

/// T-ANON-01, T-RCPT-04, T-RCPT-08.
#[test]
fn nothing_an_anonymous_person_carries_is_stored_logged_mailed_exported_or_backed_up() {
    let town = Town::start();
    let council = Council::seat(&town);
    let receipt = receipt_of("canary", 1);
    submit_with_canaries(&town, &receipt);
    let log = town.log();
    town.move_clock(26 * 3600);
    wait_until("the secretary has a letter", || {
        let letters = town.smtp.letters();
        letters
            .iter()
            .any(|letter| letter.body.contains("/tavolina"))
    });
    let mailed: String = town
        .smtp
        .letters()
        .iter()
        .map(|letter| format!("{}{}", letter.head, letter.body))
        .collect();
    let (done, exported) = town.run(&["export", "elbasan"]);
    assert!(done, "{exported}");
    let stored = town.stored_bytes();
    let backed_up = backed_up(&town);
    for bytes in [&stored, &backed_up] {
        assert!(
            contains(bytes, "Rruga e shkollës pa drita"),
            "control: the concern is there"
        );
    }
    let plain = receipt.replace('-', "");
    let more = [
        "Canary-Query-1234",
        "Canary-Key-0123456789",
        receipt.as_str(),
        &plain,
        "127.0.0.1:",
    ];
    for secret in carried().into_iter().chain(more) {
        assert!(!contains(&stored, secret), "{secret} is stored");
        assert!(!contains(&backed_up, secret), "{secret} is in the backup");
        assert!(!exported.contains(secret), "{secret} is exported");
        if secret != "127.0.0.1:" {
            assert!(!log.contains(secret), "{secret} is logged");
            assert!(!mailed.contains(secret), "{secret} is mailed");
        }
    }
    assert!(
        !log.contains("/concerns\""),
        "the time of an anonymous act is logged"
    );
    drop(council);
    unharmed(&town);
}

/// What somebody wrote, each part with a word that is nowhere else.
const WRITTEN: [(&str, &str); 7] = [
    ("title", "Canary-Title-1234"),
    ("text", "Canary-Text-1234"),
    ("message", "Canary-Message-1234"),
    ("reason", "Canary-Reason-1234"),
    ("note", "Canary-Note-1234"),
    ("answer", "Canary-Answer-1234"),
    ("to the author", "Canary-Letter-1234"),
];

fn word(part: &str) -> &'static str {
    WRITTEN.iter().find(|(name, _)| *name == part).unwrap().1
}

/// Sends an anonymous concern that is full of canaries and follows its thread and its place, each with
/// a browser of its own; says its id.
fn submit_and_follow(town: &Town, receipt: &str, author: &Browser, neighbour: &Browser) -> String {
    let mut body = anonymous_concern(word("title"), receipt);
    body["text"] = json!(format!("{} dhe më tej.", word("text")));
    let send = |path: &str, body: Value| {
        let request = town.visitor().post(path).header("origin", &town.address);
        // Whoever has the cookie of a session is asked to sign in again before anything is followed.
        laden_but("cookie", request.json(body)).send()
    };
    let answer = send("/municipalities/elbasan/concerns", body).expect(201);
    let place = json!([{"kind": "municipality", "municipality": "elbasan"}]);
    let thread = json!([{"kind": "thread", "receipt": receipt}]);
    for (browser, follow) in [(author, thread), (neighbour, place)] {
        let body = browser.subscription(follow);
        send("/push/subscriptions", body).expect(200);
    }
    let body = json!({"receipt": receipt, "text": word("message")});
    send("/receipts/messages", body).expect(201);
    answer["id"].as_str().unwrap().to_owned()
}

/// What the council does with it, in words that are canaries too.
fn work_on(town: &Town, council: Council, id: &str) {
    let post = |path: &str, body: Value| {
        let path = format!("/concerns/{id}/{path}");
        council.secretary.post(&path).json(body).send().expect(200)
    };
    post("messages", json!({"text": word("to the author")}));
    post(
        "notes",
        json!({"text": word("note"), "visibility": "members"}),
    );
    post(
        "moves",
        json!({"to": "published", "reason": word("reason")}),
    );
    town.next_morning(&[id]);
    let police = town.resident("police.member");
    let answer = json!({"verdict": "done", "text": word("answer")});
    let path = format!("/concerns/{id}/answers");
    police.post(&path).json(answer).send().expect(200);
}

/// T-ANON-01 and T-RCPT-04 for pushes, decrypted by code that is not ours.
#[test]
fn nothing_an_anonymous_person_carries_or_anybody_writes_is_pushed() {
    let town = Town::start_with(&[("TREKENDESH_ALLOW_LOOPBACK_PUSH", "true")]);
    let service = PushService::start_amid_jumps(&town);
    let council = Council::seat(&town);
    let receipt = receipt_of("canary", 1);
    let (author, neighbour) = (service.browser("author"), service.browser("neighbour"));
    let id = submit_and_follow(&town, &receipt, &author, &neighbour);
    work_on(&town, council, &id);
    let told = service.wait_for(&author, 3);
    let thread = json!({"kind": "thread"});
    assert!(told.iter().all(|news| *news == thread), "{told:?}");
    let told = service.wait_for(&neighbour, 1);
    let public = json!({"kind": "published", "concern": id, "language": "en"});
    assert_eq!(told, [public]);
    let stored = town.stored_bytes();
    for (part, word) in WRITTEN {
        assert!(contains(&stored, word), "control: the {part} is there");
    }
    let plain = receipt.replace('-', "");
    let mut secrets = carried();
    secrets.extend(WRITTEN.iter().map(|(_, word)| *word));
    secrets.extend([receipt.as_str(), &plain]);
    for browser in [&author, &neighbour] {
        for push in service.pushed(browser) {
            let seen = format!("{:?} {}", push.headers, browser.read(&push.body));
            for secret in &secrets {
                assert!(!seen.contains(secret), "{secret} is pushed: {seen}");
            }
        }
    }
}

/// T-ANON-01, T-ANON-03, for questions in a discussion.
#[test]
fn nothing_who_asks_without_a_name_carries_is_stored_logged_mailed_or_backed_up() {
    let mut here = Discussion::begin();
    let text = "Kur ndërrohen llambat te shkolla?";
    let path = format!(
        "/consultations/{}/questions?utm_source=Canary-Query-1234",
        here.id
    );
    let request = here
        .town
        .visitor()
        .post(&path)
        .header("origin", &here.town.address)
        .header("idempotency-key", "Canary-Key-0123456789");
    laden(request.json(json!({"text": text})))
        .send()
        .expect(201);
    here.sleep();
    let id = here.waiting()[0]["id"].as_str().unwrap().to_owned();
    here.settle(&id, true, None).expect(200);
    let (stored, backed_up, log) = (
        here.town.stored_bytes(),
        backed_up(&here.town),
        here.town.log(),
    );
    let letters = here.town.smtp.letters();
    let mailed: String = letters
        .iter()
        .map(|letter| format!("{}{}", letter.head, letter.body))
        .collect();
    assert!(
        contains(&stored, text) && contains(&backed_up, text),
        "control"
    );
    for secret in carried()
        .into_iter()
        .chain(["Canary-Query-1234", "Canary-Key-0123456789"])
    {
        assert!(!contains(&stored, secret), "{secret} is stored");
        assert!(!contains(&backed_up, secret), "{secret} is in the backup");
        assert!(!log.contains(secret), "{secret} is logged");
        assert!(!mailed.contains(secret), "{secret} is mailed");
    }
    assert!(!mailed.contains(text), "what was asked is mailed");
    let asked = "POST /api/v1/consultations/{id}/questions\"";
    assert!(
        !log.contains(asked),
        "the time of an anonymous act is logged"
    );
    assert!(
        log.contains("POST /api/v1/questions/{id}/moderation\""),
        "control: {log}"
    );
}
