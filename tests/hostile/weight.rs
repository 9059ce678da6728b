//! Weight: no file and no text, however large, holds the server up.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat};
use serde_json::json;

use super::photos::{body_with, send};
use super::pictures::{base64, bomb, file, small_jpeg_base64, two_colours};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::unharmed::refusal;
use crate::harness::{Town, raw, unharmed};

/// The most memory the server has ever had, MB.
fn peak_memory(town: &Town) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", town.process())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}

/// T-FILE-04: files that would be huge once opened are refused before they are opened.
#[test]
fn a_bomb_is_refused_at_once_and_takes_no_memory() {
    let town = Town::start();
    let before = peak_memory(&town);
    for (number, (width, height)) in (0..).zip([
        (50_000, 50_000),
        (9_999, 9_999),
        (65_000, 16),
        (u32::MAX, 1),
        (0, 0),
    ]) {
        let began = Instant::now();
        let answer = send(&town, &bomb(width, height), number);
        assert_eq!(answer.status, 422, "{width}x{height}");
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{width}x{height}: {:?}",
            began.elapsed()
        );
        answer.refused(422, "photo_refused");
    }
    let grown = peak_memory(&town).saturating_sub(before);
    assert!(grown < 100, "grew by {grown} MB");
    unharmed(&town);
}

/// T-FILE-04: a file of a few kilobytes may unfold into very many pixels.
#[test]
fn a_small_file_of_very_many_pixels_is_refused_before_it_is_opened() {
    let town = Town::start();
    let vast = file(&DynamicImage::new_luma8(6_900, 6_900), ImageFormat::WebP);
    let began = Instant::now();
    send(&town, &vast, 1).refused(422, "photo_refused");
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "{:?}",
        began.elapsed()
    );
    unharmed(&town);
}

/// T-FILE-04: large pictures that are allowed, many at once: memory stays bounded and others are
/// served meanwhile.
#[test]
fn many_large_pictures_at_once_take_bounded_memory() {
    let town = Town::start();
    let large = file(&DynamicImage::new_luma8(3_900, 3_900), ImageFormat::Png);
    std::thread::scope(|scope| {
        for number in 0..6 {
            let (town, large) = (&town, &large);
            scope.spawn(move || send(town, large, number).expect(201));
        }
        let mut slowest = Duration::ZERO;
        for _ in 0..10 {
            let began = Instant::now();
            town.visitor()
                .get("/municipalities/elbasan/concerns")
                .expect(200);
            slowest = slowest.max(began.elapsed());
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(slowest < Duration::from_millis(1500), "{slowest:?}");
    });
    let peak = peak_memory(&town);
    assert!(peak < 300, "{peak} MB");
}

/// T-FILE-04: a text of megabytes is refused before it is cleaned: it costs what its bytes cost.
#[test]
fn a_text_of_megabytes_is_refused_without_reading_it() {
    let town = Town::start();
    let huge = "ë\u{301}".repeat(2_000_000);
    let time = |body: serde_json::Value, status: u16| {
        let body = body.to_string().into_bytes();
        let began = Instant::now();
        let request = town.visitor().post("/municipalities/elbasan/concerns");
        let answer = request.body("application/json", body).send();
        assert_eq!(answer.status, status, "{}", answer.text());
        if status >= 400 {
            refusal(&answer);
        }
        began.elapsed()
    };
    let with = |field: &str| {
        let mut body = anonymous_concern("Rruga pa drita", &receipt_of("huge", 1));
        body[field] = json!(huge);
        body
    };
    // A topic is only looked up.
    let bytes_alone = time(with("topic"), 422);
    let most = bytes_alone * 2 + Duration::from_millis(400);
    for field in ["title", "text", "unit", "receipt"] {
        let took = time(with(field), 422);
        assert!(
            took < most,
            "{field}: {took:?}, the bytes alone {bytes_alone:?}"
        );
    }
    let photo = json!({"data": small_jpeg_base64(), "alt": huge});
    let took = time(body_with(&[photo], 2), 201);
    assert!(
        took < most,
        "alt: {took:?}, the bytes alone {bytes_alone:?}"
    );
    unharmed(&town);
}

/// A concern with four photos as large as is allowed, 42 MB.
fn largest_body() -> serde_json::Value {
    let noise: Vec<u8> = (0..7_900_000_u32)
        .map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3])
        .collect();
    let large = file(&two_colours(64, 64), ImageFormat::Jpeg)
        .into_iter()
        .chain(noise)
        .collect::<Vec<u8>>();
    let photo = json!({"data": base64(&large)});
    body_with(&[photo.clone(), photo.clone(), photo.clone(), photo], 1)
}

/// T-FILE-04: twenty of the largest bodies at once: memory stays bounded, whoever finds no place is
/// told when to come back, and small requests are served as if nothing were.
#[test]
fn many_of_the_largest_bodies_at_once_take_bounded_memory() {
    let town = Town::start();
    let arta = town.resident("arta");
    // What the program itself takes is another matter, and more of it is in a build for tests.
    let at_rest = peak_memory(&town);
    let body: &'static [u8] = Box::leak(largest_body().to_string().into_bytes().into_boxed_slice());
    let client = reqwest::blocking::Client::builder()
        .timeout(None)
        .build()
        .unwrap();
    let send = || {
        let address = format!("{}/api/v1/municipalities/elbasan/concerns", town.address);
        let request = client
            .post(address)
            .header("content-type", "application/json");
        let request = request.header("idempotency-key", "largest-body-0123456789");
        let answer = request.body(body).send().unwrap();
        let wait = answer.headers().get("retry-after").is_some();
        (answer.status().as_u16(), wait)
    };
    std::thread::scope(|scope| {
        let sending: Vec<_> = (0..20).map(|_| scope.spawn(send)).collect();
        let mut times = Vec::new();
        while sending.iter().any(|one| !one.is_finished()) {
            let began = Instant::now();
            arta.get("/municipalities/elbasan/concerns").expect(200);
            let change = arta.patch("/me").json(json!({"language": "en"}));
            change.send().expect(200);
            times.push(began.elapsed());
            std::thread::sleep(Duration::from_millis(20));
        }
        times.sort();
        let answers: Vec<_> = sending.into_iter().map(|one| one.join().unwrap()).collect();
        let taken = answers.iter().filter(|answer| **answer == (201, false));
        assert!(taken.count() > 0, "{answers:?}");
        for answer in &answers {
            assert!([(201, false), (503, true)].contains(answer), "{answers:?}");
        }
        assert!(
            times[times.len() * 9 / 10] < Duration::from_millis(500),
            "{times:?}"
        );
    });
    let grown = peak_memory(&town).saturating_sub(at_rest);
    assert!(grown < 110, "{grown} MB more than at rest");
    unharmed(&town);
}

/// T-HTTP-01: a large body that trickles holds a place: another large one is told when to come back,
/// those of the app's size and all small ones are taken; and it does not hold its place for ever.
#[test]
fn a_body_that_trickles_holds_up_none_but_the_largest() {
    let town = Town::start();
    let head = |length: usize| {
        format!(
            "POST /api/v1/municipalities/elbasan/concerns HTTP/1.1\r\nhost: x\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n\r\n{{"
        )
    };
    let trickle = |length: usize| {
        let mut socket = raw::connect(&town);
        let patient = Some(Duration::from_secs(60));
        socket.set_read_timeout(patient).unwrap();
        socket.write_all(head(length).as_bytes()).unwrap();
        socket
    };
    let _large = trickle(45 * 1024 * 1024);
    let mut small = trickle(100);
    let began = Instant::now();
    let request = town.visitor().post("/municipalities/elbasan/concerns");
    let answer = request.json(largest_body()).send();
    assert!(answer.header("retry-after").parse::<u32>().unwrap() > 0);
    answer.refused(503, "busy");
    assert!(
        began.elapsed() > Duration::from_secs(9),
        "control: it waited"
    );
    let photo = json!({"data": small_jpeg_base64(), "alt": "x".repeat(2_000_000)});
    let request = town.visitor().post("/municipalities/elbasan/concerns");
    request.json(body_with(&[photo], 2)).send().expect(201);
    let mut reply = [0; 200];
    let length = small.read(&mut reply).unwrap();
    let reply = String::from_utf8_lossy(&reply[..length]);
    assert!(reply.starts_with("HTTP/1.1 408 "), "{reply}");
    unharmed(&town);
}

/// T-FILE-04: a large body with a key does not hold up everybody else's writes.
#[test]
fn a_large_body_does_not_hold_up_the_writes_of_others() {
    // More concerns than a crowd writes, and none of them asked for work.
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "1000000")]);
    let body = largest_body();
    std::thread::scope(|scope| {
        let sending = scope.spawn(|| {
            let request = town.visitor().post("/municipalities/elbasan/concerns");
            request
                .header("idempotency-key", "large-body-0123456789")
                .json(body)
                .send()
                .expect(201)
        });
        let mut slowest = Duration::ZERO;
        let other = town.visitor();
        while !sending.is_finished() {
            let began = Instant::now();
            other.submit_anonymously("Shqetësim tjetër");
            slowest = slowest.max(began.elapsed());
        }
        assert!(slowest < Duration::from_millis(1500), "{slowest:?}");
    });
    unharmed(&town);
}

/// T-FILE-04: more than the limit is refused by its size.
#[test]
fn a_body_over_the_limit_is_refused_by_its_size() {
    let town = Town::start();
    for (path, bytes) in [
        ("/sign-in/codes", 70_000),
        ("/municipalities/elbasan/concerns", 48 * 1024 * 1024),
    ] {
        let body = format!("{{\"x\":\"{}\"}}", "x".repeat(bytes));
        let request = town
            .visitor()
            .post(path)
            .body("application/json", body.into_bytes());
        request.send().refused(413, "body_too_large");
    }
    unharmed(&town);
}

/// Ten megabytes where a form is expected are refused by their size, told ahead or not, also many at
/// a time, and take no memory.
#[test]
fn ten_megabytes_where_a_form_is_expected_take_no_memory() {
    let town = Town::start();
    let arta = town.resident("arta");
    let before = peak_memory(&town);
    let body = format!("{{\"text\":\"{}\"}}", "x".repeat(10 * 1024 * 1024));
    let id = "0123456789abcdef";
    let paths = [
        ("POST", "/sign-in/codes".to_owned()),
        ("POST", "/receipts/open".to_owned()),
        ("POST", "/push/subscriptions".to_owned()),
        ("PATCH", "/me".to_owned()),
        ("POST", format!("/me/concerns/{id}/messages")),
        ("POST", format!("/concerns/{id}/moves")),
        ("POST", format!("/concerns/{id}/answers")),
    ];
    std::thread::scope(|scope| {
        for (method, path) in &paths {
            for _ in 0..4 {
                let request = arta.request(method, path);
                let request = request.body("application/json", body.clone().into_bytes());
                scope.spawn(move || request.send().refused(413, "body_too_large"));
            }
        }
    });
    for (method, path) in &paths {
        let host = town.address.trim_start_matches("http://");
        let head = format!(
            "{method} /api/v1{path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
             authorization: Bearer {}\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
            arta.token(),
            body.len()
        );
        let reply = raw::exchange(&town, head.as_bytes());
        assert!(
            [0, 413].contains(&raw::status(&reply)),
            "{path}: {reply:.300}"
        );
    }
    let grown = peak_memory(&town).saturating_sub(before);
    assert!(grown < 30, "grew by {grown} MB");
    unharmed(&town);
}
