//! What only a programme asks the store for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{meetings, minutes};

/// The days that approved minutes of a municipality name for the next meeting, between two days.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_next_days(
    unit: &mut Unit<'_>,
    municipality: &str,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<BTreeSet<NaiveDate>, Problem> {
    let days: Vec<Option<NaiveDate>> = minutes::table
        .inner_join(meetings::table.on(meetings::id.eq(minutes::meeting_id)))
        .filter(meetings::municipality_code.eq(municipality))
        .filter(minutes::approved_on.is_not_null())
        .filter(minutes::next_on.between(from, until))
        .select(minutes::next_on)
        .load(unit.conn)?;
    Ok(days.into_iter().flatten().collect())
}
