//! Whether what is said of places at meetings, and of questions before them, is what is there.

use std::collections::HashMap;

use diesel::dsl::{count, count_star};
use diesel::prelude::*;

use crate::meetings::MeetingId;
use crate::meetings::store::Meeting;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::questions::QuestionId;
use crate::questions::store::Question;
use crate::schema::{meeting_places, meetings, question_supports, questions};

/// Meetings that are to come, and questions before them, whose numbers are not those of their rows, one line for
/// each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let coming: Vec<Meeting> = meetings::table
        .filter(meetings::starts_at.gt(unit.now.naive_utc()))
        .filter(meetings::cancelled_on.is_null())
        .order(meetings::id)
        .select(Meeting::as_select())
        .load(unit.conn)?;
    let counted: Vec<(MeetingId, i64, i64)> = meeting_places::table
        .group_by(meeting_places::meeting_id)
        .select((
            meeting_places::meeting_id,
            count_star(),
            count(meeting_places::turn),
        ))
        .load(unit.conn)?;
    let counted: HashMap<_, _> = counted
        .into_iter()
        .map(|(id, all, waiting)| (id, (all - waiting, waiting)))
        .collect();
    let mut faults = Vec::new();
    for row in &coming {
        let (taken, waiting) = counted.get(&row.id).copied().unwrap_or_default();
        if (i64::from(row.taken), i64::from(row.waiting)) != (taken, waiting) {
            faults.push(format!(
                "meeting {}: {} places and {} who wait are said, {taken} and {waiting} are there",
                row.id, row.taken, row.waiting
            ));
        }
    }
    let ids: Vec<MeetingId> = coming.into_iter().map(|row| row.id).collect();
    faults.extend(questions_before(unit, ids)?);
    Ok(faults)
}

fn questions_before(unit: &mut Unit<'_>, ids: Vec<MeetingId>) -> Result<Vec<String>, Problem> {
    let rows: Vec<Question> = questions::table
        .filter(questions::meeting_id.eq_any(ids.into_iter().map(Some)))
        .order(questions::id)
        .select(Question::as_select())
        .load(unit.conn)?;
    let counted: Vec<(QuestionId, i64)> = question_supports::table
        .group_by(question_supports::question_id)
        .select((question_supports::question_id, count_star()))
        .load(unit.conn)?;
    let counted: HashMap<_, _> = counted.into_iter().collect();
    let wrong = rows.into_iter().filter_map(|row| {
        let said = i64::from(row.residents) + i64::from(row.visitors);
        let there = counted.get(&row.id).copied().unwrap_or(0);
        let fault = format!(
            "question {}: {said} who wait for the answer are said, {there} are there",
            row.id
        );
        (said != there).then_some(fault)
    });
    Ok(wrong.collect())
}
