//! The days on which deadlines do not run: the country's, as far as a municipality keeps them, and
//! its own. What waits for an answer is counted anew with every change.

use chrono::{NaiveDate, TimeDelta};

use super::HolidayId;
use super::store::{self, Holiday};
use crate::audit;
use crate::codes::Code;
use crate::concerns::deadlines;
use crate::councils::Staff;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// How long before the last known holiday somebody should look for the next years' days.
const AHEAD: TimeDelta = TimeDelta::days(60);

/// Adds a holiday of the municipality's own.
///
/// # Errors
/// `storage_unavailable`.
pub fn add(unit: &mut Unit<'_>, staff: &Staff, row: &Holiday) -> Result<(), Problem> {
    deadlines::recount(unit, &staff.municipality, |unit| {
        store::insert_holiday(unit, row)
    })?;
    audit::append(unit, Some(staff), "holiday_added", &row.on_day.to_string())
}

/// Takes away a holiday that the municipality added.
///
/// # Errors
/// `not_found`, also for the country's.
pub fn remove(unit: &mut Unit<'_>, staff: &Staff, id: &HolidayId) -> Result<(), Problem> {
    deadlines::recount(unit, &staff.municipality, |unit| {
        store::delete_holiday(unit, &staff.municipality, id)
    })?;
    audit::append(unit, Some(staff), "holiday_removed", id.as_str())
}

/// Says whether the municipality works on a day on which the country rests.
///
/// # Errors
/// `not_found` where the country does not rest.
pub fn set_works(
    unit: &mut Unit<'_>,
    staff: &Staff,
    day: NaiveDate,
    works: bool,
) -> Result<(), Problem> {
    let code = &staff.municipality;
    let rests = store::list_holiday_rows(unit, code, day)?
        .iter()
        .any(|row| row.on_day == day && row.municipality_code.is_none());
    if !rests {
        return Err(Problem::new(Code::NotFound));
    }
    if store::list_working_days(unit, code)?.contains(&day) == works {
        return Ok(());
    }
    deadlines::recount(unit, code, |unit| {
        if works {
            store::insert_working_day(unit, code, day)
        } else {
            store::delete_working_day(unit, code, day)
        }
    })?;
    let action = if works {
        "working_day_added"
    } else {
        "working_day_removed"
    };
    audit::append(unit, Some(staff), action, &day.to_string())
}

/// Warns while the table of the country's holidays is about to end, or has ended.
pub async fn warn_of_end(app: &App) {
    let today = app.clock().today();
    // A store that does not answer is warned of elsewhere, and asked again tomorrow.
    if let Ok(Some(until)) = app.read(store::find_last_holiday).await
        && until < today + AHEAD
    {
        tracing::warn!(
            %until,
            "the table of holidays ends: later deadlines count every day from Monday to Friday"
        );
    }
}
