//! Municipalities, their administrative units, and the days on which deadlines do not run.

pub mod changes;
pub mod holidays;
pub mod outlines;
pub mod routes;
pub mod seed;
pub mod settings_routes;
pub mod store;
pub mod views;

crate::id! {
    /// A day on which deadlines do not run.
    HolidayId
}

use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Checks that a unit is in the municipality.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn require_unit(
    unit: &mut Unit<'_>,
    code: &str,
    slug: &str,
    pointer: &str,
) -> Result<(), Problem> {
    let known = store::list_units(unit, code)?
        .iter()
        .any(|row| row.slug == slug);
    known
        .then_some(())
        .ok_or_else(|| Problem::field(pointer, "unit_unknown", None))
}
