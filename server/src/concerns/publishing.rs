//! When a concern is shown to the public, and when it is taken back.

use diesel::prelude::*;
use domain::concern::Actor;
use domain::publication;

use super::store::{self, Concern};
use super::{ConcernId, moves, search};
use crate::notices;
use crate::notices::telling::{self, News};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::clock::{MORNING, next_hour_of_day};
use crate::platform::outbox;
use crate::platform::problem::Problem;
use crate::schema::concerns;

/// The name of the work that publishes what waits.
pub const DAILY_BATCH: &str = "daily batch";

/// Publishes at once what has a name; what is anonymous waits for company.
///
/// # Errors
/// `storage_unavailable`.
pub fn approve(unit: &mut Unit<'_>, row: &mut Concern) -> Result<(), Problem> {
    if row.public_on.is_some() {
        return Ok(());
    }
    if row.author_kind != "anonymous" {
        row.public_on = Some(unit.today());
        return Ok(());
    }
    row.awaits_batch = true;
    await_morning(unit, &row.municipality_code)
}

/// Lets what waits in a municipality come out with the next morning's batch at the latest.
///
/// # Errors
/// `storage_unavailable`.
pub fn await_morning(unit: &mut Unit<'_>, municipality: &str) -> Result<(), Problem> {
    let due = next_hour_of_day(unit.now, MORNING);
    let dedup = format!("{municipality} {}", due.date_naive());
    outbox::enqueue(unit, DAILY_BATCH, &municipality, &dedup, due)
}

/// The morning's batch: publishes all that waits, and reopens what anonymous authors contest.
///
/// # Errors
/// `storage_unavailable`.
pub fn release_morning(unit: &mut Unit<'_>, municipality: &str) -> Result<(), Problem> {
    release(unit, municipality, true)?;
    let contested: Vec<Concern> = concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::contested.eq(true))
        .order(concerns::shuffle)
        .select(Concern::as_select())
        .load(unit.conn)?;
    for mut row in contested {
        row.contested = false;
        if moves::may_contest(&row)? {
            moves::reopen(unit, Actor::Author, row, "")?;
        } else {
            // Somebody reopened it in the meantime.
            store::set_concern(unit, &row)?;
        }
    }
    Ok(())
}

/// Publishes the anonymous concerns of a municipality that wait, if enough of them do or the
/// daily batch is due.
///
/// # Errors
/// `storage_unavailable`.
pub fn release(unit: &mut Unit<'_>, municipality: &str, daily: bool) -> Result<(), Problem> {
    let waiting: Vec<ConcernId> = concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::awaits_batch.eq(true))
        .order(concerns::shuffle)
        .select(concerns::id)
        .load(unit.conn)?;
    let place = places::store::get_municipality_by_code(unit, municipality)?;
    let batch = usize::try_from(place.publication_batch).unwrap_or(1);
    if !publication::release(waiting.len(), batch, daily) {
        return Ok(());
    }
    for id in waiting {
        let mut row = store::get_concern(unit, &id)?;
        row.awaits_batch = false;
        row.public_on = Some(unit.today());
        row.updated_on = unit.today();
        store::set_concern(unit, &row)?;
        telling::enqueue(unit, &row, News::Published)?;
    }
    Ok(())
}

/// Takes back whatever was shown of a concern, and of those that became part of it, and erases
/// what was written: a count remains, and the moves that led there (K1, K4).
///
/// # Errors
/// `storage_unavailable`.
pub fn withdraw(unit: &mut Unit<'_>, row: &mut Concern) -> Result<(), Problem> {
    for mut part in store::list_parts(unit, &row.id)? {
        erase(unit, &mut part)?;
        store::set_concern(unit, &part)?;
    }
    erase(unit, row)
}

fn erase(unit: &mut Unit<'_>, row: &mut Concern) -> Result<(), Problem> {
    row.public_on = None;
    row.awaits_batch = false;
    row.title.clear();
    row.text.clear();
    row.author_name = None;
    store::delete_contents(unit, &row.id)?;
    search::remove(unit, &row.id)?;
    notices::store::delete_notices_of(unit, &row.id)
}
