//! What residents brought while a consultation collected.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::Consultation;
use crate::concerns::ConcernId;
use crate::concerns::store::{Concern, Event};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{concerns, events};

/// The public concerns that came while it collected, in these units or, where none are named, in the
/// whole municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_received(
    unit: &mut Unit<'_>,
    row: &Consultation,
    units: &[String],
) -> Result<Vec<Concern>, Problem> {
    let mut query = concerns::table
        .filter(concerns::municipality_code.eq(&row.municipality_code))
        .filter(
            concerns::received_on.between(row.schedule.collect_from, row.schedule.collect_until),
        )
        .filter(concerns::public_on.is_not_null())
        .into_boxed();
    if !units.is_empty() {
        query = query.filter(concerns::unit.eq_any(units));
    }
    Ok(query.select(Concern::as_select()).load(unit.conn)?)
}

/// How many concerns came to the municipality while it collected and are not public, by their topic
/// and where they stand.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_unseen(
    unit: &mut Unit<'_>,
    row: &Consultation,
) -> Result<Vec<(String, String, i64)>, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(&row.municipality_code))
        .filter(
            concerns::received_on.between(row.schedule.collect_from, row.schedule.collect_until),
        )
        .filter(concerns::public_on.is_null())
        .group_by((concerns::topic, concerns::state))
        .select((concerns::topic, concerns::state, count_star()))
        .load(unit.conn)?)
}

/// The moves of these concerns, in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_moves(unit: &mut Unit<'_>, ids: &[ConcernId]) -> Result<Vec<Event>, Problem> {
    Ok(events::table
        .filter(events::concern_id.eq_any(ids))
        .filter(events::kind.eq("move"))
        .order((events::concern_id, events::position))
        .select(Event::as_select())
        .load(unit.conn)?)
}

/// Those of these concerns that are public.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_public(unit: &mut Unit<'_>, ids: &[ConcernId]) -> Result<Vec<Concern>, Problem> {
    Ok(concerns::table
        .filter(concerns::id.eq_any(ids))
        .filter(concerns::public_on.is_not_null())
        .select(Concern::as_select())
        .load(unit.conn)?)
}
