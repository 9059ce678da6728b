//! Queries over regulations.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::regulations;

/// A regulation as a council decided on it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = regulations)]
pub struct Regulation {
    /// The municipality.
    pub municipality_code: String,
    /// The how-manieth it is, from 1.
    pub version: i32,
    /// Number of the decision.
    pub decision_no: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// The regulation.
    pub text: String,
}

/// The regulations of a municipality, the one in force first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Regulation>, Problem> {
    Ok(regulations::table
        .filter(regulations::municipality_code.eq(municipality))
        .order(regulations::version.desc())
        .select(Regulation::as_select())
        .load(unit.conn)?)
}

/// All regulations there are.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_all(unit: &mut Unit<'_>) -> Result<Vec<Regulation>, Problem> {
    Ok(regulations::table
        .select(Regulation::as_select())
        .load(unit.conn)?)
}

/// The regulation in force.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_last(unit: &mut Unit<'_>, municipality: &str) -> Result<Option<Regulation>, Problem> {
    Ok(regulations::table
        .filter(regulations::municipality_code.eq(municipality))
        .order(regulations::version.desc())
        .select(Regulation::as_select())
        .first(unit.conn)
        .optional()?)
}

/// A version of a regulation.
///
/// # Errors
/// `regulation_unknown`.
pub fn get(unit: &mut Unit<'_>, municipality: &str, version: i32) -> Result<Regulation, Problem> {
    regulations::table
        .find((municipality, version))
        .select(Regulation::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::RegulationUnknown))
}

/// Adds a version.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Regulation) -> Result<(), Problem> {
    diesel::insert_into(regulations::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}
