//! Shapes of regulations.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::Regulation;

/// The decision that made a regulation.
#[derive(Serialize, ToSchema)]
pub struct RegulationRow {
    /// The how-manieth regulation of this council it is, from 1.
    pub version: i32,
    /// Number of the decision.
    pub decision_no: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

impl From<&Regulation> for RegulationRow {
    fn from(row: &Regulation) -> Self {
        Self {
            version: row.version,
            decision_no: row.decision_no.clone(),
            decided_on: row.decided_on,
        }
    }
}

/// The regulations of a council.
#[derive(Serialize, ToSchema)]
pub struct RegulationList {
    /// The decisions, the last first: that one is in force.
    pub items: Vec<RegulationRow>,
}

/// A regulation.
#[derive(Serialize, ToSchema)]
pub struct RegulationPage {
    /// The decision.
    #[serde(flatten)]
    pub decision: RegulationRow,
    /// What it says; each article begins with a line "Neni N. ...".
    pub text: String,
}

impl RegulationPage {
    /// The regulation for everybody.
    pub fn new(row: Regulation) -> Self {
        Self {
            decision: RegulationRow::from(&row),
            text: row.text,
        }
    }
}

/// The regulation offered to councils that have none.
#[derive(Serialize, ToSchema)]
pub struct RegulationTemplate {
    /// What it says; each article begins with a line "Neni N. ...".
    pub text: String,
}
