//! Writing the plan out.

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{HEADINGS, column};
use crate::codes::Code;
use crate::plans::views::{IndicatorView, MeasurePage};
use crate::platform::problem::Problem;

/// How wide a column of words is, characters.
const WIDE: f64 = 36.0;
/// How wide any other is.
const NARROW: f64 = 14.0;

/// Words of a plan in the language it is written out in.
pub struct Words<'a> {
    /// The name of an institution.
    pub institution: &'a dyn Fn(&str) -> Result<String, Problem>,
    /// The name of a state.
    pub state: &'a dyn Fn(&str) -> Result<String, Problem>,
}

/// The plan as a workbook (Office Open XML).
///
/// # Errors
/// `internal` when it cannot be written.
pub fn workbook(pages: &[MeasurePage], words: &Words<'_>) -> Result<Vec<u8>, Problem> {
    let failed = |cause: XlsxError| Problem::caused(Code::Internal, cause.to_string());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    begin(sheet).map_err(failed)?;
    let mut line = 1;
    for page in pages {
        let cells = cells(page, words)?;
        measure(sheet, line, &cells).map_err(failed)?;
        days(sheet, line, page).map_err(failed)?;
        for one in &page.indicators {
            indicator(sheet, line, one).map_err(failed)?;
            line += 1;
        }
        line += u32::from(page.indicators.is_empty());
    }
    book.save_to_buffer().map_err(failed)
}

fn begin(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("Masat")?;
    let bold = Format::new().set_bold().set_text_wrap();
    for (place, heading) in HEADINGS.iter().enumerate() {
        let place = at(place);
        sheet.write_string_with_format(0, place, *heading, &bold)?;
        let wordy = [
            column::OBJECTIVE,
            column::TITLE,
            column::TEXT,
            column::INDICATOR,
        ];
        let wide = wordy.iter().any(|wordy| at(*wordy) == place);
        sheet.set_column_width(place, if wide { WIDE } else { NARROW })?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

enum Cell {
    Text(String),
    Number(f64),
}

fn cells(page: &MeasurePage, words: &Words<'_>) -> Result<Vec<(usize, Cell)>, Problem> {
    let row = &page.row;
    let supporters = row.supporters.iter().map(|code| (words.institution)(code));
    let supporters = supporters.collect::<Result<Vec<_>, _>>()?.join("; ");
    let mut cells = vec![
        (column::OBJECTIVE, Cell::Text(page.objective.title.clone())),
        (column::TITLE, Cell::Text(row.title.clone())),
        (column::TEXT, Cell::Text(page.text.clone())),
        (column::LEAD, Cell::Text((words.institution)(&row.lead)?)),
        (column::SUPPORTERS, Cell::Text(supporters)),
        (column::REPORT_DAYS, Cell::Number(page.report_days.into())),
        (column::STATE, Cell::Text((words.state)(&row.state)?)),
    ];
    let source = page.source.clone().map(Cell::Text);
    cells.extend(source.map(|cell| (column::SOURCE, cell)));
    cells.extend(lek(row.budget).map(|cell| (column::BUDGET, cell)));
    cells.extend(lek(row.spent).map(|cell| (column::SPENT, cell)));
    Ok(cells)
}

/// Lekë as a spreadsheet counts: whole numbers up to 10^12 are exact there.
fn lek(amount: Option<i64>) -> Option<Cell> {
    amount?.to_string().parse().ok().map(Cell::Number)
}

fn measure(sheet: &mut Worksheet, line: u32, cells: &[(usize, Cell)]) -> Result<(), XlsxError> {
    for (place, cell) in cells {
        match cell {
            Cell::Text(text) => sheet.write_string(line, at(*place), text)?,
            Cell::Number(number) => sheet.write_number(line, at(*place), *number)?,
        };
    }
    Ok(())
}

fn days(sheet: &mut Worksheet, line: u32, page: &MeasurePage) -> Result<(), XlsxError> {
    for (place, day) in [
        (column::STARTS_ON, page.row.starts_on),
        (column::DUE_ON, page.row.due_on),
    ] {
        sheet.write_string(line, at(place), written(day))?;
    }
    Ok(())
}

fn indicator(sheet: &mut Worksheet, line: u32, one: &IndicatorView) -> Result<(), XlsxError> {
    sheet.write_string(line, at(column::INDICATOR), &one.name)?;
    sheet.write_string(line, at(column::UNIT), &one.unit)?;
    sheet.write_number(line, at(column::BASELINE), one.baseline)?;
    sheet.write_number(line, at(column::TARGET), one.target)?;
    sheet.write_string(line, at(column::INDICATOR_SOURCE), &one.source)?;
    if let Some(value) = one.value {
        sheet.write_number(line, at(column::VALUE), value)?;
    }
    Ok(())
}

/// A day as offices write it.
fn written(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

fn at(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}
