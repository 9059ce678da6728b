//! What whoever runs the server relies on.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::panic::panic_any;
use std::process::Command;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::json;
use trekendesh::platform::migrations;
use trekendesh::platform::problem::Problem;
use trekendesh::platform::writer::Writer;

use crate::harness::client::Request;
use crate::harness::database::{number, open};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::raw::connect;
use crate::harness::town::wait_until;
use crate::harness::{Town, unharmed};

#[test]
fn a_server_whose_database_file_is_gone_is_not_ready() {
    let town = Town::start();
    let ready = || town.request("GET", "/readyz").send();
    ready().expect(200);
    let aside = town.path("aside");
    std::fs::rename(town.database(), &aside).unwrap();
    ready().refused(503, "storage_unavailable");
    town.request("GET", "/healthz").send().expect(200);
    std::fs::write(town.database(), "another file").unwrap();
    ready().refused(503, "storage_unavailable");
    std::fs::rename(&aside, town.database()).unwrap();
    ready().expect(200);
    unharmed(&town);
}

#[test]
fn a_writer_that_cannot_open_its_file_again_says_so_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    // The folder goes away and comes back as a whole: at no moment could an empty file be made in it.
    let (home, aside) = (folder.path().join("home"), folder.path().join("aside"));
    std::fs::create_dir(&home).unwrap();
    let file = home.join("file");
    let url = file.to_str().unwrap().to_owned();
    migrations::migrate(&url).unwrap();
    let writer = Writer::start(url).unwrap();
    let write = |work: fn() -> Result<(), Problem>| {
        actix_web::rt::System::new().block_on(writer.write(move |_| work()))
    };
    write(|| Ok(())).unwrap();
    assert!(writer.lives());
    std::fs::rename(&home, &aside).unwrap();
    let broken = write(|| panic_any("a fault of ours")).unwrap_err();
    assert_eq!(broken.code().as_str(), "storage_unavailable");
    wait_until("the writer says so", || !writer.lives());
    let refused = write(|| Ok(())).unwrap_err();
    assert_eq!(refused.code().as_str(), "storage_unavailable");
    std::fs::rename(&aside, &home).unwrap();
    wait_until("the writer is back", || writer.lives());
    write(|| Ok(())).unwrap();
}

/// Tells the server to stop, as a service manager does.
fn stop(town: &Town) {
    let done = Command::new("kill")
        .arg(town.process().to_string())
        .status()
        .unwrap();
    assert!(done.success());
}

#[test]
fn a_server_told_to_stop_lets_a_running_request_finish() {
    let mut town = Town::start();
    let body = anonymous_concern("Rruga pa drita", &receipt_of("stop", 1)).to_string();
    let (first, rest) = body.split_at(body.len() / 2);
    let head = format!(
        "POST /api/v1/municipalities/elbasan/concerns HTTP/1.1\r\nhost: localhost\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    let mut running = connect(&town);
    running.write_all(head.as_bytes()).unwrap();
    // The server has begun with it once it asks for the body.
    let mut asked = [0; 100];
    let length = running.read(&mut asked).unwrap();
    assert!(asked[..length].starts_with(b"HTTP/1.1 100"));
    running.write_all(first.as_bytes()).unwrap();
    let mut idle = connect(&town);
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .unwrap();
    assert!(idle.read(&mut [0; 1000]).unwrap() > 0);
    stop(&town);
    wait_until("nobody new is let in", || {
        std::net::TcpStream::connect(town.address.trim_start_matches("http://")).is_err()
    });
    running.write_all(rest.as_bytes()).unwrap();
    let mut reply = [0; 2000];
    let length = running.read(&mut reply).unwrap();
    let reply = String::from_utf8_lossy(&reply[..length]).into_owned();
    assert!(reply.starts_with("HTTP/1.1 201"), "{reply}");
    drop(running);
    let began = Instant::now();
    assert_eq!(town.wait_for_end(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(11));
    town.kill_and_restart();
    town.visitor()
        .post("/receipts/open")
        .json(json!({"receipt": receipt_of("stop", 1)}))
        .send()
        .expect(200);
}

/// Whether a line is what Prometheus reads (text format 0.0.4).
fn is_sample(line: &str) -> bool {
    let Some((name, value)) = line.rsplit_once(' ') else {
        return false;
    };
    let (name, labels) = name.split_once('{').unwrap_or((name, "}"));
    let named = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|symbol| symbol.is_ascii_alphanumeric() || symbol == '_')
    };
    named(name) && labels.ends_with('}') && value.parse::<f64>().is_ok()
}

#[test]
fn metrics_are_prometheus_text_and_name_nobody() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let metrics = listener.local_addr().unwrap().to_string();
    drop(listener);
    let town = Town::start_with(&[("TREKENDESH_METRICS_LISTEN", &metrics)]);
    let resident = town.resident("arta");
    let (id, receipt) = town.visitor().submit_anonymously("Rruga pa drita");
    resident.get("/me").expect(200);
    resident.get(&format!("/concerns/{id}"));
    let body = json!({ "receipt": receipt });
    town.visitor().post("/receipts/open").json(body).send();
    for (method, path) in [
        ("GET", "/canary-in-a-path?q=canary-in-a-query"),
        ("CANARYMETHOD", "/api/v1/me"),
        ("GET", "/api/v1/municipalities/canary-slug"),
    ] {
        town.request(method, path)
            .header("user-agent", "canary-agent")
            .send();
    }
    let answer = Request::new("GET", &format!("http://{metrics}/metrics")).send();
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").starts_with("text/plain"));
    let text = answer.text();
    let samples: Vec<&str> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    for line in &samples {
        assert!(is_sample(line), "{line}");
    }
    let counted = "http_requests_total{route=\"GET /api/v1/concerns/{id}\",status=\"404\"} 1";
    assert!(samples.contains(&counted), "{text}");
    for person in [
        "arta",
        "canary",
        "CANARY",
        "127.0.0.1",
        "receipts",
        "support",
        &id,
        receipt.split('-').next().unwrap(),
    ] {
        assert!(!text.contains(person), "{person}: {text}");
    }
    let public = town.request("GET", "/metrics").send().text();
    assert!(!public.contains("http_requests_total"));
}

/// How many codes, first answers and sessions are kept once the server tidied up.
fn kept(town: &mut Town) -> [i64; 3] {
    open(town)
        .batch_execute(
            "INSERT INTO sign_in_codes (email_mark, code_mark, sent_at)
             VALUES ('from long ago', '', '2000-01-01 00:00:00')",
        )
        .unwrap();
    // It tidies up when it starts, and then once an hour.
    town.kill_and_restart();
    let count = |query: &str| {
        number(
            &mut open(town),
            &format!("SELECT count(*) AS number FROM {query}"),
        )
    };
    wait_until("the server tidied up", || {
        count("sign_in_codes WHERE email_mark = 'from long ago'") == 0
    });
    ["sign_in_codes", "idempotency", "sessions"].map(count)
}

#[test]
fn what_is_kept_for_a_time_goes_when_that_is_over() {
    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;
    let mut town = Town::start();
    town.resident("arta").get("/me").expect(200);
    town.visitor()
        .post("/sign-in/codes")
        .json(json!({"email": "besa@example.al"}))
        .send()
        .expect(202);
    town.visitor()
        .post("/municipalities/elbasan/concerns")
        .header("idempotency-key", "0123456789abcdef")
        .json(anonymous_concern("Rruga pa drita", &receipt_of("kept", 1)))
        .send()
        .expect(201);
    for (later, expected) in [
        (HOUR / 2, [1, 1, 1]),
        (25 * HOUR, [0, 1, 1]),
        (44 * DAY, [0, 1, 1]),
        (46 * DAY, [0, 0, 1]),
        (59 * DAY, [0, 0, 1]),
        (61 * DAY, [0, 0, 0]),
    ] {
        town.move_clock(later);
        assert_eq!(kept(&mut town), expected, "after {later} s");
    }
}
