//! Which questions before a meeting residents want to hear answered: one each, undone as easily as given. A row is
//! an HMAC of who and which question, and goes when the meeting is over; the numbers stay.

use diesel::prelude::*;
use domain::Code as _;
use domain::question::State;

use super::QuestionId;
use super::floor::{Floor, FloorId};
use super::store::{self, Question};
use crate::codes::Code;
use crate::concerns::support::Supporter;
use crate::concerns::views::{Support, SupportView};
use crate::identity::AccountId;
use crate::identity::viewer::Viewer;
use crate::meetings::MeetingId;
use crate::platform::app::Unit;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;
use crate::schema::{question_supports, questions};

/// A question that can be supported, and the municipality (its code).
///
/// # Errors
/// `question_unknown` where it is not public, or as [`Floor::require_supporting`].
pub fn find(unit: &mut Unit<'_>, id: &QuestionId) -> Result<(Question, String), Problem> {
    let row = store::get(unit, id)?;
    if row.state != State::Published.code() {
        return Err(Problem::new(Code::QuestionUnknown));
    }
    let floor = Floor::of(unit, &row)?;
    floor.require_supporting(unit)?;
    Ok((row, floor.municipality().to_owned()))
}

/// Gives or takes back support of a question; doing so twice changes nothing.
///
/// # Errors
/// `device_needed` without account and device, or as [`find`].
pub fn change(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    id: &QuestionId,
    wanted: bool,
) -> Result<SupportView, Problem> {
    let (row, municipality) = find(unit, id)?;
    let who = Supporter::of(viewer, device).ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
    let mark = mark(unit.keys, &who, id);
    let (mut residents, mut visitors) = (row.residents, row.visitors);
    if is_there(unit, id, &mark)? != wanted {
        if wanted {
            insert(unit, id, &mark, who.is_resident())?;
        } else {
            delete(unit, id, &mark)?;
        }
        let by = if wanted { 1 } else { -1 };
        if who.is_resident() {
            residents += by;
        } else {
            visitors += by;
        }
        set_counts(unit, id, residents, visitors)?;
        unit.touch(&municipality);
    }
    Ok(SupportView {
        support: Support {
            residents,
            visitors,
        },
        supported: wanted,
    })
}

/// The questions before a meeting whose answer a viewer or their device wants to hear.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_own(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    meeting: &MeetingId,
) -> Result<Vec<String>, Problem> {
    let Some(who) = Supporter::of(viewer, device) else {
        return Ok(Vec::new());
    };
    let at = FloorId::Meeting(meeting.clone());
    let shown = store::list_settled(unit, &at, State::Published)?;
    let marks: Vec<String> = shown
        .iter()
        .map(|row| mark(unit.keys, &who, &row.id))
        .collect();
    let ids: Vec<QuestionId> = shown.into_iter().map(|row| row.id).collect();
    let own: Vec<QuestionId> = question_supports::table
        .filter(question_supports::question_id.eq_any(ids))
        .filter(question_supports::mark.eq_any(marks))
        .select(question_supports::question_id)
        .load(unit.conn)?;
    Ok(own.iter().map(ToString::to_string).collect())
}

/// Takes back what an account supports before meetings that are to come: it is being deleted.
///
/// # Errors
/// `storage_unavailable`.
pub fn withdraw_all(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    let who = Supporter::resident(account);
    let supported = question_supports::table.select(question_supports::question_id);
    let rows: Vec<Question> = questions::table
        .filter(questions::id.eq_any(supported))
        .filter(questions::residents.gt(0))
        .order(questions::id)
        .select(Question::as_select())
        .load(unit.conn)?;
    for row in rows {
        let mark = mark(unit.keys, &who, &row.id);
        if is_there(unit, &row.id, &mark)? {
            delete(unit, &row.id, &mark)?;
            set_counts(unit, &row.id, row.residents - 1, row.visitors)?;
            let floor = Floor::of(unit, &row)?;
            unit.touch(floor.municipality());
        }
    }
    Ok(())
}

fn mark(keys: &Keys, who: &Supporter, id: &QuestionId) -> String {
    who.mark_as("question", keys, id.as_str())
}

fn is_there(unit: &mut Unit<'_>, id: &QuestionId, mark: &str) -> Result<bool, Problem> {
    Ok(question_supports::table
        .find((id, mark))
        .select(question_supports::resident)
        .first::<bool>(unit.conn)
        .optional()?
        .is_some())
}

fn insert(unit: &mut Unit<'_>, id: &QuestionId, mark: &str, resident: bool) -> Result<(), Problem> {
    diesel::insert_into(question_supports::table)
        .values((
            question_supports::question_id.eq(id),
            question_supports::mark.eq(mark),
            question_supports::resident.eq(resident),
        ))
        .execute(unit.conn)?;
    Ok(())
}

fn delete(unit: &mut Unit<'_>, id: &QuestionId, mark: &str) -> Result<(), Problem> {
    diesel::delete(question_supports::table.find((id, mark))).execute(unit.conn)?;
    Ok(())
}

fn set_counts(
    unit: &mut Unit<'_>,
    id: &QuestionId,
    residents: i32,
    visitors: i32,
) -> Result<(), Problem> {
    diesel::update(questions::table.find(id))
        .set((
            questions::residents.eq(residents),
            questions::visitors.eq(visitors),
        ))
        .execute(unit.conn)?;
    Ok(())
}
