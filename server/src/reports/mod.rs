//! What a council answers for when a year is over: generated from rows, told as the year goes, frozen and hashed
//! when it is published.

pub mod check;
pub mod counts;
pub mod print;
pub mod read;
pub mod routes;
pub mod store;
pub mod table;
pub mod views;

use domain::text::Body;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::councils::Staff;
use crate::meetings::minutes::read::hash;
use crate::notices::push::documents::{self, Document};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use store::Report;
use views::{ReportPage, ReportRecord};

/// What the log calls the publication of a report.
const PUBLISHED: &str = "report_published";

/// The routes of reports.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_reports)
        .service(routes::get_report_document)
        .service(routes::get_report_pdf)
        .service(routes::get_report_table)
        .service(routes::get_report)
        .service(routes::publish_report);
}

/// The document of a year that is over, with what the council says to it.
///
/// # Errors
/// `report_published`, `year_not_over`, `report_unknown`.
pub fn prepare(
    unit: &mut Unit<'_>,
    staff: &Staff,
    year: i32,
    foreword: &Body,
) -> Result<ReportRecord, Problem> {
    if store::find(unit, &staff.municipality, year)?.is_some() {
        return Err(Problem::new(Code::ReportPublished));
    }
    let place = places::store::get_municipality_by_code(unit, &staff.municipality)?;
    let record = read::record(unit, &place, year, foreword.as_str())?;
    if chrono::Datelike::year(&unit.today()) <= year {
        return Err(Problem::new(Code::YearNotOver));
    }
    Ok(record)
}

/// Publishes a report as it was prepared and printed, and lets the place hear of it.
///
/// # Errors
/// As [`prepare`]; `report_published` where the rows changed while it was printed is tried again by the caller.
pub fn publish(
    unit: &mut Unit<'_>,
    staff: &Staff,
    record: &ReportRecord,
    pdf: &[u8],
) -> Result<ReportPage, Problem> {
    if store::find(unit, &staff.municipality, record.year)?.is_some() {
        return Err(Problem::new(Code::ReportPublished));
    }
    let text =
        serde_json::to_string(record).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let row = Report {
        municipality_code: staff.municipality.clone(),
        year: record.year,
        record: text,
        published_on: unit.today(),
    };
    store::insert(unit, &row, pdf)?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), PUBLISHED, &publication(&row))?;
    let place = places::store::get_municipality_by_code(unit, &staff.municipality)?;
    documents::enqueue(unit, Document::report(&place, record.year))?;
    read::page(unit, &place, record.year)
}

/// What the log says of a publication.
fn publication(row: &Report) -> String {
    let (code, year) = (&row.municipality_code, row.year);
    format!("{code}/{year} {}", hash(&row.record))
}
