//! A measure on paper, in Albanian: its sheet with the reports of how it goes (study B5).

use chrono::NaiveDate;
use serde::Serialize;

use super::views::MeasurePage;
use crate::platform::print;
use crate::platform::problem::Problem;
use crate::platform::quick_response::QuickResponse;
use crate::reports::print::Words;

const TEMPLATE: &str = include_str!("../../texts/measure.typ");

#[derive(Serialize)]
struct Printed<'a> {
    /// In full.
    municipality: &'a str,
    measure: &'a MeasurePage,
    /// The day it is as it is printed.
    on: NaiveDate,
    /// Where the measure is on the web.
    address: String,
    qr: String,
    words: Words,
}

/// The sheet of a measure as PDF. Slow: it runs where heavy work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn sheet(
    municipality: &str,
    measure: &MeasurePage,
    on: NaiveDate,
    origin: &str,
) -> Result<Vec<u8>, Problem> {
    let address = format!("{origin}/masat/{}", measure.row.id);
    let printed = Printed {
        municipality,
        measure,
        on,
        qr: QuickResponse::of(&address)?.drawn()?,
        address,
        words: Words::albanian()?,
    };
    print::print(TEMPLATE, &printed)
}
