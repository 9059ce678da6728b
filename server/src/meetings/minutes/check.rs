//! Whether approved minutes are still what was approved.

use std::collections::BTreeSet;

use super::{APPROVED, read, store};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Minutes whose document is not the one the log knows, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let known: BTreeSet<String> = audit::store::list(unit)?
        .into_iter()
        .filter(|entry| entry.action == APPROVED)
        .map(|entry| entry.subject)
        .collect();
    let records = store::list_records(unit)?.into_iter();
    Ok(records
        .filter(|(id, record)| !known.contains(&format!("{id} {}", read::hash(record))))
        .map(|(id, _)| format!("minutes of {id}: they are not what was approved"))
        .collect())
}
