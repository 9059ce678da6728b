//! Whether approved minutes are still what was approved.

use std::collections::BTreeSet;

use super::{APPROVED, store};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Minutes whose document is not the one the log knows, or is gone, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let log = audit::store::list(unit)?.into_iter();
    let approvals = log.filter(|entry| entry.action == APPROVED);
    let known: BTreeSet<String> = approvals.map(|entry| entry.subject).collect();
    let records = store::list_records(unit)?.into_iter();
    let kept: BTreeSet<String> = records
        .map(|(id, record)| super::approval(&id, &record))
        .collect();
    // Each side names the meeting first: what is on one side alone was changed or taken away.
    let changed: BTreeSet<&str> = known
        .symmetric_difference(&kept)
        .filter_map(|subject| subject.split(' ').next())
        .collect();
    let said = changed
        .into_iter()
        .map(|id| format!("minutes of {id}: they are not what was approved"));
    Ok(said.collect())
}
