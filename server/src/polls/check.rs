//! Whether the sums of polls fit together, and whether what was told of closed ones is still what was told.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::Code as _;
use domain::poll::{Cell, State};

use super::rooms::store as rooms;
use super::store::Poll;
use super::{CLOSED, closing, read};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{poll_marks, polls};

/// What does not fit, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let mut faults = Vec::new();
    let mut told = BTreeSet::new();
    let rows: Vec<Poll> = polls::table
        .order(polls::id)
        .select(Poll::as_select())
        .load(unit.conn)?;
    for row in &rows {
        if row.state == State::Open.code() {
            faults.extend(of_open(unit, row)?);
        }
        if row.state == State::Closed.code() {
            let mut left = 0;
            for room in rooms::list(unit, &row.id)? {
                left += rooms::list_sums(unit, &room.code)?.len();
                left += usize::from(rooms::count_slips(unit, &room.code)? > 0);
            }
            if left + rooms::list_group_sums(unit, &row.id)?.len() > 0 {
                let id = &row.id;
                faults.push(format!(
                    "poll {id}: it is closed, and its sums or slips are still there"
                ));
            }
        }
        if let (Some(results), None) = (&row.results, &row.source) {
            told.insert(closing(&row.id, results));
        }
    }
    let changed = audit::list_changed(unit, CLOSED, &told)?;
    let said = changed
        .into_iter()
        .map(|name| format!("poll {name}: its results are not what was told"));
    faults.extend(said);
    Ok(faults)
}

/// Every answer used a slip, a device or a token up, and is in the sums of each question that everybody was
/// asked.
fn of_open(unit: &mut Unit<'_>, row: &Poll) -> Result<Vec<String>, Problem> {
    let paper = read::paper(row)?.as_paper()?;
    let everybody: Vec<&str> = paper
        .questions
        .iter()
        .filter(|question| question.only_if.is_none())
        .map(|question| question.id.as_str())
        .collect();
    let mut faults = Vec::new();
    for room in rooms::list(unit, &row.id)? {
        let used: i64 = poll_marks::table
            .filter(poll_marks::room.eq(&room.code))
            .filter(poll_marks::used.eq(true))
            .count()
            .get_result(unit.conn)?;
        let answered = i64::from(room.answered);
        if used != answered {
            faults.push(format!(
                "class {}: {answered} answers are said, {used} were given",
                room.code
            ));
        }
        let sums = rooms::list_sums(unit, &room.code)?;
        let count = |question: &str, what: &str| {
            let cell = Cell::new(question, "", what);
            sums.get(&cell).copied().unwrap_or(0)
        };
        let of = |question: &str| count(question, Cell::ANSWERED) + count(question, Cell::SKIPPED);
        let unlike = everybody.iter().filter(|question| of(question) != answered);
        faults.extend(unlike.map(|question| {
            let counted = of(question);
            format!(
                "class {}: {counted} of {answered} answers are in \"{question}\"",
                room.code
            )
        }));
    }
    Ok(faults)
}
