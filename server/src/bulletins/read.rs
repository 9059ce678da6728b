//! What is read of bulletins.

use chrono::NaiveDate;
use domain::quarter::Quarter;

use super::gather;
use super::store::{self, Bulletin};
use super::views::{
    BulletinIssue, BulletinList, BulletinPage, BulletinRecord, DeskBulletin, DeskBulletinList,
    DeskIssue,
};
use crate::codes::Code;
use crate::meetings::minutes::read::hash;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::reports::counts::Period;
use crate::reports::read::first_day;

/// The quarter a row is of.
pub fn quarter_of(row: &Bulletin) -> Option<Quarter> {
    Quarter::new(row.year, u32::try_from(row.quarter).ok()?)
}

/// The days of a quarter that can be told of.
///
/// # Errors
/// `bulletin_unknown` for one that has not begun or was before the council's first concern.
pub fn period(
    unit: &mut Unit<'_>,
    place: &Municipality,
    quarter: Quarter,
) -> Result<Period, Problem> {
    let first = first_day(unit, place)?.map(Quarter::of);
    let known = first.is_some_and(|first| first <= quarter);
    Period::of_quarter(quarter, unit.today())
        .filter(|_| known)
        .ok_or_else(|| Problem::new(Code::BulletinUnknown))
}

/// The bulletins a municipality published.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, place: &Municipality) -> Result<BulletinList, Problem> {
    let rows = store::list(unit, &place.code)?.into_iter();
    let items = rows.filter_map(|row| {
        Some(BulletinIssue {
            year: row.year,
            quarter: row.quarter,
            published_on: row.published_on?,
        })
    });
    Ok(BulletinList {
        municipality: place.slug.clone(),
        name: place.full_name.clone(),
        items: items.collect(),
    })
}

/// A published bulletin.
///
/// # Errors
/// `bulletin_unknown` where none was published.
pub fn page(
    unit: &mut Unit<'_>,
    place: &Municipality,
    quarter: Quarter,
) -> Result<BulletinPage, Problem> {
    let row = store::find(unit, &place.code, quarter)?;
    let found = row.as_ref().and_then(published);
    found.unwrap_or_else(|| Err(Problem::new(Code::BulletinUnknown)))
}

/// What was published, where it was.
pub fn published(row: &Bulletin) -> Option<Result<BulletinPage, Problem>> {
    let (record, published_on) = (row.record.as_ref()?, row.published_on?);
    let parsed: Result<BulletinRecord, _> = serde_json::from_str(record);
    Some(
        parsed
            .map_err(|cause| Problem::caused(Code::Internal, cause))
            .map(|parsed| BulletinPage {
                record: parsed,
                published_on,
                hash: hash(record),
            }),
    )
}

/// The quarters a council may tell of: from that of its first concern on.
///
/// # Errors
/// `storage_unavailable`.
pub fn desk_list(unit: &mut Unit<'_>, place: &Municipality) -> Result<DeskBulletinList, Problem> {
    let today = unit.today();
    let rows = store::list(unit, &place.code)?;
    let begun = first_day(unit, place)?;
    let items = quarters(begun, today).into_iter().map(|quarter| {
        let row = rows.iter().find(|row| quarter_of(row) == Some(quarter));
        DeskIssue {
            year: quarter.year(),
            quarter: quarter.number(),
            written: row.is_some(),
            over: quarter.is_over(today),
            published_on: row.and_then(|row| row.published_on),
        }
    });
    Ok(DeskBulletinList {
        items: items.collect(),
    })
}

/// The quarters from that of a day to that of today, the last first.
fn quarters(begun: Option<NaiveDate>, today: NaiveDate) -> Vec<Quarter> {
    let Some(first) = begun.map(Quarter::of) else {
        return Vec::new();
    };
    let all = std::iter::successors(Some(Quarter::of(today)), |quarter| Some(quarter.before()));
    all.take_while(|quarter| *quarter >= first).collect()
}

/// A bulletin at the desk: as it was published, or as it would be today.
///
/// # Errors
/// `bulletin_unknown`.
pub fn desk_page(
    unit: &mut Unit<'_>,
    place: &Municipality,
    quarter: Quarter,
) -> Result<DeskBulletin, Problem> {
    let row = store::find(unit, &place.code, quarter)?;
    let record = match row.as_ref().and_then(published) {
        Some(page) => page?.record,
        None => gather::record(unit, place, quarter, row.as_ref())?,
    };
    Ok(DeskBulletin {
        record,
        written: row.is_some(),
        over: quarter.is_over(unit.today()),
        published_on: row.and_then(|row| row.published_on),
    })
}
