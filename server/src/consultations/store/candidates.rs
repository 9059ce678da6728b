//! Which concerns are voted on, and what the institutions say of them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::ConsultationId;
use crate::concerns::ConcernId;
use crate::concerns::store::Concern;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{candidates, concerns};

/// Whether a concern is voted on.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidates)]
pub struct Candidate {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// The concern.
    pub concern_id: ConcernId,
    /// Whether it is on the list.
    pub included: bool,
    /// Why.
    pub reason: String,
    /// The day this was decided.
    pub on_day: NaiveDate,
    /// What the institutions say of it.
    #[diesel(embed)]
    pub terms: Terms,
}

/// What the institutions say of a concern, 0 to 100 each: terms of the published formula.
#[derive(Clone, Copy, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = candidates)]
pub struct Terms {
    /// How bad it is when it happens.
    pub severity: i32,
    /// How often it happens.
    pub frequency: i32,
    /// How many it harms.
    pub harm: i32,
}

impl Default for Terms {
    /// In the middle, until somebody says more.
    fn default() -> Self {
        Self {
            severity: 50,
            frequency: 50,
            harm: 50,
        }
    }
}

/// Writes down whether a concern is voted on, instead of what was decided before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_candidate(unit: &mut Unit<'_>, row: &Candidate) -> Result<(), Problem> {
    diesel::delete(candidates::table.find((&row.consultation_id, &row.concern_id)))
        .execute(unit.conn)?;
    diesel::insert_into(candidates::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// What was decided of a concern before, if anything.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_candidate(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    concern: &ConcernId,
) -> Result<Option<Candidate>, Problem> {
    Ok(candidates::table
        .find((id, concern))
        .select(Candidate::as_select())
        .first(unit.conn)
        .optional()?)
}

/// What was decided of which concerns, in the order of their ids, which means nothing. What is not
/// public any more (it was referred) is on no list.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_candidates(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
) -> Result<Vec<(Candidate, Concern)>, Problem> {
    Ok(candidates::table
        .inner_join(concerns::table.on(concerns::id.eq(candidates::concern_id)))
        .filter(candidates::consultation_id.eq(id))
        .filter(concerns::public_on.is_not_null())
        .order(candidates::concern_id)
        .select((Candidate::as_select(), Concern::as_select()))
        .load(unit.conn)?)
}

/// How many concerns are voted on in each of several consultations.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_candidates(
    unit: &mut Unit<'_>,
    ids: &[ConsultationId],
) -> Result<Vec<(ConsultationId, i64)>, Problem> {
    Ok(candidates::table
        .inner_join(concerns::table.on(concerns::id.eq(candidates::concern_id)))
        .filter(candidates::consultation_id.eq_any(ids))
        .filter(candidates::included.eq(true))
        .filter(concerns::public_on.is_not_null())
        .group_by(candidates::consultation_id)
        .select((candidates::consultation_id, diesel::dsl::count_star()))
        .load(unit.conn)?)
}
