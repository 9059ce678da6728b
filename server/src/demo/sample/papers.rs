//! The papers of the sample's council.

use chrono::NaiveDate;
use serde::Deserialize;

/// How the council decided to work; it took the regulation that is offered to all.
#[derive(Deserialize)]
pub struct SampleRegulation {
    /// Number of the decision.
    pub decision_no: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// How somebody came to a seat, and what they read since.
#[derive(Deserialize)]
pub struct SampleSeatPapers {
    /// Number of the letter of appointment.
    pub letter_no: String,
    /// The last day of the term.
    pub term_until: i64,
    /// Where whoever stands in signs in.
    pub substitute: Option<String>,
    /// What the seat is there for.
    pub role_text: String,
    /// What its holder read: `handover`, `role`, `regulation`.
    pub read: Vec<String>,
}

/// What an institution counted in a year.
#[derive(Deserialize)]
pub struct SampleFigure {
    /// Who publishes it.
    pub staff: String,
    /// Code of the topic.
    pub topic: String,
    /// What was counted.
    pub name: String,
    /// How many years before this one.
    pub years_ago: i32,
    /// How much.
    pub value: f64,
    /// Where it is published.
    pub source: String,
    /// The day it was.
    pub day: i64,
}

/// What members learned.
#[derive(Deserialize)]
pub struct SampleTraining {
    /// The day.
    pub day: i64,
    /// What was learned.
    pub topic: String,
    /// Who taught.
    pub provider: String,
    /// Who was there.
    pub staff: Vec<String>,
}
