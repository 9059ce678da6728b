use serde_json::{Value, json};

use crate::harness::council::{council, step};
use crate::harness::people::{anonymous_concern, receipt_of};
use crate::harness::town::wait_until;
use crate::harness::{Person, Town};

#[test]
fn a_resident_signs_in_with_the_code_from_the_mail() {
    let town = Town::start();
    let arta = town.resident("arta");
    let account = arta.get("/me").expect(200);
    assert_eq!(account["email"], "arta@example.al");
    assert_eq!(account["language"], "sq");
}

#[test]
fn a_code_works_once() {
    let town = Town::start();
    let visitor = town.visitor();
    let ask = || {
        let request = visitor.post("/sign-in/codes");
        request
            .json(json!({"email": "arta@example.al"}))
            .send()
            .expect(202)["ticket"]
            .clone()
    };
    let (first, second) = (ask(), ask());
    let code = town.smtp.code_for("arta@example.al", 0).to_lowercase();
    let enter = |ticket| {
        let body = json!({"email": "arta@example.al", "ticket": ticket, "code": code});
        visitor.post("/sign-in/sessions").json(body).send()
    };
    enter(&first).expect(200);
    enter(&first).refused(401, "code_wrong");
    enter(&second).refused(401, "code_wrong");
}

#[test]
fn a_code_is_over_after_ten_minutes_and_after_five_wrong_tries() {
    let town = Town::start();
    let visitor = town.visitor();
    let ask = || {
        let request = visitor.post("/sign-in/codes");
        request
            .json(json!({"email": "arta@example.al"}))
            .send()
            .expect(202)["ticket"]
            .clone()
    };
    let try_code = |ticket: &Value, code: &str| {
        let body = json!({"email": "arta@example.al", "ticket": ticket, "code": code});
        visitor.post("/sign-in/sessions").json(body).send()
    };
    let first = ask();
    let old = town.smtp.code_for("arta@example.al", 0);
    town.move_clock(601);
    try_code(&first, &old).refused(401, "code_wrong");
    let second = ask();
    let new = town.smtp.code_for("arta@example.al", 1);
    try_code(&second, &old).refused(401, "code_wrong");
    for _ in 0..4 {
        try_code(&second, "0000-0000").refused(401, "code_wrong");
    }
    try_code(&second, &new).refused(401, "code_wrong");
    // The code is as good as before for whoever holds another ticket.
    try_code(&ask(), &new).expect(200);
}

#[test]
fn known_and_unknown_addresses_get_the_same_answer() {
    let town = Town::start();
    town.resident("arta");
    town.move_clock(120);
    let ask = |email: &str| {
        let request = town.visitor().post("/sign-in/codes");
        let mut answer = request.json(json!({"email": email})).send();
        answer.json["ticket"] = Value::Null;
        (answer.status, answer.json.to_string())
    };
    assert_eq!(ask("arta@example.al"), ask("nobody@example.al"));
}

#[test]
fn a_resident_chooses_name_language_and_home() {
    let town = Town::start();
    let arta = town.resident("arta");
    let account = arta
        .patch("/me")
        .json(json!({
            "display_name": "Arta nga Gjinari", "language": "en",
            "home": {"municipality": "elbasan", "unit": "gjinar"},
        }))
        .send()
        .expect(200);
    assert_eq!(account["home"]["unit"], "gjinar");
    assert_eq!(arta.get("/me")["display_name"], "Arta nga Gjinari");
    let refused = arta
        .patch("/me")
        .json(json!({"home": {"municipality": "elbasan", "unit": "atlantis"}}))
        .send();
    assert_eq!(refused["fields"][0]["pointer"], "/home/unit");
}

#[test]
fn only_the_administrator_gives_seats() {
    let town = Town::start();
    let administrator = town.administrator();
    let secretary = town.member(&administrator, "municipality", "secretary");
    let seats = secretary.get("/me");
    assert_eq!(seats["seats"][0]["role"], "secretary");
    secretary
        .get("/municipalities/elbasan/seats")
        .refused(403, "not_allowed");
    administrator
        .get("/municipalities/tirane/seats")
        .refused(403, "not_allowed");
    town.visitor()
        .get("/municipalities/elbasan/seats")
        .refused(401, "sign_in_needed");
}

#[test]
fn a_deleted_account_takes_its_name_and_its_support_with_it() {
    let town = Town::start();
    let (_, secretary, _) = council(&town);
    let arta = town.resident("arta");
    arta.patch("/me")
        .json(json!({"display_name": "Arta Leka"}))
        .send()
        .expect(200);
    let mut body = anonymous_concern("Rruga e shkollës pa drita", &receipt_of("x", 1));
    body["identity"] = json!("named");
    let sent = arta
        .post("/municipalities/elbasan/concerns")
        .json(body)
        .send()
        .expect(201);
    let id = sent["id"].as_str().unwrap();
    step(
        &secretary,
        id,
        json!({"to": "published", "reason": "E qartë."}),
    )
    .expect(200);
    arta.put(&format!("/concerns/{id}/support")).expect(200);
    assert_eq!(arta.delete("/me").status, 204);
    arta.get("/me").refused(401, "session_expired");
    let page = || town.visitor().get(&format!("/concerns/{id}")).expect(200);
    wait_until("the support is taken back", || {
        page()["support"]["residents"] == 0
    });
    let page = page();
    assert!(!page.to_string().contains("Arta"), "{page}");
}

#[test]
fn a_seat_stays_when_its_holder_changes() {
    let town = Town::start();
    let (administrator, _, police) = council(&town);
    let seats = administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    let seats = seats["items"].as_array().unwrap();
    let seat = seats
        .iter()
        .find(|seat| seat["institution"] == "police")
        .unwrap();
    let path = format!("/seats/{}", seat["id"].as_str().unwrap());
    administrator.delete(&path).expect(204);
    police
        .get("/municipalities/elbasan/desk/concerns")
        .expect(403);
    let filled = administrator
        .request("PUT", &format!("{path}/holder"))
        .json(json!({"email": "pasardhesi@example.al"}))
        .send()
        .expect(200);
    assert_eq!(filled["id"], seat["id"]);
    assert_eq!(filled["holder"], "pasardhesi@example.al");
    Person::sign_in(&town, "pasardhesi")
        .get("/municipalities/elbasan/desk/concerns")
        .expect(200);
}

#[test]
fn a_seat_is_given_to_an_address_and_nothing_else() {
    let town = Town::start();
    let (administrator, _, _) = council(&town);
    let seats = administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    let seat = seats["items"][0]["id"].as_str().unwrap().to_owned();
    let give = |seat: &str, body: serde_json::Value| {
        let request = administrator.request("PUT", &format!("/seats/{seat}/holder"));
        request.json(body).send()
    };
    let good = json!({"email": "pasardhesi@example.al"});
    give("0000000000000000", good).refused(404, "seat_unknown");
    for body in [
        json!({"mail": 1}),
        json!({"email": "a@b.al", "role": "administrator"}),
    ] {
        give(&seat, body).refused(400, "body_invalid");
    }
    for email in [
        "",
        "askush",
        "a@b.al\r\nBcc: c@d.al",
        &format!("{}@b.al", "a".repeat(5_000)),
    ] {
        give(&seat, json!({"email": email})).refused(422, "fields_invalid");
    }
    give(&seat, json!({"email": "a".repeat(90_000)})).refused(413, "body_too_large");
    let before = administrator
        .get("/municipalities/elbasan/seats")
        .expect(200);
    assert_eq!(before, seats, "nothing of it was taken");
}
