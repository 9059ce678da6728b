//! What those who sit in a council hear of its papers: that there is a new regulation to read (B2), and that
//! somebody's term ends or has ended, so that their institution names who comes next (A9).

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::telling::{self, Item};
use super::texts::text;
use crate::councils::HolderId;
use crate::councils::regulations::store::Regulation;
use crate::councils::store::{self, Holder};
use crate::identity::{self, AccountId};
use crate::platform::app::Unit;
use crate::platform::clock::hour_on;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "paper news";
/// What inboxes and letters call it.
const NAME: &str = "papers";
/// What preferences call it.
const WISH: &str = super::desk::NAME;
/// How many days before a term ends its institution hears of it.
const AHEAD: u64 = 30;
/// The hour of the day at which it is said, in Albania.
const HOUR: u32 = 8;

/// What is to be said of a term.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Task {
    holder: HolderId,
    until: NaiveDate,
}

/// Tells everybody who sits in the council that there is a regulation to read.
///
/// # Errors
/// `storage_unavailable`.
pub fn tell_of_regulation(unit: &mut Unit<'_>, row: &Regulation) -> Result<(), Problem> {
    let members = store::list_members(unit, &row.municipality_code)?;
    let decision = [("number", row.decision_no.clone()), day(row.decided_on)];
    let key = "papers-regulation";
    tell(unit, members, key, decision, "/rregullorja")
}

/// Lets the end of a term be said a month before, and on the day after; whoever stands in goes with the holder.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_term(unit: &mut Unit<'_>, holder: &Holder) -> Result<(), Problem> {
    let Some(until) = holder.term_until.filter(|_| !holder.substitute) else {
        return Ok(());
    };
    for day in [until - Days::new(AHEAD), until + Days::new(1)] {
        if day > unit.today() {
            let task = Task {
                holder: holder.id.clone(),
                until,
            };
            let due = hour_on(day, HOUR).unwrap_or(unit.now);
            outbox::enqueue(unit, KIND, &task, &format!("{} {day}", holder.id), due)?;
        }
    }
    Ok(())
}

/// Says that a term ends to those of its institution, and to whoever keeps the seats; then takes the piece away:
/// all or nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let holder = store::get_holder(unit, &task.holder)?;
    if holder.to_on.is_some() {
        return Ok(());
    }
    let seat = store::get_seat(unit, &holder.seat_id)?;
    let code = &seat.municipality_code;
    let mut listeners = store::list_of_institution(unit, code, &seat.institution)?;
    listeners.extend(store::list_secretaries(unit, code)?);
    listeners.extend(store::list_administrators(unit, code)?);
    let over = unit.today() > task.until;
    let key = if over {
        "papers-term-over"
    } else {
        "papers-term-ends"
    };
    let about = [("seat", seat.title), day(task.until)];
    tell(unit, listeners, key, about, "/keshilli")
}

fn day(day: NaiveDate) -> (&'static str, String) {
    ("day", day.format("%d.%m.%Y").to_string())
}

fn tell(
    unit: &mut Unit<'_>,
    listeners: Vec<AccountId>,
    key: &str,
    about: [(&str, String); 2],
    path: &str,
) -> Result<(), Problem> {
    let blanks = about.map(|(name, value)| (name.to_owned(), value)).into();
    for account in listeners.into_iter().collect::<BTreeSet<_>>() {
        let person = identity::store::get_account(unit, &account)?;
        let item = Item {
            kind: NAME,
            wish: WISH,
            concern: None,
            meeting: None,
            title: text(&person.language, key, &blanks)?,
            path: path.to_owned(),
        };
        telling::tell(unit, &account, &item)?;
    }
    Ok(())
}
