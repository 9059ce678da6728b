//! Queries over meetings.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use super::MeetingId;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::councils::SeatId;
use crate::platform::app::Unit;
use crate::platform::clock::day_of;
use crate::platform::problem::Problem;
use crate::polls::PollId;
use crate::schema::{agenda_items, meeting_notices, meetings};

/// The most meetings a list shows: those of many years.
const LIST: i64 = 200;
/// How many of the next meetings are named where they are not the matter.
const NEXT: i64 = 10;

/// A meeting.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meetings)]
#[diesel(treat_none_as_null = true)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// The municipality whose council meets.
    pub municipality_code: String,
    /// Code of its kind.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What it shall lead to.
    pub objective: String,
    /// When it begins, UTC.
    pub starts_at: NaiveDateTime,
    /// When it ends, UTC.
    pub ends_at: NaiveDateTime,
    /// Where people meet.
    pub place: Option<String>,
    /// Where they meet at a distance.
    pub link: Option<String>,
    /// Slug of the unit it is about.
    pub unit: Option<String>,
    /// Code of the topic it is about.
    pub topic: Option<String>,
    /// How somebody gets in who does not walk, see or hear well.
    pub accessibility: Option<String>,
    /// The day it was announced.
    pub announced_on: NaiveDate,
    /// The day it was cancelled.
    pub cancelled_on: Option<NaiveDate>,
    /// How often it was changed.
    pub version: i32,
    /// How many residents there is place for; nothing: as many as come.
    pub capacity: Option<i32>,
    /// How many have a place.
    pub taken: i32,
    /// How many wait for one.
    pub waiting: i32,
    /// The year whose promises the council answers for.
    pub answers_for: Option<i32>,
}

/// What is spoken of.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = agenda_items)]
pub struct AgendaItem {
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
    /// The concern it is about.
    pub concern_id: Option<ConcernId>,
    /// The meeting that parked it before.
    pub parked_meeting: Option<MeetingId>,
    /// Its place on that agenda.
    pub parked_position: Option<i32>,
    /// The poll it is about: what the young, or others who were asked, say.
    pub poll_id: Option<PollId>,
}

/// What the council said of a meeting.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = meeting_notices)]
pub struct Notice {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// Its place among the notices, from 1; given when it is written.
    pub position: i32,
    /// `announced`, `changed` or `cancelled`.
    pub kind: String,
    /// The reason.
    pub text: String,
    /// The seat that said so.
    pub seat_id: SeatId,
    /// The institution it speaks for.
    pub institution: String,
    /// The day.
    pub on_day: NaiveDate,
}

impl Meeting {
    /// The day it begins.
    pub fn day(&self) -> NaiveDate {
        day_of(self.starts())
    }

    /// When it begins.
    pub fn starts(&self) -> DateTime<Utc> {
        self.starts_at.and_utc()
    }

    /// When it ends.
    pub fn ends(&self) -> DateTime<Utc> {
        self.ends_at.and_utc()
    }
}

/// The meeting with this id.
///
/// # Errors
/// `meeting_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Meeting, Problem> {
    meetings::table
        .find(id)
        .select(Meeting::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::MeetingUnknown))
}

/// The meetings of a municipality, the last first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, code: &str) -> Result<Vec<Meeting>, Problem> {
    Ok(meetings::table
        .filter(meetings::municipality_code.eq(code))
        .order((meetings::starts_at.desc(), meetings::id.desc()))
        .limit(LIST)
        .select(Meeting::as_select())
        .load(unit.conn)?)
}

/// The next meetings of a municipality that are not over at a moment nor cancelled, the first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_next(
    unit: &mut Unit<'_>,
    code: &str,
    moment: DateTime<Utc>,
) -> Result<Vec<Meeting>, Problem> {
    Ok(meetings::table
        .filter(meetings::municipality_code.eq(code))
        .filter(meetings::cancelled_on.is_null())
        .filter(meetings::ends_at.gt(moment.naive_utc()))
        .order((meetings::starts_at, meetings::id))
        .limit(NEXT)
        .select(Meeting::as_select())
        .load(unit.conn)?)
}

/// When the council of a municipality itself last met before a moment.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_last_sitting(
    unit: &mut Unit<'_>,
    code: &str,
    before: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Problem> {
    let last: Option<NaiveDateTime> = meetings::table
        .filter(meetings::municipality_code.eq(code))
        .filter(meetings::kind.eq("council"))
        .filter(meetings::cancelled_on.is_null())
        .filter(meetings::starts_at.lt(before.naive_utc()))
        .order(meetings::starts_at.desc())
        .select(meetings::starts_at)
        .first(unit.conn)
        .optional()?;
    Ok(last.map(|last| last.and_utc()))
}

/// Writes a meeting down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Meeting) -> Result<(), Problem> {
    diesel::insert_into(meetings::table)
        .values(row.clone())
        .execute(unit.conn)?;
    Ok(())
}

/// Writes down what changed of a meeting.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, row: &Meeting) -> Result<(), Problem> {
    diesel::update(meetings::table.find(&row.id))
        .set(row.clone())
        .execute(unit.conn)?;
    Ok(())
}

/// Writes the agenda of a meeting down, in the place of the one before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_agenda(
    unit: &mut Unit<'_>,
    id: &MeetingId,
    items: &[AgendaItem],
) -> Result<(), Problem> {
    diesel::delete(agenda_items::table.filter(agenda_items::meeting_id.eq(id)))
        .execute(unit.conn)?;
    for (position, item) in (1..).zip(items) {
        let place = (
            agenda_items::meeting_id.eq(id),
            agenda_items::position.eq(position),
        );
        diesel::insert_into(agenda_items::table)
            .values((place, item.clone()))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The agenda of a meeting, in its order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_agenda(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Vec<AgendaItem>, Problem> {
    Ok(agenda_items::table
        .filter(agenda_items::meeting_id.eq(id))
        .order(agenda_items::position)
        .select(AgendaItem::as_select())
        .load(unit.conn)?)
}

/// Writes down what the council said of a meeting, after what it said before.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_notice(unit: &mut Unit<'_>, mut notice: Notice) -> Result<(), Problem> {
    let last: Option<i32> = meeting_notices::table
        .filter(meeting_notices::meeting_id.eq(&notice.meeting_id))
        .select(diesel::dsl::max(meeting_notices::position))
        .first(unit.conn)?;
    notice.position = last.unwrap_or(0) + 1;
    diesel::insert_into(meeting_notices::table)
        .values(&notice)
        .execute(unit.conn)?;
    Ok(())
}

/// What the council said of a meeting, the first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_notices(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Vec<Notice>, Problem> {
    Ok(meeting_notices::table
        .filter(meeting_notices::meeting_id.eq(id))
        .order(meeting_notices::position)
        .select(Notice::as_select())
        .load(unit.conn)?)
}
