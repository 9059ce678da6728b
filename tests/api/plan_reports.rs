//! Whoever leads a measure says how it goes, and those whose concern it answers hear.

use serde_json::{Value, json};

use crate::harness::council::{move_to, town_with_a_public_concern};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::plan::{
    approve, approved, done, draft, objective, page, patrols, report, under_way,
};
use crate::harness::town::wait_until;
use crate::harness::{Answer, Council, Person, Town, unharmed};
use crate::hostile::pictures::{base64, small_jpeg_base64};

fn refused_field(answer: Answer, pointer: &str, code: &str) {
    let problem = answer.expect(422);
    assert_eq!(problem["fields"][0]["pointer"], pointer, "{problem}");
    assert_eq!(problem["fields"][0]["code"], code, "{problem}");
}

fn concern(town: &Town, id: &str) -> Value {
    town.visitor().get(&format!("/concerns/{id}")).expect(200)
}

/// The kinds of news in somebody's inbox, the last first.
fn kinds(person: &Person) -> Vec<String> {
    let inbox = person.get("/me/inbox").expect(200);
    let items = inbox["items"].as_array().unwrap().clone();
    let kind = |item: &Value| item["kind"].as_str().unwrap().to_owned();
    items.iter().map(kind).collect()
}

#[test]
fn only_who_leads_reports_and_only_on_what_is_approved_and_owed() {
    let town = Town::start();
    let council = Council::seat(&town);
    let objective = objective(&town, &council.secretary, "Shkolla të sigurta");
    let made = draft(&council.secretary, patrols(&town, &objective, &[])).expect(201);
    let id = made["id"].as_str().unwrap();
    report(&council.police, id, under_way(8.0)).refused(409, "measure_not_open");
    approve(&council.secretary, id).expect(200);
    report(&council.secretary, id, under_way(8.0)).refused(403, "not_allowed");
    report(&town.visitor(), id, under_way(8.0)).refused(401, "sign_in_needed");
    report(&town.resident("besa"), id, under_way(8.0)).refused(403, "not_allowed");
    report(&council.police, id, under_way(8.0)).expect(200);
    report(&council.police, id, done()).expect(200);
    report(&council.police, id, under_way(9.0)).refused(409, "measure_not_open");
    let late = json!({"due_on": "2100-01-01", "reason": "Nuk ka nevojë."});
    let change = council.secretary.post(&format!("/measures/{id}/changes"));
    change.json(late).send().refused(409, "measure_not_open");
    unharmed(&town);
}

#[test]
fn a_report_that_closes_leaves_no_indicator_out() {
    let town = Town::start();
    let council = Council::seat(&town);
    let id = approved(&town, &council.secretary, &[]);
    let mut body = done();
    body["values"] = json!([{"indicator": 2, "value": 1.0}]);
    refused_field(
        report(&council.police, &id, body.clone()),
        "/values",
        "required",
    );
    body["values"] = json!([{"indicator": 3, "value": 1.0}]);
    let unknown = report(&council.police, &id, body.clone());
    refused_field(unknown, "/values/0/indicator", "indicator_unknown");
    body["values"] = json!([{"indicator": 1, "value": 1.0}, {"indicator": 1, "value": 2.0}]);
    let twice = report(&council.police, &id, body.clone());
    refused_field(twice, "/values/1/indicator", "repeated");
    body["state"] = json!("planned");
    refused_field(
        report(&council.police, &id, body.clone()),
        "/state",
        "status_unknown",
    );
    // What an earlier report told need not be told again.
    report(&council.police, &id, under_way(12.0)).expect(200);
    body["state"] = json!("partly_done");
    body["values"] = json!([{"indicator": 2, "value": 4.0}]);
    report(&council.police, &id, body).expect(200);
    let shown = page(&town, &id);
    assert_eq!(shown["state"], "partly_done");
    assert_eq!(shown["indicators"][0]["reached"], 0.5);
    assert_eq!(shown["indicators"][1]["reached"], 0.5);
    assert_eq!(
        (&shown["reached"], &shown["spent"]),
        (&json!(0.5), &json!(98_000))
    );
    assert_eq!(shown["report_due"], Value::Null);
}

#[test]
fn a_report_shows_photos_made_anew_and_documents_as_they_are() {
    let town = Town::start();
    let council = Council::seat(&town);
    let id = approved(&town, &council.secretary, &[]);
    let pdf = b"%PDF-1.4\nkontrata e makines\n%%EOF";
    let mut body = under_way(8.0);
    body["photos"] = json!([{"data": small_jpeg_base64(), "alt": "Patrulla te shkolla"}]);
    body["documents"] = json!([{"name": "Kontrata", "data": base64(pdf)}]);
    for (at, wrong, pointer, code) in [
        (
            "/documents/0/data",
            json!(base64(b"<html>")),
            "/documents/0/data",
            "document_refused",
        ),
        (
            "/documents/0/data",
            json!("!!!"),
            "/documents/0/data",
            "document_refused",
        ),
        (
            "/documents/0/name",
            json!(""),
            "/documents/0/name",
            "too_short",
        ),
    ] {
        let mut broken = body.clone();
        *broken.pointer_mut(at).unwrap() = wrong;
        refused_field(report(&council.police, &id, broken), pointer, code);
    }
    let mut broken = body.clone();
    broken["photos"][0]["data"] = json!(base64(pdf));
    report(&council.police, &id, broken).refused(422, "photo_refused");
    report(&council.police, &id, body).expect(200);
    let shown = page(&town, &id)["steps"][1]["evidence"].clone();
    assert_eq!(shown.as_array().unwrap().len(), 2);
    for one in shown.as_array().unwrap() {
        let path = format!("/measures/{id}/evidence/{}", one["id"].as_str().unwrap());
        let got = town.visitor().get(&path);
        assert_eq!(got.status, 200);
        assert!(got.header("content-disposition").starts_with("attachment"));
        assert!(got.header("content-security-policy").contains("sandbox"));
        let document = one["kind"] == "document";
        assert_eq!(got.bytes == pdf, document);
        let kind = if document {
            "application/pdf"
        } else {
            "image/jpeg"
        };
        assert_eq!(got.header("content-type"), kind);
    }
    let nothing = format!("/measures/{id}/evidence/0000000000000000");
    town.visitor()
        .get(&nothing)
        .refused(404, "evidence_unknown");
    unharmed(&town);
}

/// Somebody with a name, and their concern, which is published.
fn author(town: &Town, secretary: &Person) -> (Person, String) {
    let arta = town.resident("arta");
    let name = arta.patch("/me").json(json!({"display_name": "Arta"}));
    name.send().expect(200);
    let mut body = anonymous_concern("Rruga e tregut pa drita", &receipt_of("arta", 1));
    body["identity"] = json!("named");
    let sent = arta.post("/municipalities/elbasan/concerns").json(body);
    let id = sent.send().expect(201)["id"].as_str().unwrap().to_owned();
    move_to(secretary, &id, json!({"to": "published"})).expect(200);
    wait_until("its author hears that it is public", || {
        !kinds(&arta).is_empty()
    });
    (arta, id)
}

/// Study D4: from submission to result, and those it concerns hear each step.
#[test]
fn a_concern_goes_with_its_measure_to_the_end_and_its_author_hears() {
    let (town, council, id) = town_with_a_public_concern();
    let besa = town.resident("besa");
    besa.put(&format!("/concerns/{id}/support")).expect(200);
    let (arta, own) = author(&town, &council.secretary);
    let before = kinds(&arta).len();
    let measure = approved(&town, &council.secretary, &[&id, &own]);
    report(&council.police, &measure, under_way(8.0)).expect(200);
    assert_eq!(concern(&town, &id)["status"], "in_progress");
    wait_until("its author hears that it is planned and under way", || {
        kinds(&arta).len() == before + 2
    });
    wait_until("besa hears that it is planned and under way", || {
        kinds(&besa) == ["moved", "moved"]
    });
    report(&council.police, &measure, under_way(9.0)).expect(200);
    wait_until("besa hears of the report", || {
        kinds(&besa) == ["measure", "moved", "moved"]
    });
    report(&council.police, &measure, done()).expect(200);
    let shown = concern(&town, &id);
    assert_eq!(shown["status"], "done");
    assert_eq!(shown["verdict"], "done");
    assert_eq!(shown["measures"][0]["state"], "done");
    let last = shown["measures"][0]["last"]["text"].as_str().unwrap();
    assert!(last.starts_with("Patrulla doli"), "{last}");
    wait_until("besa hears that it is done", || kinds(&besa).len() == 5);
    wait_until("and the author every step too", || {
        kinds(&arta).len() == before + 5
    });
    // Four weeks later they are asked whether it is fixed.
    town.move_clock(29 * 86_400);
    town.wake();
    let besa = Person::sign_in(&town, "besa");
    wait_until("besa is asked", || kinds(&besa)[0] == "fixed");
    let arta = Person::sign_in(&town, "arta");
    wait_until("the author is asked", || kinds(&arta)[0] == "fixed");
    unharmed(&town);
}

#[test]
fn a_concern_that_two_measures_answer_is_done_with_the_last_and_in_part_where_one_failed() {
    let (town, council, id) = town_with_a_public_concern();
    let objective = objective(&town, &council.secretary, "Shkolla të sigurta");
    let mut ids = Vec::new();
    for (title, lead) in [
        ("Patrullë para shkollave", "police"),
        ("Ndriçim i ri në rrugicë", "municipality"),
    ] {
        let mut body = patrols(&town, &objective, &[&id]);
        body["title"] = json!(title);
        body["lead"] = json!(lead);
        body["supporters"] = json!([]);
        let made = draft(&council.secretary, body).expect(201);
        let measure = made["id"].as_str().unwrap().to_owned();
        approve(&council.secretary, &measure).expect(200);
        ids.push(measure);
    }
    report(&council.police, &ids[0], done()).expect(200);
    let shown = concern(&town, &id);
    assert_eq!(shown["status"], "in_progress", "the other is owed: {shown}");
    let failed =
        json!({"state": "not_done", "text": "Tenderi u anulua; kthehet në planin tjetër."});
    report(&council.secretary, &ids[1], failed).expect(200);
    assert_eq!(concern(&town, &id)["status"], "partly_done");
    assert_eq!(page(&town, &ids[1])["state"], "not_done");
}

#[test]
fn what_was_not_done_leaves_the_concern_owed() {
    let (town, council, id) = town_with_a_public_concern();
    let measure = approved(&town, &council.secretary, &[&id]);
    let failed = json!({"state": "not_done", "text": "Nuk pati makinë; kërkohet zgjidhje tjetër."});
    report(&council.police, &measure, failed).expect(200);
    assert_eq!(concern(&town, &id)["status"], "in_progress");
    // What left the public side meanwhile is not touched, and not named.
    let next = approved(&town, &council.secretary, &[&id]);
    move_to(
        &council.secretary,
        &id,
        json!({"to": "referred", "whose": "Njësia e mbrojtjes së fëmijëve"}),
    )
    .expect(200);
    report(&council.police, &next, done()).expect(200);
    assert_eq!(page(&town, &next)["concerns"], json!([]));
    unharmed(&town);
}
