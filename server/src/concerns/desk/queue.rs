//! The queue: what waits, page by page, and moving many at once.

use super::store::{PAGE, Queue, QueueSort};
use super::views::{DeskCard, DeskFacts, DeskList, MovedMany, RefusedMove};
use crate::codes::Code;
use crate::concerns::moves::{self, MoveConcern, class_of};
use crate::concerns::{ConcernId, desk, read, store};
use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// A page of the queue as a seat sees it.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, staff: &Staff, queue: &Queue) -> Result<DeskList, Problem> {
    let mut rows = desk::store::list_queue(unit, &staff.municipality, queue)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| {
        let day = match queue.sort {
            QueueSort::Due => last.due_on,
            QueueSort::Oldest | QueueSort::Newest => last.received_on,
        };
        let answered = u8::from(last.verdict.is_some());
        format!("{answered}_{day}_{}", last.id)
    });
    let ids: Vec<ConcernId> = rows.iter().map(|row| row.id.clone()).collect();
    let unread = desk::store::list_author_wrote_last(unit, &ids)?;
    let cards = read::cards(unit, &rows)?;
    let mut items = Vec::new();
    for (row, card) in rows.iter().zip(cards) {
        items.push(DeskCard {
            card,
            desk: DeskFacts::new(row, unit.today(), class_of(row)?),
            new_messages: unread.contains(&row.id),
        });
    }
    Ok(DeskList {
        items,
        next,
        counts: desk::store::count_states(unit, &staff.municipality)?,
    })
}

/// Moves what can be moved and names the rest.
///
/// # Errors
/// `storage_unavailable`.
pub fn move_many(
    unit: &mut Unit<'_>,
    staff: &Staff,
    ids: Vec<String>,
    step: &MoveConcern,
) -> Result<MovedMany, Problem> {
    let mut done = MovedMany {
        moved: Vec::new(),
        refused: Vec::new(),
    };
    for text in ids {
        let moved = text
            .parse::<ConcernId>()
            .map_err(|()| Problem::new(Code::ConcernUnknown))
            .and_then(|id| store::get_concern(unit, &id))
            .and_then(|row| match row.municipality_code == staff.municipality {
                true => Ok(row),
                false => Err(Problem::new(Code::ConcernUnknown)),
            })
            .and_then(|row| moves::move_as_staff(unit, staff, row, step));
        match moved {
            Ok(row) => done.moved.push(row.id.to_string()),
            Err(problem) if problem.code().status().is_client_error() => {
                done.refused.push(RefusedMove {
                    id: text,
                    code: problem.code().as_str(),
                });
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(done)
}
