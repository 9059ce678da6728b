//! Shapes of the desk, for members only. Never an account, an address or a time of an author.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Code as _;
use domain::calendar::is_overdue;
use domain::concern::State;
use domain::topic::Class;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::Note;
use crate::concerns::store::Concern;
use crate::concerns::views::{ConcernCard, ConcernPage, MessageView};

/// What only members know of a concern.
#[derive(Serialize, ToSchema)]
pub struct DeskFacts {
    /// The day by which it must be answered.
    pub due_on: NaiveDate,
    /// Open, unanswered and past that day.
    pub overdue: bool,
    /// Days since it came.
    pub age_days: i64,
    /// The institution that takes care of it.
    pub assigned: Option<String>,
    /// `public` or `restricted`.
    pub class: &'static str,
    /// Approved, and waiting to be published together with others.
    pub awaits_batch: bool,
}

impl DeskFacts {
    /// What members know of a concern today.
    pub fn new(row: &Concern, today: NaiveDate, class: Class) -> Self {
        let open = State::from_code(&row.state).is_some_and(State::is_open);
        Self {
            due_on: row.due_on,
            overdue: open && row.verdict.is_none() && is_overdue(row.due_on, today),
            age_days: (today - row.received_on).num_days(),
            assigned: row.assigned.clone(),
            class: class.code(),
            awaits_batch: row.awaits_batch,
        }
    }
}

/// A concern in the queue.
#[derive(Serialize, ToSchema)]
pub struct DeskCard {
    /// As the public sees it.
    #[serde(flatten)]
    pub card: ConcernCard,
    /// What only members know.
    #[serde(flatten)]
    pub desk: DeskFacts,
    /// The author wrote last.
    pub new_messages: bool,
}

/// A page of the queue.
#[derive(Serialize, ToSchema)]
pub struct DeskList {
    /// The concerns.
    pub items: Vec<DeskCard>,
    /// What to send as `after` for the next page.
    pub next: Option<String>,
    /// How many concerns stand where.
    pub counts: BTreeMap<String, i64>,
}

/// A move the seat may make, and what it must bring along.
#[derive(Serialize, ToSchema)]
pub struct DeskMove {
    /// Where it leads.
    pub to: &'static str,
    /// What it needs: `reason`, `legal_ground`, `whose`, `into`, `lead`, `due_on`, `proof`.
    pub needs: Vec<&'static str>,
}

/// A note among members.
#[derive(Serialize, ToSchema)]
pub struct NoteView {
    /// The day it was written.
    pub on: NaiveDate,
    /// The institution of the seat that wrote.
    pub institution: String,
    /// `members`, `institution` or `secretariat`.
    pub visibility: String,
    /// What was written.
    pub text: String,
}

/// A concern as a seat sees it.
#[derive(Serialize, ToSchema)]
pub struct DeskPage {
    /// As the public sees it.
    #[serde(flatten)]
    pub concern: ConcernPage,
    /// What only members know.
    #[serde(flatten)]
    pub desk: DeskFacts,
    /// The notes this seat may read.
    pub notes: Vec<NoteView>,
    /// The thread with the author.
    pub messages: Vec<MessageView>,
    /// Whether the author can be written to at all.
    pub has_thread: bool,
    /// Whether this seat may answer now.
    pub may_answer: bool,
    /// Whether this seat may say who takes care of it.
    pub may_assign: bool,
    /// Whether this seat may write to the author.
    pub may_write_to_author: bool,
    /// The moves this seat may make now.
    pub allowed_moves: Vec<DeskMove>,
}

/// What came of moving many.
#[derive(Serialize, ToSchema)]
pub struct MovedMany {
    /// The concerns that moved.
    pub moved: Vec<String>,
    /// The others, with the code of the refusal.
    pub refused: Vec<RefusedMove>,
}

/// A concern that did not move.
#[derive(Serialize, ToSchema)]
pub struct RefusedMove {
    /// Its id.
    pub id: String,
    /// Why not.
    pub code: &'static str,
}

impl From<Note> for NoteView {
    fn from(note: Note) -> Self {
        Self {
            on: note.on_day,
            institution: note.institution,
            visibility: note.visibility,
            text: note.text,
        }
    }
}
