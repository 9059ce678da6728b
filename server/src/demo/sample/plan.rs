//! What the sample's council plans.

use serde::Deserialize;

use crate::plans::drafting::AskedIndicator;

/// What the council wants of the year.
#[derive(Clone, Deserialize)]
pub struct SampleObjective {
    /// How the sample calls it.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
}

/// What is done for an objective.
#[derive(Clone, Deserialize)]
pub struct SampleMeasure {
    /// How the sample calls it.
    pub key: String,
    /// The objective it is for.
    pub objective: String,
    /// The member who wrote it down.
    pub by: String,
    /// The day it was.
    pub day: i64,
    /// Whether it was approved on that day, or is a draft.
    pub approved: bool,
    /// What it is called.
    pub title: String,
    /// What is done; may be empty.
    pub text: String,
    /// The institution that leads.
    pub lead: String,
    /// Those that support it.
    pub supporters: Vec<String>,
    /// The first day.
    pub starts: i64,
    /// The last day.
    pub due: i64,
    /// In how many days a report follows the last one.
    pub report_days: i32,
    /// Lekë.
    pub budget: Option<i64>,
    /// Where they come from.
    pub source: Option<String>,
    /// What is counted.
    pub indicators: Vec<SampleIndicator>,
    /// The concerns it answers.
    pub concerns: Vec<String>,
    /// The meeting that promised it, and the item of its agenda.
    pub commitment: Option<(String, i32)>,
    /// What was told of it.
    pub reports: Vec<SampleReport>,
}

/// What is counted.
#[derive(Clone, Deserialize)]
pub struct SampleIndicator {
    /// What.
    pub name: String,
    /// In what.
    pub unit: String,
    /// Where it stood.
    pub baseline: f64,
    /// Where it should stand.
    pub target: f64,
    /// Who counts it.
    pub source: String,
}

impl From<SampleIndicator> for AskedIndicator {
    fn from(sample: SampleIndicator) -> Self {
        Self {
            name: sample.name,
            unit: sample.unit,
            baseline: sample.baseline,
            target: sample.target,
            source: sample.source,
        }
    }
}

/// What was told of a measure.
#[derive(Clone, Deserialize)]
pub struct SampleReport {
    /// The day.
    pub day: i64,
    /// The member who told it.
    pub by: String,
    /// Where it stood then.
    pub state: String,
    /// What was said.
    pub text: String,
    /// Where indicators stood: the place of each, and its value.
    pub values: Vec<(i32, f64)>,
    /// Lekë spent until then.
    pub spent: Option<i64>,
}

/// What another local plan does.
#[derive(Clone, Deserialize)]
pub struct SampleOther {
    /// What that plan is called.
    pub plan: String,
    /// What is done there.
    pub measures: Vec<String>,
}

/// The words around what the rows say of a quarter.
#[derive(Clone, Deserialize)]
pub struct SampleBulletin {
    /// The member who writes them.
    pub by: String,
    /// Before it.
    pub opening: String,
    /// After it.
    pub closing: String,
}
