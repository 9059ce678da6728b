//! `trekendesh check`: whether what is stored fits together.

use super::{Failure, line, open_to_read, say};
use crate::audit::{self, Verdict};
use crate::ballots;
use crate::bulletins;
use crate::concerns;
use crate::councils;
use crate::meetings::{minutes, residents};
use crate::notices::{jobs, push};
use crate::platform::app::Unit;
use crate::platform::config::Config;
use crate::platform::problem::Problem;
use crate::platform::storage;
use crate::polls;
use crate::reports;

/// Prints what does not fit, one line for each, and fails where there is any.
pub(super) fn check(config: Config) -> Result<(), Failure> {
    actix_web::rt::System::new().block_on(async {
        let faults = open_to_read(config)?.read(faults).await.map_err(line)?;
        if faults.is_empty() {
            return say("all that is stored fits together");
        }
        for fault in &faults {
            say(fault)?;
        }
        Err(format!("{} things do not fit together", faults.len()))
    })
}

/// What does not fit, one line for each.
pub(super) fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let mut faults = storage::faults(unit.conn)?;
    faults.extend(concerns::check::faults(unit)?);
    faults.extend(ballots::check::faults(unit)?);
    faults.extend(minutes::check::faults(unit)?);
    faults.extend(reports::check::faults(unit)?);
    faults.extend(councils::regulations::check::faults(unit)?);
    faults.extend(bulletins::check::faults(unit)?);
    faults.extend(residents::check::faults(unit)?);
    faults.extend(polls::check::faults(unit)?);
    faults.extend(jobs::faults(unit)?);
    faults.extend(push::check::faults(unit)?);
    faults.extend(said(&audit::verify(unit)?));
    Ok(faults)
}

/// What is wrong with the log.
pub(super) fn said(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Whole { .. } => None,
        Verdict::Changed { row } => Some(format!("the log was changed: first bad row {row}")),
        Verdict::Cut { rows } => Some(format!(
            "the log was changed: what is kept about its end does not fit, rows after {rows} \
             may be missing"
        )),
    }
}
