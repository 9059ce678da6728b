//! What residents ask in the discussion of a consultation or before a meeting, and what institutions answer.
//!
//! Nobody of the council sees a question before the day after it was asked, when it lies among all of
//! that day: neither the desk nor the page it is published on tells when on its day it came.

pub mod floor;
pub mod meeting_routes;
pub mod read;
pub mod routes;
pub mod store;
pub mod support;
pub mod views;

use domain::Code as _;
use domain::access::{Action, may};
use domain::question::{Refusal, State, settle};
use domain::text::{Body, Question as QuestionText, Reason};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::councils::{Staff, staff_of};
use crate::identity;
use crate::identity::viewer::{SignedIn, Viewer};
use crate::notices;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Proof;
use floor::{Floor, FloorId};
use store::{Answer, Question};
use views::{QuestionReceived, QuestionSettled, QuestionView};

crate::id! {
    /// A question in the discussion of a consultation or before a meeting.
    QuestionId
}

impl Proof for Question {}

/// The routes of questions.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::ask_question)
        .service(routes::list_questions)
        .service(routes::list_waiting_questions)
        .service(routes::settle_question)
        .service(routes::answer_question)
        .service(meeting_routes::ask_before_meeting)
        .service(meeting_routes::list_meeting_questions)
        .service(meeting_routes::list_waiting_meeting_questions)
        .service(meeting_routes::support_question)
        .service(meeting_routes::withdraw_question_support);
}

/// What somebody wants to know, parsed.
#[derive(Clone)]
pub struct Asked {
    /// The candidate it is about; nothing: the whole.
    pub about: Option<ConcernId>,
    /// The question.
    pub text: QuestionText,
    /// The name shown with it; nothing: none, and no account either.
    pub name: Option<String>,
}

/// Takes a question. It waits for the secretary, who hears of it in the morning.
///
/// # Errors
/// As [`FloorId::open`] and [`Floor::require_asking`], `concern_unknown` for what is no candidate,
/// `sign_in_needed` with a name.
pub fn ask(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    at: &FloorId,
    asked: Asked,
) -> Result<QuestionReceived, Problem> {
    let floor = at.open(unit)?;
    floor.require_asking(unit)?;
    if let Some(concern) = &asked.about {
        require_candidate(unit, at, concern)?;
    }
    let (consultation_id, meeting_id) = at.columns();
    let account_id = match (&asked.name, viewer) {
        (None, _) => None,
        (Some(_), Viewer::Account(signed_in)) => Some(signed_in.account.clone()),
        (Some(_), Viewer::Visitor) => return Err(Problem::new(Code::SignInNeeded)),
    };
    let row = Question {
        id: QuestionId::new(unit.chance)?,
        consultation_id,
        concern_id: asked.about,
        text: asked.text.into_string(),
        author_name: asked.name,
        account_id,
        state: State::Waiting.code().to_owned(),
        reason: String::new(),
        asked_on: unit.today(),
        public_on: None,
        meeting_id,
        residents: 0,
        visitors: 0,
    };
    store::insert(unit, &row)?;
    notices::desk::enqueue(unit, floor.municipality())?;
    Ok(QuestionReceived {
        state: State::Waiting.code(),
    })
}

/// The name somebody wants to be shown by.
///
/// # Errors
/// `fields_invalid` at `/name`.
pub fn parse_name(text: &str) -> Result<String, Problem> {
    identity::parse_display_name_at("/name", text)
}

fn require_candidate(
    unit: &mut Unit<'_>,
    at: &FloorId,
    concern: &ConcernId,
) -> Result<(), Problem> {
    let listed = match at {
        FloorId::Consultation(id) => store::is_candidate(unit, id, concern)?,
        FloorId::Meeting(_) => false,
    };
    listed
        .then_some(())
        .ok_or_else(|| Problem::new(Code::ConcernUnknown))
}

/// A question from before today and the seat of the secretary who decides on it.
///
/// # Errors
/// `question_unknown`, also for those without a seat there; `not_allowed`.
pub fn open_to_settle(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &QuestionId,
) -> Result<(Staff, (Question, Floor)), Problem> {
    open(unit, signed_in, id, Floor::moderation)
}

/// A public question and the seat of somebody who answers for their institution.
///
/// # Errors
/// `question_unknown` where it is not public, also for those without a seat there; `not_allowed`.
pub fn open_to_answer(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &QuestionId,
) -> Result<(Staff, (Question, Floor)), Problem> {
    let (staff, (row, floor)) = open(unit, signed_in, id, |_| Action::ReadDesk)?;
    if !may(Action::Answer(staff.institution), staff.as_seat()) {
        return Err(Problem::new(Code::NotAllowed));
    }
    if row.state != State::Published.code() {
        return Err(Problem::new(Code::QuestionUnknown));
    }
    Ok((staff, (row, floor)))
}

fn open(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &QuestionId,
    action: fn(&Floor) -> Action,
) -> Result<(Staff, (Question, Floor)), Problem> {
    let unknown = || Problem::new(Code::QuestionUnknown);
    let row = store::get(unit, id)?;
    let floor = Floor::of(unit, &row)?;
    let staff = staff_of(unit, signed_in, floor.municipality(), action(&floor))?;
    let staff = staff.ok_or_else(unknown)?;
    if row.asked_on >= unit.today() {
        return Err(unknown());
    }
    Ok((staff, (row, floor)))
}

/// Publishes a question, or declines it and says in public why.
///
/// # Errors
/// `question_settled`, `fields_invalid` without a reason, or as [`Floor::publishes`].
pub fn moderate(
    unit: &mut Unit<'_>,
    staff: &Staff,
    (mut row, floor): (Question, Floor),
    publish: bool,
    reason: Option<&Reason>,
) -> Result<QuestionSettled, Problem> {
    let today = unit.today();
    let state = State::from_code(&row.state)
        .ok_or_else(|| Problem::caused(Code::Internal, "state of a question"))?;
    if !publish && reason.is_none() {
        return Err(Problem::field("/reason", "required", None));
    }
    let closed = floor.publishes(unit).err();
    let settled = settle(state, publish, closed.is_none()).map_err(|refusal| {
        Problem::new(match refusal {
            Refusal::Settled => Code::QuestionSettled,
            Refusal::Closed => closed.unwrap_or(Code::QuestionsClosed),
        })
    })?;
    settled.code().clone_into(&mut row.state);
    if publish {
        row.public_on = Some(today);
    } else {
        row.reason = reason.map(ToString::to_string).unwrap_or_default();
    }
    store::set_settled(unit, &row)?;
    unit.touch(floor.municipality());
    let action = format!("question_{settled}");
    audit::append(unit, Some(staff), &action, row.id.as_str())?;
    Ok(QuestionSettled {
        id: row.id.to_string(),
        state: settled.code(),
    })
}

/// Answers a public question in the name of an institution, instead of what it answered before.
///
/// # Errors
/// As [`Floor::require_answering`], `fields_invalid`.
pub fn answer(
    unit: &mut Unit<'_>,
    staff: &Staff,
    (row, floor): (Question, Floor),
    text: &str,
) -> Result<QuestionView, Problem> {
    floor.require_answering(unit)?;
    let text = texts::parse("/text", Body::parse(text))?;
    let answer = Answer {
        question_id: row.id.clone(),
        institution: staff.institution.code().to_owned(),
        seat_id: staff.seat.clone(),
        text: text.into_string(),
        on_day: unit.today(),
    };
    store::set_answer(unit, &answer)?;
    unit.touch(floor.municipality());
    audit::append(unit, Some(staff), "question_answered", row.id.as_str())?;
    read::question(unit, row)
}
