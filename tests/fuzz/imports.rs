//! Files of another system.

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::{Index, select};
use proptest::strategy::Strategy;
use serde_json::{Map, Value};
use trekendesh::concerns::import::{Rows, import, rows_of_csv, rows_of_json};

use super::changes::{bytes, texts};
use super::{House, feed};

const COLUMNS: [&str; 8] = [
    "service_request_id",
    "service_code",
    "title",
    "description",
    "unit",
    "lat",
    "long",
    "requested_datetime",
];
const GOOD: [&str; 8] = [
    "17/2026",
    "lighting",
    "Rruga e shkollës pa drita",
    "Prej dy javësh rruga e shkollës është pa drita.",
    "gjinar",
    "41.033",
    "20.202",
    "2026-10-01T09:30:00Z",
];

type Cells = Vec<String>;

/// Rows that are good but for some of their cells.
fn rows() -> impl Strategy<Value = Vec<Cells>> {
    let bad = vec((any::<Index>(), texts(&GOOD)), 0..4);
    let row = bad.prop_map(|bad| {
        let mut cells = GOOD.map(str::to_owned).to_vec();
        for (at, cell) in bad {
            cells[at.index(GOOD.len())] = cell;
        }
        cells
    });
    vec(row, 0..6)
}

fn as_csv(rows: &[Cells], separator: u8) -> Vec<u8> {
    let mut file = csv::WriterBuilder::new()
        .delimiter(separator)
        .from_writer(Vec::new());
    file.write_record(COLUMNS).unwrap();
    for row in rows {
        file.write_record(row).unwrap();
    }
    file.into_inner().unwrap()
}

fn as_json(rows: &[Cells]) -> Vec<u8> {
    let object = |row: &Cells| {
        let fields = COLUMNS.iter().zip(row);
        let fields = fields.map(|(name, cell)| ((*name).to_owned(), Value::from(cell.clone())));
        Value::Object(Map::from_iter(fields))
    };
    Value::Array(rows.iter().map(object).collect())
        .to_string()
        .into_bytes()
}

/// Refusals are one line each, and no cell can make them anything else on an operator's screen.
fn said_in_one_line(rows: &Result<Rows, String>) {
    let refusals = match rows {
        Ok(rows) => rows.iter().filter_map(|row| row.as_ref().err()).collect(),
        Err(why) => vec![why],
    };
    for why in refusals {
        assert!(!why.contains(char::is_control), "{why:?}");
    }
}

#[test]
fn a_table_says_the_same_in_each_form_it_may_come_in() {
    let input = (rows(), select(&b",;\t"[..]));
    feed("tables", &input, |(rows, separator)| {
        let csv = rows_of_csv(&as_csv(&rows, separator));
        let json = rows_of_json(&as_json(&rows));
        said_in_one_line(&csv);
        assert_eq!(csv.as_ref().unwrap().len(), rows.len());
        assert_eq!(format!("{csv:?}"), format!("{json:?}"));
    });
}

#[test]
fn a_file_that_is_no_table_is_refused_in_one_line() {
    let rows = [GOOD.map(str::to_owned).to_vec()];
    let [csv, tabs, json] = [as_csv(&rows, b';'), as_csv(&rows, b'\t'), as_json(&rows)];
    let files = [csv, tabs, json].map(|file| String::from_utf8(file).unwrap());
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    feed("files", &bytes(&files), |file| {
        said_in_one_line(&rows_of_csv(&file));
        said_in_one_line(&rows_of_json(&file));
    });
}

#[test]
fn every_row_of_a_file_is_taken_once_or_refused_by_name() {
    let house = House::open();
    let take = |rows: Rows| {
        let taken = house.write(move |unit| import(unit, "elbasan", "Bashkia Elbasan", rows));
        taken.unwrap()
    };
    feed("imports", &rows(), |rows| {
        let file = rows_of_csv(&as_csv(&rows, b';')).unwrap();
        let first = take(file.clone());
        let settled = first.taken + first.known.len();
        assert_eq!(settled + first.refused.len(), rows.len());
        assert!(
            first.report().lines().count() <= rows.len(),
            "{}",
            first.report()
        );
        // What was refused beside a row of the same name that was taken is known by that name.
        let again = take(file);
        assert_eq!(again.taken, 0, "{}", again.report());
        assert!(again.known.len() >= settled, "{}", again.report());
        assert!(again.refused.iter().all(|row| first.refused.contains(row)));
    });
}
