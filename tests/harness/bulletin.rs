//! Bulletins of Elbasan's council.

use chrono::{Days, NaiveDate};
use domain::quarter::Quarter;
use serde_json::{Value, json};

use super::{Answer, Person, Town};

/// Where they are read.
pub const BULLETINS: &str = "/municipalities/elbasan/bulletins";
/// What the secretary writes.
pub const OPENING: &str = "Këto tre muaj punuam më shumë për rrugët e shkollave.";

/// Where a quarter's bulletin is, below `bulletins`.
pub fn at(quarter: Quarter) -> String {
    format!("{}/{}", quarter.year(), quarter.number())
}

/// Where it lies on the desk.
pub fn desk(quarter: Quarter) -> String {
    format!("/municipalities/elbasan/desk/bulletins/{}", at(quarter))
}

/// The bulletin as the secretary sees it.
pub fn draft(secretary: &Person, quarter: Quarter) -> Value {
    secretary.get(&desk(quarter)).expect(200)
}

/// Keeps words around what the rows say.
pub fn write(person: &Person, quarter: Quarter, opening: &str) -> Answer {
    let words =
        json!({"opening": opening, "closing": "Takimi i ardhshëm është i hapur për të gjithë."});
    person.request("PUT", &desk(quarter)).json(words).send()
}

/// Publishes it.
pub fn publish(person: &Person, quarter: Quarter) -> Answer {
    person
        .post(&format!("{}/publication", desk(quarter)))
        .send()
}

/// Lets a quarter be over for a day, in a town that started on this one.
pub fn let_pass(town: &Town, start: NaiveDate, quarter: Quarter) {
    let then = quarter.last_day().unwrap() + Days::new(2);
    town.move_clock((then - start).num_days() * 86_400);
}
