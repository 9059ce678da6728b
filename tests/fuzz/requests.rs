//! What is sent over HTTP: every operation with its body, its address and its headers bent.

use std::cell::Cell;

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::{Index, select};
use serde_json::Value;

use super::changes::{Bend, bends, bytes, texts};
use super::feed;
use crate::harness::client::Request;
use crate::harness::raw::{exchange, status};
use crate::harness::unharmed::refusal;
use crate::harness::{Town, unharmed};
use crate::proofs::access_rows::{Row, rows};
use crate::proofs::access_scene::Scene;

/// Sends a request and checks that it is answered, or refused as everything is.
fn no_failure(request: Request) {
    let answer = request.send();
    if answer.status >= 400 {
        refusal(&answer);
    }
}

/// The operations that leave everybody signed in.
fn operations(wanted: impl Fn(&Row) -> bool) -> Vec<Row> {
    let mut rows = rows();
    rows.retain(|row| !row.ends_session && wanted(row));
    assert!(rows.len() > 20, "control");
    rows
}

#[test]
fn no_body_makes_the_server_fail() {
    let scene = Scene::set();
    let rows = operations(|row| !row.body.is_empty());
    let turn = Cell::new(0);
    let spoiled = any::<Option<Index>>();
    let input = (any::<Index>(), any::<Index>(), bends(), spoiled);
    feed("bodies", &input, |(row, persona, bends, spoiled)| {
        turn.set(turn.get() + 1);
        let (row, place) = (
            &rows[row.index(rows.len())],
            persona.index(scene.personas.len()),
        );
        let filled = scene.filled(row.body, turn.get());
        let mut body: Value = serde_json::from_str(&filled).unwrap();
        bends.iter().for_each(|bend: &Bend| bend.on(&mut body));
        let mut body = body.to_string().into_bytes();
        if let Some(at) = spoiled.filter(|_| turn.get().is_multiple_of(4)) {
            body.truncate(at.index(body.len() + 1));
        }
        let path = scene.filled(row.path, turn.get());
        let request = scene.request(place, row.method, &path);
        let key = format!("fuzz-{:020}", turn.get() / 2);
        let request = request.header("idempotency-key", &key);
        no_failure(request.body("application/json", body));
    });
    unharmed(&scene.town);
}

#[test]
fn bytes_that_are_no_json_are_refused() {
    let scene = Scene::set();
    let rows = operations(|row| !row.body.is_empty());
    let seeds: Vec<String> = rows.iter().map(|row| scene.filled(row.body, 1)).collect();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let kinds = select(vec![
        "application/json",
        "application/json; charset=utf-16",
        "text/json",
    ]);
    let input = (any::<Index>(), any::<Index>(), bytes(&seeds), kinds);
    feed("bytes", &input, |(row, persona, body, kind)| {
        let (row, place) = (
            &rows[row.index(rows.len())],
            persona.index(scene.personas.len()),
        );
        let path = scene.filled(row.path, 1);
        no_failure(scene.request(place, row.method, &path).body(kind, body));
    });
    unharmed(&scene.town);
}

const QUERIES: [&str; 10] = [
    "q=rruga%20drita",
    "status=done&topic=lighting",
    "sort=most_supported&after=17_0123456789abcdef",
    "sort=random&after=99-3_0123456789abcdef",
    "sort=nearest&near=41.11,20.08",
    "after=2026-11-25_0123456789abcdef",
    "unit=gjinar&q=%25%27",
    "q=%00&q=%ff",
    "zoom=9&west=20&south=41&east=21&north=42",
    "since=2026-11-25",
];

/// A text as it may stand in an address: all but what ends it there.
fn in_address(text: &str) -> String {
    let keep = |c: char| c.is_ascii_alphanumeric() || "%&=_-.,+'/:;()*!$".contains(c);
    let mut written = String::new();
    for c in text.chars() {
        if keep(c) {
            written.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                written.push_str(&format!("%{byte:02x}"));
            }
        }
    }
    written
}

#[test]
fn no_address_makes_the_server_fail() {
    let scene = Scene::set();
    let rows = operations(|row| row.method == "GET" || row.method == "PUT");
    let paths = [
        &scene.public,
        "elbasan",
        "gjinar",
        "2027-05-01",
        "..",
        "%2e%2e%2f",
    ];
    let part = (any::<Index>(), texts(&paths));
    let input = (
        any::<Index>(),
        any::<Index>(),
        vec(part, 0..2),
        texts(&QUERIES),
    );
    feed("addresses", &input, |(row, persona, parts, query)| {
        let (row, place) = (
            &rows[row.index(rows.len())],
            persona.index(scene.personas.len()),
        );
        let path = scene.filled(row.path, 1);
        let mut path: Vec<String> = path.split('/').map(str::to_owned).collect();
        for (at, part) in parts {
            // The first is empty: before it stands the address of the server.
            let at = 1 + at.index(path.len() - 1);
            path[at] = in_address(&part);
        }
        let address = format!("{}?{}", path.join("/"), in_address(&query));
        no_failure(scene.request(place, row.method, &address));
    });
    unharmed(&scene.town);
}

const HEADERS: [(&str, &str); 16] = [
    ("idempotency-key", "5b1f0f3e-7a77-4d0e-9a53-0d7d1f7d9a10"),
    ("x-device", "0123456789ABCDEFGHJKMNPQRS"),
    ("x-proof", "6a0c1d2e.8.abcdefghjk.0123456789abcdef0123:17"),
    ("authorization", "Bearer eyJhbGciOiJFZERTQSJ9.e30.AAAA"),
    ("cookie", "__Host-access=eyJhbGciOiJFZERTQSJ9.e30.AAAA; a=b"),
    ("if-none-match", "W/\"0123456789abcdef\", \"*\""),
    ("if-modified-since", "Wed, 25 Nov 2026 18:00:00 GMT"),
    ("accept-encoding", "br;q=1.0, gzip;q=0.5, *;q=0"),
    ("accept-language", "sq-AL,sq;q=0.9,en;q=0.8"),
    ("accept", "application/json;q=0.9, */*;q=0.1"),
    ("x-forwarded-for", "203.0.113.7, [2001:db8::1]:443"),
    ("forwarded", "for=\"[2001:db8::1]:4711\";proto=https"),
    ("origin", "https://evil.example"),
    ("content-type", "application/json; charset=utf-8"),
    ("range", "bytes=0-10,20-"),
    ("expect", "100-continue"),
];

const LINES: [&str; 4] = [
    "GET /api/v1/municipalities/elbasan/concerns HTTP/1.1\r\nhost: x\r\n",
    "GET /api/v1/me HTTP/1.1\r\nhost: x\r\n",
    "PUT /api/v1/concerns/0123456789abcdef/support HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n",
    "POST /api/v1/sign-in/codes HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n",
];

/// Headers are bytes: whatever stands in them, there is an answer and it is no failure.
#[test]
fn no_header_makes_the_server_fail() {
    let town = Town::start_with(&[("TREKENDESH_TRUSTED_PROXIES", "[\"127.0.0.1\"]")]);
    let values: Vec<&str> = HEADERS.iter().map(|(_, value)| *value).collect();
    let header = (select(&HEADERS[..]), bytes(&values));
    let input = (select(&LINES[..]), vec(header, 1..4));
    feed("headers", &input, |(line, headers)| {
        let mut head = line.as_bytes().to_vec();
        for ((name, _), value) in headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend(value.into_iter().filter(|byte| !b"\r\n".contains(byte)));
            head.extend_from_slice(b"\r\n");
        }
        head.extend_from_slice(b"connection: close\r\n\r\n");
        let body: &[u8] = if line.starts_with("POST") { b"{}" } else { b"" };
        let reply = exchange(&town, &[&head, body].concat());
        // Whoever was told to go on did so already.
        let reply = reply.trim_start_matches("HTTP/1.1 100 Continue\r\n\r\n");
        let status = status(reply);
        assert!((200..500).contains(&status), "{reply:.300}");
        assert!(!reply.contains("panicked"), "{reply:.300}");
    });
    unharmed(&town);
}
