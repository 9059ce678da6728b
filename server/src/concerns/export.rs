//! Open data: the public concerns of a municipality, with nothing that is not on its pages.

use diesel::prelude::*;
use serde::Serialize;

use super::read;
use super::store::Concern;
use super::views::ConcernCard;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::spreadsheet::{csv, harmless};
use crate::schema::concerns;

/// The public concerns of a municipality.
#[derive(Serialize)]
pub struct OpenData {
    /// Slug of the municipality.
    pub municipality: String,
    /// What may be done with the data.
    pub licence: &'static str,
    /// The concerns.
    pub concerns: Vec<ConcernCard>,
}

/// Puts the open data of a municipality together.
///
/// # Errors
/// `municipality_unknown`, `storage_unavailable`.
pub fn open_data(unit: &mut Unit<'_>, slug: &str) -> Result<OpenData, Problem> {
    let place = places::store::get_municipality(unit, slug)?;
    let rows: Vec<Concern> = concerns::table
        .filter(concerns::municipality_code.eq(&place.code))
        .filter(concerns::public_on.is_not_null())
        .order((concerns::public_on, concerns::id))
        .select(Concern::as_select())
        .load(unit.conn)?;
    let mut cards = Vec::new();
    // A page at a time: a list of ids may not be longer than the store allows.
    for page in rows.chunks(500) {
        cards.extend(read::cards(unit, page)?);
    }
    Ok(OpenData {
        municipality: place.slug,
        licence: "CC BY 4.0",
        concerns: cards,
    })
}

/// The open data as CSV, safe to open in a spreadsheet.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn to_csv(data: &OpenData) -> Result<String, Problem> {
    let headings = [
        "id",
        "topic",
        "unit",
        "status",
        "verdict",
        "received_on",
        "published_on",
        "residents",
        "visitors",
        "lat",
        "lon",
        "title",
        "excerpt",
    ];
    let lines = data.concerns.iter().map(|card| {
        [
            card.id.clone(),
            card.topic.clone(),
            card.unit
                .as_ref()
                .map(|unit| unit.slug.clone())
                .unwrap_or_default(),
            card.status.clone(),
            card.verdict.clone().unwrap_or_default(),
            card.received_on.to_string(),
            card.published_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            card.support.residents.to_string(),
            card.support.visitors.to_string(),
            card.place.lat.to_string(),
            card.place.lon.to_string(),
            harmless(&card.title),
            harmless(&card.excerpt),
        ]
    });
    csv(headings, lines)
}
