//! Queries of bulletins.

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::quarter::Quarter;

use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::bulletins;

/// A bulletin, without what is printed.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = bulletins)]
pub struct Bulletin {
    /// The municipality.
    pub municipality_code: String,
    /// The year.
    pub year: i32,
    /// The quarter, 1 to 4.
    pub quarter: i32,
    /// What the secretary says before what the rows say.
    pub opening: String,
    /// And after it; may be empty.
    pub closing: String,
    /// The document (JSON), once it is published.
    pub record: Option<String>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
}

/// What a bulletin has once it is published.
pub struct Published {
    /// The document (JSON).
    pub record: String,
    /// As it is printed.
    pub pdf: Vec<u8>,
    /// The day.
    pub published_on: NaiveDate,
}

/// The key of a quarter's row.
fn key(code: &str, quarter: Quarter) -> (String, i32, i32) {
    let number = i32::try_from(quarter.number()).unwrap_or_default();
    (code.to_owned(), quarter.year(), number)
}

/// The bulletin of a quarter, where the secretary has begun it.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(
    unit: &mut Unit<'_>,
    code: &str,
    quarter: Quarter,
) -> Result<Option<Bulletin>, Problem> {
    Ok(bulletins::table
        .find(key(code, quarter))
        .select(Bulletin::as_select())
        .first(unit.conn)
        .optional()?)
}

/// A bulletin as it is printed, where it was published.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_pdf(
    unit: &mut Unit<'_>,
    code: &str,
    quarter: Quarter,
) -> Result<Option<Vec<u8>>, Problem> {
    let found: Option<Option<Vec<u8>>> = bulletins::table
        .find(key(code, quarter))
        .select(bulletins::pdf)
        .first(unit.conn)
        .optional()?;
    Ok(found.flatten())
}

/// Keeps the words of a bulletin that is not published: before and after what the rows say.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_words(
    unit: &mut Unit<'_>,
    code: &str,
    quarter: Quarter,
    (opening, closing): (&str, &str),
) -> Result<(), Problem> {
    let words = (
        bulletins::opening.eq(opening),
        bulletins::closing.eq(closing),
    );
    let (code, year, number) = key(code, quarter);
    let draft = bulletins::table
        .find((&code, year, number))
        .filter(bulletins::published_on.is_null());
    let changed = diesel::update(draft).set(words).execute(unit.conn)?;
    if changed == 0 {
        let named = (
            bulletins::municipality_code.eq(code),
            bulletins::year.eq(year),
            bulletins::quarter.eq(number),
        );
        diesel::insert_into(bulletins::table)
            .values((named, words))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// Keeps a bulletin as it is published, once.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_published(
    unit: &mut Unit<'_>,
    code: &str,
    quarter: Quarter,
    published: &Published,
) -> Result<(), Problem> {
    let draft = bulletins::table
        .find(key(code, quarter))
        .filter(bulletins::published_on.is_null());
    diesel::update(draft)
        .set((
            bulletins::record.eq(&published.record),
            bulletins::pdf.eq(&published.pdf),
            bulletins::published_on.eq(published.published_on),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// The bulletins of a municipality, drafts too, the last quarter first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, code: &str) -> Result<Vec<Bulletin>, Problem> {
    Ok(bulletins::table
        .filter(bulletins::municipality_code.eq(code))
        .order((bulletins::year.desc(), bulletins::quarter.desc()))
        .select(Bulletin::as_select())
        .load(unit.conn)?)
}

/// All published bulletins.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_published(unit: &mut Unit<'_>) -> Result<Vec<Bulletin>, Problem> {
    Ok(bulletins::table
        .filter(bulletins::published_on.is_not_null())
        .order((
            bulletins::municipality_code,
            bulletins::year,
            bulletins::quarter,
        ))
        .select(Bulletin::as_select())
        .load(unit.conn)?)
}
