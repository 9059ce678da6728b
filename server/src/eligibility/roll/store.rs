//! Queries over rolls and their marks.

use diesel::prelude::*;

use crate::codes::Code;
use crate::on_each;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{roll_marks, rolls};

/// As many marks as are written at once: PostgreSQL takes 65,535 values in one statement.
const PAGE: usize = 1_000;

/// The roll of a municipality and a year.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = rolls)]
pub struct Roll {
    /// The municipality.
    pub municipality_code: String,
    /// The year for which it verifies.
    pub year: i32,
    /// How many marks it came with.
    pub amount: i32,
    /// How many were used.
    pub used: i32,
}

/// Somebody on a roll who has not used it.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = roll_marks)]
pub struct Mark {
    /// An HMAC of who that is.
    pub mark: String,
    /// The municipality.
    pub municipality_code: String,
    /// The year.
    pub year: i32,
    /// Slug of the unit they live in.
    pub unit: String,
}

/// The roll of a year, where there is one.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_roll(unit: &mut Unit<'_>, code: &str, year: i32) -> Result<Option<Roll>, Problem> {
    Ok(rolls::table
        .find((code, year))
        .select(Roll::as_select())
        .first(unit.conn)
        .optional()?)
}

/// The years from this one on for which there is a roll.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_years(unit: &mut Unit<'_>, code: &str, from: i32) -> Result<Vec<i32>, Problem> {
    Ok(rolls::table
        .filter(rolls::municipality_code.eq(code))
        .filter(rolls::year.ge(from))
        .order(rolls::year)
        .select(rolls::year)
        .load(unit.conn)?)
}

/// Writes a roll down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_roll(unit: &mut Unit<'_>, row: &Roll) -> Result<(), Problem> {
    diesel::insert_into(rolls::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Writes marks down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_marks(unit: &mut Unit<'_>, rows: &[Mark]) -> Result<(), Problem> {
    for page in rows.chunks(PAGE) {
        let insert = diesel::insert_into(roll_marks::table).values(page.to_vec());
        on_each!(unit.conn, conn => insert.execute(conn))?;
    }
    Ok(())
}

/// Takes a roll away with all its marks.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_roll(unit: &mut Unit<'_>, code: &str, year: i32) -> Result<(), Problem> {
    let marks = roll_marks::table
        .filter(roll_marks::municipality_code.eq(code))
        .filter(roll_marks::year.eq(year));
    diesel::delete(marks).execute(unit.conn)?;
    diesel::delete(rolls::table.find((code, year))).execute(unit.conn)?;
    Ok(())
}

/// The unit of a mark that was not used.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_unit(
    unit: &mut Unit<'_>,
    code: &str,
    year: i32,
    mark: &str,
) -> Result<Option<String>, Problem> {
    Ok(roll_marks::table
        .find(mark)
        .filter(roll_marks::municipality_code.eq(code))
        .filter(roll_marks::year.eq(year))
        .select(roll_marks::unit)
        .first(unit.conn)
        .optional()?)
}

/// Takes a mark away and counts it as used.
///
/// # Errors
/// `roll_unmatched` where somebody else just used it.
pub fn use_mark(unit: &mut Unit<'_>, code: &str, year: i32, mark: &str) -> Result<(), Problem> {
    let gone = diesel::delete(roll_marks::table.find(mark)).execute(unit.conn)?;
    if gone == 0 {
        return Err(Problem::new(Code::RollUnmatched));
    }
    diesel::update(rolls::table.find((code, year)))
        .set(rolls::used.eq(rolls::used + 1))
        .execute(unit.conn)?;
    Ok(())
}
