//! "Was it fixed?": asked four weeks after a concern was called done. Residents who support it may
//! contest that together; its author alone may, from the thread.

pub mod routes;
pub mod store;
pub mod views;

use chrono::{NaiveDate, TimeDelta};
use domain::concern::{Actor, FIXED_ASKED_AFTER_DAYS, contests_needed};
use serde::{Deserialize, Serialize};

use super::ConcernId;
use super::moves;
use super::store::{self as concerns, Concern};
use super::support::Supporter;
use crate::codes::Code;
use crate::identity::AccountId;
use crate::identity::viewer::Viewer;
use crate::notices::telling::{self, News};
use crate::platform::app::Unit;
use crate::platform::clock::morning_after;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;
use views::{Contest, ContestView};

/// The name of the work that asks.
pub const ASK: &str = "ask whether fixed";

/// What asking needs to know.
#[derive(Deserialize, Serialize)]
pub struct Question {
    concern: ConcernId,
    done_on: NaiveDate,
}

/// Lets those whom a concern called done today concerns be asked in four weeks, once.
///
/// # Errors
/// `storage_unavailable`.
pub fn ask_later(unit: &mut Unit<'_>, row: &Concern) -> Result<(), Problem> {
    let question = Question {
        concern: row.id.clone(),
        done_on: unit.today(),
    };
    let dedup = format!("{} {}", row.id, question.done_on);
    let eve = unit.now + TimeDelta::days(i64::from(FIXED_ASKED_AFTER_DAYS) - 1);
    outbox::enqueue(unit, ASK, &question, &dedup, morning_after(eve))
}

/// Asks, if nobody has contested or moved it since.
///
/// # Errors
/// `storage_unavailable`.
pub fn ask(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let question: Question = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = concerns::get_concern(unit, &question.concern)?;
    let done_on = last_done_on(unit, &row)?;
    if moves::may_contest(&row)? && !row.contested && done_on == Some(question.done_on) {
        telling::enqueue(unit, &row, News::Fixed)?;
    }
    Ok(())
}

fn last_done_on(unit: &mut Unit<'_>, row: &Concern) -> Result<Option<NaiveDate>, Problem> {
    let events = concerns::list_events(unit, &row.id)?;
    let last = events.iter().rev().find(|event| event.kind == "move");
    Ok(last.map(|event| event.on_day))
}

/// How far supporters are in contesting a concern; nothing where there is nothing to contest.
///
/// # Errors
/// `storage_unavailable`.
pub fn progress(unit: &mut Unit<'_>, row: &Concern) -> Result<Option<Contest>, Problem> {
    if row.public_on.is_none() || !moves::may_contest(row)? {
        return Ok(None);
    }
    Ok(Some(Contest {
        given: store::count(unit, &row.id)?,
        needed: contests_needed(supporters(row)),
    }))
}

/// Whether this viewer, who supports a concern, contests that it is done.
///
/// # Errors
/// `storage_unavailable`.
pub fn contests(unit: &mut Unit<'_>, viewer: &Viewer, row: &Concern) -> Result<bool, Problem> {
    let Some(account) = viewer.account() else {
        return Ok(false);
    };
    let mark = Supporter::resident(account).mark(unit.keys, &row.id);
    Ok(store::find(unit, &row.id, &mark)? == Some(true))
}

/// A resident who supports a concern says that it is not done, or takes that back; doing so twice
/// changes nothing. With enough of them it is reopened, never by taking back.
///
/// # Errors
/// `concern_unknown`, `move_refused` unless it is called done, `support_needed`.
pub fn change(
    unit: &mut Unit<'_>,
    account: &AccountId,
    id: &ConcernId,
    wanted: bool,
) -> Result<ContestView, Problem> {
    let row = concerns::get_public_concern(unit, id)?;
    if !moves::may_contest(&row)? {
        return Err(Problem::new(Code::MoveRefused).detail("not_done"));
    }
    let mark = Supporter::resident(account).mark(unit.keys, id);
    let before = store::find(unit, id, &mark)?;
    if before.ok_or_else(|| Problem::new(Code::SupportNeeded))? != wanted {
        store::set(unit, id, &mark, wanted)?;
        unit.touch(&row.municipality_code);
    }
    let (given, needed) = (store::count(unit, id)?, contests_needed(supporters(&row)));
    let row = if wanted && given >= needed {
        moves::reopen(unit, Actor::Supporters, row, "")?
    } else {
        row
    };
    Ok(ContestView {
        contests: wanted,
        contest: progress(unit, &row)?,
        status: row.state,
    })
}

fn supporters(row: &Concern) -> u32 {
    u32::try_from(row.residents).unwrap_or_default()
}
