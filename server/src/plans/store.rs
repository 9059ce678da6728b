//! Queries over objectives and measures.

pub mod others;
pub mod parts;
pub mod steps;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{MeasureId, ObjectiveId};
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::meetings::MeetingId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{
    concerns, measure_concerns, measures, meetings, minutes, objectives, outcomes,
};

/// The most measures a list shows: those of a year and of what is left of others.
const LIST: i64 = 500;

/// What a council wants of a year.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = objectives)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// The municipality whose council wants it.
    pub municipality_code: String,
    /// The year.
    pub year: i32,
    /// Its place among those of the year, from 1; given when it is written.
    pub position: i32,
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
}

/// What is done for an objective.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = measures)]
#[diesel(treat_none_as_null = true)]
pub struct Measure {
    /// Its id.
    pub id: MeasureId,
    /// The municipality whose council does it.
    pub municipality_code: String,
    /// The objective it is for.
    pub objective_id: ObjectiveId,
    /// What it is called.
    pub title: String,
    /// What is done; may be empty.
    pub text: String,
    /// Code of the one institution that leads.
    pub lead: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The day by which it is done.
    pub due_on: NaiveDate,
    /// In how many days a report follows the last one.
    pub report_days: i32,
    /// What it costs, lekë.
    pub budget: Option<i64>,
    /// Where that comes from.
    pub source: Option<String>,
    /// How it goes together with what other plans do already.
    pub overlap: Option<String>,
    /// The meeting that promised it.
    pub meeting_id: Option<MeetingId>,
    /// The item of its agenda.
    pub meeting_position: Option<i32>,
    /// Code of its state.
    pub state: String,
    /// The day it was approved.
    pub approved_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// How often its day was changed.
    pub version: i32,
}

/// The objective with this id.
///
/// # Errors
/// `objective_unknown`.
pub fn get_objective(unit: &mut Unit<'_>, id: &ObjectiveId) -> Result<Objective, Problem> {
    objectives::table
        .find(id)
        .select(Objective::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::ObjectiveUnknown))
}

/// Writes an objective down after those of its year, and says at which place.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_objective(unit: &mut Unit<'_>, mut row: Objective) -> Result<Objective, Problem> {
    let last: Option<i32> = objectives::table
        .filter(objectives::municipality_code.eq(&row.municipality_code))
        .filter(objectives::year.eq(row.year))
        .select(diesel::dsl::max(objectives::position))
        .first(unit.conn)?;
    row.position = last.unwrap_or(0) + 1;
    diesel::insert_into(objectives::table)
        .values(&row)
        .execute(unit.conn)?;
    Ok(row)
}

/// Changes the words of an objective.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_objective(unit: &mut Unit<'_>, row: &Objective) -> Result<(), Problem> {
    diesel::update(objectives::table.find(&row.id))
        .set((
            objectives::title.eq(&row.title),
            objectives::text.eq(&row.text),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Takes an objective away.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_objective(unit: &mut Unit<'_>, id: &ObjectiveId) -> Result<(), Problem> {
    diesel::delete(objectives::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// The objectives of a year, in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_objectives(
    unit: &mut Unit<'_>,
    municipality: &str,
    year: i32,
) -> Result<Vec<Objective>, Problem> {
    Ok(objectives::table
        .filter(objectives::municipality_code.eq(municipality))
        .filter(objectives::year.eq(year))
        .order(objectives::position)
        .select(Objective::as_select())
        .load(unit.conn)?)
}

/// The years a council has objectives for, the last first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_years(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<i32>, Problem> {
    Ok(objectives::table
        .filter(objectives::municipality_code.eq(municipality))
        .select(objectives::year)
        .distinct()
        .order(objectives::year.desc())
        .load(unit.conn)?)
}

/// The measure with this id.
///
/// # Errors
/// `measure_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &MeasureId) -> Result<Measure, Problem> {
    measures::table
        .find(id)
        .select(Measure::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::MeasureUnknown))
}

/// The measure with this id, as everybody may see it: not a draft.
///
/// # Errors
/// `measure_unknown`.
pub fn get_public(unit: &mut Unit<'_>, id: &MeasureId) -> Result<Measure, Problem> {
    let row = get(unit, id)?;
    if row.approved_on.is_none() {
        return Err(Problem::new(Code::MeasureUnknown));
    }
    Ok(row)
}

/// The items of meetings that a measure of a municipality keeps, drafts among them.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_kept(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(MeetingId, i32)>, Problem> {
    Ok(measures::table
        .filter(measures::municipality_code.eq(municipality))
        .filter(measures::meeting_id.is_not_null())
        .select((
            measures::meeting_id.assume_not_null(),
            measures::meeting_position.assume_not_null(),
        ))
        .load(unit.conn)?)
}

/// Writes a measure down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Measure) -> Result<(), Problem> {
    diesel::insert_into(measures::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Writes what changed of a measure.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, row: &Measure) -> Result<(), Problem> {
    diesel::update(measures::table.find(&row.id))
        .set(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Takes a draft away.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete(unit: &mut Unit<'_>, id: &MeasureId) -> Result<(), Problem> {
    diesel::delete(measures::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// The measures for objectives of a year, drafts among them, those due first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_of_year(
    unit: &mut Unit<'_>,
    municipality: &str,
    year: i32,
) -> Result<Vec<Measure>, Problem> {
    Ok(measures::table
        .inner_join(objectives::table.on(objectives::id.eq(measures::objective_id)))
        .filter(objectives::municipality_code.eq(municipality))
        .filter(objectives::year.eq(year))
        .order((measures::due_on, measures::id))
        .limit(LIST)
        .select(Measure::as_select())
        .load(unit.conn)?)
}

/// The measures of a council that are approved and owed, whatever their year, those due first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_open(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Measure>, Problem> {
    Ok(measures::table
        .filter(measures::municipality_code.eq(municipality))
        .filter(measures::state.eq_any(["planned", "in_progress"]))
        .order((measures::due_on, measures::id))
        .limit(LIST)
        .select(Measure::as_select())
        .load(unit.conn)?)
}

/// The approved measures of a council that are due between two days, and all that are owed.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_dated(
    unit: &mut Unit<'_>,
    municipality: &str,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<Measure>, Problem> {
    let due = measures::due_on.between(from, until);
    Ok(measures::table
        .filter(measures::municipality_code.eq(municipality))
        .filter(measures::approved_on.is_not_null())
        .filter(due.or(measures::closed_on.is_null()))
        .order((measures::due_on, measures::id))
        .limit(LIST)
        .select(Measure::as_select())
        .load(unit.conn)?)
}

/// How many measures there are for an objective, drafts among them.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_of_objective(unit: &mut Unit<'_>, id: &ObjectiveId) -> Result<i64, Problem> {
    Ok(measures::table
        .filter(measures::objective_id.eq(id))
        .count()
        .get_result(unit.conn)?)
}

/// The measures that answer a concern and are approved, those due first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_of_concern(unit: &mut Unit<'_>, id: &ConcernId) -> Result<Vec<Measure>, Problem> {
    Ok(measures::table
        .inner_join(measure_concerns::table.on(measure_concerns::measure_id.eq(measures::id)))
        .filter(measure_concerns::concern_id.eq(id))
        .filter(measures::approved_on.is_not_null())
        .order((measures::due_on, measures::id))
        .select(Measure::as_select())
        .load(unit.conn)?)
}

/// The measures that keep what a meeting promised and are approved, by the item of its agenda.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_of_meeting(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Vec<Measure>, Problem> {
    Ok(measures::table
        .filter(measures::meeting_id.eq(id))
        .filter(measures::approved_on.is_not_null())
        .order((measures::meeting_position, measures::id))
        .select(Measure::as_select())
        .load(unit.conn)?)
}

/// The public concerns of a municipality that were put first and that no approved measure answers (I4).
///
/// # Errors
/// `storage_unavailable`.
pub fn list_unanswered(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<ConcernId>, Problem> {
    let answered = measure_concerns::table
        .inner_join(measures::table.on(measures::id.eq(measure_concerns::measure_id)))
        .filter(measures::approved_on.is_not_null())
        .select(measure_concerns::concern_id);
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::state.eq("prioritised"))
        .filter(concerns::public_on.is_not_null())
        .filter(concerns::id.ne_all(answered))
        .order((concerns::due_on, concerns::id))
        .limit(LIST)
        .select(concerns::id)
        .load(unit.conn)?)
}

/// Who was to lead, where an item of an approved meeting of a municipality is a commitment.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_commitment(
    unit: &mut Unit<'_>,
    municipality: &str,
    meeting: &MeetingId,
    item: i32,
) -> Result<Option<String>, Problem> {
    let lead: Option<Option<String>> = outcomes::table
        .inner_join(meetings::table.on(meetings::id.eq(outcomes::meeting_id)))
        .inner_join(minutes::table.on(minutes::meeting_id.eq(outcomes::meeting_id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(minutes::approved_on.is_not_null())
        .filter(outcomes::meeting_id.eq(meeting))
        .filter(outcomes::position.eq(item))
        .filter(outcomes::kind.eq("commitment"))
        .select(outcomes::lead)
        .first(unit.conn)
        .optional()?;
    Ok(lead.flatten())
}
