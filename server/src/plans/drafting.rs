//! What somebody asks for when they write an objective or a measure, parsed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Code as _;
use domain::measure::{DayFault, check_days};
use domain::seat::Institution;
use domain::text::{Choice, Reason, Title};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ObjectiveId;
use super::store::parts::Indicator;
use crate::concerns::ConcernId;
use crate::concerns::moves::parse_institution;
use crate::meetings::MeetingId;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// The most indicators of a measure, supporters aside.
const INDICATORS: usize = 10;
/// The most concerns a measure answers.
const CONCERNS: usize = 30;
/// The most lekë a measure costs.
pub const MOST_LEK: i64 = 1_000_000_000_000;
/// The farthest from zero an indicator stands.
pub const FARTHEST: f64 = 1e12;
/// In how many days a report follows the last one, where nothing is said.
pub const REPORT_DAYS: i32 = 90;

/// What a council wants of a year.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedObjective {
    /// What it is called, 5 to 120 characters.
    pub title: String,
    /// More of it, 3 to 1,000 characters.
    pub text: Option<String>,
}

/// Adds an objective to a year.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddObjective {
    /// The year, 2000 to 2100.
    pub year: i32,
    /// The objective.
    pub objective: AskedObjective,
}

/// A measure as it shall be. A draft may lack its indicators; to be approved it needs one.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedMeasure {
    /// Id of the objective it is for.
    pub objective: String,
    /// What it is called, 5 to 120 characters.
    pub title: String,
    /// What is done, 3 to 1,000 characters.
    pub text: Option<String>,
    /// Code of the one institution that leads.
    pub lead: String,
    /// Codes of the institutions that support it.
    #[serde(default)]
    pub supporters: Vec<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The day by which it is done.
    pub due_on: NaiveDate,
    /// In how many days a report follows the last one, 7 to 366; 90 where nothing is said.
    pub report_days: Option<i32>,
    /// What it costs, lekë.
    pub budget: Option<i64>,
    /// Where that comes from, 1 to 120 characters.
    pub source: Option<String>,
    /// How it goes together with what other plans do already, 3 to 1,000 characters.
    pub overlap: Option<String>,
    /// What is counted, at most 10.
    #[serde(default)]
    pub indicators: Vec<AskedIndicator>,
    /// Ids of the public concerns it answers, at most 30.
    #[serde(default)]
    pub concerns: Vec<String>,
    /// The item of a meeting that promised it.
    pub commitment: Option<AskedCommitment>,
}

/// How it is told whether a measure helped.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedIndicator {
    /// What is counted, 1 to 120 characters.
    pub name: String,
    /// In what, 1 to 120 characters.
    pub unit: String,
    /// Where it stands now.
    pub baseline: f64,
    /// Where it should stand.
    pub target: f64,
    /// Who counts it, or where it is written, 1 to 120 characters.
    pub source: String,
}

/// An item of a meeting that is a commitment.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedCommitment {
    /// Id of the meeting.
    meeting: String,
    /// The item's place on its agenda, from 1.
    item: i32,
}

impl Input for AskedObjective {}
impl Input for AddObjective {}
impl Input for AskedMeasure {}

/// An objective as it shall be.
#[derive(Clone)]
pub struct ObjectiveWords {
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
}

/// A measure as it shall be.
#[derive(Clone)]
pub struct Draft {
    /// The objective it is for.
    pub objective: ObjectiveId,
    /// What it is called.
    pub title: String,
    /// What is done; may be empty.
    pub text: String,
    /// The one institution that leads.
    pub lead: Institution,
    /// Codes of those that support it.
    pub supporters: Vec<String>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The day by which it is done.
    pub due_on: NaiveDate,
    /// In how many days a report follows the last one.
    pub report_days: i32,
    /// What it costs, lekë.
    pub budget: Option<i64>,
    /// Where that comes from.
    pub source: Option<String>,
    /// How it goes together with other plans.
    pub overlap: Option<String>,
    /// What is counted; of no measure and no place yet.
    pub indicators: Vec<Counted>,
    /// The concerns it answers.
    pub concerns: Vec<ConcernId>,
    /// The item of a meeting that promised it.
    pub commitment: Option<(MeetingId, i32)>,
}

/// What is counted.
#[derive(Clone, Debug)]
pub struct Counted {
    name: String,
    unit: String,
    baseline: f64,
    target: f64,
    source: String,
}

impl Counted {
    /// As a row of a measure.
    pub fn row(&self, measure_id: &super::MeasureId, position: i32) -> Indicator {
        Indicator {
            measure_id: measure_id.clone(),
            position,
            name: self.name.clone(),
            unit: self.unit.clone(),
            baseline: self.baseline,
            target: self.target,
            source: self.source.clone(),
        }
    }
}

impl AskedObjective {
    /// The words of the objective.
    ///
    /// # Errors
    /// `fields_invalid` with pointers under `at`.
    pub fn parse(&self, at: &str) -> Result<ObjectiveWords, Problem> {
        let title = texts::parse(&format!("{at}/title"), Title::parse(&self.title))?;
        let text = reason(&format!("{at}/text"), self.text.as_deref())?;
        Ok(ObjectiveWords {
            title: title.into_string(),
            text: text.unwrap_or_default(),
        })
    }
}

impl AskedMeasure {
    /// The measure asked for.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Draft, Problem> {
        let unknown = |()| Problem::field("/objective", "objective_unknown", None);
        let lead = parse_institution(Some(&self.lead), "/lead")?;
        let lead = lead.ok_or_else(|| Problem::field("/lead", "required", None))?;
        texts::within("/report_days", self.report_days, 7..=366)?;
        if self.due_on < self.starts_on {
            return Err(Problem::field("/due_on", "day_out_of_order", None));
        }
        Ok(Draft {
            objective: self.objective.parse().map_err(unknown)?,
            title: texts::parse("/title", Title::parse(&self.title))?.into_string(),
            text: reason("/text", self.text.as_deref())?.unwrap_or_default(),
            supporters: supporters(&self.supporters, lead)?,
            lead,
            starts_on: self.starts_on,
            due_on: self.due_on,
            report_days: self.report_days.unwrap_or(REPORT_DAYS),
            budget: lek("/budget", self.budget)?,
            source: line("/source", self.source.as_deref())?,
            overlap: reason("/overlap", self.overlap.as_deref())?,
            indicators: indicators(&self.indicators)?,
            concerns: concerns(&self.concerns)?,
            commitment: self.commitment.map(AskedCommitment::parse).transpose()?,
        })
    }
}

/// The item of a meeting that promised a measure.
pub fn asked_commitment(meeting: &MeetingId, item: i32) -> AskedCommitment {
    AskedCommitment {
        meeting: meeting.to_string(),
        item,
    }
}

impl AskedCommitment {
    fn parse(self) -> Result<(MeetingId, i32), Problem> {
        let unknown = |()| Problem::field("/commitment", "commitment_unknown", None);
        Ok((self.meeting.parse().map_err(unknown)?, self.item))
    }
}

/// The days of a measure, as the rules see them today.
///
/// # Errors
/// `fields_invalid` at `/due_on`.
pub fn check(starts_on: NaiveDate, due_on: NaiveDate, today: NaiveDate) -> Result<(), Problem> {
    check_days(starts_on, due_on, today).map_err(|fault| {
        let code = match fault {
            DayFault::EndsBefore => "day_out_of_order",
            DayFault::IsOver => "in_the_past",
        };
        Problem::field("/due_on", code, None)
    })
}

/// Lekë as somebody wrote them.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn lek(pointer: &str, written: Option<i64>) -> Result<Option<i64>, Problem> {
    if written.is_some_and(|lek| !(0..=MOST_LEK).contains(&lek)) {
        return Err(Problem::field(pointer, "out_of_range", None));
    }
    Ok(written)
}

/// A number an indicator may stand at.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn number(pointer: &str, written: f64) -> Result<f64, Problem> {
    if !written.is_finite() || written.abs() > FARTHEST {
        return Err(Problem::field(pointer, "out_of_range", None));
    }
    Ok(written)
}

fn reason(pointer: &str, written: Option<&str>) -> Result<Option<String>, Problem> {
    let said = written.filter(|text| !text.trim().is_empty());
    let parsed = texts::parse(pointer, said.map(Reason::parse).transpose())?;
    Ok(parsed.map(Reason::into_string))
}

fn line(pointer: &str, written: Option<&str>) -> Result<Option<String>, Problem> {
    let said = written.filter(|text| !text.trim().is_empty());
    let parsed = texts::parse(pointer, said.map(Choice::parse).transpose())?;
    Ok(parsed.map(Choice::into_string))
}

fn too_many(pointer: &str, given: usize, most: usize) -> Result<(), Problem> {
    if given > most {
        let most = u32::try_from(most).ok();
        return Err(Problem::field(pointer, "too_many", most));
    }
    Ok(())
}

/// Whoever leads does not support as well, and nobody supports twice.
fn supporters(asked: &[String], lead: Institution) -> Result<Vec<String>, Problem> {
    let mut known = BTreeSet::from([lead]);
    let mut codes = Vec::new();
    for (place, code) in asked.iter().enumerate() {
        let pointer = format!("/supporters/{place}");
        let one = parse_institution(Some(code), &pointer)?
            .ok_or_else(|| Problem::field(&pointer, "required", None))?;
        if !known.insert(one) {
            return Err(Problem::field(&pointer, "repeated", None));
        }
        codes.push(one.code().to_owned());
    }
    Ok(codes)
}

fn indicators(asked: &[AskedIndicator]) -> Result<Vec<Counted>, Problem> {
    too_many("/indicators", asked.len(), INDICATORS)?;
    let parse = |(place, one): (usize, &AskedIndicator)| {
        let at = |name: &str| format!("/indicators/{place}/{name}");
        let words = |name: &str, written: &str| {
            texts::parse(&at(name), Choice::parse(written)).map(Choice::into_string)
        };
        let counted = Counted {
            name: words("name", &one.name)?,
            unit: words("unit", &one.unit)?,
            baseline: number(&at("baseline"), one.baseline)?,
            target: number(&at("target"), one.target)?,
            source: words("source", &one.source)?,
        };
        // What should stay as it is tells nothing.
        if (counted.target - counted.baseline).abs() < f64::EPSILON {
            return Err(Problem::field(&at("target"), "same_as_baseline", None));
        }
        Ok(counted)
    };
    asked.iter().enumerate().map(parse).collect()
}

fn concerns(asked: &[String]) -> Result<Vec<ConcernId>, Problem> {
    too_many("/concerns", asked.len(), CONCERNS)?;
    let mut known = BTreeSet::new();
    let mut ids = Vec::new();
    for (place, text) in asked.iter().enumerate() {
        let pointer = format!("/concerns/{place}");
        let unknown = |()| Problem::field(&pointer, "concern_unknown", None);
        let id: ConcernId = text.parse().map_err(unknown)?;
        if !known.insert(id.clone()) {
            return Err(Problem::field(&pointer, "repeated", None));
        }
        ids.push(id);
    }
    Ok(ids)
}
