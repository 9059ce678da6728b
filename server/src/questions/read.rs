//! Putting questions and their answers together.

use domain::question::State;

use super::QuestionId;
use super::floor::FloorId;
use super::store::{self, Question};
use super::views::{QuestionList, QuestionView, WaitingQuestion, WaitingQuestionList};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// What everybody reads.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, at: &FloorId) -> Result<QuestionList, Problem> {
    let rows = store::list_settled(unit, at, State::Published)?;
    let declined = store::list_settled(unit, at, State::Declined)?;
    Ok(QuestionList {
        items: answered(unit, rows)?,
        declined: declined.into_iter().map(Into::into).collect(),
    })
}

/// What waits for the secretary: nothing of today, so that an hour of today is nobody's.
///
/// # Errors
/// `storage_unavailable`.
pub fn waiting(unit: &mut Unit<'_>, at: &FloorId) -> Result<WaitingQuestionList, Problem> {
    let today = unit.today();
    let (rows, total) = store::list_waiting(unit, at, today)?;
    let items = rows
        .into_iter()
        .map(|(row, title)| WaitingQuestion::new(row, title));
    Ok(WaitingQuestionList {
        items: items.collect(),
        total,
    })
}

/// One public question.
///
/// # Errors
/// `storage_unavailable`.
pub fn question(unit: &mut Unit<'_>, row: Question) -> Result<QuestionView, Problem> {
    let answers = store::list_answers(unit, &[&row.id])?;
    let answers = answers.into_iter().map(Into::into).collect();
    Ok(QuestionView::new(row, answers))
}

fn answered(unit: &mut Unit<'_>, rows: Vec<Question>) -> Result<Vec<QuestionView>, Problem> {
    let ids: Vec<&QuestionId> = rows.iter().map(|row| &row.id).collect();
    let mut answers = store::list_answers(unit, &ids)?;
    let views = rows.into_iter().map(|row| {
        let of_row = answers.extract_if(.., |answer| answer.question_id == row.id);
        let of_row = of_row.map(Into::into).collect();
        QuestionView::new(row, of_row)
    });
    Ok(views.collect())
}
