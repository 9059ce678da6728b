//! Queries over questions and their answers.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::Code as _;
use domain::question::State;

use super::QuestionId;
use super::floor::FloorId;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::consultations::ConsultationId;
use crate::councils::SeatId;
use crate::identity::AccountId;
use crate::meetings::MeetingId;
use crate::platform::app::Unit;
use crate::platform::conn::MultiBackend;
use crate::platform::problem::Problem;
use crate::schema::{candidates, concerns, consultations, meetings, question_answers, questions};

/// As many questions as the desk shows at a time.
const DESK: i64 = 100;

/// A question.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = questions)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The consultation in whose discussion it was asked, or nothing where it was asked before a meeting.
    pub consultation_id: Option<ConsultationId>,
    /// The candidate it is about; nothing: the whole.
    pub concern_id: Option<ConcernId>,
    /// What is asked.
    pub text: String,
    /// The name shown with it.
    pub author_name: Option<String>,
    /// Whose name that is.
    pub account_id: Option<AccountId>,
    /// `waiting`, `published` or `declined`.
    pub state: String,
    /// Why it was declined.
    pub reason: String,
    /// The day it was asked.
    pub asked_on: NaiveDate,
    /// The day it was published.
    pub public_on: Option<NaiveDate>,
    /// The meeting it was asked before.
    pub meeting_id: Option<MeetingId>,
    /// How many accounts want to hear the answer.
    pub residents: i32,
    /// How many devices without an account.
    pub visitors: i32,
}

/// What an institution answered.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = question_answers)]
pub struct Answer {
    /// The question.
    pub question_id: QuestionId,
    /// The institution.
    pub institution: String,
    /// The seat that wrote it.
    pub seat_id: SeatId,
    /// The answer.
    pub text: String,
    /// The day.
    pub on_day: NaiveDate,
}

/// Writes a question down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Question) -> Result<(), Problem> {
    diesel::insert_into(questions::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// The question with this id.
///
/// # Errors
/// `question_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &QuestionId) -> Result<Question, Problem> {
    questions::table
        .find(id)
        .select(Question::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::QuestionUnknown))
}

/// Whether a concern is voted on in a consultation.
///
/// # Errors
/// `storage_unavailable`.
pub fn is_candidate(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    concern: &ConcernId,
) -> Result<bool, Problem> {
    let found: i64 = candidates::table
        .find((id, concern))
        .filter(candidates::included.eq(true))
        .count()
        .get_result(unit.conn)?;
    Ok(found > 0)
}

/// Writes down what was decided of a question.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_settled(unit: &mut Unit<'_>, row: &Question) -> Result<(), Problem> {
    diesel::update(questions::table.find(&row.id))
        .set((
            questions::state.eq(&row.state),
            questions::reason.eq(&row.reason),
            questions::public_on.eq(row.public_on),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// The questions that were asked somewhere.
fn asked_at(at: &FloorId) -> questions::BoxedQuery<'static, MultiBackend> {
    let all = questions::table.into_boxed();
    match at.clone() {
        FloorId::Consultation(id) => all.filter(questions::consultation_id.eq(id)),
        FloorId::Meeting(id) => all.filter(questions::meeting_id.eq(id)),
    }
}

/// The questions asked somewhere that were settled in this way, day by day, within a day in the order
/// of their ids, which means nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_settled(
    unit: &mut Unit<'_>,
    at: &FloorId,
    state: State,
) -> Result<Vec<Question>, Problem> {
    Ok(asked_at(at)
        .filter(questions::state.eq(state.code()))
        .order((questions::public_on, questions::id))
        .select(Question::as_select())
        .load(unit.conn)?)
}

/// A question that waits, with the title of what it is about.
pub type Waiting = (Question, Option<String>);

/// The questions asked somewhere that wait since before a day, those of the first day first, with the
/// titles of what they are about; and how many there are.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_waiting(
    unit: &mut Unit<'_>,
    at: &FloorId,
    before: NaiveDate,
) -> Result<(Vec<Waiting>, i64), Problem> {
    let waiting = || {
        asked_at(at)
            .filter(questions::state.eq(State::Waiting.code()))
            .filter(questions::asked_on.lt(before))
    };
    let total = waiting().count().get_result(unit.conn)?;
    let rows: Vec<Question> = waiting()
        .order((questions::asked_on, questions::id))
        .limit(DESK)
        .select(Question::as_select())
        .load(unit.conn)?;
    let about: Vec<ConcernId> = rows
        .iter()
        .filter_map(|row| row.concern_id.clone())
        .collect();
    let titles: Vec<(ConcernId, String)> = concerns::table
        .filter(concerns::id.eq_any(about))
        .select((concerns::id, concerns::title))
        .load(unit.conn)?;
    let titles: HashMap<_, _> = titles.into_iter().collect();
    let named = rows.into_iter().map(|row| {
        let title = row.concern_id.as_ref().and_then(|id| titles.get(id));
        let title = title.cloned();
        (row, title)
    });
    Ok((named.collect(), total))
}

/// How many questions before meetings came to a municipality on a day and still wait.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_arrived_before_meetings(
    unit: &mut Unit<'_>,
    municipality: &str,
    day: NaiveDate,
) -> Result<i64, Problem> {
    Ok(questions::table
        .inner_join(meetings::table.on(meetings::id.nullable().eq(questions::meeting_id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(questions::state.eq(State::Waiting.code()))
        .filter(questions::asked_on.eq(day))
        .count()
        .get_result(unit.conn)?)
}

/// How many questions in discussions came to a municipality on a day and still wait.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_arrived(
    unit: &mut Unit<'_>,
    municipality: &str,
    day: NaiveDate,
) -> Result<i64, Problem> {
    Ok(questions::table
        .inner_join(
            consultations::table.on(consultations::id.nullable().eq(questions::consultation_id)),
        )
        .filter(consultations::municipality_code.eq(municipality))
        .filter(questions::state.eq(State::Waiting.code()))
        .filter(questions::asked_on.eq(day))
        .count()
        .get_result(unit.conn)?)
}

/// Writes down what an institution answers, instead of what it answered before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_answer(unit: &mut Unit<'_>, row: &Answer) -> Result<(), Problem> {
    diesel::delete(question_answers::table.find((&row.question_id, &row.institution)))
        .execute(unit.conn)?;
    diesel::insert_into(question_answers::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// The answers to several questions, of each in the order of the institutions' names.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_answers(unit: &mut Unit<'_>, ids: &[&QuestionId]) -> Result<Vec<Answer>, Problem> {
    Ok(question_answers::table
        .filter(question_answers::question_id.eq_any(ids.iter().copied()))
        .order((question_answers::question_id, question_answers::institution))
        .select(Answer::as_select())
        .load(unit.conn)?)
}

/// Takes an account and its name from the questions it asked.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_author(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    let shown: Vec<String> = questions::table
        .inner_join(
            consultations::table.on(consultations::id.nullable().eq(questions::consultation_id)),
        )
        .filter(questions::account_id.eq(account))
        .filter(questions::state.eq(State::Published.code()))
        .select(consultations::municipality_code)
        .distinct()
        .load(unit.conn)?;
    let before_meetings: Vec<String> = questions::table
        .inner_join(meetings::table.on(meetings::id.nullable().eq(questions::meeting_id)))
        .filter(questions::account_id.eq(account))
        .filter(questions::state.eq(State::Published.code()))
        .select(meetings::municipality_code)
        .distinct()
        .load(unit.conn)?;
    for municipality in shown.into_iter().chain(before_meetings) {
        unit.touch(&municipality);
    }
    diesel::update(questions::table.filter(questions::account_id.eq(account)))
        .set((
            questions::author_name.eq(None::<String>),
            questions::account_id.eq(None::<AccountId>),
        ))
        .execute(unit.conn)?;
    Ok(())
}
