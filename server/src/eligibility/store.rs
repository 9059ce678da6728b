//! Queries over activation codes and verified residents.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::BatchId;
use crate::codes::Code;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{activation_batches, activation_codes, verifications};

/// Letters with codes for one unit and year.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = activation_batches)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// The municipality.
    pub municipality_code: String,
    /// Slug of the unit.
    pub unit: String,
    /// The year for which the codes verify.
    pub year: i32,
    /// How many codes were made.
    pub amount: i32,
    /// How many were used.
    pub used: i32,
    /// The day they were made.
    pub made_on: NaiveDate,
    /// Whether those that were not used no longer work.
    pub revoked: bool,
}

/// That somebody is a resident of a unit in a year.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = verifications)]
pub struct Verification {
    /// Who.
    pub account_id: AccountId,
    /// The municipality.
    pub municipality_code: String,
    /// The year.
    pub year: i32,
    /// Slug of the unit.
    pub unit: String,
}

/// The batches of a municipality, the last made first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_batches(unit: &mut Unit<'_>, code: &str) -> Result<Vec<Batch>, Problem> {
    Ok(activation_batches::table
        .filter(activation_batches::municipality_code.eq(code))
        .order((activation_batches::made_on.desc(), activation_batches::id))
        .select(Batch::as_select())
        .load(unit.conn)?)
}

/// The batch with this id.
///
/// # Errors
/// `not_found`.
pub fn get_batch(unit: &mut Unit<'_>, id: &BatchId) -> Result<Batch, Problem> {
    activation_batches::table
        .find(id)
        .select(Batch::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::NotFound))
}

/// Writes a batch down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_batch(unit: &mut Unit<'_>, batch: &Batch) -> Result<(), Problem> {
    diesel::insert_into(activation_batches::table)
        .values(batch)
        .execute(unit.conn)?;
    Ok(())
}

/// Writes what is stored of a code down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_code(unit: &mut Unit<'_>, mark: &str, batch: &BatchId) -> Result<(), Problem> {
    diesel::insert_into(activation_codes::table)
        .values((
            activation_codes::code_mark.eq(mark),
            activation_codes::batch_id.eq(batch),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// The batch of a code that still works.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_batch_of(unit: &mut Unit<'_>, mark: &str) -> Result<Option<Batch>, Problem> {
    Ok(activation_codes::table
        .inner_join(
            activation_batches::table.on(activation_batches::id.eq(activation_codes::batch_id)),
        )
        .filter(activation_codes::code_mark.eq(mark))
        .select(Batch::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Takes a code away and counts it as used.
///
/// # Errors
/// `activation_code_unknown` where somebody else just used it.
pub fn use_code(unit: &mut Unit<'_>, mark: &str, batch: &BatchId) -> Result<(), Problem> {
    let gone = diesel::delete(activation_codes::table.find(mark)).execute(unit.conn)?;
    if gone == 0 {
        return Err(Problem::new(Code::ActivationCodeUnknown));
    }
    diesel::update(activation_batches::table.find(batch))
        .set(activation_batches::used.eq(activation_batches::used + 1))
        .execute(unit.conn)?;
    Ok(())
}

/// Takes away the codes of a batch that nobody used.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_codes(unit: &mut Unit<'_>, batch: &BatchId) -> Result<(), Problem> {
    diesel::delete(activation_codes::table.filter(activation_codes::batch_id.eq(batch)))
        .execute(unit.conn)?;
    Ok(())
}

/// Writes down that a batch was revoked.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_revoked(unit: &mut Unit<'_>, batch: &BatchId) -> Result<(), Problem> {
    diesel::update(activation_batches::table.find(batch))
        .set(activation_batches::revoked.eq(true))
        .execute(unit.conn)?;
    Ok(())
}

/// Whether there are letters for a year that somebody used or can still use.
///
/// # Errors
/// `storage_unavailable`.
pub fn has_letters(unit: &mut Unit<'_>, code: &str, year: i32) -> Result<bool, Problem> {
    let usable = activation_batches::revoked.eq(false);
    let found: i64 = activation_batches::table
        .filter(activation_batches::municipality_code.eq(code))
        .filter(activation_batches::year.eq(year))
        .filter(usable.or(activation_batches::used.gt(0)))
        .count()
        .get_result(unit.conn)?;
    Ok(found > 0)
}

/// Whether an account is verified in a municipality for a year.
///
/// # Errors
/// `storage_unavailable`.
pub fn is_verified(
    unit: &mut Unit<'_>,
    account: &AccountId,
    code: &str,
    year: i32,
) -> Result<bool, Problem> {
    let known: i64 = verifications::table
        .find((account, code, year))
        .count()
        .get_result(unit.conn)?;
    Ok(known > 0)
}

/// Writes down that somebody is a resident.
///
/// # Errors
/// `verified_already`.
pub fn insert_verification(unit: &mut Unit<'_>, row: &Verification) -> Result<(), Problem> {
    if is_verified(unit, &row.account_id, &row.municipality_code, row.year)? {
        return Err(Problem::new(Code::VerifiedAlready));
    }
    let written = diesel::insert_into(verifications::table)
        .values(row)
        .execute(unit.conn);
    match written {
        Err(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(Problem::new(Code::VerifiedAlready))
        }
        other => Ok(other.map(drop)?),
    }
}

/// Where somebody is verified, the latest year first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_verifications(
    unit: &mut Unit<'_>,
    account: &AccountId,
) -> Result<Vec<Verification>, Problem> {
    Ok(verifications::table
        .filter(verifications::account_id.eq(account))
        .order((verifications::year.desc(), verifications::municipality_code))
        .select(Verification::as_select())
        .load(unit.conn)?)
}
