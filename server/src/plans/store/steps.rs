//! Queries over what happened with a measure, and what shows it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::codes::Code;
use crate::councils::SeatId;
use crate::plans::{EvidenceId, MeasureId};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{evidence, measure_steps, measure_values};

/// A step of a measure.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = measure_steps)]
pub struct Step {
    /// The measure.
    pub measure_id: MeasureId,
    /// Its place among the steps, from 1; given when it is written.
    pub position: i32,
    /// `approved`, `changed` or `reported`.
    pub kind: String,
    /// Code of the state from then on.
    pub state: String,
    /// What was said.
    pub text: String,
    /// The day it was due from then on.
    pub due_on: NaiveDate,
    /// Lekë spent until then.
    pub spent: Option<i64>,
    /// The seat that said so.
    pub seat_id: SeatId,
    /// The institution it speaks for.
    pub institution: String,
    /// The day.
    pub on_day: NaiveDate,
}

/// Where an indicator stood with a step.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = measure_values)]
pub struct Value {
    /// The measure.
    pub measure_id: MeasureId,
    /// The step.
    pub step: i32,
    /// The indicator.
    pub indicator: i32,
    /// Where it stood.
    pub value: f64,
}

/// What shows a step, without its bytes.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = evidence)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The measure.
    pub measure_id: MeasureId,
    /// The step.
    pub step: i32,
    /// `photo` or `document`.
    pub kind: String,
    /// What it shows, or what it is called.
    pub name: String,
}

/// Writes a step down after those before, with its values; says at which place.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, mut row: Step, values: &[(i32, f64)]) -> Result<i32, Problem> {
    let last: Option<i32> = measure_steps::table
        .filter(measure_steps::measure_id.eq(&row.measure_id))
        .select(diesel::dsl::max(measure_steps::position))
        .first(unit.conn)?;
    row.position = last.unwrap_or(0) + 1;
    diesel::insert_into(measure_steps::table)
        .values(&row)
        .execute(unit.conn)?;
    for (indicator, value) in values {
        let value = Value {
            measure_id: row.measure_id.clone(),
            step: row.position,
            indicator: *indicator,
            value: *value,
        };
        diesel::insert_into(measure_values::table)
            .values(&value)
            .execute(unit.conn)?;
    }
    Ok(row.position)
}

/// The steps of measures, each measure's in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, ids: &[MeasureId]) -> Result<Vec<Step>, Problem> {
    Ok(measure_steps::table
        .filter(measure_steps::measure_id.eq_any(ids))
        .order((measure_steps::measure_id, measure_steps::position))
        .select(Step::as_select())
        .load(unit.conn)?)
}

/// Where the indicators of measures stood, each measure's in the order of its steps.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_values(unit: &mut Unit<'_>, ids: &[MeasureId]) -> Result<Vec<Value>, Problem> {
    Ok(measure_values::table
        .filter(measure_values::measure_id.eq_any(ids))
        .order((
            measure_values::measure_id,
            measure_values::step,
            measure_values::indicator,
        ))
        .select(Value::as_select())
        .load(unit.conn)?)
}

/// Writes down what shows a step.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_evidence(unit: &mut Unit<'_>, row: &Evidence, bytes: Vec<u8>) -> Result<(), Problem> {
    diesel::insert_into(evidence::table)
        .values((row, evidence::bytes.eq(bytes)))
        .execute(unit.conn)?;
    Ok(())
}

/// What shows the steps of a measure.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_evidence(unit: &mut Unit<'_>, id: &MeasureId) -> Result<Vec<Evidence>, Problem> {
    Ok(evidence::table
        .filter(evidence::measure_id.eq(id))
        .order((evidence::step, evidence::id))
        .select(Evidence::as_select())
        .load(unit.conn)?)
}

/// A piece of evidence of a measure with its bytes.
///
/// # Errors
/// `evidence_unknown`.
pub fn get_evidence(
    unit: &mut Unit<'_>,
    measure: &MeasureId,
    id: &EvidenceId,
) -> Result<(Evidence, Vec<u8>), Problem> {
    evidence::table
        .find(id)
        .filter(evidence::measure_id.eq(measure))
        .select((Evidence::as_select(), evidence::bytes))
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::EvidenceUnknown))
}
