//! The thread between the author of a concern and the council: opened with the receipt, or by the
//! account that sent it.

pub mod author_routes;
pub mod routes;

use domain::Code as _;
use domain::concern::{Actor, Identity, State};
use domain::receipt::Receipt;
use domain::text::{Body, Message as MessageText, Reason, Title};

use super::store::{self, Concern, Message};
use super::submit::receipt_mark;
use super::views::Thread;
use super::{ConcernId, moves, publishing, read, search};
use crate::codes::Code;
use crate::identity::viewer::SignedIn;
use crate::notices;
use crate::platform::app::Unit;
use crate::platform::clock::next_hour_of_day;
use crate::platform::problem::Problem;
use crate::platform::texts;

/// The most messages a thread takes from its author in all.
const MOST: usize = 100;
/// The most messages it takes from its author in a day. Mending and contesting need no such number:
/// each must be asked for by a step of the council first.
const MOST_A_DAY: usize = 20;

/// A receipt as it was typed.
///
/// # Errors
/// `receipt_unknown` for what is no receipt.
pub fn read_receipt(typed: &str) -> Result<Receipt, Problem> {
    Receipt::parse(typed).map_err(|_slip| Problem::new(Code::ReceiptUnknown))
}

/// The concern a receipt opens.
///
/// # Errors
/// `receipt_unknown`.
pub fn open_with_receipt(unit: &mut Unit<'_>, receipt: &Receipt) -> Result<Concern, Problem> {
    let mark = receipt_mark(unit, receipt);
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
    let row = moves::hand_in(unit, row)?;
    search::remove(unit, &row.id)?;
    search::insert(unit, &row.id, &row.title, &row.text)?;
    notices::store::set_title_of(unit, &row.id, &row.title)?;
    read::thread(unit, &row)
}

/// The author says that what was called done is not. Why, the council reads in the thread: nobody
/// has looked whether it may be public. It is reopened at once; when the author is anonymous, with
/// the next morning's batch, so that nobody learns when they wrote.
///
/// # Errors
/// `move_refused` unless it was done, `fields_invalid`.
pub fn contest(unit: &mut Unit<'_>, mut row: Concern, reason: &str) -> Result<Thread, Problem> {
    let reason = texts::parse("/reason", Reason::parse(reason))?;
    if row.contested || !moves::may_contest(&row)? {
        return Err(Problem::new(Code::MoveRefused).detail("not_done"));
    }
    if row.author_kind == Identity::Anonymous.code() {
        row.contested = true;
        store::set_concern(unit, &row)?;
        publishing::await_morning(unit, &row.municipality_code)?;
    } else {
        row = moves::reopen(unit, Actor::Author, row, "")?;
    }
    add_message(unit, &row, reason.into_string())?;
    read::thread(unit, &row)
}

/// The author writes to the council.
///
/// # Errors
/// `thread_closed`, also for an endless thread, `too_many_requests` until tomorrow, `fields_invalid`.
pub fn write_as_author(unit: &mut Unit<'_>, row: &Concern, text: &str) -> Result<Thread, Problem> {
    if !takes_messages(row) {
        return Err(Problem::new(Code::ThreadClosed));
    }
    let mut messages = store::list_messages(unit, &row.id)?;
    messages.retain(|message| message.side == "author");
    if messages.len() >= MOST {
        return Err(Problem::new(Code::ThreadClosed).detail("too_long"));
    }
    let today = unit.today();
    if messages
        .iter()
        .filter(|message| message.on_day == today)
        .count()
        >= MOST_A_DAY
    {
        let tomorrow = next_hour_of_day(unit.now, 0) - unit.now;
        let seconds = u32::try_from(tomorrow.num_seconds()).unwrap_or(1);
        return Err(Problem::new(Code::TooManyRequests).retry_after(seconds));
    }
    let text = texts::parse("/text", MessageText::parse(text))?;
    add_message(unit, row, text.into_string())?;
    read::thread(unit, row)
}

fn add_message(unit: &mut Unit<'_>, row: &Concern, text: String) -> Result<(), Problem> {
    let message = Message {
        concern_id: row.id.clone(),
        position: 0,
        side: "author".to_owned(),
        institution: None,
        text,
        on_day: unit.today(),
    };
    store::insert_message(unit, message)?;
    notices::desk::enqueue(unit, &row.municipality_code)
}
