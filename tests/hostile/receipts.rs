//! Receipts: strong, forgiving to type, and found nowhere but in their owner's hands.

use std::collections::BTreeSet;

use aws_lc_rs::digest;
use base64::Engine;
use domain::receipt::Receipt;
use serde_json::json;
use trekendesh::platform::chance::Chance;

use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::{Town, raw, unharmed};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn random_receipt() -> String {
    Receipt::from_entropy(Chance.bytes().unwrap()).canonical()
}

/// T-RCPT-01: 100 bits, all different, and no symbol likelier than another.
#[test]
fn ten_thousand_receipts_are_all_different_and_evenly_spread() {
    let receipts: BTreeSet<String> = (0..10_000).map(|_| random_receipt()).collect();
    assert_eq!(receipts.len(), 10_000);
    for place in 0..21 {
        let mut counts = [0_f64; 32];
        for receipt in &receipts {
            let symbol = receipt.as_bytes()[place];
            counts[ALPHABET.iter().position(|other| *other == symbol).unwrap()] += 1.0;
        }
        let expected = 10_000.0 / 32.0;
        let chi: f64 = counts
            .iter()
            .map(|count| (count - expected).powi(2) / expected)
            .sum();
        // 31 degrees of freedom: beyond 80 once in some 300,000 tries.
        assert!(chi < 80.0, "place {place}: {chi}");
    }
}

/// T-RCPT-01: no single wrong symbol and no swap of neighbours is another receipt.
#[test]
fn every_slip_of_the_finger_is_noticed_without_asking_the_store() {
    for _ in 0..200 {
        let receipt = random_receipt();
        for place in 0..21 {
            let mut typed = receipt.clone().into_bytes();
            for symbol in ALPHABET
                .iter()
                .filter(|symbol| **symbol != receipt.as_bytes()[place])
            {
                typed[place] = *symbol;
                assert!(Receipt::parse(std::str::from_utf8(&typed).unwrap()).is_err());
            }
            let mut swapped = receipt.clone().into_bytes();
            if place > 0 && swapped[place] != swapped[place - 1] {
                swapped.swap(place, place - 1);
                assert!(Receipt::parse(std::str::from_utf8(&swapped).unwrap()).is_err());
            }
        }
    }
}

/// T-RCPT-02: receipts come from devices; what the server draws itself never comes again either.
#[test]
fn two_starts_at_the_same_moment_draw_different_ids() {
    let mut ids = BTreeSet::new();
    for _ in 0..2 {
        let town = Town::start();
        for number in 0..20 {
            let answer = town
                .visitor()
                .post("/municipalities/elbasan/concerns")
                .json(anonymous_concern(
                    "Rruga pa drita",
                    &receipt_of("same", number),
                ))
                .send()
                .expect(201);
            assert!(ids.insert(answer["id"].as_str().unwrap().to_owned()));
        }
    }
}

/// T-RCPT-04: there is no address a receipt could be part of.
#[test]
fn a_receipt_in_an_address_opens_nothing_and_is_not_written_down() {
    let town = Town::start();
    let (_, receipt) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let plain = receipt.replace('-', "");
    for path in [
        format!("/r/{receipt}"),
        format!("/api/v1/r/{plain}"),
        format!("/api/v1/receipts/{receipt}"),
        format!("/api/v1/receipts/open?receipt={receipt}"),
        format!("/api/v1/receipts/open/{plain}"),
        format!("/?receipt={receipt}"),
    ] {
        for method in ["GET", "POST"] {
            let answer = town
                .request(method, &path)
                .header("referer", &format!("https://example.al/{receipt}"))
                .send();
            let text = answer.text();
            assert!(!text.contains(&plain) && !text.contains(&receipt), "{path}");
            assert!(!text.contains("Rruga e shkollës"), "{path}");
        }
    }
    let log = town.log();
    assert!(!log.contains(&receipt) && !log.contains(&plain), "{log}");
    unharmed(&town);
}

/// T-RCPT-05.
#[test]
fn a_receipt_is_understood_however_it_is_typed() {
    let town = Town::start();
    let (id, receipt) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let plain = receipt.replace('-', "");
    let wide: String = plain
        .chars()
        .map(|symbol| char::from_u32(u32::from(symbol) + 0xFEE0).unwrap())
        .collect();
    let dashes = receipt.replace('-', "\u{2013}");
    for typed in [
        plain.clone(),
        receipt.to_lowercase(),
        receipt.replace('-', " "),
        dashes,
        plain.replace('0', "O").replace('1', "I"),
        plain.replace('0', "o").replace('1', "l"),
        wide,
        format!("  {receipt}\r\n"),
        format!("\u{FEFF}{}\u{200B}", receipt.replace('-', "-\u{200B}")),
        receipt.replace('-', "\u{A0}-\u{A0}"),
    ] {
        let thread = town
            .visitor()
            .post("/receipts/open")
            .json(json!({"receipt": typed}))
            .send()
            .expect(200);
        assert_eq!(thread["concern"]["id"], id.as_str(), "{typed:?}");
    }
}

/// T-RCPT-07: a receipt made under other keys, or never, is answered alike, byte for byte.
#[test]
fn a_receipt_of_another_house_is_unknown() {
    let (here, elsewhere) = (Town::start(), Town::start());
    let (_, receipt) = elsewhere.visitor().submit_anonymously("Rruga pa drita");
    let ask = |receipt: &str| {
        let answer = here
            .visitor()
            .post("/receipts/open")
            .json(json!({"receipt": receipt}))
            .send();
        (answer.status, answer.text())
    };
    let unknown = ask(&receipt_of("never made", 1));
    assert_eq!(unknown.0, 404);
    assert_eq!(ask(&receipt), unknown);
    assert_eq!(ask("no receipt at all"), unknown);
}

/// T-RCPT-08: whoever takes the database has no receipt, in no form that can be guessed or undone.
#[test]
fn a_stolen_database_holds_no_receipt_in_any_form() {
    let town = Town::start();
    let visitor = town.visitor();
    let (_, receipt) = visitor.submit_anonymously("Rruga e shkollës pa drita");
    visitor
        .post("/receipts/messages")
        .header("idempotency-key", "0123456789abcdef0123")
        .json(json!({"receipt": receipt, "text": "Edhe dje ishte errësirë."}))
        .send()
        .expect(201);
    let stored = town.stored_bytes();
    let lower = String::from_utf8_lossy(&stored).to_lowercase();
    assert!(lower.contains("edhe dje"), "control: the message is stored");
    for form in [
        receipt.clone(),
        receipt.replace('-', ""),
        receipt.to_lowercase(),
    ] {
        let bytes = form.as_bytes();
        let mut traces = vec![
            form.clone(),
            base64::engine::general_purpose::STANDARD.encode(bytes),
        ];
        for kind in [
            &digest::SHA1_FOR_LEGACY_USE_ONLY,
            &digest::SHA256,
            &digest::SHA512,
        ] {
            let hash = digest::digest(kind, bytes);
            assert!(!holds(&stored, hash.as_ref()), "the raw hash of {form}");
            traces.push(
                hash.as_ref()
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect(),
            );
            traces.push(base64::engine::general_purpose::STANDARD.encode(hash.as_ref()));
        }
        for trace in traces {
            assert!(!lower.contains(&trace.to_lowercase()), "{trace} is stored");
        }
    }
    let pepper = std::fs::read(town.path("data/keys/pepper")).unwrap();
    assert!(!holds(&stored, &pepper), "the pepper is in the database");
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// T-RCPT-04: not even a broken request with a receipt in it leaves a trace.
#[test]
fn a_receipt_in_a_broken_request_is_not_written_down() {
    let town = Town::start();
    let receipt = receipt_of("broken", 1);
    for body in [
        format!("{{\"receipt\":\"{receipt}\""),
        format!("{{\"receipt\":\"{receipt}\",\"extra\":\"{receipt}\"}}"),
        format!("[\"{receipt}\"]"),
        format!("\"{receipt}\""),
    ] {
        let request = format!(
            "POST /api/v1/receipts/open HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let reply = raw::exchange(&town, request.as_bytes());
        assert!([400, 404].contains(&raw::status(&reply)), "{reply}");
        assert!(!reply.contains(&receipt), "{reply}");
    }
    assert!(!town.log().contains(&receipt));
    unharmed(&town);
}
