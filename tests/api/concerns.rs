use serde_json::json;

use crate::harness::Town;
use crate::harness::people::{anonymous_concern, receipt_of};

#[test]
fn an_anonymous_concern_is_received_and_its_receipt_opens_the_thread() {
    let town = Town::start();
    let visitor = town.visitor();
    let (id, receipt) = visitor.submit_anonymously("Rruga e shkollës pa drita");
    let thread = visitor
        .post("/receipts/open")
        .json(json!({"receipt": receipt.to_lowercase().replace('-', " ")}))
        .send()
        .expect(200);
    assert_eq!(thread["concern"]["id"], id.as_str());
    assert_eq!(thread["concern"]["status"], "received");
    assert_eq!(thread["concern"]["author"]["kind"], "anonymous");
    visitor
        .get(&format!("/concerns/{id}"))
        .refused(404, "concern_unknown");
}

#[test]
fn the_author_writes_to_the_council_through_the_receipt() {
    let town = Town::start();
    let visitor = town.visitor();
    let (_, receipt) = visitor.submit_anonymously("Rruga e shkollës pa drita");
    let thread = visitor
        .post("/receipts/messages")
        .json(json!({"receipt": receipt, "text": "Llamba e tretë ra mbrëmë në tokë."}))
        .send()
        .expect(201);
    assert_eq!(thread["messages"][0]["from"], "author");
}

#[test]
fn an_unknown_receipt_opens_nothing() {
    let town = Town::start();
    let unknown = receipt_of("nobody", 7);
    for typed in [unknown.as_str(), "", "0", "not a receipt"] {
        town.visitor()
            .post("/receipts/open")
            .json(json!({"receipt": typed}))
            .send()
            .refused(404, "receipt_unknown");
    }
}

#[test]
fn a_referred_topic_is_never_taken() {
    let town = Town::start();
    let mut body = anonymous_concern("Dhunë në familje te fqinjët", &receipt_of("x", 1));
    body["topic"] = json!("domestic");
    town.visitor()
        .post("/municipalities/elbasan/concerns")
        .json(body)
        .send()
        .refused(422, "topic_is_referred");
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let town = Town::start();
    let answer = town
        .visitor()
        .post("/municipalities/elbasan/concerns")
        .json(json!({"topic": "lighting", "title": "x", "text": "y", "identity": "anonymous"}))
        .send();
    let pointers: Vec<&str> = answer["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(pointers, ["/title", "/text", "/receipt"]);
    answer.refused(422, "fields_invalid");
}

#[test]
fn a_place_without_a_council_takes_no_concerns() {
    let town = Town::start();
    let mut body = anonymous_concern("Rruga e shkollës pa drita", &receipt_of("x", 1));
    body["unit"] = json!(null);
    town.visitor()
        .post("/municipalities/pustec/concerns")
        .json(body)
        .send()
        .refused(409, "municipality_without_council");
}

#[test]
fn a_repeated_submission_is_answered_like_the_first() {
    let town = Town::start();
    let body = anonymous_concern("Rruga e shkollës pa drita", &receipt_of("x", 1));
    let send = |body: serde_json::Value| {
        town.visitor()
            .post("/municipalities/elbasan/concerns")
            .header("idempotency-key", "3f0c8f0e-2d7c-4a56-9a53-0d7d1f7d9a10")
            .json(body)
            .send()
    };
    let first = send(body.clone()).expect(201);
    assert_eq!(send(body.clone()).expect(201), first);
    let mut other = body;
    other["title"] = json!("Një titull tjetër");
    send(other).refused(409, "idempotency_key_reused");
}

#[test]
fn a_named_concern_needs_an_account_and_a_name() {
    let town = Town::start();
    let mut body = anonymous_concern("Rruga e shkollës pa drita", &receipt_of("x", 1));
    body["identity"] = json!("named");
    let send = |person: &crate::harness::Person| {
        person
            .post("/municipalities/elbasan/concerns")
            .json(body.clone())
            .send()
    };
    send(&town.visitor()).refused(401, "sign_in_needed");
    let arta = town.resident("arta");
    assert_eq!(send(&arta)["fields"][0]["code"], "name_missing");
    arta.patch("/me")
        .json(json!({"display_name": "Arta"}))
        .send()
        .expect(200);
    send(&arta).expect(201);
    assert_eq!(arta.get("/me/concerns")["total"], 1);
}
