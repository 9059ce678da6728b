//! Queries over minutes.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::concerns::ConcernId;
use crate::councils::SeatId;
use crate::meetings::MeetingId;
use crate::meetings::store::{AgendaItem, Meeting};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{
    agenda_items, attendance, holders, meetings, minutes, minutes_corrections, outcomes, seats,
};

/// The most parked items, and the most promises, that are shown.
const PARKED: i64 = 100;

/// What was said at a meeting.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = minutes)]
pub struct Minutes {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// What was said.
    pub text: String,
    /// The day of the next meeting.
    pub next_on: Option<NaiveDate>,
    /// The day the meeting was closed.
    pub closed_on: NaiveDate,
    /// The day they were approved.
    pub approved_on: Option<NaiveDate>,
    /// The document as it was approved (JSON).
    pub record: Option<String>,
}

/// What became of an item of the agenda.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcomes)]
pub struct OutcomeRow {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The item's place on the agenda.
    pub position: i32,
    /// Code of the outcome.
    pub kind: String,
    /// What was decided.
    pub text: String,
    /// Code of the institution that leads.
    pub lead: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// Whether a seat was taken.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = attendance)]
pub struct PresenceRow {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The seat.
    pub seat_id: SeatId,
    /// Code of the presence.
    pub presence: String,
}

/// What was put right.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = minutes_corrections)]
pub struct Correction {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Its place among the corrections, from 1; given when it is written.
    pub position: i32,
    /// What is right.
    pub text: String,
    /// The seat that said so.
    pub seat_id: SeatId,
    /// The institution it speaks for.
    pub institution: String,
    /// The day.
    pub on_day: NaiveDate,
}

/// A seat of the council, as minutes name it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = seats)]
pub struct NamedSeat {
    /// Its id.
    pub id: SeatId,
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
}

/// The minutes of a meeting, where there are any.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Option<Minutes>, Problem> {
    Ok(minutes::table
        .find(id)
        .select(Minutes::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Writes minutes down in the place of those before, with their attendance and outcomes.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(
    unit: &mut Unit<'_>,
    row: &Minutes,
    present: Vec<PresenceRow>,
    decided: Vec<OutcomeRow>,
) -> Result<(), Problem> {
    let id = &row.meeting_id;
    diesel::delete(attendance::table.filter(attendance::meeting_id.eq(id))).execute(unit.conn)?;
    diesel::delete(outcomes::table.filter(outcomes::meeting_id.eq(id))).execute(unit.conn)?;
    diesel::delete(minutes::table.find(id)).execute(unit.conn)?;
    diesel::insert_into(minutes::table)
        .values(row)
        .execute(unit.conn)?;
    for one in present {
        diesel::insert_into(attendance::table)
            .values(&one)
            .execute(unit.conn)?;
    }
    for one in decided {
        diesel::insert_into(outcomes::table)
            .values(&one)
            .execute(unit.conn)?;
    }
    Ok(())
}

/// Locks minutes: this is the document from now on.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_approved(
    unit: &mut Unit<'_>,
    id: &MeetingId,
    on: NaiveDate,
    record: &str,
) -> Result<(), Problem> {
    diesel::update(minutes::table.find(id))
        .set((minutes::approved_on.eq(on), minutes::record.eq(record)))
        .execute(unit.conn)?;
    Ok(())
}

/// What became of each item of a meeting, in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_outcomes(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Vec<OutcomeRow>, Problem> {
    Ok(outcomes::table
        .filter(outcomes::meeting_id.eq(id))
        .order(outcomes::position)
        .select(OutcomeRow::as_select())
        .load(unit.conn)?)
}

/// Which seats were taken at a meeting.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_attendance(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Vec<PresenceRow>, Problem> {
    Ok(attendance::table
        .filter(attendance::meeting_id.eq(id))
        .order(attendance::seat_id)
        .select(PresenceRow::as_select())
        .load(unit.conn)?)
}

/// The seats of a council that were there on a day, but for those who only set it up: one that was first taken
/// later came later, one that nobody ever took was always empty.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_seats(
    unit: &mut Unit<'_>,
    municipality: &str,
    day: NaiveDate,
) -> Result<Vec<NamedSeat>, Problem> {
    let held = holders::table.filter(holders::seat_id.eq(seats::id));
    Ok(seats::table
        .filter(seats::municipality_code.eq(municipality))
        .filter(seats::role.ne("administrator"))
        .filter(exists(held.filter(holders::from_on.le(day))).or(not(exists(held))))
        .order((seats::institution, seats::id))
        .select(NamedSeat::as_select())
        .load(unit.conn)?)
}

/// Writes down what was put right, after what was before.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_correction(unit: &mut Unit<'_>, mut row: Correction) -> Result<(), Problem> {
    let last: Option<i32> = minutes_corrections::table
        .filter(minutes_corrections::meeting_id.eq(&row.meeting_id))
        .select(diesel::dsl::max(minutes_corrections::position))
        .first(unit.conn)?;
    row.position = last.unwrap_or(0) + 1;
    diesel::insert_into(minutes_corrections::table)
        .values(&row)
        .execute(unit.conn)?;
    Ok(())
}

/// What was put right of a meeting's minutes, the first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_corrections(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Vec<Correction>, Problem> {
    Ok(minutes_corrections::table
        .filter(minutes_corrections::meeting_id.eq(id))
        .order(minutes_corrections::position)
        .select(Correction::as_select())
        .load(unit.conn)?)
}

/// The items of a municipality that were parked and that no meeting has taken up again since, the first
/// parked first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_parked(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(MeetingId, i32, AgendaItem)>, Problem> {
    let taken_up: BTreeSet<(Option<MeetingId>, Option<i32>)> = agenda_items::table
        .inner_join(meetings::table.on(meetings::id.eq(agenda_items::meeting_id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(meetings::cancelled_on.is_null())
        .filter(agenda_items::parked_meeting.is_not_null())
        .select((agenda_items::parked_meeting, agenda_items::parked_position))
        .load(unit.conn)?
        .into_iter()
        .collect();
    let same = agenda_items::position.eq(outcomes::position);
    let parked: Vec<(MeetingId, i32, AgendaItem)> = meetings::table
        .inner_join(outcomes::table.on(outcomes::meeting_id.eq(meetings::id)))
        .inner_join(agenda_items::table.on(agenda_items::meeting_id.eq(meetings::id).and(same)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(outcomes::kind.eq("parked"))
        .order((meetings::starts_at.desc(), outcomes::position))
        .limit(PARKED)
        .select((meetings::id, outcomes::position, AgendaItem::as_select()))
        .load(unit.conn)?;
    let waits = |(id, position, _): &(MeetingId, i32, AgendaItem)| {
        !taken_up.contains(&(Some(id.clone()), Some(*position)))
    };
    Ok(parked.into_iter().filter(waits).collect())
}

/// Whether an item was parked in this municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn is_parked(
    unit: &mut Unit<'_>,
    municipality: &str,
    meeting: &MeetingId,
    position: i32,
) -> Result<bool, Problem> {
    let found: Option<String> = outcomes::table
        .inner_join(meetings::table.on(meetings::id.eq(outcomes::meeting_id)))
        .filter(outcomes::meeting_id.eq(meeting))
        .filter(outcomes::position.eq(position))
        .filter(outcomes::kind.eq("parked"))
        .filter(meetings::municipality_code.eq(municipality))
        .select(outcomes::kind)
        .first(unit.conn)
        .optional()?;
    Ok(found.is_some())
}

/// The presence of each seat at each sitting of a council since a moment whose minutes are approved, seat by
/// seat.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_presences(
    unit: &mut Unit<'_>,
    municipality: &str,
    since: DateTime<Utc>,
) -> Result<Vec<(NamedSeat, MeetingId, String)>, Problem> {
    Ok(meetings::table
        .inner_join(minutes::table.on(minutes::meeting_id.eq(meetings::id)))
        .inner_join(attendance::table.on(attendance::meeting_id.eq(meetings::id)))
        .inner_join(seats::table.on(seats::id.eq(attendance::seat_id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(meetings::kind.eq("council"))
        .filter(meetings::starts_at.ge(since.naive_utc()))
        .filter(minutes::approved_on.is_not_null())
        .order((seats::institution, seats::id, meetings::id))
        .select((NamedSeat::as_select(), meetings::id, attendance::presence))
        .load(unit.conn)?)
}

/// How many commitments each institution leads since a moment, out of approved minutes of a municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_commitments(
    unit: &mut Unit<'_>,
    municipality: &str,
    since: DateTime<Utc>,
) -> Result<Vec<(String, i64)>, Problem> {
    Ok(meetings::table
        .inner_join(minutes::table.on(minutes::meeting_id.eq(meetings::id)))
        .inner_join(outcomes::table.on(outcomes::meeting_id.eq(meetings::id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(meetings::starts_at.ge(since.naive_utc()))
        .filter(minutes::approved_on.is_not_null())
        .filter(outcomes::lead.is_not_null())
        .group_by(outcomes::lead)
        .order(outcomes::lead)
        .select((outcomes::lead.assume_not_null(), diesel::dsl::count_star()))
        .load(unit.conn)?)
}

/// What approved minutes of a municipality promise, the last meeting first, with the concern it was about.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_commitments(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(Meeting, OutcomeRow, Option<ConcernId>)>, Problem> {
    let same = agenda_items::position.eq(outcomes::position);
    Ok(meetings::table
        .inner_join(minutes::table.on(minutes::meeting_id.eq(meetings::id)))
        .inner_join(outcomes::table.on(outcomes::meeting_id.eq(meetings::id)))
        .inner_join(agenda_items::table.on(agenda_items::meeting_id.eq(meetings::id).and(same)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(minutes::approved_on.is_not_null())
        .filter(outcomes::kind.eq("commitment"))
        .order((meetings::starts_at.desc(), outcomes::position))
        .limit(PARKED)
        .select((
            Meeting::as_select(),
            OutcomeRow::as_select(),
            agenda_items::concern_id,
        ))
        .load(unit.conn)?)
}

/// The meetings on whose agenda a concern is, the first first, with what became of it where the minutes are
/// approved. What was cancelled is none.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_discussions(
    unit: &mut Unit<'_>,
    concern: &ConcernId,
) -> Result<Vec<(Meeting, Option<OutcomeRow>)>, Problem> {
    let approved = minutes::meeting_id
        .eq(meetings::id)
        .and(minutes::approved_on.is_not_null());
    let same = outcomes::meeting_id
        .eq(minutes::meeting_id)
        .and(outcomes::position.eq(agenda_items::position));
    Ok(agenda_items::table
        .inner_join(meetings::table.on(meetings::id.eq(agenda_items::meeting_id)))
        .left_join(minutes::table.on(approved))
        .left_join(outcomes::table.on(same))
        .filter(agenda_items::concern_id.eq(concern))
        .filter(meetings::cancelled_on.is_null())
        .order((meetings::starts_at, meetings::id))
        .select((Meeting::as_select(), Option::<OutcomeRow>::as_select()))
        .load(unit.conn)?)
}

/// All approved minutes, as documents.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_records(unit: &mut Unit<'_>) -> Result<Vec<(MeetingId, String)>, Problem> {
    Ok(minutes::table
        .filter(minutes::record.is_not_null())
        .order(minutes::meeting_id)
        .select((minutes::meeting_id, minutes::record.assume_not_null()))
        .load(unit.conn)?)
}
