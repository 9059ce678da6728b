//! The shapes of plans.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::Objective;

/// What a council does in a year.
#[derive(Serialize, ToSchema)]
pub struct Plan {
    /// The years there are plans of, the last first.
    pub years: Vec<i32>,
    /// The year this is of.
    pub year: i32,
    /// What is wanted of it, in its order, with what is done for it.
    pub objectives: Vec<PlannedObjective>,
    /// What residents put first and no measure answers yet.
    pub unanswered: Vec<AnsweredConcern>,
}

/// What is wanted of a year, and what is done for it.
#[derive(Serialize, ToSchema)]
pub struct PlannedObjective {
    /// The objective.
    #[serde(flatten)]
    pub objective: ObjectiveView,
    /// Its measures, those due first first.
    pub measures: Vec<MeasureRow>,
}

/// An objective.
#[derive(Serialize, ToSchema)]
pub struct ObjectiveView {
    /// Its id.
    pub id: String,
    /// The year.
    pub year: i32,
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
}

impl From<Objective> for ObjectiveView {
    fn from(row: Objective) -> Self {
        Self {
            id: row.id.to_string(),
            year: row.year,
            title: row.title,
            text: row.text,
        }
    }
}

/// A measure in a list.
#[derive(Serialize, ToSchema)]
pub struct MeasureRow {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Code of the one institution that leads.
    pub lead: String,
    /// Codes of those that support it.
    pub supporters: Vec<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The day by which it is done.
    pub due_on: NaiveDate,
    /// `draft` (at the desk alone), `planned`, `in_progress`, `done`, `partly_done` or `not_done`.
    pub state: String,
    /// How many days it is late; absent where it is not.
    pub days_late: Option<u32>,
    /// Whether a report of it is overdue.
    pub report_late: bool,
    /// What it costs, lekë.
    pub budget: Option<i64>,
    /// Lekë spent, as the last report that told says.
    pub spent: Option<i64>,
    /// Whether it has no budget, or nobody speaks for who leads.
    pub unresourced: bool,
    /// How much of the way its indicators have gone together, 0 to 1; absent where none was told.
    pub reached: Option<f64>,
}

/// A measure in full.
#[derive(Serialize, ToSchema)]
pub struct MeasurePage {
    /// As in lists.
    #[serde(flatten)]
    pub row: MeasureRow,
    /// Slug of the municipality.
    pub municipality: String,
    /// The objective it is for.
    pub objective: ObjectiveView,
    /// What is done; may be empty.
    pub text: String,
    /// In how many days a report follows the last one.
    pub report_days: i32,
    /// The last day for the next report; absent where none is owed.
    pub report_due: Option<NaiveDate>,
    /// How many reports were not given in time.
    pub reports_missed: u32,
    /// Where the budget comes from.
    pub source: Option<String>,
    /// How it goes together with what other plans do.
    pub overlap: Option<String>,
    /// What is counted.
    pub indicators: Vec<IndicatorView>,
    /// The concerns it answers.
    pub concerns: Vec<AnsweredConcern>,
    /// The item of a meeting that promised it.
    pub commitment: Option<CommitmentView>,
    /// What happened with it, the first first.
    pub steps: Vec<StepView>,
}

/// How it is told whether a measure helped.
#[derive(Serialize, ToSchema)]
pub struct IndicatorView {
    /// Its place, from 1.
    pub indicator: i32,
    /// What is counted.
    pub name: String,
    /// In what.
    pub unit: String,
    /// Where it stood before.
    pub baseline: f64,
    /// Where it should stand.
    pub target: f64,
    /// Where it stands, as the last report that told says.
    pub value: Option<f64>,
    /// How much of the way it has gone, 0 to 1.
    pub reached: Option<f64>,
    /// Who counts it, or where it is written.
    pub source: String,
}

/// A concern a measure answers, or should.
#[derive(Serialize, ToSchema)]
pub struct AnsweredConcern {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: String,
}

/// A measure that answers a concern, or keeps what a meeting promised.
#[derive(Serialize, ToSchema)]
pub struct AnsweringMeasure {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Code of the one institution that leads.
    pub lead: String,
    /// The day by which it is done.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: String,
    /// The last report of it.
    pub last: Option<StepView>,
    /// The item of the meeting that promised it, where one did.
    pub item: Option<i32>,
}

/// The item of a meeting that promised a measure.
#[derive(Serialize, ToSchema)]
pub struct CommitmentView {
    /// Id of the meeting.
    pub meeting: String,
    /// What it is called.
    pub title: String,
    /// Its day.
    pub on: NaiveDate,
    /// The item's place on its agenda, from 1.
    pub item: i32,
}

/// What happened with a measure.
#[derive(Serialize, ToSchema)]
pub struct StepView {
    /// `approved`, `changed` or `reported`.
    pub kind: String,
    /// Where it stood from then on.
    pub state: String,
    /// What was said; may be empty.
    pub text: String,
    /// The day it was due from then on.
    pub due_on: NaiveDate,
    /// Lekë spent until then.
    pub spent: Option<i64>,
    /// The institution that said so.
    pub institution: String,
    /// The day.
    pub on: NaiveDate,
    /// Where indicators stood.
    pub values: Vec<ToldValue>,
    /// What shows it.
    pub evidence: Vec<EvidenceView>,
}

/// Where an indicator stood.
#[derive(Serialize, ToSchema)]
pub struct ToldValue {
    /// Its place among the indicators.
    pub indicator: i32,
    /// Where it stood.
    pub value: f64,
}

/// What shows a step.
#[derive(Serialize, ToSchema)]
pub struct EvidenceView {
    /// Its id.
    pub id: String,
    /// `photo` (JPEG) or `document` (PDF).
    pub kind: String,
    /// What it shows, or what it is called; may be empty.
    pub name: String,
}

/// A measure as the council sees it.
#[derive(Serialize, ToSchema)]
pub struct DeskMeasure {
    /// As everybody reads it, or will.
    #[serde(flatten)]
    pub page: MeasurePage,
    /// What it may be the same as.
    pub twins: Vec<Twin>,
}

/// A measure that another may be the same as.
#[derive(Serialize, ToSchema)]
pub struct Twin {
    /// Id of the measure, where it is of the same council.
    pub measure: Option<String>,
    /// What the other plan is called, where it is of another.
    pub plan: Option<String>,
    /// What it is called.
    pub title: String,
}

/// The plan as the council writes it.
#[derive(Serialize, ToSchema)]
pub struct DeskPlan {
    /// With its drafts.
    #[serde(flatten)]
    pub plan: Plan,
    /// What meetings promised and no measure keeps yet, the last first.
    pub commitments: Vec<OpenCommitment>,
}

/// What a meeting promised.
#[derive(Serialize, ToSchema)]
pub struct OpenCommitment {
    /// The item.
    #[serde(flatten)]
    pub item: CommitmentView,
    /// What was decided.
    pub text: String,
    /// Code of the institution that leads.
    pub lead: String,
    /// Until when.
    pub due_on: NaiveDate,
    /// Id of the concern it was about.
    pub concern: Option<String>,
}

/// What other local plans do.
#[derive(Serialize, ToSchema)]
pub struct OtherMeasures {
    /// The plans.
    pub plans: Vec<OtherPlan>,
}

/// What another local plan does.
#[derive(Serialize, ToSchema)]
pub struct OtherPlan {
    /// What it is called.
    pub plan: String,
    /// What is done there.
    pub measures: Vec<String>,
}
