//! Reading a plan in: headings by their names, a measure on each line that has one, and further indicators of it
//! on the lines below.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use chrono::{Days, NaiveDate};
use domain::text::fold;

use super::{HEADINGS, column};
use crate::plans::ObjectiveId;
use crate::plans::drafting::{AskedIndicator, AskedMeasure, AskedObjective, ObjectiveWords};
use crate::platform::problem::Problem;

/// The most bytes a sheet unfolds to: a small file may hold very many.
const UNFOLDED: u64 = 16 * 1024 * 1024;
/// The most lines that are read.
const LINES: usize = 2_000;
/// The day spreadsheets count from: the first of March 1900 is day 61.
const EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// A measure as a sheet tells it: its objective and its institutions are names.
#[derive(Clone)]
pub struct SheetMeasure {
    /// What its objective is called.
    pub objective: String,
    title: String,
    text: Option<String>,
    lead: String,
    supporters: Vec<String>,
    starts_on: Option<NaiveDate>,
    due_on: NaiveDate,
    report_days: Option<i32>,
    budget: Option<i64>,
    source: Option<String>,
    indicators: Vec<AskedIndicator>,
}

impl SheetMeasure {
    /// The words of its objective.
    ///
    /// # Errors
    /// `fields_invalid` under `/objective`.
    pub fn objective(&self) -> Result<ObjectiveWords, Problem> {
        let asked = AskedObjective {
            title: self.objective.clone(),
            text: None,
        };
        asked.parse("/objective")
    }

    /// The measure as somebody would ask for it; `called` knows the codes of institutions.
    pub fn asked(
        self,
        objective: &ObjectiveId,
        today: NaiveDate,
        called: impl Fn(&str) -> Option<String>,
    ) -> AskedMeasure {
        let code = |name: String| called(&name).unwrap_or(name);
        AskedMeasure {
            objective: objective.to_string(),
            title: self.title,
            text: self.text,
            lead: code(self.lead),
            supporters: self.supporters.into_iter().map(code).collect(),
            starts_on: self.starts_on.unwrap_or(today.min(self.due_on)),
            due_on: self.due_on,
            report_days: self.report_days,
            budget: self.budget,
            source: self.source,
            overlap: None,
            indicators: self.indicators,
            concerns: Vec::new(),
            commitment: None,
        }
    }
}

/// The measures of a workbook, each with its line from 1 as people count them.
///
/// # Errors
/// `fields_invalid`: at `/file` where it is no workbook, at `/rows/{line}/{column}` where a cell cannot be read.
pub fn measures(file: &[u8]) -> Result<Vec<(usize, SheetMeasure)>, Problem> {
    let refused = || Problem::field("/file", "sheet_refused", None);
    if !is_small(file).unwrap_or(false) {
        return Err(refused());
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_broken| refused())?;
    let range = book.worksheet_range_at(0).ok_or_else(refused)?;
    let range = range.map_err(|_broken| refused())?;
    let mut lines = range.rows();
    let places = places(lines.next().unwrap_or_default());
    let missing = [
        column::OBJECTIVE,
        column::TITLE,
        column::LEAD,
        column::DUE_ON,
    ];
    if let Some(name) = missing.iter().find_map(|at| {
        let absent = places.get(*at).copied().flatten().is_none();
        absent.then(|| HEADINGS.get(*at).copied().unwrap_or_default())
    }) {
        return Err(Problem::field("/file", "heading_missing", None).detail(name));
    }
    let mut found: Vec<(usize, SheetMeasure)> = Vec::new();
    for (line, cells) in (2..).zip(lines).take(LINES) {
        let row = Line {
            line,
            cells,
            places: &places,
        };
        if !row.text(column::TITLE).is_empty() {
            found.push((line, row.measure()?));
        }
        let Some(indicator) = row.indicator()? else {
            continue;
        };
        match found.last_mut() {
            Some((_, measure)) => measure.indicators.push(indicator),
            None => return Err(row.fault(column::TITLE, "required")),
        }
    }
    Ok(found)
}

/// Whether the parts of a file unfold to no more than is taken; nothing when it is no archive.
fn is_small(file: &[u8]) -> Option<bool> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).ok()?;
    let mut left = UNFOLDED;
    for place in 0..archive.len() {
        let part = archive.by_index(place).ok()?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).ok()?;
        let Some(rest) = left.checked_sub(read) else {
            return Some(false);
        };
        left = rest;
    }
    Some(true)
}

/// Where each heading stands in a file, whoever wrote it.
fn places(headings: &[Data]) -> Vec<Option<usize>> {
    let named: Vec<_> = headings.iter().map(|cell| fold(&said(cell))).collect();
    let place = |heading: &str| named.iter().position(|name| *name == fold(heading));
    HEADINGS.iter().map(|heading| place(heading)).collect()
}

struct Line<'a> {
    line: usize,
    cells: &'a [Data],
    places: &'a [Option<usize>],
}

impl Line<'_> {
    fn cell(&self, at: usize) -> &Data {
        let place = self.places.get(at).copied().flatten();
        place
            .and_then(|place| self.cells.get(place))
            .unwrap_or(&Data::Empty)
    }

    fn text(&self, at: usize) -> String {
        said(self.cell(at))
    }

    fn fault(&self, at: usize, code: &'static str) -> Problem {
        Problem::field(&format!("/rows/{}/{at}", self.line), code, None)
    }

    fn measure(&self) -> Result<SheetMeasure, Problem> {
        let words = |at| Some(self.text(at)).filter(|text| !text.is_empty());
        let due_on = self.day(column::DUE_ON)?;
        Ok(SheetMeasure {
            objective: self.text(column::OBJECTIVE),
            title: self.text(column::TITLE),
            text: words(column::TEXT),
            lead: self.text(column::LEAD),
            supporters: self
                .text(column::SUPPORTERS)
                .split(';')
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty())
                .collect(),
            starts_on: self.day(column::STARTS_ON)?,
            due_on: due_on.ok_or_else(|| self.fault(column::DUE_ON, "required"))?,
            report_days: self.whole(column::REPORT_DAYS)?,
            budget: self.whole(column::BUDGET)?,
            source: words(column::SOURCE),
            indicators: Vec::new(),
        })
    }

    fn indicator(&self) -> Result<Option<AskedIndicator>, Problem> {
        let name = self.text(column::INDICATOR);
        if name.is_empty() {
            return Ok(None);
        }
        let number = |at| self.number(at)?.ok_or_else(|| self.fault(at, "required"));
        Ok(Some(AskedIndicator {
            name,
            unit: self.text(column::UNIT),
            baseline: number(column::BASELINE)?,
            target: number(column::TARGET)?,
            source: self.text(column::INDICATOR_SOURCE),
        }))
    }

    /// A number, also one written as words with a comma.
    fn number(&self, at: usize) -> Result<Option<f64>, Problem> {
        match self.cell(at) {
            Data::Float(number) => Ok(Some(*number)),
            Data::Int(number) => Ok(number.to_string().parse().ok()),
            cell => {
                let text: String = said(cell).chars().filter(|c| !c.is_whitespace()).collect();
                if text.is_empty() {
                    return Ok(None);
                }
                let parsed = text.replace(',', ".").parse();
                parsed
                    .map(Some)
                    .map_err(|_wrong| self.fault(at, "no_number"))
            }
        }
    }

    fn whole<T: std::str::FromStr>(&self, at: usize) -> Result<Option<T>, Problem> {
        let Some(number) = self.number(at)? else {
            return Ok(None);
        };
        let parsed = format!("{number:.0}").parse();
        parsed
            .map(Some)
            .map_err(|_wrong| self.fault(at, "no_number"))
    }

    /// A day as spreadsheets count it, or as offices and programs write it.
    fn day(&self, at: usize) -> Result<Option<NaiveDate>, Problem> {
        let wrong = || self.fault(at, "no_day");
        let counted = match self.cell(at) {
            Data::DateTime(day) => Some(day.as_f64()),
            Data::Float(day) => Some(*day),
            _ => None,
        };
        if let Some(counted) = counted {
            let days: u64 = format!("{:.0}", counted.floor())
                .parse()
                .map_err(|_wrong| wrong())?;
            let day = EPOCH.and_then(|epoch| epoch.checked_add_days(Days::new(days)));
            return day.map(Some).ok_or_else(wrong);
        }
        let text = self.text(at);
        if text.is_empty() {
            return Ok(None);
        }
        ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"]
            .iter()
            .find_map(|form| NaiveDate::parse_from_str(&text, form).ok())
            .map(Some)
            .ok_or_else(wrong)
    }
}

fn said(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.trim().to_owned(),
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string().trim().to_owned(),
    }
}
