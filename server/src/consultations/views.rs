//! Public shapes of consultations.

use chrono::NaiveDate;
use domain::Code as _;
use domain::consultation::Method;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Candidate, Consultation, Document, Notice, Terms};
use crate::concerns::views::{ConcernCard, MergedConcern, UnitName};
use crate::places::store::Municipality;

/// The dates of a consultation; each phase lasts until the end of its last day.
#[derive(Serialize, ToSchema)]
pub struct ConsultationDates {
    /// The first day on which concerns are collected.
    pub collect_from: NaiveDate,
    /// The last.
    pub collect_until: NaiveDate,
    /// The last day of the discussion, where there is one.
    pub discuss_until: Option<NaiveDate>,
    /// The last day of the vote.
    pub vote_until: NaiveDate,
    /// The last day on which the result alone is shown.
    pub result_until: NaiveDate,
    /// The last day for the plan.
    pub plan_until: NaiveDate,
    /// The day on which the council reports.
    pub report_on: NaiveDate,
}

/// A consultation in a list.
#[derive(Serialize, ToSchema)]
pub struct ConsultationCard {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// What it shall lead to.
    pub objective: String,
    /// `announced`, `collect`, `discuss`, `vote`, `result`, `plan`, `report` or `withdrawn`.
    pub phase: &'static str,
    /// What is voted on: `prioritising` (the concerns on the list) or `question` (its choices).
    pub method: &'static str,
    /// The units it is for; none: the whole municipality.
    pub units: Vec<UnitName>,
    /// The school it is for, where it is for one.
    pub school: Option<String>,
    /// The day it was announced.
    pub announced_on: NaiveDate,
    /// Its dates.
    pub dates: ConsultationDates,
    /// How many concerns are voted on.
    pub candidates: i64,
}

/// A consultation in which something can be done now.
#[derive(Serialize, ToSchema)]
pub struct OpenConsultation {
    /// Its id.
    pub id: String,
    /// What is asked.
    pub question: String,
    /// `announced`, `collect`, `discuss` or `vote`.
    pub phase: &'static str,
    /// The last day of the phase, or the first of the next where it has not begun.
    pub until: NaiveDate,
}

/// Consultations, the last announced first.
#[derive(Serialize, ToSchema)]
pub struct ConsultationList {
    /// The consultations.
    pub items: Vec<ConsultationCard>,
}

/// A consultation in full.
#[derive(Serialize, ToSchema)]
pub struct ConsultationPage {
    /// As in a list.
    #[serde(flatten)]
    pub card: ConsultationCard,
    /// The municipality's slug.
    pub municipality: String,
    /// What residents need to know.
    pub explanation: String,
    /// What to read before.
    pub documents: Vec<ConsultationDocument>,
    /// What the council said of it, the first first.
    pub notices: Vec<ConsultationNotice>,
    /// What a question can be answered with, in its order.
    pub choices: Vec<String>,
    /// How much votes and terms weigh where concerns are prioritised, as the municipality has set it.
    pub weights: Option<FormulaWeights>,
    /// The concerns that are voted on, in the order of their ids, which means nothing.
    pub list: Vec<CandidateView>,
    /// The concerns that were left out.
    pub left_out: Vec<CandidateView>,
}

/// A document to read.
#[derive(Serialize, ToSchema)]
pub struct ConsultationDocument {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub address: String,
}

/// What the council said.
#[derive(Serialize, ToSchema)]
pub struct ConsultationNotice {
    /// `announced`, `extended` or `withdrawn`.
    pub kind: String,
    /// Why.
    pub text: String,
    /// The institution that said so.
    pub institution: String,
    /// The day.
    pub on: NaiveDate,
}

/// A concern, and what was decided of it.
#[derive(Serialize, ToSchema)]
pub struct CandidateView {
    /// The concern.
    pub concern: ConcernCard,
    /// Why it is on the list or not.
    pub reason: Option<String>,
    /// The day this was decided.
    pub on: NaiveDate,
    /// What the institutions say of it.
    pub terms: CandidateTerms,
}

/// What the institutions say of a concern, 0 to 100 each: terms of the published formula.
#[derive(Serialize, ToSchema)]
pub struct CandidateTerms {
    /// How bad it is when it happens.
    pub severity: i32,
    /// How often it happens.
    pub frequency: i32,
    /// How many it harms.
    pub harm: i32,
}

/// How much votes and terms weigh in a municipality's formula, 0 to 100 each.
#[derive(Serialize, ToSchema)]
pub struct FormulaWeights {
    /// The votes of residents.
    pub votes: i32,
    /// How bad it is when it happens.
    pub severity: i32,
    /// How often it happens.
    pub frequency: i32,
    /// How many it harms.
    pub harm: i32,
}

/// What became of each concern that residents brought while a consultation collected.
#[derive(Serialize, ToSchema)]
pub struct ConsultationSummary {
    /// The consultation's id.
    pub consultation: String,
    /// The municipality's slug.
    pub municipality: String,
    /// What was asked.
    pub question: String,
    /// Where the consultation stands.
    pub phase: &'static str,
    /// The first day on which concerns were collected.
    pub collect_from: NaiveDate,
    /// The last; the day after it the summary is there.
    pub collect_until: NaiveDate,
    /// Whether there is a summary: not while concerns are collected, nor of what was taken back.
    pub ready: bool,
    /// Whether the list may still change.
    pub may_change: bool,
    /// The public concerns that came in time and those decided of, the first received first.
    pub concerns: Vec<SummedUp>,
    /// The others.
    pub unseen: Unseen,
}

/// A concern, and what became of it.
#[derive(Serialize, ToSchema)]
pub struct SummedUp {
    /// The concern's id.
    pub id: String,
    /// In one line.
    pub title: String,
    /// The unit it is in.
    pub unit: Option<UnitName>,
    /// The day it came.
    pub received_on: NaiveDate,
    /// `accepted`, `left_out`, `merged`, `declined`, `not_ours`, `planned`, `in_progress`, `done`,
    /// `partly_done` or `undecided`.
    pub became: &'static str,
    /// Why, in public.
    pub reason: Option<String>,
    /// Legal ground of a refusal.
    pub legal_ground: Option<String>,
    /// Whose business it is instead.
    pub whose: Option<String>,
    /// The day this was decided.
    pub on: Option<NaiveDate>,
    /// The concern it became part of.
    pub into: Option<MergedConcern>,
}

/// Concerns of the whole municipality that came in time and are not public: how many there are at
/// least, in steps of five; nothing where there are fewer than five.
#[derive(Default, Serialize, ToSchema)]
pub struct Unseen {
    /// Not looked at yet, or waiting to be published together with others.
    pub waiting: Option<u64>,
    /// Given back to their authors.
    pub returned: Option<u64>,
    /// Closed before they were public.
    pub closed: Option<u64>,
    /// Never public: of a topic that stays private, or handed to a protected mechanism.
    pub protected: Option<u64>,
}

impl ConsultationCard {
    /// A consultation as it stands today.
    pub fn new(
        row: Consultation,
        today: NaiveDate,
        method: Method,
        units: Vec<UnitName>,
        candidates: i64,
    ) -> Self {
        Self {
            id: row.id.to_string(),
            phase: row.phase(today).code(),
            method: method.code(),
            question: row.question,
            objective: row.objective,
            units,
            school: row.school,
            announced_on: row.announced_on,
            dates: domain::consultation::Schedule::from(row.schedule).into(),
            candidates,
        }
    }
}

impl From<domain::consultation::Schedule> for ConsultationDates {
    fn from(dates: domain::consultation::Schedule) -> Self {
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

impl From<Document> for ConsultationDocument {
    fn from(row: Document) -> Self {
        Self {
            title: row.title,
            address: row.address,
        }
    }
}

impl From<Notice> for ConsultationNotice {
    fn from(row: Notice) -> Self {
        Self {
            kind: row.kind,
            text: row.text,
            institution: row.institution,
            on: row.on_day,
        }
    }
}

impl FormulaWeights {
    /// As a municipality has set them.
    pub fn of(place: &Municipality) -> Self {
        Self {
            votes: place.weight_votes,
            severity: place.weight_severity,
            frequency: place.weight_frequency,
            harm: place.weight_harm,
        }
    }
}

impl From<Terms> for CandidateTerms {
    fn from(terms: Terms) -> Self {
        Self {
            severity: terms.severity,
            frequency: terms.frequency,
            harm: terms.harm,
        }
    }
}

impl CandidateView {
    /// What was decided of a concern.
    pub fn new(row: Candidate, concern: ConcernCard) -> Self {
        Self {
            concern,
            reason: Some(row.reason).filter(|reason| !reason.is_empty()),
            on: row.on_day,
            terms: row.terms.into(),
        }
    }
}
