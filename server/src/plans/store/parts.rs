//! Queries over what belongs to a measure: who supports it, what is counted, which concerns it answers.

use diesel::prelude::*;

use crate::concerns::ConcernId;
use crate::plans::MeasureId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{indicators, measure_concerns, measure_supporters};

/// How it is told whether a measure helped.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = indicators)]
pub struct Indicator {
    /// The measure.
    pub measure_id: MeasureId,
    /// Its place among the indicators, from 1.
    pub position: i32,
    /// What is counted.
    pub name: String,
    /// In what.
    pub unit: String,
    /// Where it stood before.
    pub baseline: f64,
    /// Where it should stand.
    pub target: f64,
    /// Who counts it, or where it is written.
    pub source: String,
}

/// Writes down who supports, what is counted and which concerns are answered, in the place of before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(
    unit: &mut Unit<'_>,
    id: &MeasureId,
    supporters: &[String],
    counted: &[Indicator],
    answered: &[ConcernId],
) -> Result<(), Problem> {
    diesel::delete(measure_supporters::table.filter(measure_supporters::measure_id.eq(id)))
        .execute(unit.conn)?;
    diesel::delete(indicators::table.filter(indicators::measure_id.eq(id))).execute(unit.conn)?;
    diesel::delete(measure_concerns::table.filter(measure_concerns::measure_id.eq(id)))
        .execute(unit.conn)?;
    for institution in supporters {
        diesel::insert_into(measure_supporters::table)
            .values((
                measure_supporters::measure_id.eq(id),
                measure_supporters::institution.eq(institution),
            ))
            .execute(unit.conn)?;
    }
    for row in counted {
        diesel::insert_into(indicators::table)
            .values(row)
            .execute(unit.conn)?;
    }
    for concern in answered {
        diesel::insert_into(measure_concerns::table)
            .values((
                measure_concerns::measure_id.eq(id),
                measure_concerns::concern_id.eq(concern),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// Codes of the institutions that support measures.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_supporters(
    unit: &mut Unit<'_>,
    ids: &[MeasureId],
) -> Result<Vec<(MeasureId, String)>, Problem> {
    Ok(measure_supporters::table
        .filter(measure_supporters::measure_id.eq_any(ids))
        .order((
            measure_supporters::measure_id,
            measure_supporters::institution,
        ))
        .select((
            measure_supporters::measure_id,
            measure_supporters::institution,
        ))
        .load(unit.conn)?)
}

/// The indicators of measures, each measure's in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_indicators(unit: &mut Unit<'_>, ids: &[MeasureId]) -> Result<Vec<Indicator>, Problem> {
    Ok(indicators::table
        .filter(indicators::measure_id.eq_any(ids))
        .order((indicators::measure_id, indicators::position))
        .select(Indicator::as_select())
        .load(unit.conn)?)
}

/// The concerns that measures answer.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_concerns(
    unit: &mut Unit<'_>,
    ids: &[MeasureId],
) -> Result<Vec<(MeasureId, ConcernId)>, Problem> {
    Ok(measure_concerns::table
        .filter(measure_concerns::measure_id.eq_any(ids))
        .order((measure_concerns::measure_id, measure_concerns::concern_id))
        .select((measure_concerns::measure_id, measure_concerns::concern_id))
        .load(unit.conn)?)
}
