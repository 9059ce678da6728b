//! Queries over the measures of other local plans.

use diesel::prelude::*;

use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::other_measures;

/// The most of them that are kept in mind.
const OTHERS: i64 = 2_000;

/// A measure of another local plan.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = other_measures)]
pub struct OtherMeasure {
    /// Its id.
    pub id: String,
    /// The municipality it is of.
    pub municipality_code: String,
    /// What that plan is called.
    pub plan: String,
    /// What is done there.
    pub title: String,
}

/// The measures of other plans of a municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<OtherMeasure>, Problem> {
    Ok(other_measures::table
        .filter(other_measures::municipality_code.eq(municipality))
        .order((
            other_measures::plan,
            other_measures::title,
            other_measures::id,
        ))
        .limit(OTHERS)
        .select(OtherMeasure::as_select())
        .load(unit.conn)?)
}

/// Writes the measures of another plan down in the place of those before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(
    unit: &mut Unit<'_>,
    municipality: &str,
    plan: &str,
    titles: &[String],
) -> Result<(), Problem> {
    diesel::delete(
        other_measures::table
            .filter(other_measures::municipality_code.eq(municipality))
            .filter(other_measures::plan.eq(plan)),
    )
    .execute(unit.conn)?;
    for title in titles {
        let row = OtherMeasure {
            id: unit.chance.symbols::<16>()?,
            municipality_code: municipality.to_owned(),
            plan: plan.to_owned(),
            title: title.clone(),
        };
        diesel::insert_into(other_measures::table)
            .values(&row)
            .execute(unit.conn)?;
    }
    Ok(())
}
