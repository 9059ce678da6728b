//! Whether regulations are still what was decided.

use super::{ADOPTED, decision, store};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Regulations that are not what the log knows, or are gone, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let kept = store::list_all(unit)?.iter().map(decision).collect();
    let changed = audit::list_changed(unit, ADOPTED, &kept)?;
    let said = changed
        .into_iter()
        .map(|name| format!("regulation of {name}: it is not what was decided"));
    Ok(said.collect())
}
