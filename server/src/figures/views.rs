//! Shapes of figures.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::Figure;

/// What residents say and what institutions counted, topic by topic.
#[derive(Serialize, ToSchema)]
pub struct FigureList {
    /// The topics of which something was counted, in the order of their codes.
    pub items: Vec<TopicFigures>,
}

/// A topic, said and counted.
#[derive(Serialize, ToSchema)]
pub struct TopicFigures {
    /// Code of the topic.
    pub topic: String,
    /// What residents say of it, from the first year on.
    pub said: Vec<SaidInYear>,
    /// What institutions counted of it.
    pub counted: Vec<Series>,
}

/// What residents say of a topic in a year.
#[derive(Serialize, ToSchema)]
pub struct SaidInYear {
    /// The year.
    pub year: i32,
    /// Concerns that became public in it.
    pub concerns: u32,
    /// How many people share them together.
    pub supporters: u32,
    /// How often one was put first in it.
    pub prioritised: u32,
}

/// What an institution counts year after year.
#[derive(Serialize, ToSchema)]
pub struct Series {
    /// Code of the institution.
    pub institution: String,
    /// What is counted.
    pub name: String,
    /// Its years, from the first on.
    pub values: Vec<FigureView>,
}

/// A figure of a year.
#[derive(Serialize, ToSchema)]
pub struct FigureView {
    /// Its id.
    pub id: String,
    /// The year.
    pub year: i32,
    /// How much.
    pub value: f64,
    /// Where it is published.
    pub source: String,
    /// The day it was.
    pub published_on: NaiveDate,
}

impl From<&Figure> for FigureView {
    fn from(row: &Figure) -> Self {
        Self {
            id: row.id.to_string(),
            year: row.year,
            value: row.value,
            source: row.source.clone(),
            published_on: row.published_on,
        }
    }
}
