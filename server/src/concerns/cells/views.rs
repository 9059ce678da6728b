//! Shapes of the map.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Cell, Named};

/// A place on the map.
#[derive(Serialize, ToSchema)]
pub struct CellView {
    /// The H3 cell, where an author gave a point.
    pub cell: Option<String>,
    /// Latitude of the cell's, the unit's or the seat's centre, degrees.
    pub lat: f64,
    /// Longitude of it, degrees.
    pub lon: f64,
    /// How many concerns are shown here.
    pub count: i64,
    /// The newest of them, at most 8.
    pub concerns: Vec<CellConcern>,
}

/// A concern on the map.
#[derive(Serialize, ToSchema)]
pub struct CellConcern {
    /// Its id.
    pub id: String,
    /// In one line.
    pub title: String,
    /// Where it stands.
    pub status: String,
}

/// All places with public concerns.
#[derive(Serialize, ToSchema)]
pub struct CellList {
    /// The places, those with the newest concern first.
    pub items: Vec<CellView>,
}

impl From<Vec<Cell>> for CellList {
    fn from(cells: Vec<Cell>) -> Self {
        Self {
            items: cells.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Cell> for CellView {
    fn from(place: Cell) -> Self {
        Self {
            cell: place.cell,
            lat: place.lat,
            lon: place.lon,
            count: place.count,
            concerns: place.newest.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Named> for CellConcern {
    fn from(named: Named) -> Self {
        Self {
            id: named.id.to_string(),
            title: named.title,
            status: named.state,
        }
    }
}
