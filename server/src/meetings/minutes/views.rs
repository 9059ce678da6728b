//! The shapes of minutes: the document itself, and what is public of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::store::Correction;
use crate::meetings::views::NextMeeting;
use crate::polls::views::NamedPoll;

/// Minutes as a document. Approved, its JSON is kept as it is, and its hash lies in the log.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct MinutesRecord {
    /// Id of the meeting.
    pub meeting: String,
    /// What it is called.
    pub title: String,
    /// The day.
    pub on: NaiveDate,
    /// When it began, hours and minutes in Albania.
    pub from: String,
    /// Where.
    pub place: Option<String>,
    /// What was spoken of and what became of it, in its order.
    pub items: Vec<RecordedItem>,
    /// Each seat of the council that day.
    pub attendance: Vec<RecordedSeat>,
    /// How many of them were taken.
    pub present: usize,
    /// Whether that is more than half.
    pub quorum: bool,
    /// What was said; empty where nothing is written yet.
    pub text: String,
    /// The day of the next meeting.
    pub next_on: Option<NaiveDate>,
    /// The day the meeting was closed; absent where nothing is written yet.
    pub closed_on: Option<NaiveDate>,
}

/// What was spoken of.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct RecordedItem {
    /// What it is called.
    pub title: String,
    /// Id of the concern it is about.
    pub concern: Option<String>,
    /// What became of it; absent where nothing is written yet.
    pub outcome: Option<RecordedOutcome>,
}

/// What became of it.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct RecordedOutcome {
    /// `commitment`, `parked` (it comes back) or `information`.
    pub kind: String,
    /// What was decided.
    pub text: String,
    /// The institution that leads.
    pub lead: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// A seat and whether it was taken.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct RecordedSeat {
    /// Its id.
    pub seat: String,
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
    /// `present`, `remote`, `substitute`, `excused` or `absent`.
    pub presence: String,
}

/// Minutes as everybody reads them.
#[derive(Serialize, ToSchema)]
pub struct PublishedMinutes {
    /// The document.
    pub record: MinutesRecord,
    /// SHA-256 of its JSON as `GET /meetings/{id}/minutes.json` gives it, hexadecimal.
    pub hash: String,
    /// The day it was approved.
    pub approved_on: NaiveDate,
    /// What was put right since, the first first.
    pub corrections: Vec<MinutesCorrection>,
}

/// Minutes as members read them while they are written.
#[derive(Serialize, ToSchema)]
pub struct MinutesDraft {
    /// The document as it would be.
    pub record: MinutesRecord,
    /// The day it was approved: then it changes no more.
    pub approved_on: Option<NaiveDate>,
}

/// What was put right.
#[derive(Serialize, ToSchema)]
pub struct MinutesCorrection {
    /// What is right.
    pub text: String,
    /// The institution that said so.
    pub institution: String,
    /// The day.
    pub on: NaiveDate,
}

/// A meeting on whose agenda a concern is.
#[derive(Serialize, ToSchema)]
pub struct Discussion {
    /// The meeting.
    #[serde(flatten)]
    pub meeting: NextMeeting,
    /// What became of it, once the minutes are approved.
    pub outcome: Option<RecordedOutcome>,
}

/// Items that were parked and wait for the next meeting.
#[derive(Serialize, ToSchema)]
pub struct ParkedItems {
    /// The items, those of the last meeting first.
    pub items: Vec<ParkedItem>,
    /// Polls that were sent to the council and are on no agenda yet.
    pub polls: Vec<NamedPoll>,
}

/// An item that was parked.
#[derive(Serialize, ToSchema)]
pub struct ParkedItem {
    /// Id of the meeting that parked it.
    pub meeting: String,
    /// Its place on that agenda, from 1.
    pub item: i32,
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
    /// Id of the concern it is about.
    pub concern: Option<String>,
    /// Id of the poll it is about.
    pub poll: Option<String>,
}

impl From<Correction> for MinutesCorrection {
    fn from(row: Correction) -> Self {
        Self {
            text: row.text,
            institution: row.institution,
            on: row.on_day,
        }
    }
}
