//! What somebody asks for when they announce or extend a consultation, parsed.

use chrono::NaiveDate;
use domain::consultation::Schedule;
use domain::text::{Body, DisplayName, Reason, Title};
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use super::store::Document;
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// The most documents a consultation has.
const DOCUMENTS: usize = 10;
/// The longest address of a document.
const ADDRESS: usize = 500;

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
    /// Its dates.
    pub schedule: Schedule,
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
    /// Whether it is voted on, and why.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<(bool, Option<Reason>), Problem> {
        let reason = self.reason.as_deref().map(Reason::parse).transpose();
        Ok((self.included, texts::parse("/reason", reason)?))
    }
}

impl DocumentLink {
    fn parse(self, place: usize) -> Result<Document, Problem> {
        let title = texts::parse(
            &format!("/documents/{place}/title"),
            Title::parse(&self.title),
        )?;
        let refused = || {
            let pointer = format!("/documents/{place}/address");
            Problem::field(&pointer, "address_invalid", None)
        };
        let address = Url::parse(self.address.trim())
            .ok()
            .filter(|url| url.scheme() == "https" && url.host_str().is_some())
            .filter(|url| url.username().is_empty() && url.as_str().len() <= ADDRESS)
            .ok_or_else(refused)?;
        Ok(Document {
            title: title.into_string(),
            address: address.into(),
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
