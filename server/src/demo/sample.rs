//! The sample year as it is written in `data/demo`: days count from today.

mod papers;
mod plan;

use chrono::NaiveTime;
use serde::Deserialize;

pub use papers::{SampleFigure, SampleRegulation, SampleSeatPapers, SampleTraining};
pub use plan::{SampleBulletin, SampleMeasure, SampleObjective, SampleOther, SampleReport};

use crate::concerns::submit::Identity;

const ELBASAN: &str = include_str!("../../../data/demo/elbasan.json");

/// The sample year of one municipality.
#[derive(Deserialize)]
pub struct Sample {
    /// Slug of the municipality.
    pub municipality: String,
    /// Residents with an account.
    pub people: Vec<Resident>,
    /// Members of the council.
    pub staff: Vec<Member>,
    /// What worried them.
    pub concerns: Vec<SampleConcern>,
    /// How the council decided to work.
    pub regulation: SampleRegulation,
    /// What its members learned.
    pub trainings: Vec<SampleTraining>,
    /// What institutions counted.
    pub figures: Vec<SampleFigure>,
    /// What the council asked them.
    pub consultations: Vec<SampleConsultation>,
    /// When it met and meets.
    pub meetings: Vec<SampleMeeting>,
    /// Answers the council gives often.
    pub templates: Vec<SampleTemplate>,
    /// What the council wants of the year.
    pub objectives: Vec<SampleObjective>,
    /// What is done for it.
    pub measures: Vec<SampleMeasure>,
    /// What other local plans do.
    pub others: Vec<SampleOther>,
    /// What it tells of the last quarter that is over.
    pub bulletin: SampleBulletin,
}

/// A resident with an account.
#[derive(Deserialize)]
pub struct Resident {
    /// How the sample calls them.
    pub key: String,
    /// Where they sign in.
    pub email: String,
    /// The name others see.
    pub display_name: String,
    /// Slug of the unit they live in.
    pub home_unit: String,
}

/// A member of the council.
#[derive(Deserialize)]
pub struct Member {
    /// How the sample calls them.
    pub key: String,
    /// Where they sign in.
    pub email: String,
    /// The name others see.
    pub display_name: String,
    /// The institution they speak for.
    pub institution: String,
    /// What they may do.
    pub role: String,
    /// What their seat is called.
    pub title: String,
    /// Whether they chair the council.
    #[serde(default)]
    pub chairs: bool,
    /// How they came to their seat and what they read; absent for who only sets it up.
    pub papers: Option<SampleSeatPapers>,
}

/// A concern and what became of it.
#[derive(Deserialize)]
pub struct SampleConcern {
    /// How the sample calls it.
    pub key: String,
    /// Code of the topic.
    pub topic: String,
    /// Slug of the unit.
    pub unit: Option<String>,
    /// Latitude, degrees.
    pub lat: Option<f64>,
    /// Longitude, degrees.
    pub lon: Option<f64>,
    /// In one line.
    pub title: String,
    /// In full.
    pub text: String,
    /// How the author appears.
    pub identity: Identity,
    /// Who wrote it, unless anonymous.
    pub author: Option<String>,
    /// The name shown with `display`.
    pub display_name: Option<String>,
    /// The receipt of the one anonymous thread that visitors may open.
    pub receipt: Option<String>,
    /// The day it came.
    pub received: i64,
    /// How many share it.
    pub support: SampleSupport,
    /// Its moves.
    pub moves: Vec<SampleMove>,
    /// The answers it got.
    pub answers: Vec<SampleAnswer>,
    /// Notes among members.
    pub notes: Vec<SampleNote>,
    /// Its thread.
    pub messages: Vec<SampleMessage>,
}

/// How many share a concern.
#[derive(Clone, Copy, Deserialize)]
pub struct SampleSupport {
    /// By accounts.
    pub residents: usize,
    /// By devices.
    pub visitors: usize,
}

/// A move.
#[derive(Clone, Deserialize)]
pub struct SampleMove {
    /// Where to.
    pub to: String,
    /// The day.
    pub day: i64,
    /// A member, `author` or `supporters`.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Legal ground of a refusal.
    pub legal_ground: Option<String>,
    /// Whose matter it is.
    pub whose: Option<String>,
    /// The concern it becomes part of.
    pub into: Option<String>,
    /// The institution that leads.
    pub lead: Option<String>,
    /// The day promised.
    pub due: Option<i64>,
}

/// An answer.
#[derive(Clone, Deserialize)]
pub struct SampleAnswer {
    /// The day.
    pub day: i64,
    /// The member who answered.
    pub by: String,
    /// What it comes down to.
    pub verdict: String,
    /// The answer.
    pub text: String,
    /// The institution that leads.
    pub lead: Option<String>,
    /// The day promised.
    pub due: Option<i64>,
    /// Whose matter it is.
    pub whose: Option<String>,
}

/// A note among members.
#[derive(Clone, Deserialize)]
pub struct SampleNote {
    /// The day.
    pub day: i64,
    /// The member who wrote.
    pub by: String,
    /// The note.
    pub text: String,
    /// `members` or `secretariat`.
    pub visibility: String,
}

/// A message.
#[derive(Clone, Deserialize)]
pub struct SampleMessage {
    /// `author` or `council`.
    pub from: String,
    /// The member who wrote for the council.
    pub by: Option<String>,
    /// The day.
    pub day: i64,
    /// The message.
    pub text: String,
}

/// A consultation. Each phase lasts so many days after the one before.
#[derive(Deserialize)]
pub struct SampleConsultation {
    /// How the sample calls it.
    pub key: String,
    /// The member who announced it.
    pub by: String,
    /// The day.
    pub announced: i64,
    /// How long concerns are collected.
    pub collect_working_days: u32,
    /// How long they are discussed.
    pub discuss_days: i64,
    /// How long is voted.
    pub vote_days: i64,
    /// How long the result alone is shown.
    pub result_days: i64,
    /// How long the council plans.
    pub plan_days: i64,
    /// After how long it reports.
    pub report_days: i64,
    /// What is asked.
    pub question: String,
    /// What it shall lead to.
    pub objective: String,
    /// What residents need to know.
    pub explanation: String,
    /// What is voted on, and what was left out.
    pub candidates: Vec<SampleCandidate>,
}

/// Whether a concern is voted on.
#[derive(Clone, Deserialize)]
pub struct SampleCandidate {
    /// How the sample calls the concern.
    pub concern: String,
    /// The day this was decided.
    pub day: i64,
    /// Whether it is.
    pub included: bool,
    /// Why.
    pub reason: Option<String>,
    /// How bad it is when it happens.
    pub severity: Option<i32>,
    /// How often it happens.
    pub frequency: Option<i32>,
    /// How many it harms.
    pub harm: Option<i32>,
}

/// A meeting.
#[derive(Deserialize)]
pub struct SampleMeeting {
    /// How the sample calls it.
    pub key: String,
    /// The member who announced it.
    pub by: String,
    /// The day it was announced.
    pub announced: i64,
    /// The day it is.
    pub day: i64,
    /// When it begins.
    pub from: NaiveTime,
    /// When it ends.
    pub until: NaiveTime,
    /// What kind it is.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What it shall lead to.
    pub objective: String,
    /// Where people meet.
    pub place: String,
    /// Slug of the unit it is about.
    pub unit: Option<String>,
    /// Code of the topic it is about.
    pub topic: Option<String>,
    /// How everybody gets in.
    pub accessibility: Option<String>,
    /// How many residents there is place for.
    pub capacity: Option<i32>,
    /// Whether the council answers at it for what it promised that year.
    #[serde(default)]
    pub answers: bool,
    /// How many say that they come.
    #[serde(default)]
    pub coming: usize,
    /// What is spoken of.
    pub agenda: Vec<SampleAgendaItem>,
    /// Its minutes, once it is over.
    pub minutes: Option<SampleMinutes>,
}

/// The minutes of a meeting.
#[derive(Clone, Deserialize)]
pub struct SampleMinutes {
    /// The members who were there.
    pub present: Vec<String>,
    /// What was said.
    pub text: String,
    /// The day of the next meeting.
    pub next: Option<i64>,
    /// What became of each item.
    pub outcomes: Vec<SampleOutcome>,
}

/// What became of an item.
#[derive(Clone, Deserialize)]
pub struct SampleOutcome {
    /// What kind of outcome.
    pub kind: String,
    /// What was decided.
    pub text: String,
    /// The institution that leads.
    pub lead: Option<String>,
    /// The day promised.
    pub due: Option<i64>,
}

/// What is spoken of.
#[derive(Clone, Deserialize)]
pub struct SampleAgendaItem {
    /// What it is called.
    pub title: String,
    /// How the sample calls the concern it is about.
    pub concern: Option<String>,
    /// What it takes up again: how the sample calls the meeting, and the place on its agenda.
    pub resumes: Option<(String, i32)>,
}

/// An answer the council gives often.
#[derive(Deserialize)]
pub struct SampleTemplate {
    /// What it is called.
    pub title: String,
    /// The answer.
    pub text: String,
}

impl Sample {
    /// Elbasan's sample year.
    ///
    /// # Errors
    /// When the data file does not parse.
    pub fn elbasan() -> Result<Self, serde_json::Error> {
        serde_json::from_str(ELBASAN)
    }
}
