//! A meeting ends in outcomes, and its minutes are kept as they were approved.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Value, json};

use crate::harness::council::town_with_a_public_concern;
use crate::harness::database::open;
use crate::harness::meeting::{
    announced, approve_minutes, cancel, hearing, held, in_days, meet, minutes, write_minutes,
};
use crate::harness::{Answer, Council, Person, Town, unharmed};

fn refused_field(answer: Answer, pointer: &str, code: &str) {
    let problem = answer.expect(422);
    assert_eq!(problem["fields"][0]["pointer"], pointer, "{problem}");
    assert_eq!(problem["fields"][0]["code"], code, "{problem}");
}

fn page(town: &Town, id: &str) -> Value {
    town.visitor().get(&format!("/meetings/{id}")).expect(200)
}

fn parked(secretary: &Person) -> Value {
    let path = "/municipalities/elbasan/desk/parked";
    secretary.get(path).expect(200)["items"].clone()
}

/// Study C2.
#[test]
fn no_meeting_is_closed_before_each_item_has_an_outcome() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let (id, secretary) = held(&town, &secretary);
    let whole = minutes(&town);
    let today = json!(town.clock().today());
    let [bound, parked] = [&whole["outcomes"][0], &whole["outcomes"][1]];
    for (changed, value, at, code) in [
        ("/outcomes", json!([bound]), "/outcomes/1", "required"),
        (
            "/outcomes",
            json!([bound, parked, parked]),
            "/outcomes",
            "too_many",
        ),
        (
            "/outcomes/0/lead",
            Value::Null,
            "/outcomes/0/lead",
            "required",
        ),
        (
            "/outcomes/0/lead",
            json!("navy"),
            "/outcomes/0/lead",
            "institution_unknown",
        ),
        (
            "/outcomes/0/due_on",
            Value::Null,
            "/outcomes/0/due_on",
            "required",
        ),
        (
            "/outcomes/0/due_on",
            today.clone(),
            "/outcomes/0/due_on",
            "day_out_of_order",
        ),
        (
            "/outcomes/1/kind",
            json!("forgotten"),
            "/outcomes/1/kind",
            "outcome_unknown",
        ),
        ("/next_on", today, "/next_on", "day_out_of_order"),
        (
            "/attendance",
            json!([{"seat": "0000000000000000", "presence": "present"}]),
            "/attendance/0/seat",
            "seat_unknown",
        ),
    ] {
        let mut body = whole.clone();
        *body.pointer_mut(changed).unwrap() = value;
        refused_field(write_minutes(&secretary, &id, body), at, code);
    }
    approve_minutes(&secretary, &id).refused(409, "minutes_missing");
    unharmed(&town);
}

#[test]
fn a_meeting_that_was_not_held_has_no_minutes() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let early = announced(&secretary, hearing(in_days(&town, 20)));
    write_minutes(&secretary, &early, minutes(&town)).refused(409, "meeting_not_held");
    cancel(&secretary, &early).expect(200);
    town.move_clock(21 * 86_400);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    write_minutes(&secretary, &early, minutes(&town)).refused(409, "meeting_not_held");
    approve_minutes(&secretary, &early).refused(409, "meeting_not_held");
}

#[test]
fn attendance_is_told_by_seat_and_more_than_half_are_a_quorum() {
    let town = Town::start();
    let council = Council::seat(&town);
    town.member(&council.administrator, "school", "member");
    let (id, _) = held(&town, &council.secretary);
    // Whoever came into the council the day after was not absent.
    town.move_clock(2 * 86_400);
    town.member(&Person::sign_in(&town, "admin"), "business", "member");
    let secretary = Person::sign_in(&town, "municipality.secretary");
    let draft = secretary
        .get(&format!("/meetings/{id}/minutes"))
        .expect(200);
    let seats = draft["record"]["attendance"].as_array().unwrap().clone();
    assert_eq!(seats.len(), 3, "all but the administrator's: {draft}");
    assert!(seats.iter().all(|seat| seat["presence"] == "absent"));
    assert_eq!(draft["record"]["closed_on"], Value::Null);
    let mut body = minutes(&town);
    let present = |many: usize, presence: &str| -> Value {
        let taken = seats.iter().take(many);
        taken
            .map(|seat| json!({"seat": seat["seat"], "presence": presence}))
            .collect()
    };
    body["attendance"] = present(1, "present");
    let written = write_minutes(&secretary, &id, body.clone()).expect(200);
    assert_eq!(written["record"]["present"], 1);
    assert_eq!(written["record"]["quorum"], false);
    body["attendance"] = present(2, "remote");
    write_minutes(&secretary, &id, body.clone()).expect(200);
    body["attendance"] = present(3, "excused");
    let written = write_minutes(&secretary, &id, body.clone()).expect(200);
    assert_eq!(written["record"]["present"], 0);
    body["attendance"] = json!([present(1, "present")[0], present(1, "absent")[0]]);
    refused_field(
        write_minutes(&secretary, &id, body.clone()),
        "/attendance/1/seat",
        "repeated",
    );
    body["attendance"] = present(2, "substitute");
    write_minutes(&secretary, &id, body).expect(200);
    approve_minutes(&secretary, &id).expect(200);
    let record = page(&town, &id)["minutes"]["record"].clone();
    assert_eq!(
        (&record["present"], &record["quorum"]),
        (&json!(2), &json!(true))
    );
    let police = record["attendance"].as_array().unwrap();
    assert!(police.iter().any(|seat| seat["institution"] == "police"));
    unharmed(&town);
}

#[test]
fn approved_minutes_are_public_with_their_hash_and_put_right_only_beside_them() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let (id, secretary) = held(&town, &secretary);
    let document = format!("/meetings/{id}/minutes.json");
    town.visitor()
        .get(&document)
        .refused(409, "minutes_missing");
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    let correct = |text: &str| {
        let path = format!("/meetings/{id}/minutes/corrections");
        secretary.post(&path).json(json!({"text": text})).send()
    };
    correct("Takimi nisi me vonesë.").refused(409, "minutes_not_approved");
    let found = page(&town, &id);
    assert_eq!(found["minutes"], Value::Null, "not approved, not public");
    let published = approve_minutes(&secretary, &id).expect(200);
    let kept = town.visitor().get(&document).text();
    let hash = hex::encode(digest(&SHA256, kept.as_bytes()));
    assert_eq!(published["minutes"]["hash"], hash);
    assert_eq!(
        published["minutes"]["approved_on"],
        json!(town.clock().today())
    );
    let record = &published["minutes"]["record"];
    assert_eq!(record["items"][0]["outcome"]["lead"], "police");
    assert_eq!(record["items"][1]["outcome"]["kind"], "parked");
    assert_eq!(record["next_on"], json!(in_days(&town, 60)));

    correct("Takimi nisi me vonesë.").expect(200);
    let found = page(&town, &id);
    assert_eq!(found["minutes"]["hash"], hash, "both are shown");
    assert_eq!(
        found["minutes"]["corrections"][0]["text"],
        "Takimi nisi me vonesë."
    );
    assert_eq!(town.visitor().get(&document).text(), kept);
    unharmed(&town);
}

/// What writes about a meeting by its id, with a body that is right but for being too late.
fn writes(town: &Town) -> Vec<(&'static str, &'static str, Value)> {
    let meeting = hearing(in_days(town, 9));
    let reason = "Salla është e zënë.";
    vec![
        (
            "POST",
            "/changes",
            json!({"meeting": meeting, "reason": reason}),
        ),
        ("POST", "/cancellation", json!({"reason": reason})),
        ("PUT", "/answer", json!({"answer": "coming"})),
        ("PUT", "/place", Value::Null),
        ("DELETE", "/place", Value::Null),
        (
            "POST",
            "/questions",
            json!({"text": "Kur ndërrohen llambat?"}),
        ),
        ("PUT", "/minutes", minutes(town)),
        ("POST", "/minutes/approval", Value::Null),
        (
            "POST",
            "/minutes/corrections",
            json!({"text": "Takimi nisi me vonesë."}),
        ),
    ]
}

/// Study C1.
#[test]
fn locked_minutes_change_through_no_route() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, secretary) = held(&town, &council.secretary);
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    approve_minutes(&secretary, &id).expect(200);
    let document = || {
        town.visitor()
            .get(&format!("/meetings/{id}/minutes.json"))
            .text()
    };
    let before = document();
    let writes = writes(&town);
    for (method, path, body) in &writes {
        let request = secretary.request(method, &format!("/meetings/{id}{path}"));
        let answer = if body.is_null() {
            request.send()
        } else {
            request.json(body.clone()).send()
        };
        let is_correction = path.ends_with("corrections");
        assert_eq!(
            answer.status,
            if is_correction { 200 } else { 409 },
            "{method} {path}"
        );
        assert_eq!(document(), before, "{method} {path}");
    }
    // A concern or a seat that goes, or is called otherwise, changes nothing of what was said.
    let administrator = Person::sign_in(&town, "admin");
    let seats = administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    let seat = seats["items"][0]["id"].as_str().unwrap();
    administrator.delete(&format!("/seats/{seat}"));
    assert_eq!(document(), before);

    let described = town.visitor().get("/../openapi.json").expect(200);
    let paths = described["paths"].as_object().unwrap().iter();
    let known: BTreeSet<String> = paths
        .filter_map(|(path, methods)| Some((path.strip_prefix("/api/v1/meetings/{id}")?, methods)))
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .filter(|one| !one.starts_with("GET"))
        .collect();
    let tried = writes
        .iter()
        .map(|(method, path, _)| format!("{method} {path}"));
    assert_eq!(known, tried.collect(), "every route that writes was tried");
    unharmed(&town);
}

#[test]
fn minutes_that_were_changed_in_the_store_are_named() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let (id, secretary) = held(&town, &secretary);
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    approve_minutes(&secretary, &id).expect(200);
    unharmed(&town);
    for forge in [
        "UPDATE minutes SET record = replace(record, 'police', 'school')",
        "UPDATE minutes SET record = NULL, approved_on = NULL",
    ] {
        diesel::connection::SimpleConnection::batch_execute(&mut open(&town), forge).unwrap();
        let (whole, said) = town.run(&["check"]);
        let named = format!("minutes of {id}: they are not what was approved");
        assert!(!whole && said.contains(&named), "{forge}: {said}");
    }
}

/// Study C8.
#[test]
fn what_was_parked_waits_until_a_meeting_takes_it_up() {
    let town = Town::start();
    let secretary = Council::seat(&town).secretary;
    let (id, secretary) = held(&town, &secretary);
    assert_eq!(parked(&secretary), json!([]));
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    let waits = parked(&secretary);
    assert_eq!(waits[0]["title"], "Pyetjet e banorëve");
    assert_eq!(
        (&waits[0]["meeting"], &waits[0]["item"]),
        (&json!(id), &json!(2))
    );
    let with = |resumes: Value| {
        let mut body = hearing(in_days(&town, 30));
        body["agenda"] = json!([{"title": "Pyetjet e banorëve", "resumes": resumes}]);
        meet(&secretary, body)
    };
    let unknown = json!({"meeting": id, "item": 1});
    refused_field(with(unknown), "/agenda/0/resumes", "parked_unknown");
    let next = with(json!({"meeting": id, "item": 2})).expect(201);
    assert_eq!(
        next["agenda"][0]["resumes"],
        json!({"meeting": id, "item": 2})
    );
    assert_eq!(parked(&secretary), json!([]));
    cancel(&secretary, next["id"].as_str().unwrap()).expect(200);
    assert_eq!(parked(&secretary)[0]["item"], 2, "it waits again");
    unharmed(&town);
}

#[test]
fn only_the_secretary_writes_and_only_members_read_what_is_not_approved() {
    let town = Town::start();
    let council = Council::seat(&town);
    let (id, secretary) = held(&town, &council.secretary);
    let police = Person::sign_in(&town, "police.member");
    let draft = format!("/meetings/{id}/minutes");
    write_minutes(&police, &id, minutes(&town)).refused(403, "not_allowed");
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    police.get(&draft).expect(200);
    town.resident("arta")
        .get(&draft)
        .refused(403, "not_allowed");
    approve_minutes(&police, &id).refused(403, "not_allowed");
    let elsewhere = town
        .resident("arta")
        .get("/municipalities/elbasan/desk/parked");
    elsewhere.refused(403, "not_allowed");
}

/// Study I4: from a concern to what the council made of it, and back.
#[test]
fn a_concern_names_the_meetings_that_speak_of_it_and_what_became_of_it() {
    let (town, council, concern) = town_with_a_public_concern();
    let told = || {
        let page = town.visitor().get(&format!("/concerns/{concern}"));
        page.expect(200)["discussions"].clone()
    };
    assert_eq!(told(), json!([]));
    let about = |days: u64| {
        let mut body = hearing(in_days(&town, days));
        body["agenda"][0]["concern"] = json!(concern);
        body
    };
    let id = announced(&council.secretary, about(1));
    let off = announced(&council.secretary, about(3));
    assert_eq!(
        (&told()[0]["id"], &told()[1]["id"]),
        (&json!(id), &json!(off))
    );
    cancel(&council.secretary, &off).expect(200);
    town.move_clock(3 * 86_400);
    let secretary = Person::sign_in(&town, "municipality.secretary");
    write_minutes(&secretary, &id, minutes(&town)).expect(200);
    assert_eq!(told()[0]["outcome"], Value::Null, "not approved, not told");
    approve_minutes(&secretary, &id).expect(200);
    let now = told();
    assert_eq!(
        now.as_array().unwrap().len(),
        1,
        "what was cancelled is none"
    );
    assert_eq!(now[0]["outcome"]["lead"], "police");
    let agenda = page(&town, &id)["agenda"].clone();
    assert_eq!(agenda[0]["concern"]["id"], concern, "and back");
    unharmed(&town);
}
