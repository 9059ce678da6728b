//! The plan of Elbasan's council.

use serde_json::{Value, json};

use super::meeting::in_days;
use super::{Answer, Person, Town};

/// Adds an objective to the year of today and returns its id.
pub fn objective(town: &Town, secretary: &Person, title: &str) -> String {
    let year = chrono::Datelike::year(&town.clock().today());
    let body = json!({"year": year, "objective": {"title": title}});
    let made = secretary
        .post("/municipalities/elbasan/objectives")
        .json(body);
    made.send().expect(201)["id"].as_str().unwrap().to_owned()
}

/// A measure the police lead, from today on for thirty days, that counts two things.
pub fn patrols(town: &Town, objective: &str, concerns: &[&str]) -> Value {
    json!({
        "objective": objective,
        "title": "Patrullë para shkollave në Gjinar",
        "text": "Dy efektivë nga ora 7:30 deri në 8:30, çdo ditë shkolle.",
        "lead": "police", "supporters": ["school", "municipality"],
        "starts_on": in_days(town, 0), "due_on": in_days(town, 30), "report_days": 10,
        "budget": 120_000, "source": "Buxheti i komisariatit",
        "indicators": [
            {"name": "Ditë me patrullë", "unit": "ditë në muaj", "baseline": 4.0, "target": 20.0,
                "source": "Regjistri i komisariatit"},
            {"name": "Aksidente para shkollës", "unit": "në vit", "baseline": 6.0, "target": 2.0,
                "source": "Policia rrugore"},
        ],
        "concerns": concerns,
    })
}

/// Writes a measure down.
pub fn draft(secretary: &Person, body: Value) -> Answer {
    secretary
        .post("/municipalities/elbasan/measures")
        .json(body)
        .send()
}

/// Approves a measure.
pub fn approve(secretary: &Person, id: &str) -> Answer {
    secretary.post(&format!("/measures/{id}/approval")).send()
}

/// A measure for an objective of its own, approved: its id.
pub fn approved(town: &Town, secretary: &Person, concerns: &[&str]) -> String {
    let objective = objective(town, secretary, "Shkolla të sigurta");
    let made = draft(secretary, patrols(town, &objective, concerns)).expect(201);
    let id = made["id"].as_str().unwrap().to_owned();
    approve(secretary, &id).expect(200);
    id
}

/// What whoever leads says of a measure.
pub fn report(person: &Person, id: &str, body: Value) -> Answer {
    person
        .post(&format!("/measures/{id}/reports"))
        .json(body)
        .send()
}

/// That it goes on, and how far.
pub fn under_way(days: f64) -> Value {
    json!({
        "state": "in_progress", "text": "Patrulla del çdo mëngjes; mungon një makinë.",
        "values": [{"indicator": 1, "value": days}],
    })
}

/// That it is done, with all that is counted.
pub fn done() -> Value {
    json!({
        "state": "done", "text": "Patrulla doli në çdo ditë shkolle deri në fund të afatit.",
        "values": [{"indicator": 1, "value": 20.0}, {"indicator": 2, "value": 1.0}],
        "spent": 98_000,
    })
}

/// A measure as everybody reads it.
pub fn page(town: &Town, id: &str) -> Value {
    town.visitor().get(&format!("/measures/{id}")).expect(200)
}
