//! Concerns from another system, in the columns of Open311 service requests (GeoReport v2).

use chrono::NaiveDate;
use serde::Deserialize;

use super::submit::{self, Identity, SubmitConcern};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// One service request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Code of the topic.
    pub service_code: String,
    /// Used as the title where there is one.
    pub title: Option<String>,
    /// What is wrong.
    pub description: String,
    /// Slug of the unit.
    pub unit: Option<String>,
    /// Latitude, degrees.
    pub lat: Option<f64>,
    /// Longitude, degrees.
    #[serde(alias = "lon")]
    pub long: Option<f64>,
    /// When it came: a day, or a time of which only the day is kept.
    pub requested_datetime: Option<String>,
}

/// A row that was not taken.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Its number, from 1, without the heading.
    pub row: usize,
    /// Why.
    pub why: String,
}

/// The rows of a CSV file with a heading.
///
/// # Errors
/// One line naming the first row that does not parse.
pub fn rows_of_csv(bytes: &[u8]) -> Result<Vec<Row>, String> {
    csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes)
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())
}

/// The rows of a JSON file: an array of objects.
///
/// # Errors
/// One line saying where it does not parse.
pub fn rows_of_json(bytes: &[u8]) -> Result<Vec<Row>, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

/// Keeps what can be kept, as received, under the name of its source; names the rest.
///
/// # Errors
/// `storage_unavailable`.
pub fn import(
    unit: &mut Unit<'_>,
    slug: &str,
    source: &str,
    rows: Vec<Row>,
) -> Result<Vec<Refusal>, Problem> {
    let mut refused = Vec::new();
    for (number, row) in (1..).zip(rows) {
        match keep(unit, slug, source, &row) {
            Ok(()) => {}
            Err(problem) if problem.code().status().is_client_error() => refused.push(Refusal {
                row: number,
                why: said(&problem),
            }),
            Err(problem) => return Err(problem),
        }
    }
    Ok(refused)
}

fn keep(unit: &mut Unit<'_>, slug: &str, source: &str, row: &Row) -> Result<(), Problem> {
    let title = row
        .title
        .clone()
        .unwrap_or_else(|| first_words(&row.description));
    let came = came_on(unit, row)?;
    let input = SubmitConcern::new(
        &row.service_code,
        row.unit.clone().filter(|unit| !unit.is_empty()),
        row.lat.zip(row.long),
        (&title, &row.description),
        Identity::Display,
        Some(source.to_owned()),
        None,
    );
    input.check()?;
    submit::submit_from_source(unit, slug, source, &input, came)
}

fn came_on(unit: &Unit<'_>, row: &Row) -> Result<NaiveDate, Problem> {
    let today = unit.today();
    let Some(text) = row
        .requested_datetime
        .as_deref()
        .filter(|text| !text.is_empty())
    else {
        return Ok(today);
    };
    let day: String = text.chars().take(10).collect();
    day.parse()
        .ok()
        .filter(|day| *day <= today)
        .ok_or_else(|| Problem::field("/requested_datetime", "day_invalid", None))
}

fn first_words(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = flat.split(['.', '!', '?']).next().unwrap_or_default();
    if sentence.chars().count() <= 90 {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(90).collect();
    cut.rsplit_once(' ')
        .map_or(cut.clone(), |(whole, _)| format!("{whole}…"))
}

fn said(problem: &Problem) -> String {
    let fields: Vec<String> = problem
        .field_problems()
        .iter()
        .map(|field| format!("{} {}", field.pointer, field.code))
        .collect();
    if fields.is_empty() {
        problem.code().title().to_owned()
    } else {
        fields.join(", ")
    }
}
