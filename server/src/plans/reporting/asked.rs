//! What somebody says of a measure they lead, parsed.

use std::collections::BTreeMap;

use domain::Code as _;
use domain::measure::State;
use domain::text::{Body, Choice};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::concerns::photos::{CleanPhoto, NewPhoto, clean_in_turn, file};
use crate::plans::drafting::{lek, number};
use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Input;

/// The most documents of a report.
const DOCUMENTS: usize = 3;
/// The most bytes of a document.
const DOCUMENT_BYTES: usize = 5 * 1024 * 1024;
/// What a PDF begins with (ISO 32000).
const PDF: &[u8] = b"%PDF-";

/// Says how a measure goes, or what came of it.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportMeasure {
    /// `in_progress`, `done`, `partly_done` or `not_done`.
    state: String,
    /// What was done, and what not and why, 10 to 4,000 characters; public.
    text: String,
    /// Where indicators stand. A report that closes the measure as done, or done in part, leaves none out that no
    /// earlier report told.
    #[serde(default)]
    values: Vec<AskedValue>,
    /// Lekë spent until now.
    spent: Option<i64>,
    /// Photos of it, at most 4.
    #[serde(default)]
    photos: Vec<NewPhoto>,
    /// Documents, at most 3.
    #[serde(default)]
    documents: Vec<NewDocument>,
}

/// Where an indicator stands.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedValue {
    /// Its place among the measure's indicators, from 1.
    indicator: i32,
    /// Where it stands.
    value: f64,
}

/// A document as it comes.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDocument {
    /// What it is called, 1 to 120 characters.
    name: String,
    /// The file: PDF, in base64, at most 5 MiB.
    #[schema(value_type = String, format = Byte)]
    #[serde(deserialize_with = "file")]
    data: Option<Vec<u8>>,
}

impl Input for ReportMeasure {
    /// Four photos and three documents in base64, and the text.
    const LIMIT: usize = 46 * 1024 * 1024;
}

/// A report, with its files made ready.
#[derive(Clone)]
pub struct Report {
    /// Where the measure stands with it.
    pub state: State,
    /// What was said.
    pub text: String,
    /// Where indicators stand, by their place.
    pub values: BTreeMap<i32, f64>,
    /// Lekë spent until now.
    pub spent: Option<i64>,
    /// What shows it.
    pub evidence: Vec<Shown>,
}

/// What shows a report: `photo` or `document`, what it is called, and its bytes.
pub type Shown = (&'static str, String, Vec<u8>);

impl ReportMeasure {
    /// The report; its photos are made anew, which is slow.
    ///
    /// # Errors
    /// `fields_invalid`, `photo_refused`.
    pub async fn parse(self) -> Result<Report, Problem> {
        let state = State::from_code(&self.state).filter(|state| state.is_reported());
        let state = state.ok_or_else(|| Problem::field("/state", "status_unknown", None))?;
        let text = texts::parse("/text", Body::parse(&self.text))?.into_string();
        let values = values(&self.values)?;
        let spent = lek("/spent", self.spent)?;
        let documents = documents(self.documents)?;
        let photos = clean_in_turn(self.photos).await?.into_iter();
        let photos = photos.map(CleanPhoto::into_parts);
        let photos = photos.map(|(alt, bytes)| ("photo", alt, bytes));
        Ok(Report {
            state,
            text,
            values,
            spent,
            evidence: photos.chain(documents).collect(),
        })
    }
}

fn values(asked: &[AskedValue]) -> Result<BTreeMap<i32, f64>, Problem> {
    let mut values = BTreeMap::new();
    for (place, one) in asked.iter().enumerate() {
        let value = number(&format!("/values/{place}/value"), one.value)?;
        if values.insert(one.indicator, value).is_some() {
            let pointer = format!("/values/{place}/indicator");
            return Err(Problem::field(&pointer, "repeated", None));
        }
    }
    Ok(values)
}

fn documents(asked: Vec<NewDocument>) -> Result<Vec<Shown>, Problem> {
    if asked.len() > DOCUMENTS {
        let most = u32::try_from(DOCUMENTS).ok();
        return Err(Problem::field("/documents", "too_many", most));
    }
    let parse = |(place, one): (usize, NewDocument)| {
        let at = |name: &str| format!("/documents/{place}/{name}");
        let name = texts::parse(&at("name"), Choice::parse(&one.name))?;
        let refused = || Problem::field(&at("data"), "document_refused", None);
        let data = one.data.filter(|data| data.starts_with(PDF));
        let data = data.filter(|data| data.len() <= DOCUMENT_BYTES);
        Ok(("document", name.into_string(), data.ok_or_else(refused)?))
    };
    asked.into_iter().enumerate().map(parse).collect()
}
