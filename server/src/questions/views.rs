//! Shapes of questions: for everybody, and for the desk.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Answer, Question};
use crate::concerns::views::Support;

/// That a question was taken.
#[derive(Serialize, ToSchema)]
pub struct QuestionReceived {
    /// `waiting`: it becomes public when the secretary publishes it.
    pub state: &'static str,
}

/// What was decided of a question.
#[derive(Serialize, ToSchema)]
pub struct QuestionSettled {
    /// Its id.
    pub id: String,
    /// `published` or `declined`.
    pub state: &'static str,
}

/// The public questions of a consultation or a meeting.
#[derive(Serialize, ToSchema)]
pub struct QuestionList {
    /// Those that were published, day by day, within a day in no order.
    pub items: Vec<QuestionView>,
    /// Those that were not, without what they asked.
    pub declined: Vec<DeclinedQuestion>,
}

/// A public question.
#[derive(Serialize, ToSchema)]
pub struct QuestionView {
    /// Its id.
    pub id: String,
    /// The candidate it is about; nothing: the whole.
    pub about: Option<String>,
    /// What is asked.
    pub text: String,
    /// The name its author chose to show.
    pub author: Option<String>,
    /// How many want to hear the answer, of a question before a meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Support>,
    /// The day it was published.
    pub on: Option<NaiveDate>,
    /// What institutions answered, one each.
    pub answers: Vec<QuestionAnswer>,
}

/// What an institution answered.
#[derive(Serialize, ToSchema)]
pub struct QuestionAnswer {
    /// The institution.
    pub institution: String,
    /// The answer.
    pub text: String,
    /// The day.
    pub on: NaiveDate,
}

/// A question that was not published.
#[derive(Serialize, ToSchema)]
pub struct DeclinedQuestion {
    /// Why.
    pub reason: String,
}

/// What waits at the desk.
#[derive(Serialize, ToSchema)]
pub struct WaitingQuestionList {
    /// The questions, those of the first day first; at most 100.
    pub items: Vec<WaitingQuestion>,
    /// How many wait in all.
    pub total: i64,
}

/// A question that waits, from a day before today.
#[derive(Serialize, ToSchema)]
pub struct WaitingQuestion {
    /// Its id.
    pub id: String,
    /// The candidate it is about; nothing: the whole consultation.
    pub about: Option<String>,
    /// The candidate's title.
    pub about_title: Option<String>,
    /// What is asked.
    pub text: String,
    /// The name its author chose to show.
    pub author: Option<String>,
    /// The day it was asked.
    pub on: NaiveDate,
}

impl QuestionView {
    /// A public question with its answers.
    pub fn new(row: Question, answers: Vec<QuestionAnswer>) -> Self {
        Self {
            id: row.id.to_string(),
            about: row.concern_id.map(|id| id.to_string()),
            text: row.text,
            author: row.author_name,
            support: row.meeting_id.map(|_| Support {
                residents: row.residents,
                visitors: row.visitors,
            }),
            on: row.public_on,
            answers,
        }
    }
}

impl WaitingQuestion {
    /// A question that waits, with the title of what it is about.
    pub fn new(row: Question, title: Option<String>) -> Self {
        Self {
            id: row.id.to_string(),
            about: row.concern_id.map(|id| id.to_string()),
            about_title: title,
            text: row.text,
            author: row.author_name,
            on: row.asked_on,
        }
    }
}

impl From<Answer> for QuestionAnswer {
    fn from(row: Answer) -> Self {
        Self {
            institution: row.institution,
            text: row.text,
            on: row.on_day,
        }
    }
}

impl From<Question> for DeclinedQuestion {
    fn from(row: Question) -> Self {
        Self { reason: row.reason }
    }
}
