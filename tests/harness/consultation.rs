//! A council that asks.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::calendar::due_on;
use serde_json::{Value, json};

use super::{Answer, Person, Town};

/// The holidays that the server is shipped with.
fn holidays() -> BTreeSet<NaiveDate> {
    include_str!("../../data/holidays.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap().parse().unwrap())
        .collect()
}

/// The day so many working days after another.
pub fn working_days_after(from: NaiveDate, days: u32) -> NaiveDate {
    due_on(from, days, &holidays())
}

/// What a council announces on this day: twenty working days to collect, then a week each to discuss
/// and to vote.
pub fn announcement(today: NaiveDate) -> Value {
    let collect_until = working_days_after(today, 20);
    let later = |days: u64| collect_until + Days::new(days);
    json!({
        "question": "Çfarë ju shqetëson më shumë në Elbasan?",
        "objective": "Plani vjetor i sigurisë në komunitet për vitin 2027.",
        "explanation": "Zgjidhni bashkë me ne çfarë duhet të vijë e para: ndriçimi, shkollat apo rrugët.",
        "dates": {
            "collect_from": today, "collect_until": collect_until, "discuss_until": later(7),
            "vote_until": later(14), "result_until": later(28), "plan_until": later(60),
            "report_on": later(365),
        },
    })
}

/// Announces a consultation in Elbasan today and returns its id.
pub fn announce(town: &Town, secretary: &Person) -> String {
    let page = ask(secretary, announcement(town.clock().today())).expect(201);
    page["id"].as_str().unwrap().to_owned()
}

/// Announces this in Elbasan.
pub fn ask(secretary: &Person, body: Value) -> Answer {
    secretary
        .post("/municipalities/elbasan/consultations")
        .json(body)
        .send()
}

/// Puts a concern on the list or leaves it out.
pub fn choose(secretary: &Person, consultation: &str, concern: &str, body: Value) -> Answer {
    secretary
        .request(
            "PUT",
            &format!("/consultations/{consultation}/candidates/{concern}"),
        )
        .json(body)
        .send()
}
