//! What a seat asked to read and was not shown leaves a row in the log: which seat, what kind of
//! reading, which concern, which day. Not what it would have read.
//!
//! Nothing is written of somebody without a seat in the municipality: for them there is nothing here,
//! and an answer that took the time of a write would say otherwise.

use domain::access::Action;

use super::store as desk_store;
use super::views::DeskPage;
use super::{open, page};
use crate::audit;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::concerns::store::{Concern, get_concern};
use crate::councils::{Staff, seat_in};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// A seat without the desk asked for it or for a concern on it.
const READ_DENIED: &str = "read_denied";
/// A seat opened a concern with notes that are for others: it was shown neither them nor that they are.
const NOTES_WITHHELD: &str = "notes_withheld";

/// What somebody asked to read.
#[derive(Clone)]
pub enum Asked {
    /// The queue of the municipality with this slug.
    Queue(String),
    /// A concern.
    Concern(ConcernId),
}

/// A concern as the reader's seat sees it.
///
/// # Errors
/// `concern_unknown`, `not_allowed`.
pub async fn read_page(app: &App, signed_in: SignedIn, id: ConcernId) -> Result<DeskPage, Problem> {
    let (page, withheld) = app
        .read(move |unit| {
            let (staff, row) = open(unit, &signed_in, &id, Action::ReadDesk)?;
            let page = page(unit, &staff, &row)?;
            let withheld = desk_store::count_notes(unit, &row.id)? > page.notes.len()
                && !audit::is_known_today(unit, &staff, NOTES_WITHHELD, row.id.as_str())?;
            Ok((page, withheld.then_some((staff, row))))
        })
        .await?;
    if let Some((staff, row)) = withheld {
        write_down(app, move |unit| withhold(unit, &staff, &row)).await;
    }
    Ok(page)
}

fn withhold(unit: &mut Unit<'_>, staff: &Staff, row: &Concern) -> Result<(), Problem> {
    audit::append_once_a_day(unit, staff, NOTES_WITHHELD, row.id.as_str())
}

/// Passes on what came of reading; where a seat was refused, that is written down first.
///
/// # Errors
/// What came of it.
pub async fn noting<T>(
    app: &App,
    signed_in: SignedIn,
    asked: Asked,
    outcome: Result<T, Problem>,
) -> Result<T, Problem> {
    let refused = outcome
        .as_ref()
        .is_err_and(|problem| problem.code() == Code::NotAllowed);
    if refused {
        write_down(app, move |unit| deny(unit, &signed_in, &asked)).await;
    }
    outcome
}

fn deny(unit: &mut Unit<'_>, signed_in: &SignedIn, asked: &Asked) -> Result<(), Problem> {
    let (municipality, subject) = match asked {
        Asked::Queue(slug) => {
            let place = places::store::get_municipality(unit, slug)?;
            (place.code, "desk".to_owned())
        }
        Asked::Concern(id) => {
            let row = get_concern(unit, id)?;
            (row.municipality_code, row.id.to_string())
        }
    };
    match seat_in(unit, signed_in, &municipality)? {
        Some(staff) => audit::append_once_a_day(unit, &staff, READ_DENIED, &subject),
        None => Ok(()),
    }
}

/// Writes to the log what was refused. A store that takes no writes refuses no less, and goes on
/// showing what may be shown.
async fn write_down<F>(app: &App, work: F)
where
    F: FnOnce(&mut Unit<'_>) -> Result<(), Problem> + Clone + Send + 'static,
{
    if let Err(problem) = app.write(work).await {
        tracing::warn!(
            code = problem.code().as_str(),
            "a refused reading is not in the log"
        );
    }
}
