//! What a council tells of a quarter, in one click (F5): the secretary writes a few words, the rest is rows. Until
//! it is published it follows the rows; then it is frozen and hashed, and told to whoever follows the place.

pub mod check;
pub mod feed;
pub mod gather;
pub mod print;
pub mod read;
pub mod routes;
pub mod store;
pub mod views;

use domain::quarter::Quarter;
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
use store::Published;
use views::{BulletinPage, BulletinRecord, DeskBulletin};

/// What the log calls the publication of a bulletin.
const PUBLISHED: &str = "bulletin_published";

/// The routes of bulletins.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(feed::get_bulletin_feed)
        .service(routes::list_bulletins)
        .service(routes::get_bulletin_pdf)
        .service(routes::get_bulletin)
        .service(routes::list_desk_bulletins)
        .service(routes::get_desk_bulletin)
        .service(routes::write_bulletin)
        .service(routes::publish_bulletin);
}

/// What the secretary says around what the rows say.
#[derive(Clone)]
pub struct Words {
    /// Before it.
    pub opening: Body,
    /// After it.
    pub closing: Option<Body>,
}

/// Keeps the secretary's words.
///
/// # Errors
/// `bulletin_published`, `bulletin_unknown`.
pub fn write(
    unit: &mut Unit<'_>,
    staff: &Staff,
    quarter: Quarter,
    words: &Words,
) -> Result<DeskBulletin, Problem> {
    let place = places::store::get_municipality_by_code(unit, &staff.municipality)?;
    read::period(unit, &place, quarter)?;
    let row = store::find(unit, &place.code, quarter)?;
    if row.is_some_and(|row| row.published_on.is_some()) {
        return Err(Problem::new(Code::BulletinPublished));
    }
    let closing = words.closing.as_ref().map_or("", Body::as_str);
    store::set_words(
        unit,
        &place.code,
        quarter,
        (words.opening.as_str(), closing),
    )?;
    let name = name(&place.code, quarter);
    audit::append(unit, Some(staff), "bulletin_written", &name)?;
    read::desk_page(unit, &place, quarter)
}

/// The document of a quarter that is over, with the secretary's words.
///
/// # Errors
/// `bulletin_published`, `bulletin_unwritten`, `quarter_not_over`, `bulletin_unknown`.
pub fn prepare(
    unit: &mut Unit<'_>,
    staff: &Staff,
    quarter: Quarter,
) -> Result<BulletinRecord, Problem> {
    let place = places::store::get_municipality_by_code(unit, &staff.municipality)?;
    let row = store::find(unit, &place.code, quarter)?;
    if row.as_ref().is_some_and(|row| row.published_on.is_some()) {
        return Err(Problem::new(Code::BulletinPublished));
    }
    let record = gather::record(unit, &place, quarter, row.as_ref())?;
    if !quarter.is_over(unit.today()) {
        return Err(Problem::new(Code::QuarterNotOver));
    }
    row.map(|_| record)
        .ok_or_else(|| Problem::new(Code::BulletinUnwritten))
}

/// Publishes a bulletin as it was prepared and printed, and lets the place hear of it.
///
/// # Errors
/// As [`prepare`]; `bulletin_unwritten` also where somebody changed the words while it was printed.
pub fn publish(
    unit: &mut Unit<'_>,
    staff: &Staff,
    quarter: Quarter,
    record: &BulletinRecord,
    pdf: Vec<u8>,
) -> Result<BulletinPage, Problem> {
    let place = places::store::get_municipality_by_code(unit, &staff.municipality)?;
    let row = store::find(unit, &place.code, quarter)?
        .ok_or_else(|| Problem::new(Code::BulletinUnwritten))?;
    if row.published_on.is_some() {
        return Err(Problem::new(Code::BulletinPublished));
    }
    if row.opening != record.opening || row.closing != record.closing {
        return Err(Problem::new(Code::BulletinUnwritten));
    }
    let text =
        serde_json::to_string(record).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let subject = publication(&place.code, quarter, &text);
    let published = Published {
        record: text,
        pdf,
        published_on: unit.today(),
    };
    store::set_published(unit, &place.code, quarter, &published)?;
    unit.touch(&place.code);
    audit::append(unit, Some(staff), PUBLISHED, &subject)?;
    documents::enqueue(unit, Document::bulletin(&place, quarter))?;
    read::page(unit, &place, quarter)
}

/// What the log calls a bulletin.
fn name(code: &str, quarter: Quarter) -> String {
    format!("{code}/{}/{}", quarter.year(), quarter.number())
}

/// What the log says of a publication.
fn publication(code: &str, quarter: Quarter, record: &str) -> String {
    format!("{} {}", name(code, quarter), hash(record))
}
