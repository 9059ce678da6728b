//! Queries over what was counted and what residents say.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::FigureId;
use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{concerns, events, figures};

/// A figure of a year.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = figures)]
pub struct Figure {
    /// Its id.
    pub id: FigureId,
    /// The municipality.
    pub municipality_code: String,
    /// Code of the topic.
    pub topic: String,
    /// Code of the institution that counted.
    pub institution: String,
    /// What was counted.
    pub name: String,
    /// The year.
    pub year: i32,
    /// How much.
    pub value: f64,
    /// Where it is published.
    pub source: String,
    /// The day it was.
    pub published_on: NaiveDate,
}

/// The figures of a municipality: topic by topic, each series from its first year on.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Figure>, Problem> {
    Ok(figures::table
        .filter(figures::municipality_code.eq(municipality))
        .order((
            figures::topic,
            figures::institution,
            figures::name,
            figures::year,
        ))
        .select(Figure::as_select())
        .load(unit.conn)?)
}

/// A figure.
///
/// # Errors
/// `figure_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &FigureId) -> Result<Figure, Problem> {
    figures::table
        .find(id)
        .select(Figure::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::FigureUnknown))
}

/// Keeps a figure in the place of the one of the same name and year.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, row: &Figure) -> Result<(), Problem> {
    diesel::delete(
        figures::table
            .filter(figures::municipality_code.eq(&row.municipality_code))
            .filter(figures::institution.eq(&row.institution))
            .filter(figures::topic.eq(&row.topic))
            .filter(figures::name.eq(&row.name))
            .filter(figures::year.eq(row.year)),
    )
    .execute(unit.conn)?;
    diesel::insert_into(figures::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Takes a figure away.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete(unit: &mut Unit<'_>, id: &FigureId) -> Result<(), Problem> {
    diesel::delete(figures::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// The topic of each public concern of a municipality, the day it became public, and how many share it.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_said(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(String, NaiveDate, i32, i32)>, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::public_on.is_not_null())
        .select((
            concerns::topic,
            concerns::public_on.assume_not_null(),
            concerns::residents,
            concerns::visitors,
        ))
        .load(unit.conn)?)
}

/// The topic of each public concern that was put first, and on which day.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_put_first(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(String, NaiveDate)>, Problem> {
    Ok(events::table
        .inner_join(concerns::table.on(concerns::id.eq(events::concern_id)))
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::public_on.is_not_null())
        .filter(events::to_state.eq("prioritised"))
        .select((concerns::topic, events::on_day))
        .load(unit.conn)?)
}
