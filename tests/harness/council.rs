//! Elbasan's council at work.

use serde_json::{Value, json};

use super::{Answer, Person, Town};

/// Those who sit in the council.
pub struct Council {
    pub administrator: Person,
    pub secretary: Person,
    pub police: Person,
}

impl Council {
    /// Seats an administrator, a secretary and the police.
    pub fn seat(town: &Town) -> Self {
        let (administrator, secretary, police) = council(town);
        Self {
            administrator,
            secretary,
            police,
        }
    }

    /// The id of an institution's seat.
    pub fn seat_of(&self, institution: &str) -> String {
        let seats = self
            .administrator
            .get("/municipalities/elbasan/seats")
            .expect(200);
        let mut seats = seats["items"].as_array().unwrap().iter();
        let of = seats
            .find(|seat| seat["institution"] == institution && seat["role"] != "administrator");
        of.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Lets the secretary publish these concerns and the next morning come; everybody is signed in
    /// anew, as their sessions ran out over night.
    pub fn publish(self, town: &Town, ids: &[&str]) -> Self {
        for id in ids {
            move_to(&self.secretary, id, json!({"to": "published"})).expect(200);
        }
        town.next_morning(ids);
        Self {
            administrator: Person::sign_in(town, "admin"),
            secretary: Person::sign_in(town, "municipality.secretary"),
            police: Person::sign_in(town, "police.member"),
        }
    }
}

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

/// Moves a concern; a reason is added where none is given.
pub fn move_to(person: &Person, id: &str, mut body: Value) -> Answer {
    if body["reason"].is_null() {
        body["reason"] = json!("E qartë dhe pa emra.");
    }
    step(person, id, body)
}

/// A town with a published concern, and its council.
pub fn town_with_a_public_concern() -> (Town, Council, String) {
    with_a_public_concern(Town::start())
}

/// This town with a published concern, and its council.
pub fn with_a_public_concern(town: Town) -> (Town, Council, String) {
    let council = Council::seat(&town);
    let (id, _) = town
        .visitor()
        .submit_anonymously("Rruga e shkollës pa drita");
    let council = council.publish(&town, &[&id]);
    (town, council, id)
}
