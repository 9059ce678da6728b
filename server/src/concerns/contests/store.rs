//! Queries of who contests what: a mark on the row of a support that is there anyway.

use diesel::prelude::*;

use crate::concerns::ConcernId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::supports;

/// Whether the supporter whose row has this key contests; nothing where there is no such row.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(unit: &mut Unit<'_>, id: &ConcernId, mark: &str) -> Result<Option<bool>, Problem> {
    Ok(supports::table
        .find((id, mark))
        .select(supports::contests)
        .first(unit.conn)
        .optional()?)
}

/// Writes down whether the supporter whose row has this key contests.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, id: &ConcernId, mark: &str, contests: bool) -> Result<(), Problem> {
    diesel::update(supports::table.find((id, mark)))
        .set(supports::contests.eq(contests))
        .execute(unit.conn)?;
    Ok(())
}

/// How many supporters contest.
///
/// # Errors
/// `storage_unavailable`.
pub fn count(unit: &mut Unit<'_>, id: &ConcernId) -> Result<u32, Problem> {
    let rows: i64 = supports::table
        .filter(supports::concern_id.eq(id))
        .filter(supports::contests.eq(true))
        .count()
        .get_result(unit.conn)?;
    Ok(u32::try_from(rows).unwrap_or(u32::MAX))
}

/// Takes all marks of a concern away.
///
/// # Errors
/// `storage_unavailable`.
pub fn clear(unit: &mut Unit<'_>, id: &ConcernId) -> Result<(), Problem> {
    diesel::update(supports::table.filter(supports::concern_id.eq(id)))
        .filter(supports::contests.eq(true))
        .set(supports::contests.eq(false))
        .execute(unit.conn)?;
    Ok(())
}
