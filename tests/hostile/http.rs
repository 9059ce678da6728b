//! HTTP as nobody should speak it: refused or closed, never a failure, and others are served.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::harness::raw::{answers, connect, exchange, status};
use crate::harness::town::GENEROUS;
use crate::harness::{Town, unharmed};

fn host(town: &Town) -> String {
    town.address.trim_start_matches("http://").to_owned()
}

/// Sends one request line with headers and checks that the answer is no failure.
fn spoken(town: &Town, head: &str) -> (u16, String) {
    let reply = exchange(town, head.as_bytes());
    let status = status(&reply);
    assert!(status < 500, "{head:.200}\n{reply:.300}");
    assert!(!reply.contains("panicked"), "{reply}");
    (status, reply)
}

/// T-HTTP-01: no address leads out of the house, to a file, or past the routes.
#[test]
fn no_spelling_of_an_address_leads_anywhere_else() {
    let town = Town::start();
    let host = host(&town);
    for path in [
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/../../etc/passwd",
        "/assets/../../Cargo.toml",
        "//evil.example",
        "//evil.example/%2f..",
        "/\\evil.example",
        "/%5cevil.example",
        "/%00",
        "/api/v1/concerns/%00",
        "/api/v1/concerns/%ff%fe",
        "/api/v1/municipalities/%c0%ae%c0%ae",
        "/api/v1/%2e%2e/%2e%2e/readyz",
        "/api/v1/concerns/%252e%252e%252f",
        "/api//v1/me",
        "/api/v1//me",
        "/api/v1/me/",
        "/api/v1/me/..;/sessions",
        "/API/V1/ME",
        "/index.html.br",
        "/.env",
        "/.git/config",
        "/data/trekendesh.sqlite3",
        "/keys/pepper",
        "/demo/letters",
        "/metrics",
        "/api/v1/concerns/?x=%",
        "/%",
        "/%zz",
        "/?%00=%ff",
        "*",
    ] {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        let (status, reply) = spoken(&town, &head);
        assert!(
            !reply.contains("root:")
                && !reply.contains("[workspace]")
                && !reply.contains("SQLite format"),
            "{path}"
        );
        let lower = reply.to_lowercase();
        assert!(
            !lower.contains("\r\nlocation:"),
            "{path} leads away: {reply:.200}"
        );
        assert!(status != 301 && status != 302, "{path}");
        if path.starts_with("/api/") && status != 0 {
            assert!([400, 404, 401, 405].contains(&status), "{path}: {status}");
        }
    }
    unharmed(&town);
}

/// T-HTTP-01: whatever Host and forwarding headers say, nothing that is sent or mailed repeats it.
#[test]
fn the_host_header_gets_into_no_answer_and_no_letter() {
    let town = Town::start_with(&[("TREKENDESH_PUBLIC_URL", "https://elbasan.example.al")]);
    let evil = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
        ("x-forwarded-for", "203.0.113.9"),
        ("forwarded", "host=evil.example"),
        ("x-original-url", "/api/v1/me"),
        ("x-rewrite-url", "/api/v1/me"),
        ("x-http-method-override", "DELETE"),
    ];
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/api/v1/municipalities"),
        ("GET", "/api/v1/municipalities/elbasan/feed.atom"),
        ("POST", "/api/v1/sign-in/codes"),
    ] {
        let mut request = town.request(method, path);
        if method == "POST" {
            request = request.json(json!({"email": "arta@example.al"}));
        }
        for (name, value) in evil {
            request = request.header(name, value);
        }
        let answer = request.send();
        assert!(answer.status < 300, "{path}: {}", answer.status);
        assert!(
            !answer.text().contains("evil") && !format!("{:?}", answer.headers).contains("evil"),
            "{path}"
        );
    }
    let letter = town.smtp.wait_for("arta@example.al", 0);
    assert!(!letter.head.contains("evil") && !letter.body.contains("evil"));
    assert!(!town.log().contains("evil") && !town.log().contains("203.0.113.9"));
}

/// T-HTTP-01: the method is the one in the request line.
#[test]
fn no_header_and_no_field_changes_the_method() {
    let town = Town::start();
    let arta = town.resident("arta");
    for name in [
        "x-http-method-override",
        "x-http-method",
        "x-method-override",
    ] {
        arta.request("GET", "/me")
            .header(name, "DELETE")
            .send()
            .expect(200);
        assert_eq!(
            arta.post("/me?_method=DELETE")
                .header(name, "DELETE")
                .send()
                .status,
            405
        );
    }
    arta.get("/me").expect(200);
}

/// T-HTTP-01: methods nobody serves, TRACE among them, are refused and repeat nothing.
#[test]
fn strange_methods_are_refused() {
    let town = Town::start();
    let host = host(&town);
    for method in [
        "TRACE", "TRACK", "CONNECT", "PROPFIND", "PURGE", "get", "FOO", "OPTIONS",
    ] {
        for path in ["/", "/api/v1/me", "/api/v1/nothing"] {
            let head = format!(
                "{method} {path} HTTP/1.1\r\nhost: {host}\r\nx-secret: Canary-7\r\nconnection: close\r\n\r\n"
            );
            let (status, reply) = spoken(&town, &head);
            assert!((400..500).contains(&status), "{method} {path}: {status}");
            assert!(!reply.contains("Canary-7"), "{method} {path}");
        }
    }
    unharmed(&town);
}

/// T-HTTP-01: a request that two servers would cut in two places is not two requests here.
#[test]
fn no_request_hides_in_another() {
    let town = Town::start();
    let host = host(&town);
    let inner = format!("GET /api/v1/municipalities HTTP/1.1\r\nhost: {host}\r\n\r\n");
    let length = inner.len();
    for headers in [
        format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n"),
        format!("transfer-encoding: chunked\r\ncontent-length: {length}\r\n"),
        "content-length: 5\r\ncontent-length: 6\r\n".to_owned(),
        "content-length: +5\r\n".to_owned(),
        "content-length: -1\r\n".to_owned(),
        "content-length: 5, 6\r\n".to_owned(),
        "content-length: 99999999999999999999999\r\n".to_owned(),
        "transfer-encoding: identity, chunked, identity\r\n".to_owned(),
        "transfer-encoding: xchunked\r\n".to_owned(),
        "transfer-encoding : chunked\r\n".to_owned(),
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n".to_owned(),
        "content-length: 5\r\n folded: x\r\n".to_owned(),
        "x: a\0b\r\n".to_owned(),
        "x y: z\r\n".to_owned(),
    ] {
        let head = format!(
            "POST /api/v1/sign-in/codes HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n{headers}\r\n0\r\n\r\n{inner}"
        );
        let (status, reply) = spoken(&town, &head);
        assert!(
            status == 0 || (400..500).contains(&status),
            "{headers}: {status}"
        );
        assert!(
            !reply.contains("\"items\""),
            "{headers}: the hidden request was answered"
        );
        assert!(answers(&reply) <= 1, "{headers}: {reply}");
    }
    unharmed(&town);
}

/// T-HTTP-01: old, broken and oversized heads.
#[test]
fn old_broken_and_oversized_heads_are_no_failure() {
    let town = Town::start();
    let host = host(&town);
    let (old, _) = spoken(&town, "GET /readyz HTTP/1.0\r\n\r\n");
    assert_eq!(old, 200);
    let (absolute, _) = spoken(
        &town,
        &format!("GET http://{host}/readyz HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"),
    );
    assert_eq!(absolute, 200);
    let (foreign, reply) = spoken(
        &town,
        "GET http://evil.example/readyz HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n",
    );
    assert!(foreign < 500 && !reply.to_lowercase().contains("location:"));
    let many: String = (0..2_000)
        .map(|number| format!("x-{number}: y\r\n"))
        .collect();
    let long = "x".repeat(100 * 1024);
    for head in [
        format!("GET / HTTP/1.1\r\nhost: {host}\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\nhost: {host}\r\nx-long: {long}{long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\nhost: {host}\r\n\r\n"),
        format!("GET /?{long} HTTP/1.1\r\nhost: {host}\r\n\r\n"),
        format!(
            "GET / HTTP/1.1\r\nhost: {host}\r\ncookie: {}\r\n\r\n",
            "a=b; ".repeat(4_000)
        ),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\nhost: x\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        "\r\n\r\n\r\n".to_owned(),
        "\0\0\0\0".to_owned(),
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}".to_owned(),
        "GET".to_owned(),
        "GET / HTTP/1.1\nhost: x\n\n".to_owned(),
    ] {
        spoken(&town, &head);
    }
    unharmed(&town);
}

/// T-HTTP-01: chunks that are none end the request, not the server.
#[test]
fn a_bad_chunk_is_refused() {
    let town = Town::start();
    let host = host(&town);
    for body in [
        "zz\r\n{}\r\n0\r\n\r\n",
        "-1\r\n{}\r\n",
        "ffffffffffffffffffff\r\n{}",
        "5\r\n{}",
        "2;x=\"\r\n\r\n{}\r\n0\r\n\r\n",
    ] {
        let head = format!(
            "POST /api/v1/sign-in/codes HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{body}"
        );
        let (status, _) = spoken(&town, &head);
        assert!(
            status == 0 || (400..500).contains(&status),
            "{body}: {status}"
        );
    }
    unharmed(&town);
}

/// T-HTTP-01: 500 sockets that trickle a byte at a time slow nobody down, and are let go however long
/// they go on.
#[test]
fn five_hundred_slow_sockets_slow_nobody_down() {
    let town = Town::start();
    let mut slow = Vec::new();
    for number in 0..500 {
        let mut socket = connect(&town);
        let part = match number % 4 {
            0 => "GET / HT",
            1 => {
                "POST /api/v1/municipalities/elbasan/concerns HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nffff\r\n{"
            }
            2 => {
                "POST /api/v1/sign-in/codes HTTP/1.1\r\nhost: x\r\ncontent-length: 60000\r\ncontent-type: application/json\r\n\r\n{"
            }
            _ => "GET / HTTP/1.1\r\nhost: x\r\nx-slow: ",
        };
        socket.write_all(part.as_bytes()).unwrap();
        socket.set_nonblocking(true).unwrap();
        slow.push(socket);
    }
    let (began, mut times) = (Instant::now(), Vec::new());
    while !slow.is_empty() {
        assert!(
            began.elapsed() < Duration::from_secs(2 * GENEROUS),
            "{} stay",
            slow.len()
        );
        slow.retain_mut(trickles);
        for _ in 0..4 {
            let began = Instant::now();
            town.visitor().get("/municipalities").expect(200);
            times.push(began.elapsed());
        }
        std::thread::sleep(Duration::from_millis(300));
    }
    times.sort();
    let most = times[times.len() * 95 / 100];
    assert!(most < Duration::from_millis(300), "{most:?}");
    town.visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    unharmed(&town);
}

/// Sends one byte more; false where the server answered or hung up.
fn trickles(socket: &mut TcpStream) -> bool {
    let sent = socket.write(b"x").is_ok();
    let heard = socket.read(&mut [0; 512]);
    sent && heard.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
}
