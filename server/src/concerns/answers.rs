//! Answers: one institution's public word on a concern.

use chrono::NaiveDate;
use domain::Code as _;
use domain::answer::{AnswerRefusal, Draft, Verdict, answer};
use serde::Deserialize;
use utoipa::ToSchema;

use super::moves::{parse_institution, state_of};
use super::store::{self, Concern, Event};
use crate::audit;
use crate::codes::Code;
use crate::councils::Staff;
use crate::notices::telling::{self, News};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// Answers a concern in the name of one's institution.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerConcern {
    /// `done`, `partly_done`, `planned`, `not_possible` or `not_ours`.
    pub verdict: String,
    /// The answer, 10 to 4,000 characters.
    pub text: String,
    /// With `planned`: the institution that leads.
    pub lead: Option<String>,
    /// With `planned`: the day by which it will be done.
    pub due_on: Option<NaiveDate>,
    /// With `not_ours`: whose matter it is.
    pub whose: Option<String>,
}

impl Input for AnswerConcern {}

impl AnswerConcern {
    /// An answer that promises nothing and names nobody else.
    pub fn new(verdict: Verdict, text: &str) -> Self {
        Self {
            verdict: verdict.code().to_owned(),
            text: text.to_owned(),
            lead: None,
            due_on: None,
            whose: None,
        }
    }
}

/// Publishes an answer.
///
/// # Errors
/// `move_refused` where nobody would read it, `fields_invalid`.
pub fn publish(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Concern,
    input: &AnswerConcern,
) -> Result<Concern, Problem> {
    let verdict = Verdict::from_code(&input.verdict)
        .ok_or_else(|| Problem::field("/verdict", "verdict_unknown", None))?;
    let checked = answer(Draft {
        state: state_of(&row)?,
        verdict,
        text: &input.text,
        lead: parse_institution(input.lead.as_deref(), "/lead")?,
        due_on: input.due_on,
        whose: input.whose.as_deref(),
        on: unit.today(),
    })
    .map_err(refused)?;
    let event = Event {
        concern_id: row.id.clone(),
        position: 0,
        kind: "answer".to_owned(),
        seat_id: Some(staff.seat.to_string()),
        institution: Some(staff.institution.code().to_owned()),
        to_state: None,
        verdict: Some(checked.verdict.code().to_owned()),
        text: checked.text.as_str().to_owned(),
        ground: None,
        whose: checked.whose.map(|whose| whose.as_str().to_owned()),
        lead: checked.promise.map(|(lead, _)| lead.code().to_owned()),
        due_on: checked.promise.map(|(_, due)| due),
        on_day: unit.today(),
    };
    store::insert_event(unit, &row, event)?;
    row.verdict = Some(checked.verdict.code().to_owned());
    row.updated_on = unit.today();
    store::set_concern(unit, &row)?;
    audit::append(unit, Some(staff), "answered", row.id.as_str())?;
    telling::enqueue(unit, &row, News::Answered)?;
    Ok(row)
}

fn refused(refusal: AnswerRefusal) -> Problem {
    match refusal {
        AnswerRefusal::StateTakesNoAnswer { .. } => {
            Problem::new(Code::MoveRefused).detail("no_answer_now")
        }
        AnswerRefusal::Text(fault) => text_fault("/text", fault),
        AnswerRefusal::Whose(fault) => text_fault("/whose", fault),
        AnswerRefusal::LeadMissing => Problem::field("/lead", "required", None),
        AnswerRefusal::DueMissing => Problem::field("/due_on", "required", None),
        AnswerRefusal::DueInThePast => Problem::field("/due_on", "in_the_past", None),
        AnswerRefusal::WhoseMissing => Problem::field("/whose", "required", None),
    }
}

fn text_fault(pointer: &str, fault: domain::text::TextRefusal) -> Problem {
    match texts::parse::<()>(pointer, Err(fault)) {
        Err(problem) => problem,
        Ok(()) => Problem::new(Code::FieldsInvalid),
    }
}
