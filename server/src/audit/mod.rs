//! The log of what seats did, chained: each row's hash covers the row before, so that an edited,
//! removed or moved row shows. It says what a seat did, never who supported or sent what.

pub mod store;

use aws_lc_rs::digest;

use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::keys::hex;
use crate::platform::problem::Problem;
use store::Entry;

/// Writes down what a seat did (or, without one, what the command line did).
///
/// # Errors
/// `storage_unavailable`.
pub fn append(
    unit: &mut Unit<'_>,
    staff: Option<&Staff>,
    action: &str,
    subject: &str,
) -> Result<(), Problem> {
    let last = store::find_last(unit)?;
    let mut entry = Entry {
        position: last.as_ref().map_or(1, |last| last.position + 1),
        municipality_code: staff.map(|staff| staff.municipality.clone()),
        on_day: unit.today(),
        seat_id: staff.map(|staff| staff.seat.to_string()),
        action: action.to_owned(),
        subject: subject.to_owned(),
        hash: String::new(),
    };
    entry.hash = hash_of(&entry, last.as_ref().map_or("", |last| &last.hash));
    store::insert(unit, &entry)
}

/// The position of the first row that does not follow from the one before it.
///
/// # Errors
/// `storage_unavailable`.
pub fn first_bad_row(unit: &mut Unit<'_>) -> Result<Option<i32>, Problem> {
    let mut before = String::new();
    for (expected, entry) in (1..).zip(store::list(unit)?) {
        if entry.position != expected || entry.hash != hash_of(&entry, &before) {
            return Ok(Some(entry.position));
        }
        before = entry.hash;
    }
    Ok(None)
}

fn hash_of(entry: &Entry, before: &str) -> String {
    let fields = serde_json::json!([
        before,
        entry.position,
        entry.municipality_code,
        entry.on_day,
        entry.seat_id,
        entry.action,
        entry.subject,
    ]);
    hex(digest::digest(&digest::SHA256, fields.to_string().as_bytes()).as_ref())
}
