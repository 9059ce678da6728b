//! Shapes of a seat's papers.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::councils::regulations::views::RegulationRow;
use crate::councils::trainings::store::Training;
use crate::plans::views::MeasureRow;

/// What whoever sits in a seat finds there.
#[derive(Serialize, ToSchema)]
pub struct SeatPapers {
    /// The seat.
    pub seat: PaperSeat,
    /// What is going on and what was decided; for whoever comes new.
    pub handover: Handover,
    /// What the seat is there for; absent where nobody wrote it.
    pub role: Option<RolePaper>,
    /// How the council works; absent where it decided nothing.
    pub regulation: Option<RegulationPaper>,
    /// What its holder learned, the last first.
    pub trainings: Vec<OwnTraining>,
}

/// A seat and how its holder came to it.
#[derive(Serialize, ToSchema)]
pub struct PaperSeat {
    /// Its id.
    pub id: String,
    /// Slug of the municipality.
    pub municipality: String,
    /// The institution it speaks for.
    pub institution: String,
    /// `member`, `secretary` or `administrator`.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// Whether its holder chairs the council.
    pub chairs: bool,
    /// Whether this is of whoever stands in for the holder.
    pub substitute: bool,
    /// Since when.
    pub since: NaiveDate,
    /// Number of the letter of appointment.
    pub letter_no: Option<String>,
    /// Its day.
    pub letter_on: Option<NaiveDate>,
    /// The last day of the term.
    pub term_until: Option<NaiveDate>,
}

/// What is handed over to whoever comes to a seat (A8).
#[derive(Serialize, ToSchema)]
pub struct Handover {
    /// Measures the institution leads that are not closed.
    pub measures: Vec<MeasureRow>,
    /// What it promised at meetings and no measure keeps yet.
    pub commitments: Vec<Decision>,
    /// What the council decided in the last twelve months, the last first.
    pub decisions: Vec<Decision>,
    /// How many concerns wait for its answer.
    pub waiting: u32,
    /// How many concerns were handed to protected mechanisms; absent where there are few.
    pub referred: Option<u32>,
    /// The day the holder said that they read it.
    pub acknowledged_on: Option<NaiveDate>,
}

/// What became of a point of an agenda.
#[derive(Clone, Serialize, ToSchema)]
pub struct Decision {
    /// Id of the meeting.
    pub meeting: String,
    /// Its day.
    pub on: NaiveDate,
    /// The point's place on the agenda, from 1.
    pub item: i32,
    /// The point.
    pub title: String,
    /// `commitment`, `parked` or `information`.
    pub kind: String,
    /// What was decided.
    pub text: String,
    /// The institution that leads.
    pub lead: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// What a seat is there for (A10).
#[derive(Serialize, ToSchema)]
pub struct RolePaper {
    /// The how-manieth text it is, from 1.
    pub version: i32,
    /// The text.
    pub text: String,
    /// The day it was written.
    pub written_on: NaiveDate,
    /// The day the holder said that they read it.
    pub acknowledged_on: Option<NaiveDate>,
}

/// The regulation in force, to be read.
#[derive(Serialize, ToSchema)]
pub struct RegulationPaper {
    /// The decision.
    #[serde(flatten)]
    pub decision: RegulationRow,
    /// The day the holder said that they read it.
    pub acknowledged_on: Option<NaiveDate>,
}

/// A training somebody had.
#[derive(Serialize, ToSchema)]
pub struct OwnTraining {
    /// What was learned.
    pub topic: String,
    /// Who taught.
    pub provider: String,
    /// The day.
    pub held_on: NaiveDate,
}

impl From<Training> for OwnTraining {
    fn from(row: Training) -> Self {
        Self {
            topic: row.topic,
            provider: row.provider,
            held_on: row.held_on,
        }
    }
}

/// What the secretary sees of a seat's papers: what is unread stays in sight.
#[derive(Serialize, ToSchema)]
pub struct SeatState {
    /// Id of the seat.
    pub id: String,
    /// The institution it speaks for.
    pub institution: String,
    /// `member` or `secretary`.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// Whether its holder chairs the council.
    pub chairs: bool,
    /// Since when its holder has it; absent: it is empty.
    pub since: Option<NaiveDate>,
    /// Whether somebody stands in for them.
    pub substitute: bool,
    /// The last day of the term.
    pub term_until: Option<NaiveDate>,
    /// Whether that day has passed.
    pub term_over: bool,
    /// What the seat is there for; absent where nobody wrote it.
    pub role_text: Option<String>,
    /// The day its holder read that.
    pub role_read_on: Option<NaiveDate>,
    /// The day its holder read the regulation in force.
    pub regulation_read_on: Option<NaiveDate>,
    /// The day its holder read what was handed over.
    pub handover_read_on: Option<NaiveDate>,
    /// Whether its holder was trained.
    pub trained: bool,
}

/// The seats of a council with their papers.
#[derive(Serialize, ToSchema)]
pub struct SeatStates {
    /// The seats, those of the three institutions first.
    pub items: Vec<SeatState>,
}

/// How many of those who sit in a council know how it works (B2, E2).
#[derive(Serialize, ToSchema)]
pub struct Preparedness {
    /// How many seats are held.
    pub held: usize,
    /// How many of their holders read the regulation in force.
    pub regulation_read: usize,
    /// How many of them read what their seat is there for.
    pub role_read: usize,
    /// How many of them were trained.
    pub trained: usize,
}
