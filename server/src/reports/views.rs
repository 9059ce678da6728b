//! The shapes of reports: the document itself, and what is told of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a council did in a year, out of rows. Published, its JSON is kept as it is, and its hash lies in the log.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct ReportRecord {
    /// Slug of the municipality.
    pub municipality: String,
    /// Its official name.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The last day that is counted: of the year, or today.
    pub until: NaiveDate,
    /// What the council says to it; empty until it is published.
    pub foreword: String,
    /// Every concern that was put first, kept or not: what nobody took up comes first.
    pub priorities: Vec<ReportedConcern>,
    /// Every measure that was owed in the year, those due first first.
    pub measures: Vec<ReportedMeasure>,
    /// Each seat of the council that was there to be taken, those of the three institutions first.
    pub seats: Vec<ReportedSeat>,
    /// How many meetings were held, by kind.
    pub meetings: Vec<HeldMeetings>,
    /// How many concerns became public in each month, by topic.
    pub topics: Vec<TopicYear>,
    /// The year in numbers.
    pub totals: Totals,
    /// The year before in the same numbers.
    pub before: Totals,
}

/// A concern that was put first, and what became of it.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct ReportedConcern {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Code of its topic.
    pub topic: String,
    /// Name of its unit.
    pub unit: Option<String>,
    /// The day it was put first.
    pub prioritised_on: NaiveDate,
    /// Whether that was in an earlier year.
    pub carried: bool,
    /// Where it stands.
    pub status: String,
    /// `unaddressed`, `late`, `contested`, `under_way`, `partly`, `kept`, `merged` or `refused`.
    pub verdict: String,
    /// The last public word of an institution on it, and whose.
    pub answer: Option<LastWord>,
    /// Id of the concern it became part of.
    pub merged_into: Option<String>,
    /// Ids of the measures that answer it.
    pub measures: Vec<String>,
    /// How many support it.
    pub supporters: i32,
    /// How many of those say that it is not done.
    pub contests: u32,
}

/// The last public word of an institution.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct LastWord {
    /// Whose.
    pub institution: Option<String>,
    /// The word.
    pub text: String,
    /// The day.
    pub on: NaiveDate,
}

/// A measure that was owed in the year.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct ReportedMeasure {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The objective it is for.
    pub objective: String,
    /// Code of the one institution that leads.
    pub lead: String,
    /// The day it is or was due.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: String,
    /// How many days it is late.
    pub days_late: Option<u32>,
    /// How many reports were not given in time.
    pub reports_missed: u32,
    /// Lekë planned.
    pub budget: Option<i64>,
    /// Lekë spent.
    pub spent: Option<i64>,
    /// What is counted.
    pub indicators: Vec<ReportedIndicator>,
}

/// How far an indicator came.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct ReportedIndicator {
    /// What is counted.
    pub name: String,
    /// In what.
    pub unit: String,
    /// Where it stood before.
    pub baseline: f64,
    /// Where it should stand.
    pub target: f64,
    /// Where it stands.
    pub value: Option<f64>,
}

/// A seat in the year.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct ReportedSeat {
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
    /// At how many sittings it was there to be taken.
    pub sittings: usize,
    /// At how many it was.
    pub taken: usize,
    /// How many commitments and measures its institution led.
    pub commitments: usize,
    /// Whether it was never taken, or its institution led nothing (A11).
    pub silent: bool,
}

/// Meetings of a kind.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct HeldMeetings {
    /// `council`, `hearing`, `youth_forum` or `exchange`.
    pub kind: String,
    /// How many were held.
    pub held: u32,
}

/// Concerns of a topic through the year.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct TopicYear {
    /// Code of the topic.
    pub topic: String,
    /// How many became public in each month, January first.
    pub months: Vec<u32>,
}

/// A year in numbers (law 146/2014: received, accepted, refused, meetings held).
#[derive(Clone, Default, Deserialize, Serialize, ToSchema, PartialEq, Eq, Debug)]
pub struct Totals {
    /// Concerns received, those of today not yet.
    pub received: u32,
    /// Concerns that became public.
    pub published: u32,
    /// Concerns that were taken up for the first time: put first, planned, begun or done.
    pub accepted: u32,
    /// Concerns that were refused with a reason and a ground.
    pub declined: u32,
    /// Concerns that were another institution's.
    pub not_ours: u32,
    /// Concerns that became part of another.
    pub merged: u32,
    /// Concerns handed to a protected mechanism; nothing where so few would point at somebody.
    pub referred: Option<u32>,
    /// Concerns that were called done, also in part.
    pub done: u32,
    /// Concerns that were reopened.
    pub reopened: u32,
    /// Public concerns received and answered within the days the council has.
    pub answered_in_time: u32,
    /// Public concerns received and answered later.
    pub answered_late: u32,
    /// Public concerns received whose day has passed without an answer.
    pub unanswered: u32,
    /// Meetings held.
    pub meetings: u32,
    /// Those of them whose minutes are approved (study C1).
    pub meetings_minuted: u32,
    /// Sittings of the council among them.
    pub sittings: u32,
    /// Sittings there should have been, by the council's own days.
    pub sittings_due: u32,
    /// What was spoken of at them: items of their agendas.
    pub agenda_items: u32,
    /// Those of them that are concerns of residents (study C4).
    pub agenda_from_residents: u32,
    /// Measures that were owed.
    pub measures: u32,
    /// Those that are done.
    pub measures_done: u32,
    /// Those that are done in part.
    pub measures_partly: u32,
    /// Those that were closed without being done.
    pub measures_not_done: u32,
    /// Those that are owed and past their day.
    pub measures_late: u32,
    /// Lekë planned for them.
    pub budget: i64,
    /// Lekë spent on them.
    pub spent: i64,
}

/// A year's report.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct ReportPage {
    /// The document; before it is published, as it would be today.
    pub record: ReportRecord,
    /// The day it was published; from then on it does not change.
    pub published_on: Option<NaiveDate>,
    /// SHA-256 of the published document, hexadecimal.
    pub hash: Option<String>,
}

/// The years a council answers for.
#[derive(Serialize, ToSchema)]
pub struct ReportList {
    /// The years, the last first.
    pub items: Vec<ReportYear>,
}

/// A year a council answers for.
#[derive(Serialize, ToSchema)]
pub struct ReportYear {
    /// The year.
    pub year: i32,
    /// The day its report was published.
    pub published_on: Option<NaiveDate>,
}
