//! What secretaries are told of what authors send: once, on the morning after, how much came to the
//! desk on a day. Neither the row that waits for it nor what it becomes tells when on that day
//! somebody anonymous did something, and a day with many concerns is one letter.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::push::delivery::Story;
use super::push::fanout;
use super::telling::{self, Item};
use super::texts::counted;
use crate::concerns::desk::store::{Arrivals, count_arrivals};
use crate::councils;
use crate::identity;
use crate::platform::app::Unit;
use crate::platform::clock::morning_after;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;
use crate::questions;

/// The name of this kind of work.
pub const KIND: &str = "desk news";
/// What inboxes, preferences and pushes call it.
pub const NAME: &str = "desk";

/// What telling the desk needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    municipality: String,
    day: NaiveDate,
}

/// Tells the secretaries of a municipality on the morning after that something came today, once
/// however much comes.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, municipality: &str) -> Result<(), Problem> {
    let task = Task {
        municipality: municipality.to_owned(),
        day: unit.today(),
    };
    let dedup = format!("{municipality} {}", task.day);
    let due = morning_after(unit.now);
    outbox::enqueue(unit, KIND, &task, &dedup, due)
}

/// Tells everybody who holds the desk what waits there since that day, and takes the piece away:
/// all or nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let arrivals = count_arrivals(unit, &task.municipality, task.day)?;
    let asked = questions::store::count_arrived(unit, &task.municipality, task.day)?;
    let before =
        questions::store::count_arrived_before_meetings(unit, &task.municipality, task.day)?;
    if arrivals == Arrivals::default() && asked == 0 && before == 0 {
        return Ok(());
    }
    let mut loud = Vec::new();
    for account in councils::store::list_secretaries(unit, &task.municipality)? {
        let person = identity::store::get_account(unit, &account)?;
        let item = Item {
            kind: NAME,
            wish: NAME,
            concern: None,
            meeting: None,
            title: said(arrivals, asked, before, &person.language)?,
            path: "/tavolina".to_owned(),
        };
        if telling::tell(unit, &account, &item)? {
            loud.push(account);
        }
    }
    let story = Story::Desk {
        municipality: task.municipality,
    };
    fanout::tell_accounts(unit, &story, &loud)
}

/// What waits, in somebody's language.
fn said(arrivals: Arrivals, asked: i64, before: i64, language: &str) -> Result<String, Problem> {
    let counts = [
        ("desk-received", arrivals.received),
        ("desk-mended", arrivals.mended),
        ("desk-written", arrivals.written),
        ("desk-asked", asked),
        ("desk-asked-meeting", before),
    ];
    let parts = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| counted(language, key, count))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(parts.join("; "))
}
