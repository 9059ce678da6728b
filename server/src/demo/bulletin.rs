//! What the sample's council tells of a quarter.

use domain::quarter::Quarter;
use domain::text::Body;

use super::Names;
use super::sample::{Sample, SampleBulletin};
use super::steps::{Step, Timeline, What, staff};
use crate::bulletins::{self, Words, print};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;

/// How many days after the quarter the bulletin comes, where so many have passed.
const AFTER: i64 = 8;

/// The bulletin of the last quarter that is over.
pub(super) struct Told {
    sample: SampleBulletin,
    quarter: Quarter,
}

/// The steps of the sample's bulletin.
pub(super) fn steps(timeline: &Timeline, sample: &Sample) -> Vec<Step> {
    let today = timeline.office(0);
    let quarter = Quarter::of(today).before();
    let since = quarter.last_day().map(|last| (last - today).num_days());
    let Some(since) = since else {
        return Vec::new();
    };
    let told = Told {
        sample: sample.bulletin.clone(),
        quarter,
    };
    let what = What::Tell(Box::new(told));
    vec![timeline.step("buletini", (since + AFTER).min(0), 9, what)]
}

/// Writes the bulletin and publishes it.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn tell(unit: &mut Unit<'_>, names: &Names, told: &Told) -> Result<(), Problem> {
    let Told { sample, quarter } = told;
    let by = staff(names, &sample.by)?;
    let words = Words {
        opening: texts::parse("/opening", Body::parse(&sample.opening))?,
        closing: Some(texts::parse("/closing", Body::parse(&sample.closing))?),
    };
    bulletins::write(unit, by, *quarter, &words)?;
    let record = bulletins::prepare(unit, by, *quarter)?;
    let pdf = print::print(&record, &names.origin)?;
    bulletins::publish(unit, by, *quarter, &record, pdf).map(drop)
}
