//! The shapes of a programme of work.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What a council does in a year, day by day.
#[derive(Serialize, ToSchema)]
pub struct Program {
    /// The year.
    pub year: i32,
    /// What is on it, the first first.
    pub items: Vec<ProgramItem>,
}

/// Something a council does on a day, or from one until another.
#[derive(Serialize, ToSchema)]
pub struct ProgramItem {
    /// The day, or the first one.
    pub on: NaiveDate,
    /// The last day, of what lasts longer than one.
    pub until: Option<NaiveDate>,
    /// When it begins, hours and minutes in Albania; of a meeting.
    pub from: Option<String>,
    /// `meeting`, `sitting_set`, `sitting_due`, `collection`, `discussion`, `vote`, `planning`, `report`,
    /// `measure_report`, `measure_due` or `bulletin`.
    pub kind: &'static str,
    /// What it is called; absent of what the calendar alone brings.
    pub title: Option<String>,
    /// Id of the meeting, of the consultation or of the measure; of a bulletin its year and quarter, `2026/3`.
    pub about: Option<String>,
    /// Code of the institution that leads; of a measure.
    pub lead: Option<String>,
    /// Whether it was done; absent where it is still to come.
    pub done: Option<bool>,
}
