//! What somebody asks for when they announce or extend a consultation, parsed.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use domain::consultation::Schedule;
use domain::text::{Body, Choice, DisplayName, Reason, Title, fold};
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{Document, Terms};
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// The most documents a consultation has.
const DOCUMENTS: usize = 10;
/// With how many choices a question is voted on, where it is one.
const CHOICES: RangeInclusive<usize> = 2..=12;
/// What a term of the formula may be.
const TERM: RangeInclusive<i32> = 0..=100;

/// Announces a consultation.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnounceConsultation {
    /// What is asked, 5 to 120 characters.
    question: String,
    /// What it shall lead to, 3 to 1,000 characters.
    objective: String,
    /// What residents need to know, 10 to 4,000 characters.
    explanation: String,
    /// Slugs of the units it is for; none: the whole municipality.
    #[serde(default)]
    units: Vec<String>,
    /// The school it is for, where it is for one.
    school: Option<String>,
    /// What to read before, at most 10.
    #[serde(default)]
    documents: Vec<DocumentLink>,
    /// What a question can be answered with: 2 to 12, each 1 to 120 characters, no two alike. None:
    /// the concerns on the list are prioritised.
    #[serde(default)]
    choices: Vec<String>,
    /// Its dates.
    dates: AskedDates,
}

/// Moves the dates of a consultation that are still to come.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendConsultation {
    /// All dates as they shall be.
    dates: AskedDates,
    /// Why, 3 to 1,000 characters; public.
    reason: String,
}

/// Takes a consultation back.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsultation {
    /// Why, 3 to 1,000 characters; public.
    reason: String,
}

/// Puts a concern on the list of candidates or leaves it out.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseCandidate {
    /// Whether it is voted on.
    included: bool,
    /// Why, 3 to 1,000 characters; public. Needed where it is left out.
    reason: Option<String>,
    /// How bad it is when it happens, 0 to 100, as the institutions say. Absent: as before, or 50.
    severity: Option<i32>,
    /// How often it happens, likewise.
    frequency: Option<i32>,
    /// How many it harms, likewise.
    harm: Option<i32>,
}

/// A document to read.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentLink {
    /// What it is called, 5 to 120 characters.
    title: String,
    /// Where it is, https.
    address: String,
}

/// The dates of a consultation; each phase lasts until the end of its last day.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedDates {
    /// The first day on which concerns are collected.
    collect_from: NaiveDate,
    /// The last, at least 20 working days later and at most 40.
    collect_until: NaiveDate,
    /// The last day of the discussion, where there is one.
    discuss_until: Option<NaiveDate>,
    /// The last day of the vote.
    vote_until: NaiveDate,
    /// The last day on which the result alone is shown.
    result_until: NaiveDate,
    /// The last day for the plan.
    plan_until: NaiveDate,
    /// The day on which the council reports.
    report_on: NaiveDate,
}

impl Input for AnnounceConsultation {}
impl Input for ExtendConsultation {}
impl Input for WithdrawConsultation {}
impl Input for ChooseCandidate {}

/// A consultation to be announced.
#[derive(Clone)]
pub struct Announcement {
    /// What is asked.
    pub question: Title,
    /// What it shall lead to.
    pub objective: Reason,
    /// What residents need to know.
    pub explanation: Body,
    /// Slugs of the units it is for.
    pub units: Vec<String>,
    /// The school it is for.
    pub school: Option<DisplayName>,
    /// What to read before.
    pub documents: Vec<Document>,
    /// What a question can be answered with.
    pub choices: Vec<String>,
    /// Its dates.
    pub schedule: Schedule,
}

/// What was decided of a concern: whether it is voted on, why, and what the institutions say of it.
#[derive(Clone, Default)]
pub struct Choosing {
    /// Whether it is voted on.
    pub included: bool,
    /// Why.
    pub reason: Option<Reason>,
    /// How bad it is when it happens, where that is said anew.
    pub severity: Option<i32>,
    /// How often it happens, likewise.
    pub frequency: Option<i32>,
    /// How many it harms, likewise.
    pub harm: Option<i32>,
}

impl AnnounceConsultation {
    /// What is asked for.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Announcement, Problem> {
        if self.documents.len() > DOCUMENTS {
            let most = u32::try_from(DOCUMENTS).ok();
            return Err(Problem::field("/documents", "too_many", most));
        }
        let documents = self.documents.into_iter().enumerate();
        let school = self.school.as_deref().map(DisplayName::parse).transpose();
        let mut units = self.units;
        units.sort_unstable();
        units.dedup();
        Ok(Announcement {
            question: texts::parse("/question", Title::parse(&self.question))?,
            objective: texts::parse("/objective", Reason::parse(&self.objective))?,
            explanation: texts::parse("/explanation", Body::parse(&self.explanation))?,
            units,
            school: texts::parse("/school", school)?,
            documents: documents
                .map(|(place, link)| link.parse(place))
                .collect::<Result<_, _>>()?,
            choices: parse_choices(&self.choices)?,
            schedule: self.dates.into(),
        })
    }
}

impl ExtendConsultation {
    /// The dates wanted, and why.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<(Schedule, Reason), Problem> {
        let reason = texts::parse("/reason", Reason::parse(&self.reason))?;
        Ok((self.dates.into(), reason))
    }
}

impl WithdrawConsultation {
    /// Why.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Reason, Problem> {
        texts::parse("/reason", Reason::parse(&self.reason))
    }
}

impl ChooseCandidate {
    /// What was decided of a concern.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Choosing, Problem> {
        let reason = self.reason.as_deref().map(Reason::parse).transpose();
        texts::within("/severity", self.severity, TERM)?;
        texts::within("/frequency", self.frequency, TERM)?;
        texts::within("/harm", self.harm, TERM)?;
        Ok(Choosing {
            included: self.included,
            reason: texts::parse("/reason", reason)?,
            severity: self.severity,
            frequency: self.frequency,
            harm: self.harm,
        })
    }
}

impl Choosing {
    /// The terms of the formula as they are from now on.
    pub fn terms(&self, before: Terms) -> Terms {
        Terms {
            severity: self.severity.unwrap_or(before.severity),
            frequency: self.frequency.unwrap_or(before.frequency),
            harm: self.harm.unwrap_or(before.harm),
        }
    }
}

/// What a question can be answered with; two that differ in their capitals alone are one.
fn parse_choices(written: &[String]) -> Result<Vec<String>, Problem> {
    if written.is_empty() {
        return Ok(Vec::new());
    }
    if written.len() < *CHOICES.start() {
        let least = u32::try_from(*CHOICES.start()).ok();
        return Err(Problem::field("/choices", "too_few", least));
    }
    if written.len() > *CHOICES.end() {
        let most = u32::try_from(*CHOICES.end()).ok();
        return Err(Problem::field("/choices", "too_many", most));
    }
    let mut known = BTreeSet::new();
    let mut choices = Vec::new();
    for (place, text) in written.iter().enumerate() {
        let pointer = format!("/choices/{place}");
        let choice = texts::parse(&pointer, Choice::parse(text))?;
        if !known.insert(fold(choice.as_str())) {
            return Err(Problem::field(&pointer, "repeated", None));
        }
        choices.push(choice.into_string());
    }
    Ok(choices)
}

impl DocumentLink {
    fn parse(self, place: usize) -> Result<Document, Problem> {
        let title = texts::parse(
            &format!("/documents/{place}/title"),
            Title::parse(&self.title),
        )?;
        let address = texts::parse_address(&format!("/documents/{place}/address"), &self.address)?;
        Ok(Document {
            title: title.into_string(),
            address,
        })
    }
}

impl From<AskedDates> for Schedule {
    fn from(dates: AskedDates) -> Self {
        Self {
            collect_from: dates.collect_from,
            collect_until: dates.collect_until,
            discuss_until: dates.discuss_until,
            vote_until: dates.vote_until,
            result_until: dates.result_until,
            plan_until: dates.plan_until,
            report_on: dates.report_on,
        }
    }
}
