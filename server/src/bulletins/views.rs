//! The shapes of bulletins: the document itself, and what is told of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::places::store::Municipality;
use crate::reports::counts::Period;

/// What a council tells of a quarter. Published, its JSON is kept as it is, and its hash lies in the log.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct BulletinRecord {
    /// Slug of the municipality.
    pub municipality: String,
    /// Its official name.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The quarter, 1 to 4.
    pub quarter: u32,
    /// Its first day.
    pub from: NaiveDate,
    /// The last day that is told of: of the quarter, or today.
    pub until: NaiveDate,
    /// What the secretary says first; empty until it is written.
    pub opening: String,
    /// What the secretary says last; may be empty.
    pub closing: String,
    /// The quarter in numbers.
    pub totals: BulletinTotals,
    /// Public concerns that were called done, also in part, and still were at its end.
    pub done: Vec<BulletinConcern>,
    /// Public concerns that were planned or begun, and still were at its end.
    pub taken_up: Vec<BulletinConcern>,
    /// Measures of which something happened, and those that are late.
    pub measures: Vec<BulletinMeasure>,
    /// Meetings that were held.
    pub held: Vec<BulletinMeeting>,
    /// Meetings that are to come.
    pub to_come: Vec<BulletinMeeting>,
    /// Consultations whose vote ended.
    pub consultations: Vec<BulletinConsultation>,
}

/// A quarter in numbers, of nothing that would point at somebody.
#[derive(Clone, Default, Deserialize, Serialize, ToSchema, PartialEq, Eq, Debug)]
pub struct BulletinTotals {
    /// Concerns received, those of today not yet.
    pub received: u32,
    /// Concerns that became public.
    pub published: u32,
    /// Public concerns that an institution answered.
    pub answered: u32,
    /// Public concerns that were called done: as many as are named.
    pub done: u32,
    /// Concerns that were reopened, since residents say that they are not done.
    pub reopened: u32,
    /// Meetings held.
    pub meetings: u32,
    /// Measures begun.
    pub measures_begun: u32,
    /// Measures done, also in part.
    pub measures_done: u32,
    /// Measures past their day.
    pub measures_late: u32,
}

/// A public concern on which something was done.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct BulletinConcern {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Code of its topic.
    pub topic: String,
    /// Name of its unit.
    pub unit: Option<String>,
    /// Where it stood at the end.
    pub status: String,
    /// Since which day.
    pub on: NaiveDate,
}

/// A measure.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct BulletinMeasure {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Code of the one institution that leads.
    pub lead: String,
    /// The day it is or was due.
    pub due_on: NaiveDate,
    /// `done`, `partly_done`, `begun`, `late` or `not_done`.
    pub turn: String,
}

/// A meeting.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct BulletinMeeting {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// `council`, `hearing`, `youth_forum` or `exchange`.
    pub kind: String,
    /// The day, in Albania.
    pub on: NaiveDate,
    /// When it begins, hours and minutes in Albania.
    pub from: String,
    /// Where people meet.
    pub place: Option<String>,
}

/// A consultation.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct BulletinConsultation {
    /// Its id.
    pub id: String,
    /// What was asked.
    pub question: String,
    /// The last day of the vote.
    pub voted_until: NaiveDate,
}

/// A published bulletin.
#[derive(Deserialize, Serialize, ToSchema)]
pub struct BulletinPage {
    /// The document.
    pub record: BulletinRecord,
    /// The day it was published; from then on it does not change.
    pub published_on: NaiveDate,
    /// SHA-256 of the document, hexadecimal.
    pub hash: String,
}

/// The bulletins a council published.
#[derive(Serialize, ToSchema)]
pub struct BulletinList {
    /// Slug of the municipality.
    pub municipality: String,
    /// Its official name.
    pub name: String,
    /// Them, the last quarter first.
    pub items: Vec<BulletinIssue>,
}

/// A published bulletin among others.
#[derive(Serialize, ToSchema)]
pub struct BulletinIssue {
    /// The year.
    pub year: i32,
    /// The quarter, 1 to 4.
    pub quarter: i32,
    /// The day it was published.
    pub published_on: NaiveDate,
}

/// A bulletin at the desk.
#[derive(Serialize, ToSchema)]
pub struct DeskBulletin {
    /// The document; before it is published, as it would be today.
    pub record: BulletinRecord,
    /// Whether its words are written.
    pub written: bool,
    /// Whether its quarter is over, so that it may be published.
    pub over: bool,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
}

/// The quarters a council may tell of.
#[derive(Serialize, ToSchema)]
pub struct DeskBulletinList {
    /// The quarters, the last first.
    pub items: Vec<DeskIssue>,
}

/// A quarter a council may tell of.
#[derive(Serialize, ToSchema)]
pub struct DeskIssue {
    /// The year.
    pub year: i32,
    /// The quarter, 1 to 4.
    pub quarter: u32,
    /// Whether its words are written.
    pub written: bool,
    /// Whether it is over, so that its bulletin may be published.
    pub over: bool,
    /// The day its bulletin was published.
    pub published_on: Option<NaiveDate>,
}

impl BulletinRecord {
    /// The document of a quarter of which nothing is told yet.
    pub fn empty(place: &Municipality, (year, quarter): (i32, u32), period: Period) -> Self {
        Self {
            municipality: place.slug.clone(),
            name: place.full_name.clone(),
            year,
            quarter,
            from: period.from,
            until: period.until,
            opening: String::new(),
            closing: String::new(),
            totals: BulletinTotals::default(),
            done: Vec::new(),
            taken_up: Vec::new(),
            measures: Vec::new(),
            held: Vec::new(),
            to_come: Vec::new(),
            consultations: Vec::new(),
        }
    }
}
