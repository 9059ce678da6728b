//! Canaries: what an anonymous person carries with them is nowhere afterwards.
use std::process::Command;

use trekendesh::platform::conn::Conn;

use crate::harness::cluster::programs;
use crate::harness::database::open;
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Council, Town, unharmed};

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
    let mut request = town
        .visitor()
        .post(path)
        .header("origin", &town.address)
        .header("idempotency-key", "Canary-Key-0123456789")
        .json(anonymous_concern("Rruga e shkollës pa drita", receipt));
    for (name, value) in CANARIES {
        request = request.header(name, value);
    }
    request.send().expect(201);
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
    let values = CANARIES.iter().flat_map(|(_, value)| value.split("; "));
    let more = [
        "Canary-Query-1234",
        "Canary-Key-0123456789",
        receipt.as_str(),
        &plain,
        "127.0.0.1:",
    ];
    for secret in values.chain(more) {
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
