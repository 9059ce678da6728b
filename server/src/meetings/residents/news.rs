//! Whoever waited for a place and now has one is told: the inbox, a letter and a push, each as they wish. So is
//! whoever said that they come when the meeting changes or is cancelled, and the day before. What waits to be
//! told names the meeting alone.

use serde::{Deserialize, Serialize};

use super::store;
use crate::concerns::support::Supporter;
use crate::meetings::MeetingId;
use crate::meetings::store::{self as meetings, Meeting};
use crate::notices::push::delivery::Story;
use crate::notices::push::fanout;
use crate::notices::push::meetings::{self as met, Tale};
use crate::notices::telling::{self, Item};
use crate::platform::app::Unit;
use crate::platform::clock::{day_of, time_of};
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "place news";
/// What inboxes and pushes call it; it is told to one alone, and cannot be muted.
pub const NAME: &str = "place_given";
/// The name of the work of telling those who come.
pub const GUESTS: &str = "guest news";
/// What inboxes call what is told to those who come: it goes with their places.
pub const KINDS: [&str; 4] = [NAME, "place_changed", "place_cancelled", "place_day"];
/// How many one transaction tells.
const PAGE: usize = 200;

/// What telling needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    meeting: MeetingId,
}

/// Tells those who moved up, soon.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, id: &MeetingId) -> Result<(), Problem> {
    let task = Task {
        meeting: id.clone(),
    };
    let (dedup, now) = (unit.chance.symbols::<16>()?, unit.now);
    outbox::enqueue(unit, KIND, &task, &dedup, now)
}

/// Tells some of them, and takes the piece away: all or nothing. Who gave the place back meanwhile is not told,
/// and a device without an account reads it where it asks.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = meetings::get(unit, &task.meeting)?;
    if !row.is_coming(unit.now) {
        return Ok(());
    }
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut page = store::list_untold(unit, &row.id, most)?;
    let more = page.len() > PAGE;
    page.truncate(PAGE);
    let item = item(&row, NAME, NAME);
    let mut loud = Vec::new();
    for own in &page {
        let account = Supporter::account_in(unit.keys, &own.sealed)?;
        if let Some(account) = account
            && telling::tell(unit, &account, &item)?
        {
            loud.push(account);
        }
    }
    let marks: Vec<String> = page.into_iter().map(|own| own.mark).collect();
    store::set_told(unit, &row.id, &marks)?;
    fanout::tell_accounts(unit, &Story::Place(row.id.clone()), &loud)?;
    if more {
        enqueue(unit, &row.id)?;
    }
    Ok(())
}

/// What telling those who come needs to know.
#[derive(Deserialize, Serialize)]
pub struct GuestTask {
    tale: Tale,
    after: Option<String>,
}

/// Tells those who said that they come what happened, where that concerns them.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_guests(unit: &mut Unit<'_>, tale: &Tale) -> Result<(), Problem> {
    if tale.turn.guests_kind().is_some() {
        enqueue_guests_after(unit, tale.clone(), None)?;
    }
    Ok(())
}

/// Tells a page of them, writes down where to go on, and takes the piece away: all or nothing. Who sits in the
/// council is told as a member.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand_guests(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: GuestTask = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = meetings::get(unit, &task.tale.meeting)?;
    let Some(kind) = task.tale.turn.guests_kind() else {
        return Ok(());
    };
    if !task.tale.holds(&row, unit.now) {
        return Ok(());
    }
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut page = store::list_after(unit, &row.id, task.after.as_deref(), most)?;
    let more = page.len() > PAGE;
    page.truncate(PAGE);
    let members = met::members(unit, &row)?;
    let item = item(&row, kind, met::NAME);
    let mut loud = Vec::new();
    for own in &page {
        let account = Supporter::account_in(unit.keys, &own.sealed)?;
        if let Some(account) = account.filter(|account| !members.contains(account))
            && telling::tell(unit, &account, &item)?
        {
            loud.push(account);
        }
    }
    met::tell_devices_of(unit, &task.tale, &row, &loud)?;
    match page.pop() {
        Some(last) if more => enqueue_guests_after(unit, task.tale, Some(last.mark)),
        _ => Ok(()),
    }
}

fn enqueue_guests_after(
    unit: &mut Unit<'_>,
    tale: Tale,
    after: Option<String>,
) -> Result<(), Problem> {
    let (dedup, now) = (unit.chance.symbols::<16>()?, unit.now);
    outbox::enqueue(unit, GUESTS, &GuestTask { tale, after }, &dedup, now)
}

/// What is told of a meeting: its name and when it is.
pub fn item(row: &Meeting, kind: &'static str, wish: &'static str) -> Item {
    let day = day_of(row.starts()).format("%d.%m.%Y");
    Item {
        kind,
        wish,
        concern: None,
        meeting: Some(row.id.clone()),
        title: format!("{} · {day}, {}", row.title, time_of(row.starts())),
        path: format!("/takime/{}", row.id),
    }
}
