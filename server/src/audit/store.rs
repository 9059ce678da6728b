//! Queries over the log.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::audit_log;

/// One row of the log.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_log)]
pub struct Entry {
    /// Place in the chain, from 1.
    pub position: i32,
    /// Where it happened.
    pub municipality_code: Option<String>,
    /// The day.
    pub on_day: NaiveDate,
    /// The seat that acted; nothing for the command line.
    pub seat_id: Option<String>,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
    /// SHA-256 over this row and the hash before it, hexadecimal.
    pub hash: String,
}

/// The newest row.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_last(unit: &mut Unit<'_>) -> Result<Option<Entry>, Problem> {
    Ok(audit_log::table
        .order(audit_log::position.desc())
        .select(Entry::as_select())
        .first(unit.conn)
        .optional()?)
}

/// All rows in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>) -> Result<Vec<Entry>, Problem> {
    Ok(audit_log::table
        .order(audit_log::position)
        .select(Entry::as_select())
        .load(unit.conn)?)
}

/// Adds a row at the end.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, entry: &Entry) -> Result<(), Problem> {
    diesel::insert_into(audit_log::table)
        .values(entry)
        .execute(unit.conn)?;
    Ok(())
}
