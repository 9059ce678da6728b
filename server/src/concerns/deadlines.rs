//! Deadlines when the days change by which they are counted.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use domain::calendar::{due_on, working_days};

use super::ConcernId;
use super::desk::store::open_states;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::concerns;

/// An open concern that was not answered yet.
#[derive(Queryable)]
struct Waiting {
    id: ConcernId,
    received_on: NaiveDate,
    due_on: NaiveDate,
}

/// Makes a change to a municipality's holidays; what waits there for an answer keeps its number of
/// working days, counted by the holidays as they are then.
///
/// # Errors
/// What `change` refuses, or `storage_unavailable`.
pub fn recount<T>(
    unit: &mut Unit<'_>,
    municipality: &str,
    change: impl FnOnce(&mut Unit<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let waiting = list_waiting(unit, municipality)?;
    let first = waiting.iter().map(|concern| concern.received_on).min();
    let first = first.unwrap_or(NaiveDate::MAX);
    let before = places::store::list_holidays(unit, municipality, first)?;
    let outcome = change(unit)?;
    let after = places::store::list_holidays(unit, municipality, first)?;
    for concern in waiting {
        let due = counted_anew(&concern, &before, &after);
        if due != concern.due_on {
            set_due(unit, &concern.id, due)?;
        }
    }
    Ok(outcome)
}

fn counted_anew(
    concern: &Waiting,
    before: &BTreeSet<NaiveDate>,
    after: &BTreeSet<NaiveDate>,
) -> NaiveDate {
    let days = working_days(concern.received_on, concern.due_on, before);
    due_on(concern.received_on, days, after)
}

fn list_waiting(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Waiting>, Problem> {
    Ok(concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::state.eq_any(open_states()))
        .filter(concerns::verdict.is_null())
        .select((concerns::id, concerns::received_on, concerns::due_on))
        .load(unit.conn)?)
}

fn set_due(unit: &mut Unit<'_>, id: &ConcernId, due: NaiveDate) -> Result<(), Problem> {
    diesel::update(concerns::table.find(id))
        .set(concerns::due_on.eq(due))
        .execute(unit.conn)?;
    Ok(())
}
