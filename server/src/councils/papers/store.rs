//! Queries over what seats are there for, what holders read, and what was handed over to them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::councils::{HolderId, SeatId};
use crate::meetings::minutes::store::OutcomeRow;
use crate::meetings::store::Meeting;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{
    acknowledgements, agenda_items, concerns, meetings, minutes, outcomes, role_texts,
};

/// The most decisions a handover tells.
const DECISIONS: i64 = 200;

/// What a seat is there for.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = role_texts)]
pub struct RoleText {
    /// The seat.
    pub seat_id: SeatId,
    /// The how-manieth text it is, from 1.
    pub version: i32,
    /// The text.
    pub text: String,
    /// The day it was written.
    pub written_on: NaiveDate,
}

/// That somebody read something.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = acknowledgements)]
pub struct Acknowledgement {
    /// Their time in a seat.
    pub holder_id: HolderId,
    /// What they read.
    pub paper: String,
    /// Which version.
    pub version: i32,
    /// The day.
    pub on_day: NaiveDate,
}

/// What these seats are there for today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_role_texts(unit: &mut Unit<'_>, seats: &[SeatId]) -> Result<Vec<RoleText>, Problem> {
    let all: Vec<RoleText> = role_texts::table
        .filter(role_texts::seat_id.eq_any(seats))
        .order((role_texts::seat_id, role_texts::version.desc()))
        .select(RoleText::as_select())
        .load(unit.conn)?;
    let mut last: Vec<RoleText> = Vec::new();
    for row in all {
        if last
            .last()
            .is_none_or(|before| before.seat_id != row.seat_id)
        {
            last.push(row);
        }
    }
    Ok(last)
}

/// Adds a text.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_role_text(unit: &mut Unit<'_>, row: &RoleText) -> Result<(), Problem> {
    diesel::insert_into(role_texts::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// What these people read in their time in a seat.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_acknowledgements(
    unit: &mut Unit<'_>,
    holders: &[HolderId],
) -> Result<Vec<Acknowledgement>, Problem> {
    Ok(acknowledgements::table
        .filter(acknowledgements::holder_id.eq_any(holders))
        .select(Acknowledgement::as_select())
        .load(unit.conn)?)
}

/// Writes down that somebody read something.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_acknowledgement(unit: &mut Unit<'_>, row: &Acknowledgement) -> Result<(), Problem> {
    diesel::insert_into(acknowledgements::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// What approved minutes since a moment decided, the last meeting first, each with its point of the agenda.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_decisions(
    unit: &mut Unit<'_>,
    municipality: &str,
    since: DateTime<Utc>,
) -> Result<Vec<(Meeting, OutcomeRow, String)>, Problem> {
    let same = agenda_items::position.eq(outcomes::position);
    Ok(meetings::table
        .inner_join(minutes::table.on(minutes::meeting_id.eq(meetings::id)))
        .inner_join(outcomes::table.on(outcomes::meeting_id.eq(meetings::id)))
        .inner_join(agenda_items::table.on(agenda_items::meeting_id.eq(meetings::id).and(same)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(meetings::starts_at.ge(since.naive_utc()))
        .filter(minutes::approved_on.is_not_null())
        .order((meetings::starts_at.desc(), outcomes::position))
        .limit(DECISIONS)
        .select((
            Meeting::as_select(),
            OutcomeRow::as_select(),
            agenda_items::title,
        ))
        .load(unit.conn)?)
}

/// How many concerns of a municipality an institution is to answer, in these states.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_assigned(
    unit: &mut Unit<'_>,
    municipality: &str,
    institution: &str,
    states: &[&str],
) -> Result<i64, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::assigned.eq(institution))
        .filter(concerns::state.eq_any(states))
        .count()
        .get_result(unit.conn)?)
}

/// How many concerns of a municipality were handed to a protected mechanism.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_referred(unit: &mut Unit<'_>, municipality: &str) -> Result<i64, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::state.eq("referred"))
        .count()
        .get_result(unit.conn)?)
}
