//! Public concerns by the place they are shown at: what a map draws.

pub mod routes;
pub mod views;

use std::collections::HashMap;

use diesel::prelude::*;

use super::ConcernId;
use super::lists::{self, Filter};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::concerns;

/// How many concerns of one place are named; the others are only counted.
const NAMED: usize = 8;

/// A place and the concerns shown there.
pub struct Cell {
    /// The H3 cell, where an author gave a point; else the centre of a unit or of the seat.
    pub cell: Option<String>,
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
    /// How many concerns are shown here.
    pub count: i64,
    /// The newest of them.
    pub newest: Vec<Named>,
}

/// A concern by name.
#[derive(Queryable)]
pub struct Named {
    /// Its id.
    pub id: ConcernId,
    /// In one line.
    pub title: String,
    /// Where it stands.
    pub state: String,
}

/// All public concerns that the filter finds, by place: those with the newest concern first. The
/// filter's order and page count for nothing here.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_cells(unit: &mut Unit<'_>, code: &str, filter: &Filter) -> Result<Vec<Cell>, Problem> {
    let rows: Vec<(Named, Option<String>, f64, f64)> = lists::visible(unit, code, filter)
        .order((concerns::public_on.desc(), concerns::id))
        .select((
            (concerns::id, concerns::title, concerns::state),
            concerns::cell,
            concerns::lat,
            concerns::lon,
        ))
        .load(unit.conn)?;
    let mut cells: Vec<Cell> = Vec::new();
    let mut known: HashMap<(u64, u64), usize> = HashMap::new();
    for (named, cell, lat, lon) in rows {
        // Places are snapped, so that those of one cell have the very same numbers.
        let at = *known
            .entry((lat.to_bits(), lon.to_bits()))
            .or_insert(cells.len());
        if at == cells.len() {
            cells.push(Cell {
                cell,
                lat,
                lon,
                count: 0,
                newest: Vec::new(),
            });
        }
        if let Some(place) = cells.get_mut(at) {
            place.count += 1;
            if place.newest.len() < NAMED {
                place.newest.push(named);
            }
        }
    }
    Ok(cells)
}
