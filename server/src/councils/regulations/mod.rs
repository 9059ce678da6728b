//! How a council works: its regulation, each version with the decision that made it (B1). Where a council has
//! none, it begins with the one that is offered to all.

pub mod check;
pub mod routes;
pub mod store;
pub mod views;

use chrono::NaiveDate;
use domain::text::{Choice, Rules};

use super::Staff;
use crate::audit;
use crate::meetings::minutes::read::hash;
use crate::notices::papers;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use store::Regulation;
use views::RegulationPage;

/// The regulation offered to councils that have none.
pub const TEMPLATE: &str = include_str!("../../../texts/regulation.txt");
/// What the log calls a decision on a regulation.
const ADOPTED: &str = "regulation_adopted";

/// A regulation as a council decided on it.
#[derive(Clone)]
pub struct Adopted {
    /// Number of the decision.
    pub decision_no: Choice,
    /// Its day.
    pub decided_on: NaiveDate,
    /// The regulation.
    pub text: Rules,
}

/// Keeps a regulation in the place of the one before, and asks members to read it.
///
/// # Errors
/// `fields_invalid` when the decision is not of today or before.
pub fn adopt(
    unit: &mut Unit<'_>,
    staff: &Staff,
    adopted: Adopted,
) -> Result<RegulationPage, Problem> {
    if adopted.decided_on > unit.today() {
        return Err(Problem::field("/decided_on", "in_the_future", None));
    }
    let row = keep(unit, staff, adopted)?;
    papers::tell_of_regulation(unit, &row)?;
    Ok(RegulationPage::new(row))
}

/// Keeps a regulation in the place of the one before.
///
/// # Errors
/// `storage_unavailable`.
pub fn keep(unit: &mut Unit<'_>, staff: &Staff, adopted: Adopted) -> Result<Regulation, Problem> {
    let last = store::find_last(unit, &staff.municipality)?;
    let row = Regulation {
        municipality_code: staff.municipality.clone(),
        version: last.map_or(1, |last| last.version + 1),
        decision_no: adopted.decision_no.into_string(),
        decided_on: adopted.decided_on,
        text: adopted.text.into_string(),
    };
    store::insert(unit, &row)?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), ADOPTED, &decision(&row))?;
    Ok(row)
}

/// What the log says of a regulation.
fn decision(row: &Regulation) -> String {
    let (code, version) = (&row.municipality_code, row.version);
    let words = format!("{} {} {}", row.decision_no, row.decided_on, row.text);
    format!("{code}/{version} {}", hash(&words))
}
