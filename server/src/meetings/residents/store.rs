//! Queries over places at meetings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::meetings::MeetingId;
use crate::meetings::store::Meeting;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{inbox, meeting_places, meetings, question_supports, questions};

/// The place of one account or device at a meeting, or its turn in waiting for one.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = meeting_places)]
pub struct Row {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// An HMAC of who and which meeting.
    pub mark: String,
    /// Who, sealed.
    pub sealed: String,
    /// The turn of whoever waits.
    pub turn: Option<i32>,
    /// Whether it moved up and was not told.
    pub untold: bool,
}

/// The row under a mark.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(unit: &mut Unit<'_>, id: &MeetingId, mark: &str) -> Result<Option<Row>, Problem> {
    Ok(meeting_places::table
        .find((id, mark))
        .select(Row::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Writes a row down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Row) -> Result<(), Problem> {
    diesel::insert_into(meeting_places::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Takes a row away.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete(unit: &mut Unit<'_>, id: &MeetingId, mark: &str) -> Result<(), Problem> {
    diesel::delete(meeting_places::table.find((id, mark))).execute(unit.conn)?;
    Ok(())
}

/// The last turn that was given at a meeting; 0 where nobody waits.
///
/// # Errors
/// `storage_unavailable`.
pub fn last_turn(unit: &mut Unit<'_>, id: &MeetingId) -> Result<i32, Problem> {
    let last: Option<i32> = meeting_places::table
        .filter(meeting_places::meeting_id.eq(id))
        .select(diesel::dsl::max(meeting_places::turn))
        .first(unit.conn)?;
    Ok(last.unwrap_or(0))
}

/// How many wait up to a turn.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_until(unit: &mut Unit<'_>, id: &MeetingId, turn: i32) -> Result<i64, Problem> {
    Ok(meeting_places::table
        .filter(meeting_places::meeting_id.eq(id))
        .filter(meeting_places::turn.le(turn))
        .count()
        .get_result(unit.conn)?)
}

/// Gives a place to the first of those who wait, so many of them.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_moved_up(unit: &mut Unit<'_>, id: &MeetingId, many: i32) -> Result<(), Problem> {
    let waiting = || {
        meeting_places::table
            .filter(meeting_places::meeting_id.eq(id))
            .filter(meeting_places::turn.is_not_null())
    };
    let last: Option<i32> = waiting()
        .order(meeting_places::turn)
        .offset(i64::from(many) - 1)
        .select(meeting_places::turn)
        .first(unit.conn)?;
    diesel::update(waiting().filter(meeting_places::turn.le(last)))
        .set((
            meeting_places::turn.eq(None::<i32>),
            meeting_places::untold.eq(true),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Some of those who moved up and were not told, one more than asked for where there are more.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_untold(unit: &mut Unit<'_>, id: &MeetingId, most: i64) -> Result<Vec<Row>, Problem> {
    Ok(meeting_places::table
        .filter(meeting_places::meeting_id.eq(id))
        .filter(meeting_places::untold.eq(true))
        .order(meeting_places::mark)
        .limit(most)
        .select(Row::as_select())
        .load(unit.conn)?)
}

/// Some of those who come or wait, in the order of their marks, which means nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_after(
    unit: &mut Unit<'_>,
    id: &MeetingId,
    after: Option<&str>,
    most: i64,
) -> Result<Vec<Row>, Problem> {
    Ok(meeting_places::table
        .filter(meeting_places::meeting_id.eq(id))
        .filter(meeting_places::mark.gt(after.unwrap_or_default().to_owned()))
        .order(meeting_places::mark)
        .limit(most)
        .select(Row::as_select())
        .load(unit.conn)?)
}

/// Writes down that the rows under these marks were told.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_told(unit: &mut Unit<'_>, id: &MeetingId, marks: &[String]) -> Result<(), Problem> {
    let told = meeting_places::table
        .filter(meeting_places::meeting_id.eq(id))
        .filter(meeting_places::mark.eq_any(marks.to_vec()));
    diesel::update(told)
        .set(meeting_places::untold.eq(false))
        .execute(unit.conn)?;
    Ok(())
}

/// Those of these marks under which there is a row.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_among(
    unit: &mut Unit<'_>,
    id: &MeetingId,
    marks: &[String],
) -> Result<Vec<String>, Problem> {
    Ok(meeting_places::table
        .filter(meeting_places::meeting_id.eq(id))
        .filter(meeting_places::mark.eq_any(marks.to_vec()))
        .select(meeting_places::mark)
        .load(unit.conn)?)
}

/// The meetings to which somebody said that they come.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_with_places(unit: &mut Unit<'_>) -> Result<Vec<Meeting>, Problem> {
    let taken = meeting_places::table.select(meeting_places::meeting_id);
    Ok(meetings::table
        .filter(meetings::id.eq_any(taken))
        .order(meetings::id)
        .select(Meeting::as_select())
        .load(unit.conn)?)
}

/// Writes down how many have a place and how many wait.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_counts(unit: &mut Unit<'_>, row: &Meeting) -> Result<(), Problem> {
    diesel::update(meetings::table.find(&row.id))
        .set((
            meetings::taken.eq(row.taken),
            meetings::waiting.eq(row.waiting),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Takes away who came to meetings that are over or were cancelled before today, what the inbox told of
/// their places, and who wanted to hear which answer there.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_over(
    unit: &mut Unit<'_>,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<(), Problem> {
    let over = || {
        meetings::table
            .filter(
                meetings::ends_at
                    .lt(now.naive_utc())
                    .or(meetings::cancelled_on
                        .is_not_null()
                        .and(meetings::cancelled_on.assume_not_null().lt(today))),
            )
            .select(meetings::id)
    };
    diesel::delete(meeting_places::table.filter(meeting_places::meeting_id.eq_any(over())))
        .execute(unit.conn)?;
    let asked = questions::table
        .filter(questions::meeting_id.assume_not_null().eq_any(over()))
        .select(questions::id);
    let supports = question_supports::table.filter(question_supports::question_id.eq_any(asked));
    diesel::delete(supports).execute(unit.conn)?;
    let told = inbox::table
        .filter(inbox::kind.eq_any(super::news::KINDS))
        .filter(inbox::meeting_id.assume_not_null().eq_any(over()));
    diesel::delete(told).execute(unit.conn)?;
    Ok(())
}
