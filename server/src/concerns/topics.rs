//! What residents may be worried about, and who helps at once: read from the data files.

use std::sync::OnceLock;

use domain::Code as _;
use domain::topic::Class;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::codes::Code;
use crate::platform::problem::Problem;

const TOPICS: &str = include_str!("../../../data/topics.json");
const HELP_LINES: &str = include_str!("../../../data/help_lines.json");

/// A text in both languages.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Bilingual {
    /// Albanian.
    pub sq: String,
    /// English.
    pub en: String,
}

/// A number somebody answers.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct HelpLine {
    /// The number to dial.
    pub number: String,
    /// Who answers.
    pub name: Bilingual,
}

/// A body that takes what this app must not take.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Mechanism {
    /// Its name.
    pub name: Bilingual,
    /// How to reach it today.
    pub how: Bilingual,
}

/// One of the topics the study names.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Topic {
    /// Stable name.
    pub code: String,
    /// Name for people.
    pub name: Bilingual,
    /// What belongs here.
    pub hint: Bilingual,
    /// `public`, `restricted` (counts only) or `referred` (never taken here).
    pub class: String,
    /// Name of its picture.
    pub icon: String,
    /// Who deals with it.
    pub goes_to: Bilingual,
    /// Numbers to call, for referred topics.
    pub help: Vec<HelpLine>,
    /// The body that takes it, for referred topics.
    pub mechanism: Option<Mechanism>,
}

impl Topic {
    /// How openly it is dealt with.
    ///
    /// # Errors
    /// `internal` when the data file names no such class.
    pub fn class(&self) -> Result<Class, Problem> {
        Class::from_code(&self.class)
            .ok_or_else(|| Problem::caused(Code::Internal, format!("class of topic {}", self.code)))
    }
}

/// All topics, in the order people see them.
///
/// # Errors
/// `internal` when the data file does not parse.
pub fn all() -> Result<&'static [Topic], Problem> {
    static ALL: OnceLock<Vec<Topic>> = OnceLock::new();
    parsed(&ALL, TOPICS)
}

/// Numbers to call at once, on every page where something is sent.
///
/// # Errors
/// `internal` when the data file does not parse.
pub fn help_lines() -> Result<&'static [HelpLine], Problem> {
    static LINES: OnceLock<Vec<HelpLine>> = OnceLock::new();
    parsed(&LINES, HELP_LINES)
}

/// The topic with this code.
///
/// # Errors
/// `internal` when the data file does not parse.
pub fn find(code: &str) -> Result<Option<&'static Topic>, Problem> {
    Ok(all()?.iter().find(|topic| topic.code == code))
}

fn parsed<T>(cell: &'static OnceLock<Vec<T>>, text: &str) -> Result<&'static [T], Problem>
where
    T: for<'de> Deserialize<'de>,
{
    if let Some(ready) = cell.get() {
        return Ok(ready);
    }
    let items =
        serde_json::from_str(text).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    Ok(cell.get_or_init(|| items))
}
