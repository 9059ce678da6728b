//! Queries of what a council did in a year.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;

use crate::concerns::ConcernId;
use crate::meetings::MeetingId;
use crate::plans::store::Measure;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{
    agenda_items, concerns, events, measures, meetings, minutes, outcomes, reports,
};

/// A report as it was published.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = reports)]
pub struct Report {
    /// The municipality.
    pub municipality_code: String,
    /// The year.
    pub year: i32,
    /// The document (JSON).
    pub record: String,
    /// The day.
    pub published_on: NaiveDate,
}

/// A concern as counts need it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = concerns)]
pub struct CountedConcern {
    /// Its id.
    pub id: ConcernId,
    /// Code of its topic.
    pub topic: String,
    /// The day it was received.
    pub received_on: NaiveDate,
    /// The day it became public.
    pub public_on: Option<NaiveDate>,
}

/// A move or an answer as counts need it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct CountedEvent {
    /// The concern.
    pub concern_id: ConcernId,
    /// `move` or `answer`.
    pub kind: String,
    /// Where a move led.
    pub to_state: Option<String>,
    /// The day.
    pub on_day: NaiveDate,
}

/// The report of a year, where it was published.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(unit: &mut Unit<'_>, municipality: &str, year: i32) -> Result<Option<Report>, Problem> {
    Ok(reports::table
        .find((municipality, year))
        .select(Report::as_select())
        .first(unit.conn)
        .optional()?)
}

/// The report of a year as it is printed, where it was published.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_pdf(
    unit: &mut Unit<'_>,
    municipality: &str,
    year: i32,
) -> Result<Option<Vec<u8>>, Problem> {
    Ok(reports::table
        .find((municipality, year))
        .select(reports::pdf)
        .first(unit.conn)
        .optional()?)
}

/// Keeps a report as it is published.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Report, pdf: &[u8]) -> Result<(), Problem> {
    diesel::insert_into(reports::table)
        .values((row, reports::pdf.eq(pdf)))
        .execute(unit.conn)?;
    Ok(())
}

/// The years whose reports a municipality published, and when.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_years(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(i32, NaiveDate)>, Problem> {
    Ok(reports::table
        .filter(reports::municipality_code.eq(municipality))
        .order(reports::year.desc())
        .select((reports::year, reports::published_on))
        .load(unit.conn)?)
}

/// All published reports, as documents.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_records(unit: &mut Unit<'_>) -> Result<Vec<Report>, Problem> {
    Ok(reports::table
        .order((reports::municipality_code, reports::year))
        .select(Report::as_select())
        .load(unit.conn)?)
}

/// The day the first concern of a municipality was received.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_first_day(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Option<NaiveDate>, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .select(diesel::dsl::min(concerns::received_on))
        .first(unit.conn)?)
}

/// The concerns of a municipality that were received, or became public, between two days.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_concerns(
    unit: &mut Unit<'_>,
    municipality: &str,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<CountedConcern>, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(
            concerns::received_on
                .between(from, until)
                .or(concerns::public_on.assume_not_null().between(from, until)),
        )
        .order(concerns::id)
        .select(CountedConcern::as_select())
        .load(unit.conn)?)
}

/// What happened to concerns of a municipality up to a day, in its order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_events(
    unit: &mut Unit<'_>,
    municipality: &str,
    until: NaiveDate,
) -> Result<Vec<CountedEvent>, Problem> {
    Ok(events::table
        .inner_join(concerns::table.on(concerns::id.eq(events::concern_id)))
        .filter(concerns::municipality_code.eq(municipality))
        .filter(events::on_day.le(until))
        .order((events::concern_id, events::position))
        .select(CountedEvent::as_select())
        .load(unit.conn)?)
}

/// The meetings of a municipality that began between two moments and were not cancelled: kind and beginning.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_held(
    unit: &mut Unit<'_>,
    municipality: &str,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(MeetingId, String, NaiveDateTime)>, Problem> {
    Ok(meetings::table
        .filter(meetings::municipality_code.eq(municipality))
        .filter(meetings::cancelled_on.is_null())
        .filter(meetings::starts_at.ge(from.naive_utc()))
        .filter(meetings::starts_at.lt(until.naive_utc()))
        .order((meetings::starts_at, meetings::id))
        .select((meetings::id, meetings::kind, meetings::starts_at))
        .load(unit.conn)?)
}

/// How many meetings have approved minutes.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_minuted(unit: &mut Unit<'_>, held: &[MeetingId]) -> Result<i64, Problem> {
    Ok(minutes::table
        .filter(minutes::meeting_id.eq_any(held))
        .filter(minutes::approved_on.is_not_null())
        .count()
        .get_result(unit.conn)?)
}

/// How many items the agendas of meetings have, and how many of them are concerns of residents.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_agenda(unit: &mut Unit<'_>, held: &[MeetingId]) -> Result<(i64, i64), Problem> {
    use diesel::dsl::count;
    Ok(agenda_items::table
        .filter(agenda_items::meeting_id.eq_any(held))
        .select((
            count(agenda_items::meeting_id),
            count(agenda_items::concern_id),
        ))
        .first(unit.conn)?)
}

/// Who leads the commitments of meetings whose minutes are approved.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_commitments(unit: &mut Unit<'_>, held: &[MeetingId]) -> Result<Vec<String>, Problem> {
    Ok(outcomes::table
        .inner_join(minutes::table.on(minutes::meeting_id.eq(outcomes::meeting_id)))
        .filter(minutes::approved_on.is_not_null())
        .filter(outcomes::meeting_id.eq_any(held))
        .filter(outcomes::lead.is_not_null())
        .select(outcomes::lead.assume_not_null())
        .load(unit.conn)?)
}

/// The measures of a municipality that were owed between two days: approved by the last, and not closed before
/// the first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_owed(
    unit: &mut Unit<'_>,
    municipality: &str,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Measure>, Problem> {
    Ok(measures::table
        .filter(measures::municipality_code.eq(municipality))
        .filter(measures::approved_on.le(until))
        .filter(
            measures::closed_on
                .is_null()
                .or(measures::closed_on.ge(from)),
        )
        .order((measures::due_on, measures::id))
        .select(Measure::as_select())
        .load(unit.conn)?)
}
