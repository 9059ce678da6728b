//! Shapes of polls.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::paper::{PollPaper, Said};

/// Polls.
#[derive(Serialize, ToSchema)]
pub struct PollList {
    /// The polls, the last year first.
    pub items: Vec<PollCard>,
}

/// A poll in short.
#[derive(Serialize, ToSchema)]
pub struct PollCard {
    /// Its id.
    pub id: String,
    /// Whom it asks: `school` or `survey`.
    pub kind: String,
    /// What it is called.
    pub title: Said,
    /// The year it is of.
    pub year: i32,
    /// Id of the first poll that asked the same.
    pub series: String,
    /// `draft`, `open` or `closed`.
    pub state: String,
    /// Code of the institution that asks.
    pub institution: String,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Where figures were published that were not collected here.
    pub source: Option<String>,
    /// How many answered, once it is closed.
    pub answered: Option<i32>,
    /// The code of an open room that everybody may answer in.
    pub open_link: Option<String>,
}

/// A poll.
#[derive(Serialize, ToSchema)]
pub struct PollPage {
    /// In short.
    #[serde(flatten)]
    pub card: PollCard,
    /// Slug of the municipality.
    pub municipality: String,
    /// What it asks.
    pub paper: PollPaper,
    /// Of how few answers nothing is shown.
    pub k: i64,
    /// What the council did with it.
    pub council: PollAtCouncil,
}

/// What the council did with a poll.
#[derive(Serialize, ToSchema)]
pub struct PollAtCouncil {
    /// The day it was sent to the council.
    pub sent_on: Option<NaiveDate>,
    /// Where it was on an agenda, the first meeting first.
    pub items: Vec<PollItem>,
}

/// A poll on an agenda.
#[derive(Serialize, ToSchema)]
pub struct PollItem {
    /// Id of the meeting.
    pub meeting_id: String,
    /// What the meeting is called.
    pub meeting_title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// The item's place on its agenda, from 1.
    pub position: i32,
    /// What the item is called.
    pub title: String,
    /// What became of it, once the minutes are approved.
    pub outcome: Option<PollOutcome>,
}

/// What became of an item.
#[derive(Serialize, ToSchema)]
pub struct PollOutcome {
    /// `commitment`, `parked` or `information`.
    pub kind: String,
    /// What was decided.
    pub text: String,
    /// Code of the institution that leads.
    pub lead: Option<String>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

/// What is told of answers.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PollResults {
    /// Of how few answers nothing is shown.
    pub k: i64,
    /// Whether figures are as their source printed them: neither held back nor rounded to steps.
    pub exact: bool,
    /// Where they were published that were not collected here.
    pub source: Option<String>,
    /// How many answered.
    pub answered: i64,
    /// How many could, where that is known.
    pub invited: Option<i64>,
    /// How many of them by a show of hands: one for each device, not one for each slip.
    pub hands: i64,
    /// How many answers no sum counts: their places are too small, also together.
    pub withheld: i64,
    /// Of whom something is told.
    pub scopes: Vec<PollScope>,
    /// Question by question.
    pub questions: Vec<QuestionResults>,
}

/// Of whom something is told.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PollScope {
    /// `all`, `school`, `class` or `group`.
    pub kind: String,
    /// The school; the school and the class; the option of the one question (empty: none); else empty.
    pub name: String,
    /// The class alone.
    pub class: Option<String>,
    /// How many answered, where that is told.
    pub answered: Option<i64>,
}

/// What is told of a question.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct QuestionResults {
    /// Its id.
    pub id: String,
    /// Scope by scope, where something is told.
    pub results: Vec<ScopeResults>,
    /// What was written and may be shown, of everybody.
    pub texts: Vec<String>,
}

/// What is told of a question of one scope.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ScopeResults {
    /// The place of the scope.
    pub scope: usize,
    /// How many answered; about, of a question that some were not asked or may leave out.
    pub n: i64,
    /// About how many did not answer, of a question that everybody was asked.
    pub skipped: Option<i64>,
    /// To how many in a hundred shares are rounded.
    pub step: f64,
    /// Its lines, or the whole.
    pub parts: Vec<PartResults>,
}

/// A line of a question.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PartResults {
    /// Id of the line or the option; empty where there is one part.
    pub id: String,
    /// What could be chosen.
    pub values: Vec<ValueShare>,
    /// The mean, of 25 answers or more.
    pub mean: Option<f64>,
    /// The lower end of an interval that holds the mean 95 times in 100.
    pub low: Option<f64>,
    /// Its upper end.
    pub high: Option<f64>,
}

/// How many chose something.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ValueShare {
    /// Id of the option, the value, the place, or the numbers from and to.
    pub id: String,
    /// In a hundred of those who answered.
    pub percent: f64,
}

/// Papers to begin with.
#[derive(Serialize, ToSchema)]
pub struct PollTemplateList {
    /// The papers.
    pub items: Vec<PollTemplate>,
}

/// A paper to begin with.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub struct PollTemplate {
    /// Its name.
    pub name: String,
    /// Whom it asks: `school` or `survey`.
    pub kind: String,
    /// What it asks.
    pub paper: PollPaper,
}

/// What was written in a poll.
#[derive(Serialize, ToSchema)]
pub struct PollTextList {
    /// The texts, question by question; none of a question to which fewer wrote than are shown.
    pub items: Vec<PollText>,
}

/// What somebody wrote.
#[derive(Serialize, ToSchema)]
pub struct PollText {
    /// Its id.
    pub id: String,
    /// Id of the question.
    pub question: String,
    /// What they wrote.
    pub text: String,
    /// `waiting`, `published` or `declined`.
    pub state: String,
}

/// A picture that was kept.
#[derive(Serialize, ToSchema)]
pub struct PollPictureKept {
    /// Its id.
    pub id: String,
}

/// A poll, as agendas name it.
#[derive(Clone, Serialize, ToSchema)]
pub struct NamedPoll {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Said,
}
