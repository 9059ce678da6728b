//! How many were given tokens, by unit: what can be known of a turnout. Who cast, nobody knows.

use domain::disclosure::{K, suppress, suppress_total};

use super::count_views::{Turnout, UnitTurnout};
use super::store;
use crate::consultations::store::Consultation;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The turnout of a vote whose tokens are given.
///
/// # Errors
/// `storage_unavailable`.
pub fn turnout(unit: &mut Unit<'_>, row: &Consultation) -> Result<Turnout, Problem> {
    let counted = store::count_requests(unit, &row.id)?;
    let units = places::store::list_units(unit, &row.municipality_code)?;
    let rows: Vec<_> = units
        .into_iter()
        .filter_map(|place| {
            let (_, count) = counted.iter().find(|(slug, _)| *slug == place.slug)?;
            Some((place, *count))
        })
        .collect();
    let counts: Vec<i64> = rows.iter().map(|(_, count)| *count).collect();
    let shown = suppress(&counts, K);
    Ok(Turnout {
        accounts: suppress_total(&counts, &shown, K),
        units: rows
            .into_iter()
            .zip(shown)
            .map(|((place, _), accounts)| UnitTurnout {
                unit: place.slug,
                name: place.name,
                accounts,
            })
            .collect(),
    })
}
