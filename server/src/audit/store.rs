//! Queries over the log.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{audit_head, audit_log};

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
    /// HMAC-SHA256 over this row and the hash before it, hexadecimal.
    pub hash: String,
}

/// Where the log ends: a table of one row.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = audit_head)]
pub struct Head {
    /// Always 1.
    pub id: i32,
    /// The position of the last row, 0 before the first.
    pub position: i32,
    /// Its hash.
    pub hash: String,
    /// HMAC-SHA256 over both, hexadecimal.
    pub mac: String,
}

/// Where the log ends.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_head(unit: &mut Unit<'_>) -> Result<Option<Head>, Problem> {
    Ok(audit_head::table
        .select(Head::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Writes down where the log ends now.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_head(unit: &mut Unit<'_>, head: &Head) -> Result<(), Problem> {
    let changed = diesel::update(audit_head::table)
        .set(head)
        .execute(unit.conn)?;
    if changed == 0 {
        diesel::insert_into(audit_head::table)
            .values(head)
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The position of the last row there is.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_last_position(unit: &mut Unit<'_>) -> Result<Option<i32>, Problem> {
    Ok(audit_log::table
        .select(diesel::dsl::max(audit_log::position))
        .first(unit.conn)?)
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

/// Whether a seat did this on a day. Reads the rows of that day and after, from the end of the log.
///
/// # Errors
/// `storage_unavailable`.
pub fn has_entry_on(
    unit: &mut Unit<'_>,
    day: NaiveDate,
    seat: &str,
    action: &str,
    subject: &str,
) -> Result<bool, Problem> {
    let before: Option<i32> = audit_log::table
        .filter(audit_log::on_day.lt(day))
        .order(audit_log::position.desc())
        .select(audit_log::position)
        .first(unit.conn)
        .optional()?;
    let found: i64 = audit_log::table
        .filter(audit_log::position.gt(before.unwrap_or(0)))
        .filter(audit_log::on_day.eq(day))
        .filter(audit_log::seat_id.eq(seat))
        .filter(audit_log::action.eq(action))
        .filter(audit_log::subject.eq(subject))
        .count()
        .get_result(unit.conn)?;
    Ok(found > 0)
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
