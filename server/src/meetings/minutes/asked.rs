//! What somebody asks for when they write minutes or put them right, parsed.

use chrono::NaiveDate;
use domain::Code as _;
use domain::minutes::{Outcome, Presence};
use domain::seat::Institution;
use domain::text::{Protocol, Reason};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::councils::SeatId;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// Writes the minutes of a meeting, which closes it, or writes them anew until they are approved.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteMinutes {
    /// Which seats were taken; one that is not named was absent.
    attendance: Vec<AskedPresence>,
    /// What became of each item of the agenda, in its order.
    outcomes: Vec<AskedOutcome>,
    /// What was said, 10 to 12,000 characters.
    text: String,
    /// The day of the next meeting.
    next_on: Option<NaiveDate>,
}

/// Whether a seat was taken.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedPresence {
    /// Id of the seat.
    seat: String,
    /// `present`, `remote`, `substitute`, `excused` or `absent`.
    presence: String,
}

/// What became of an item.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedOutcome {
    /// `commitment`, `parked` or `information`.
    kind: String,
    /// What was decided, 3 to 1,000 characters.
    text: String,
    /// Of a commitment: the institution that leads.
    lead: Option<String>,
    /// Of a commitment: until when, a day after the meeting.
    due_on: Option<NaiveDate>,
}

/// Puts approved minutes right, beside them.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectMinutes {
    /// What is right, 3 to 1,000 characters; public.
    text: String,
}

impl Input for WriteMinutes {}
impl Input for CorrectMinutes {}

/// What became of an item.
#[derive(Clone)]
pub struct Decided {
    /// What kind of outcome.
    pub kind: Outcome,
    /// What was decided.
    pub text: Reason,
    /// Who leads.
    pub lead: Option<Institution>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// Minutes as they shall be.
#[derive(Clone)]
pub struct Written {
    /// Which seats were taken.
    pub attendance: Vec<(SeatId, Presence)>,
    /// What became of each item.
    pub outcomes: Vec<Decided>,
    /// What was said.
    pub text: Protocol,
    /// The day of the next meeting.
    pub next_on: Option<NaiveDate>,
}

impl WriteMinutes {
    /// The minutes asked for.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Written, Problem> {
        let attendance = self.attendance.into_iter().enumerate();
        let outcomes = self.outcomes.into_iter().enumerate();
        Ok(Written {
            attendance: attendance
                .map(|(place, asked)| asked.parse(&format!("/attendance/{place}")))
                .collect::<Result<_, _>>()?,
            outcomes: outcomes
                .map(|(place, asked)| asked.parse(&format!("/outcomes/{place}")))
                .collect::<Result<_, _>>()?,
            text: texts::parse("/text", Protocol::parse(&self.text))?,
            next_on: self.next_on,
        })
    }
}

impl AskedPresence {
    fn parse(self, at: &str) -> Result<(SeatId, Presence), Problem> {
        let seat = self.seat.parse();
        let seat =
            seat.map_err(|()| Problem::field(&format!("{at}/seat"), "seat_unknown", None))?;
        let presence = Presence::from_code(&self.presence);
        let unknown = || Problem::field(&format!("{at}/presence"), "presence_unknown", None);
        Ok((seat, presence.ok_or_else(unknown)?))
    }
}

impl AskedOutcome {
    fn parse(self, at: &str) -> Result<Decided, Problem> {
        let kind = Outcome::from_code(&self.kind);
        let unknown = || Problem::field(&format!("{at}/kind"), "outcome_unknown", None);
        let lead = self.lead.map(|code| {
            let nobody = || Problem::field(&format!("{at}/lead"), "institution_unknown", None);
            Institution::from_code(&code).ok_or_else(nobody)
        });
        Ok(Decided {
            kind: kind.ok_or_else(unknown)?,
            text: texts::parse(&format!("{at}/text"), Reason::parse(&self.text))?,
            lead: lead.transpose()?,
            due_on: self.due_on,
        })
    }
}

impl CorrectMinutes {
    /// What is right.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Reason, Problem> {
        texts::parse("/text", Reason::parse(&self.text))
    }
}
