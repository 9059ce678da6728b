//! The log of what seats did: it says what a seat did, never who supported or sent what.
//!
//! Each row carries an HMAC over itself and the row before, and the head, a row of its own, one over
//! where the log ends. Their key lies outside the database, so that whoever can only write there can
//! change, remove or move nothing unseen, nor make the log look whole again. What they can do is put
//! an older state of the whole log back; against that an operator keeps what `verify-log` printed.

pub mod store;

use std::collections::BTreeSet;

use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;
use store::{Entry, Head};

/// What came of reading the log from its first row to its head.
#[derive(Debug)]
pub enum Verdict {
    /// All rows are there as they were written.
    Whole {
        /// How many there are.
        rows: i32,
        /// The hash of the last.
        head: String,
    },
    /// From this row on the log is not as it was written.
    Changed {
        /// Its position, also where the row is missing.
        row: i32,
    },
    /// The rows follow from each other, but the head is not the one that was written after them.
    Cut {
        /// How many there are.
        rows: i32,
    },
}

/// Begins the log of a new store.
///
/// # Errors
/// `storage_unavailable`.
pub fn begin(unit: &mut Unit<'_>) -> Result<(), Problem> {
    let head = head_at(unit.keys, 0, beginning(unit.keys));
    store::set_head(unit, &head)
}

/// Writes down what a seat did (or, without one, what the command line or the clock did).
///
/// # Errors
/// `storage_unavailable`.
pub fn append(
    unit: &mut Unit<'_>,
    staff: Option<&Staff>,
    action: &str,
    subject: &str,
) -> Result<(), Problem> {
    let head = store::find_head(unit)?.filter(|head| is_ours(unit.keys, head));
    let last = store::find_last_position(unit)?.unwrap_or(0);
    // Without a head of ours the row follows nothing: a log that was cut must not grow whole again.
    let (position, before) = head.map_or((0, String::new()), |head| (head.position, head.hash));
    let mut entry = Entry {
        position: position.max(last) + 1,
        municipality_code: staff.map(|staff| staff.municipality.clone()),
        on_day: unit.today(),
        seat_id: staff.map(|staff| staff.seat.to_string()),
        action: action.to_owned(),
        subject: subject.to_owned(),
        hash: String::new(),
    };
    entry.hash = hash_of(unit.keys, &entry, &before);
    store::insert(unit, &entry)?;
    let head = head_at(unit.keys, entry.position, entry.hash);
    store::set_head(unit, &head)
}

/// Writes down what a seat tried to do, once a day for the same: whoever tries again and again does
/// not drown the rest of the log.
///
/// # Errors
/// `storage_unavailable`.
pub fn append_once_a_day(
    unit: &mut Unit<'_>,
    staff: &Staff,
    action: &str,
    subject: &str,
) -> Result<(), Problem> {
    if is_known_today(unit, staff, action, subject)? {
        return Ok(());
    }
    append(unit, Some(staff), action, subject)
}

/// Whether the log has this of today already.
///
/// # Errors
/// `storage_unavailable`.
pub fn is_known_today(
    unit: &mut Unit<'_>,
    staff: &Staff,
    action: &str,
    subject: &str,
) -> Result<bool, Problem> {
    let today = unit.today();
    store::has_entry_on(unit, today, staff.seat.as_str(), action, subject)
}

/// Of documents that are kept as they were, the names of those that are not what the log knows, or are gone:
/// `action` is what the log calls keeping one, and what it says of one is its name and its hash.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_changed(
    unit: &mut Unit<'_>,
    action: &str,
    kept: &BTreeSet<String>,
) -> Result<Vec<String>, Problem> {
    let log = store::list(unit)?.into_iter();
    let known = log.filter(|entry| entry.action == action);
    let known: BTreeSet<String> = known.map(|entry| entry.subject).collect();
    // What is on one side alone was changed or taken away.
    let changed: BTreeSet<&str> = known
        .symmetric_difference(kept)
        .filter_map(|subject| subject.split(' ').next())
        .collect();
    Ok(changed.into_iter().map(ToOwned::to_owned).collect())
}

/// Reads the log from its first row to its head.
///
/// # Errors
/// `storage_unavailable`.
pub fn verify(unit: &mut Unit<'_>) -> Result<Verdict, Problem> {
    let (mut rows, mut before) = (0, beginning(unit.keys));
    for (expected, entry) in (1..).zip(store::list(unit)?) {
        if entry.position != expected || entry.hash != hash_of(unit.keys, &entry, &before) {
            return Ok(Verdict::Changed { row: expected });
        }
        (rows, before) = (expected, entry.hash);
    }
    let head = store::find_head(unit)?.filter(|head| is_ours(unit.keys, head));
    Ok(match head {
        Some(head) if head.position == rows && head.hash == before => {
            Verdict::Whole { rows, head: before }
        }
        Some(head) if head.position > rows => Verdict::Changed { row: rows + 1 },
        _ => Verdict::Cut { rows },
    })
}

/// What the first row follows.
fn beginning(keys: &Keys) -> String {
    keys.mark("audit", "beginning")
}

fn hash_of(keys: &Keys, entry: &Entry, before: &str) -> String {
    let fields = serde_json::json!([
        before,
        entry.position,
        entry.municipality_code,
        entry.on_day,
        entry.seat_id,
        entry.action,
        entry.subject,
    ]);
    keys.mark("audit", &fields.to_string())
}

fn head_at(keys: &Keys, position: i32, hash: String) -> Head {
    Head {
        id: 1,
        mac: mac_of(keys, position, &hash),
        position,
        hash,
    }
}

fn is_ours(keys: &Keys, head: &Head) -> bool {
    head.mac == mac_of(keys, head.position, &head.hash)
}

fn mac_of(keys: &Keys, position: i32, hash: &str) -> String {
    keys.mark("audit head", &format!("{position} {hash}"))
}
