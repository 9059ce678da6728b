//! Whether published bulletins are still what was published.

use std::collections::BTreeSet;

use super::{PUBLISHED, publication, read, store};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// Bulletins whose document is not the one the log knows, or is gone, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let mut kept = BTreeSet::new();
    for row in store::list_published(unit)? {
        if let (Some(quarter), Some(record)) = (read::quarter_of(&row), &row.record) {
            kept.insert(publication(&row.municipality_code, quarter, record));
        }
    }
    let changed = audit::list_changed(unit, PUBLISHED, &kept)?;
    let said = changed
        .into_iter()
        .map(|name| format!("bulletin of {name}: it is not what was published"));
    Ok(said.collect())
}
