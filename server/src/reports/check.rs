//! Whether published reports are still what was published.

use super::{PUBLISHED, publication, store};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Reports whose document is not the one the log knows, or is gone, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let kept = store::list_records(unit)?;
    let kept = kept.iter().map(publication).collect();
    let changed = audit::list_changed(unit, PUBLISHED, &kept)?;
    let said = changed
        .into_iter()
        .map(|name| format!("report of {name}: it is not what was published"));
    Ok(said.collect())
}
