//! Queries over what members say before a meeting.

use diesel::prelude::*;

use crate::councils::SeatId;
use crate::meetings::MeetingId;
use crate::on_each;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::meeting_answers;

/// Writes down what a seat says, in the place of what it said before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(
    unit: &mut Unit<'_>,
    meeting: &MeetingId,
    seat: &SeatId,
    answer: &str,
) -> Result<(), Problem> {
    let row = (
        meeting_answers::meeting_id.eq(meeting),
        meeting_answers::seat_id.eq(seat),
        meeting_answers::answer.eq(answer),
    );
    on_each!(unit.conn, conn => diesel::insert_into(meeting_answers::table)
        .values(row)
        .on_conflict((meeting_answers::meeting_id, meeting_answers::seat_id))
        .do_update()
        .set(meeting_answers::answer.eq(answer))
        .execute(conn))?;
    Ok(())
}

/// What the seats said of a meeting.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, meeting: &MeetingId) -> Result<Vec<(SeatId, String)>, Problem> {
    Ok(meeting_answers::table
        .filter(meeting_answers::meeting_id.eq(meeting))
        .order(meeting_answers::seat_id)
        .select((meeting_answers::seat_id, meeting_answers::answer))
        .load(unit.conn)?)
}
