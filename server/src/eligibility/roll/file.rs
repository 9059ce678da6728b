//! A file of marks: a line that says for which year and with which key it was made, a heading, and a mark
//! and a unit in each row.

use std::collections::HashMap;

use super::key::RollKey;

/// How many hexadecimal symbols a mark has.
const SYMBOLS: usize = 64;
/// How the first line begins.
const HEAD: &str = "# trekendesh roll";

/// A row: its line in the file, the mark, and the unit's slug or name.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// The mark.
    pub mark: String,
    /// The unit, as it is written.
    pub unit: String,
}

/// What a file of marks begins with.
pub fn head(key: &RollKey, year: i32) -> String {
    format!("{HEAD} {year} {}", key.check(year))
}

/// The rows of a file, each with its place or with what is wrong with it. Nothing of a row is repeated
/// but its line.
///
/// # Errors
/// One line where the whole cannot be read, or was made for another year or with another key.
pub fn read(bytes: &[u8], key: &RollKey, year: i32) -> Result<Vec<Result<Row, String>>, String> {
    let text = std::str::from_utf8(bytes).map_err(|cause| format!("no UTF-8 text: {cause}"))?;
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default().trim();
    if first.starts_with(HEAD) && first != head(key, year) {
        return Err(format!(
            "the marks were made for another year than {year}, or with another key than the server's"
        ));
    }
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let heading = reader.headers().map_err(|error| error.to_string())?;
    if heading != vec!["mark", "unit"] {
        return Err("the heading must be mark,unit".to_owned());
    }
    let mut seen = HashMap::new();
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| error.to_string())?;
        row(&record, &mut seen)
    });
    Ok(rows.collect())
}

fn row(record: &csv::StringRecord, seen: &mut HashMap<String, u64>) -> Result<Row, String> {
    let line = record.position().map_or(0, csv::Position::line);
    let wrong = |why: String| Err(format!("line {line}: {why}"));
    let (mark, unit) = match (record.get(0), record.get(1), record.len()) {
        (Some(mark), Some(unit), 2) => (mark.to_ascii_lowercase(), unit.to_owned()),
        (_, _, cells) => return wrong(format!("{cells} cells instead of 2")),
    };
    if mark.len() != SYMBOLS || !mark.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return wrong(format!("no mark: one is {SYMBOLS} hexadecimal symbols"));
    }
    if let Some(first) = seen.insert(mark.clone(), line) {
        return wrong(format!("the same person as in line {first}"));
    }
    Ok(Row { line, mark, unit })
}
