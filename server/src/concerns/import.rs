//! Concerns from another system, in the columns of Open311 service requests (GeoReport v2).

use std::collections::HashMap;

use aws_lc_rs::digest;
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::submit::{self, Identity, SubmitConcern};
use crate::codes::Code;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::keys::hex;
use crate::platform::problem::Problem;
use crate::schema::imported_requests;

/// The columns that are read, in the order in which a row without an id of its own is told by them.
const COLUMNS: [&str; 7] = [
    "service_code",
    "title",
    "description",
    "unit",
    "lat",
    "long",
    "requested_datetime",
];
/// What can stand between the cells of a line.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// One service request.
#[derive(Clone, Debug)]
pub struct Row {
    /// What its system calls it; without that, a digest of what it says.
    request: String,
    service_code: String,
    title: Option<String>,
    description: String,
    /// Slug of the unit.
    unit: Option<String>,
    /// Latitude and longitude, degrees.
    point: Option<(f64, f64)>,
    /// When it came: a day, or a time of which only the day is kept.
    requested_datetime: Option<String>,
}

/// The rows of a file, and why not where one cannot be read.
pub type Rows = Vec<Result<Row, String>>;

/// What came of the rows of a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many were taken.
    pub taken: usize,
    /// Those that were taken before.
    pub known: Vec<usize>,
    /// Those that were refused, and why.
    pub refused: Vec<(usize, String)>,
}

impl Outcome {
    /// What is to be said of single rows, numbered from 1 without the heading: one line each.
    pub fn report(&self) -> String {
        let known = self.known.iter().map(|row| (*row, "already imported"));
        let refused = self.refused.iter().map(|(row, why)| (*row, why.as_str()));
        let mut lines: Vec<_> = known.chain(refused).collect();
        lines.sort_unstable();
        lines
            .into_iter()
            .map(|(row, said)| format!("row {row}: {said}"))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// The rows of a text with a heading and cells between commas, semicolons or tabs.
///
/// # Errors
/// One line where the whole cannot be read.
pub fn rows_of_csv(bytes: &[u8]) -> Result<Rows, String> {
    let text = std::str::from_utf8(bytes).map_err(|cause| format!("no UTF-8 text: {cause}"))?;
    let heading = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| heading.bytes().filter(|byte| byte == separator).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(count);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(bytes);
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| error.to_string())?
        .iter()
        .map(column_of)
        .collect();
    for needed in ["service_code", "description"] {
        if !columns.iter().any(|column| column == needed) {
            return Err(format!("the heading has no column {needed}"));
        }
    }
    let row = |record: Result<csv::StringRecord, csv::Error>| {
        let record = record.map_err(|error| error.to_string())?;
        if record.len() != columns.len() {
            let (cells, named) = (record.len(), columns.len());
            return Err(format!("{cells} cells where the heading has {named}"));
        }
        let cells = record.iter().map(str::to_owned);
        Row::read(&columns.iter().cloned().zip(cells).collect())
    };
    Ok(reader.records().map(row).collect())
}

/// The rows of a JSON array of objects.
///
/// # Errors
/// One line where the whole cannot be read.
pub fn rows_of_json(bytes: &[u8]) -> Result<Rows, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let rows: Vec<Value> =
        serde_json::from_slice(bytes).map_err(|error| format!("no JSON array: {error}"))?;
    let row = |value: &Value| {
        let object = value.as_object().ok_or("no JSON object")?;
        let cell = |(name, value): (&String, &Value)| {
            let text = match value {
                Value::String(text) => text.trim().to_owned(),
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            Some((column_of(name), text))
        };
        Row::read(&object.iter().filter_map(cell).collect())
    };
    Ok(rows.iter().map(row).collect())
}

/// A column as it is called here.
fn column_of(name: &str) -> String {
    match name.trim().to_lowercase().as_str() {
        "lon" => "long".to_owned(),
        other => other.to_owned(),
    }
}

impl Row {
    fn read(cells: &HashMap<String, String>) -> Result<Self, String> {
        // PostgreSQL keeps none, and would refuse the whole file for it.
        let mut names = COLUMNS.iter().chain(&["service_request_id"]);
        let holds_nul = |name: &&&str| cells.get(**name).is_some_and(|text| text.contains('\0'));
        if let Some(name) = names.find(holds_nul) {
            return Err(format!("{name}: holds a NUL"));
        }
        let cell = |name: &str| cells.get(name).filter(|text| !text.is_empty()).cloned();
        let degrees = |name: &str| {
            let number = |text: String| {
                text.parse::<f64>()
                    .map_err(|_parse| format!("{name}: {} is no number", text.escape_debug()))
            };
            cell(name).map(number).transpose()
        };
        let point = match (degrees("lat")?, degrees("long")?) {
            (Some(lat), Some(long)) => Some((lat, long)),
            (None, None) => None,
            (Some(_), None) => return Err("lat without long".to_owned()),
            (None, Some(_)) => return Err("long without lat".to_owned()),
        };
        Ok(Self {
            request: cell("service_request_id").unwrap_or_else(|| digest_of(cells)),
            service_code: cell("service_code").unwrap_or_default(),
            title: cell("title"),
            description: cell("description").unwrap_or_default(),
            unit: cell("unit"),
            point,
            requested_datetime: cell("requested_datetime"),
        })
    }
}

/// Tells a row that has no id by what it says.
fn digest_of(cells: &HashMap<String, String>) -> String {
    let said = COLUMNS.map(|name| cells.get(name).map_or("", String::as_str));
    let digest = digest::digest(&digest::SHA256, said.join("\0").as_bytes());
    format!("sha256 {}", hex(digest.as_ref()))
}

/// Keeps what can be kept, as received, under the name of its source; names the rest.
///
/// # Errors
/// `municipality_unknown`, `municipality_without_council`, `storage_unavailable`.
pub fn import(
    unit: &mut Unit<'_>,
    slug: &str,
    source: &str,
    rows: Rows,
) -> Result<Outcome, Problem> {
    let place = places::store::get_municipality(unit, slug)?;
    if place.council == "none" {
        return Err(Problem::new(Code::MunicipalityWithoutCouncil));
    }
    let mut outcome = Outcome::default();
    for (number, row) in (1..).zip(rows) {
        let row = match row {
            Ok(row) => row,
            Err(why) => {
                outcome.refused.push((number, why));
                continue;
            }
        };
        let request = Request {
            municipality_code: place.code.clone(),
            source: source.to_owned(),
            request: row.request.clone(),
        };
        if is_known(unit, &request)? {
            outcome.known.push(number);
            continue;
        }
        match keep(unit, slug, source, &row) {
            Ok(()) => {
                insert_request(unit, &request)?;
                outcome.taken += 1;
            }
            Err(problem) if problem.code().status().is_client_error() => {
                outcome.refused.push((number, said(&problem)));
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(outcome)
}

/// A request of another system that was taken.
#[derive(Insertable)]
#[diesel(table_name = imported_requests)]
struct Request {
    municipality_code: String,
    source: String,
    request: String,
}

fn is_known(unit: &mut Unit<'_>, request: &Request) -> Result<bool, Problem> {
    let same = imported_requests::table
        .filter(imported_requests::municipality_code.eq(&request.municipality_code))
        .filter(imported_requests::source.eq(&request.source))
        .filter(imported_requests::request.eq(&request.request))
        .count()
        .get_result::<i64>(unit.conn)?;
    Ok(same > 0)
}

fn insert_request(unit: &mut Unit<'_>, request: &Request) -> Result<(), Problem> {
    diesel::insert_into(imported_requests::table)
        .values(request)
        .execute(unit.conn)?;
    Ok(())
}

fn keep(unit: &mut Unit<'_>, slug: &str, source: &str, row: &Row) -> Result<(), Problem> {
    let title = row
        .title
        .clone()
        .unwrap_or_else(|| first_words(&row.description));
    let came = came_on(unit, row)?;
    let input = SubmitConcern::new(
        &row.service_code,
        row.unit.clone(),
        row.point,
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
    let Some(text) = row.requested_datetime.as_deref() else {
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

/// Why a row was refused, in the file's own words for its columns.
pub fn said(problem: &Problem) -> String {
    let fields: Vec<String> = problem
        .field_problems()
        .iter()
        .map(|field| {
            let column = match field.pointer.as_str() {
                "/topic" => "service_code",
                "/text" => "description",
                "/point" => "lat, long",
                pointer => pointer.trim_start_matches('/'),
            };
            format!("{column}: {}", field.code)
        })
        .collect();
    if fields.is_empty() {
        problem.code().title().to_owned()
    } else {
        fields.join(", ")
    }
}
