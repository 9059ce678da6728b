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
