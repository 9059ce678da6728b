//! Making a file of marks of a register, where the register lies. Nothing of a person is repeated in what
//! is said of a wrong row: it is named by its line.

use std::collections::{BTreeMap, HashMap};

use domain::roll::{Fault, Person};

use super::file;
use super::key::RollKey;
use super::said;

/// What can stand between the cells of a line.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// How the columns of a register are called.
pub struct Columns {
    /// The personal number.
    pub number: String,
    /// The day of birth.
    pub born: String,
    /// The number of the identity card.
    pub card: String,
    /// The administrative unit: its slug or its name.
    pub unit: String,
}

/// The marks of everybody in a register for a year, as a file to hand in. In the order of the marks,
/// which tells nothing of that of the register.
///
/// # Errors
/// A line for each row that cannot be read, or one where the whole cannot.
pub fn marks(bytes: &[u8], columns: &Columns, key: &RollKey, year: i32) -> Result<String, String> {
    let text = std::str::from_utf8(bytes).map_err(|cause| format!("no UTF-8 text: {cause}"))?;
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| heading.bytes().filter(|byte| byte == separator).count();
    let separator = SEPARATORS.into_iter().rev().max_by_key(count);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator.unwrap_or(b','))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let places = places(
        reader.headers().map_err(|error| error.to_string())?,
        columns,
    )?;
    let (mut marks, mut lines, mut wrong) = (BTreeMap::new(), HashMap::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        match read(&record, places, key, year) {
            Err(why) => wrong.push(format!("line {line}: {why}")),
            Ok((mark, unit)) => {
                if let Some(first) = lines.insert(mark.clone(), line) {
                    wrong.push(format!("line {line}: the same person as in line {first}"));
                }
                marks.insert(mark, unit);
            }
        }
    }
    if !wrong.is_empty() {
        return Err(said(&wrong));
    }
    let rows = marks.iter().map(|(mark, unit)| [mark, unit]);
    written(&file::head(key, year), rows)
}

/// Where the columns are: number, day of birth, card, unit.
fn places(heading: &csv::StringRecord, columns: &Columns) -> Result<[usize; 4], String> {
    let place = |name: &str| {
        heading
            .iter()
            .position(|column| column.eq_ignore_ascii_case(name))
            .ok_or_else(|| format!("the heading has no column {name}"))
    };
    Ok([
        place(&columns.number)?,
        place(&columns.born)?,
        place(&columns.card)?,
        place(&columns.unit)?,
    ])
}

fn read(
    record: &csv::StringRecord,
    places: [usize; 4],
    key: &RollKey,
    year: i32,
) -> Result<(String, String), &'static str> {
    let [number, born, card, unit] = places.map(|place| record.get(place).unwrap_or_default());
    let person = Person::parse(number, born, card).map_err(|fault| match fault {
        Fault::Number => "the personal number is a letter, eight digits and a letter",
        Fault::Born => "the day of birth cannot be read",
        Fault::Card => "the number of the card has 6 to 12 letters and digits",
    })?;
    if unit.is_empty() {
        return Err("the unit is missing");
    }
    Ok((key.mark(&person, year), unit.to_owned()))
}

fn written<'a>(head: &str, rows: impl Iterator<Item = [&'a String; 2]>) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(["mark", "unit"]).map_err(failed)?;
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    Ok(format!("{head}\n{}", text.trim_end()))
}
