//! Meetings of Elbasan's council.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::{Answer, Person, Town};

/// The day so many days after today.
pub fn in_days(town: &Town, days: u64) -> NaiveDate {
    town.clock().today() + Days::new(days)
}

/// A hearing on a day, from five to seven in the afternoon, with two items on its agenda.
pub fn hearing(on: NaiveDate) -> Value {
    json!({
        "kind": "hearing",
        "title": "Ndriçimi dhe rruga e shkollës",
        "objective": "Banorët dëgjojnë çfarë bëhet para dimrit dhe thonë çfarë mungon.",
        "on": on, "from": "17:00", "until": "19:00",
        "place": "Salla e njësisë, Gjinar",
        "unit": "gjinar", "topic": "lighting",
        "accessibility": "Hyrja është pa shkallë.",
        "agenda": [
            {"title": "Çfarë u bë nga takimi i fundit"},
            {"title": "Pyetjet e banorëve", "text": "Një orë, pa listë."},
        ],
    })
}

/// A hearing ten days from now for which there are so many places.
pub fn with_places(town: &Town, capacity: u32) -> Value {
    let mut body = hearing(in_days(town, 10));
    body["capacity"] = json!(capacity);
    body
}

/// Says that one comes.
pub fn come(person: &Person, id: &str) -> Answer {
    person.put(&format!("/meetings/{id}/place"))
}

/// Gives one's place back.
pub fn stay_away(person: &Person, id: &str) -> Answer {
    person.delete(&format!("/meetings/{id}/place"))
}

/// What everybody reads of the places of a meeting.
pub fn places(town: &Town, id: &str) -> Value {
    let page = town.visitor().get(&format!("/meetings/{id}"));
    page.expect(200)["places"].clone()
}

/// Announces this in Elbasan.
pub fn meet(secretary: &Person, body: Value) -> Answer {
    secretary
        .post("/municipalities/elbasan/meetings")
        .json(body)
        .send()
}

/// Announces this and returns its id.
pub fn announced(secretary: &Person, body: Value) -> String {
    let page = meet(secretary, body).expect(201);
    page["id"].as_str().unwrap().to_owned()
}

/// Changes a meeting to this.
pub fn change(secretary: &Person, id: &str, meeting: Value) -> Answer {
    secretary
        .post(&format!("/meetings/{id}/changes"))
        .json(json!({"meeting": meeting, "reason": "Salla është e zënë atë ditë."}))
        .send()
}

/// Cancels a meeting.
pub fn cancel(secretary: &Person, id: &str) -> Answer {
    secretary
        .post(&format!("/meetings/{id}/cancellation"))
        .json(json!({"reason": "Rruga është e bllokuar nga bora."}))
        .send()
}

/// Minutes of a hearing with two items: the first binds the police, the second comes back.
pub fn minutes(town: &Town) -> Value {
    json!({
        "attendance": [],
        "outcomes": [
            {"kind": "commitment", "text": "Patrullë te shkolla çdo mëngjes.",
                "lead": "police", "due_on": in_days(town, 30)},
            {"kind": "parked", "text": "Mungonte inxhinieri; kthehet në takimin tjetër."},
        ],
        "text": "Kryetari hapi takimin. Banorët folën një orë për rrugën dhe për dritat.",
        "next_on": in_days(town, 60),
    })
}

/// Writes the minutes of a meeting.
pub fn write_minutes(secretary: &Person, id: &str, body: Value) -> Answer {
    secretary
        .request("PUT", &format!("/meetings/{id}/minutes"))
        .json(body)
        .send()
}

/// Approves the minutes of a meeting.
pub fn approve_minutes(secretary: &Person, id: &str) -> Answer {
    secretary
        .post(&format!("/meetings/{id}/minutes/approval"))
        .send()
}

/// A hearing in Elbasan that was held this afternoon: its id and the secretary.
pub fn held(town: &Town, secretary: &Person) -> (String, Person) {
    let id = announced(secretary, hearing(in_days(town, 1)));
    town.move_clock(86_400 + 8 * 3_600);
    (id, Person::sign_in(town, "municipality.secretary"))
}
