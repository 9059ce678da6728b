//! A bulletin as it is printed, in Albanian.

use serde::Serialize;

use super::views::BulletinRecord;
use crate::notices::push::documents::bulletin_path;
use crate::platform::print;
use crate::platform::problem::Problem;
use crate::reports::print::Words;

const TEMPLATE: &str = include_str!("../../texts/bulletin.typ");

#[derive(Serialize)]
struct Printed<'a> {
    record: &'a BulletinRecord,
    /// Where it is read on the web.
    address: String,
    words: Words,
}

/// The bulletin as PDF. Slow: it runs where heavy work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn print(record: &BulletinRecord, origin: &str) -> Result<Vec<u8>, Problem> {
    let words = Words::albanian()?;
    let path = bulletin_path(&record.municipality, record.year, record.quarter);
    let address = format!("{origin}{path}");
    let printed = Printed {
        record,
        address,
        words,
    };
    print::print(TEMPLATE, &printed)
}
