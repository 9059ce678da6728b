//! The thread between the author of a concern and the council: opened with the receipt, or by the
//! account that sent it.

pub mod author_routes;
pub mod routes;

use domain::Code as _;
use domain::concern::{Actor, State};
use domain::text::{Body, Message as MessageText, Title};

use super::moves::MoveConcern;
use super::store::{self, Concern, Message};
use super::submit::receipt_mark;
use super::views::Thread;
use super::{ConcernId, moves, read, search};
use crate::codes::Code;
use crate::identity::viewer::SignedIn;
use crate::notices;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;

/// The most messages a thread takes from its author.
const MOST: usize = 100;

/// The concern a receipt opens.
///
/// # Errors
/// `receipt_unknown`, also for what is no receipt.
pub fn open_with_receipt(unit: &mut Unit<'_>, typed: &str) -> Result<Concern, Problem> {
    let mark = receipt_mark(unit, Some(typed)).ok_or_else(|| Problem::new(Code::ReceiptUnknown))?;
    store::get_concern_by_receipt(unit, &mark)
}

/// The concern an account sent under a name.
///
/// # Errors
/// `concern_unknown`, also for what others sent.
pub fn open_own(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &ConcernId,
) -> Result<Concern, Problem> {
    let row = store::get_concern(unit, id)?;
    if row.account_id.as_ref() == Some(&signed_in.account) {
        Ok(row)
    } else {
        Err(Problem::new(Code::ConcernUnknown))
    }
}

/// Whether the author can still write: until the concern has left for another body.
pub fn takes_messages(row: &Concern) -> bool {
    State::from_code(&row.state) != Some(State::Referred)
}

/// The author mends what was returned and sends it back to the council.
///
/// # Errors
/// `move_refused` unless it was returned, `fields_invalid`.
pub fn mend(
    unit: &mut Unit<'_>,
    mut row: Concern,
    title: &str,
    text: &str,
) -> Result<Thread, Problem> {
    if moves::state_of(&row)? != State::Returned {
        return Err(Problem::new(Code::MoveRefused).detail("not_returned"));
    }
    row.title = texts::parse("/title", Title::parse(title))?.into_string();
    row.text = texts::parse("/text", Body::parse(text))?.into_string();
    let row = moves::move_as(unit, Actor::Author, row, &MoveConcern::to(State::InReview))?;
    search::remove(unit, &row.id)?;
    search::insert(unit, &row.id, &row.title, &row.text)?;
    notices::store::set_title_of(unit, &row.id, &row.title)?;
    read::thread(unit, &row)
}

/// The author says that what was called done is not.
///
/// # Errors
/// `move_refused` unless it was done, `fields_invalid`.
pub fn contest(unit: &mut Unit<'_>, row: Concern, reason: &str) -> Result<Thread, Problem> {
    let step = MoveConcern {
        reason: reason.to_owned(),
        ..MoveConcern::to(State::Reopened)
    };
    let row = moves::move_as(unit, Actor::Author, row, &step)?;
    read::thread(unit, &row)
}

/// The author writes to the council.
///
/// # Errors
/// `thread_closed`, `too_many_requests` for an endless thread, `fields_invalid`.
pub fn write_as_author(unit: &mut Unit<'_>, row: &Concern, text: &str) -> Result<Thread, Problem> {
    if !takes_messages(row) {
        return Err(Problem::new(Code::ThreadClosed));
    }
    let written = store::list_messages(unit, &row.id)?;
    if written
        .iter()
        .filter(|message| message.side == "author")
        .count()
        >= MOST
    {
        return Err(Problem::new(Code::TooManyRequests).retry_after(86_400));
    }
    let text = texts::parse("/text", MessageText::parse(text))?;
    store::insert_message(
        unit,
        Message {
            concern_id: row.id.clone(),
            position: 0,
            side: "author".to_owned(),
            institution: None,
            text: text.as_str().to_owned(),
            on_day: unit.today(),
        },
    )?;
    read::thread(unit, row)
}
