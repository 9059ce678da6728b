//! Queries over what was cast.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::consultations::ConsultationId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{ballots, box_roots};

/// An item as it lies in the box.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = ballots)]
pub struct Ballot {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// The token, hexadecimal: text and bytes are in the same order.
    pub token: String,
    /// Place of the concern on the list.
    pub concern_index: i32,
    /// The rating or the choice.
    pub value: i32,
    /// A higher one replaces a lower one.
    pub sequence: i32,
    /// The issuers' signatures in their order, base64url; a dash where one is missing.
    pub signatures: String,
    /// The token's own.
    pub signature: String,
}

/// The hash over all items at one time.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = box_roots)]
pub struct BoxRoot {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// The day it was published.
    pub on_day: NaiveDate,
    /// How many items.
    pub size: i32,
    /// The hash, base64url.
    pub hash: String,
}

/// The sequence of what a token cast last.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_sequence(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    token: &str,
) -> Result<Option<i32>, Problem> {
    Ok(ballots::table
        .find((id, token))
        .select(ballots::sequence)
        .first(unit.conn)
        .optional()?)
}

/// Puts an item into the box.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_ballot(unit: &mut Unit<'_>, ballot: &Ballot) -> Result<(), Problem> {
    diesel::insert_into(ballots::table)
        .values(ballot)
        .execute(unit.conn)?;
    Ok(())
}

/// Puts an item in the place of an earlier one of the same token.
///
/// # Errors
/// `storage_unavailable`.
pub fn replace_ballot(unit: &mut Unit<'_>, ballot: &Ballot) -> Result<(), Problem> {
    diesel::update(ballots::table.find((&ballot.consultation_id, &ballot.token)))
        .set(ballot)
        .execute(unit.conn)?;
    Ok(())
}

/// So many items after a token, in the order of the tokens.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_ballots(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    after: &str,
    most: i64,
) -> Result<Vec<Ballot>, Problem> {
    Ok(ballots::table
        .filter(ballots::consultation_id.eq(id))
        .filter(ballots::token.gt(after))
        .order(ballots::token)
        .limit(most)
        .select(Ballot::as_select())
        .load(unit.conn)?)
}

/// The tokens and hashes of the items under the last root, in the order of the tokens.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_rooted(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
) -> Result<Vec<(String, String)>, Problem> {
    Ok(ballots::table
        .filter(ballots::consultation_id.eq(id))
        .filter(ballots::rooted_leaf.is_not_null())
        .order(ballots::token)
        .select((ballots::token, ballots::rooted_leaf.assume_not_null()))
        .load(unit.conn)?)
}

/// The hash of a token's item under the root that is being published.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_rooted(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    token: &str,
    leaf: &str,
) -> Result<(), Problem> {
    diesel::update(ballots::table.find((id, token)))
        .set(ballots::rooted_leaf.eq(leaf))
        .execute(unit.conn)?;
    Ok(())
}

/// Publishes a root; says whether it is the first of its day.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_root(unit: &mut Unit<'_>, root: &BoxRoot) -> Result<bool, Problem> {
    let known: i64 = box_roots::table
        .find((&root.consultation_id, root.on_day))
        .count()
        .get_result(unit.conn)?;
    if known > 0 {
        return Ok(false);
    }
    diesel::insert_into(box_roots::table)
        .values(root)
        .execute(unit.conn)?;
    Ok(true)
}

/// The roots of a vote, the first first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_roots(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vec<BoxRoot>, Problem> {
    Ok(box_roots::table
        .filter(box_roots::consultation_id.eq(id))
        .order(box_roots::on_day)
        .select(BoxRoot::as_select())
        .load(unit.conn)?)
}
