//! Elbasan's council at work.

use serde_json::{Value, json};

use super::{Answer, Person, Town};

/// A council with a secretary and the police.
pub fn council(town: &Town) -> (Person, Person, Person) {
    let administrator = town.administrator();
    let secretary = town.member(&administrator, "municipality", "secretary");
    let police = town.member(&administrator, "police", "member");
    (administrator, secretary, police)
}

/// Moves a concern.
pub fn step(person: &Person, id: &str, body: Value) -> Answer {
    person
        .post(&format!("/concerns/{id}/moves"))
        .json(body)
        .send()
}

/// Publishes an anonymous concern and lets the night pass.
pub fn publish(town: &Town, secretary: &Person, id: &str) {
    step(
        secretary,
        id,
        json!({"to": "published", "reason": "E qartë dhe pa emra."}),
    )
    .expect(200);
    town.next_morning(&[id]);
}
