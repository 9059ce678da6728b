//! Whether approved minutes are still what was approved.

use super::{APPROVED, store};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Minutes whose document is not the one the log knows, or is gone, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let records = store::list_records(unit)?.into_iter();
    let kept = records.map(|(id, record)| super::approval(&id, &record));
    let kept = kept.collect();
    let changed = audit::list_changed(unit, APPROVED, &kept)?;
    let said = changed
        .into_iter()
        .map(|id| format!("minutes of {id}: they are not what was approved"));
    Ok(said.collect())
}
