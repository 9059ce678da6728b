//! The daily letter, for those who want one a day.

use std::collections::BTreeMap;

use domain::text::defused;

use super::mail::{self, Letter};
use super::texts::text;
use super::{preferences, store};
use crate::identity;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::clock::next_hour_of_day;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const DIGEST: &str = "digest";
/// The hour in Albania at which daily letters go out.
const HOUR: u32 = 18;

/// Plans today's letter for somebody, once however much happens.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_digest(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    let due = next_hour_of_day(unit.now, HOUR);
    let dedup = format!("{account} {}", due.date_naive());
    outbox::enqueue(unit, DIGEST, account, &dedup, due)
}

/// Writes the day's letter and takes the piece away: all or nothing. Whoever now wants letters at once
/// still gets the lines that were put aside for this one; whoever wants none gets none.
///
/// # Errors
/// `storage_unavailable`.
pub fn write_digest(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let account: AccountId = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let notices = store::take_unmailed(unit, &account)?;
    if notices.is_empty() || preferences::get(unit, &account)?.email == "off" {
        return Ok(());
    }
    let person = identity::store::get_account(unit, &account)?;
    let mut lines = Vec::new();
    for notice in &notices {
        let blanks = BTreeMap::from([("title".to_owned(), defused(&notice.title))]);
        let key = format!("news-{}-subject", notice.kind);
        lines.push(format!("- {}", text(&person.language, &key, &blanks)?));
    }
    let blanks = [("lines", lines.join("\n"))];
    let letter = Letter::new(&person.email, &person.language, "digest", blanks)
        .unsubscribe_at(preferences::unsubscribe_path(unit, &account));
    mail::enqueue(unit, letter)
}
