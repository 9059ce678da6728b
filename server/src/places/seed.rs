//! The country as it is known at installation: read from the data files, once, into an empty store.

use std::cmp::Ordering;
use std::collections::HashMap;

use diesel::prelude::*;
use domain::Code as _;
use domain::place::Council;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use serde::Deserialize;

use super::HolidayId;
use super::store::{self, AdminUnit, Holiday, Municipality};
use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{municipalities, units};

/// Outlines of the 61 municipalities, GeoJSON.
pub const OUTLINES: &str = include_str!("../../../data/albania_municipalities.geojson");
/// Outlines of Elbasan's units, GeoJSON.
pub const ELBASAN_UNITS: &str = include_str!("../../../data/osm/elbasan_units.geojson");

const MUNICIPALITIES: &str = include_str!("../../../data/albania_municipalities.csv");
const COUNCILS: &str = include_str!("../../../data/councils.csv");
const UNITS: &str = include_str!("../../../data/osm/albania_admin_units.csv");
const HOLIDAYS: &str = include_str!("../../../data/holidays.csv");

/// Working days in which a concern must be answered, until a council sets its own.
const ANSWER_DAYS: i32 = 10;
/// How many anonymous concerns are published together, until a council sets its own.
const PUBLICATION_BATCH: i32 = 3;
/// In how many days a council meets at least once, until it says what its regulation says: what councils
/// themselves call right is every two or three months (C5).
const MEETING_DAYS: i32 = 90;
/// Days after which the chair and then everybody hear that a measure is late (study C7).
const LATE_CHAIR_DAYS: i32 = 7;
const LATE_PUBLIC_DAYS: i32 = 30;
/// How much votes, severity, frequency and harm weigh, until a council sets its own.
const WEIGHTS: [i32; 4] = [60, 20, 10, 10];

#[derive(Deserialize)]
struct MunicipalityLine {
    code: String,
    name_sq: String,
    name_full_sq: String,
    former_name: Option<String>,
    qark: String,
    seat_sq: String,
    seat_lat: f64,
    seat_lon: f64,
    label_lat: f64,
    label_lon: f64,
    pop_2011: i32,
}

#[derive(Deserialize)]
struct CouncilLine {
    code: String,
    council: String,
}

#[derive(Deserialize)]
struct UnitLine {
    municipality_code: String,
    unit_sq: String,
    lat: f64,
    lon: f64,
}

#[derive(Deserialize)]
struct HolidayLine {
    date: chrono::NaiveDate,
    name_sq: String,
    name_en: String,
    estimated: bool,
}

/// Fills an empty store with the country; does nothing where municipalities are there already, and
/// says so with `false`.
///
/// # Errors
/// `internal` when a data file does not parse, `storage_unavailable`.
pub fn seed_places(unit: &mut Unit<'_>) -> Result<bool, Problem> {
    let known: i64 = municipalities::table.count().get_result(unit.conn)?;
    if known > 0 {
        return Ok(false);
    }
    let order = albanian_order()?;
    seed_municipalities(unit, &order)?;
    seed_units(unit, &order)?;
    Ok(true)
}

/// Adds the country's holidays after the last that is known: those of years this program knows and
/// the one that made the store did not.
///
/// # Errors
/// `internal` when the data file does not parse, `storage_unavailable`.
pub fn seed_holidays(unit: &mut Unit<'_>) -> Result<(), Problem> {
    let known = store::find_last_holiday(unit)?;
    let lines = lines::<HolidayLine>(HOLIDAYS)?;
    for line in lines.into_iter().filter(|line| Some(line.date) > known) {
        store::insert_holiday(
            unit,
            &Holiday {
                id: HolidayId::new(unit.chance)?,
                municipality_code: None,
                on_day: line.date,
                name_sq: line.name_sq,
                name_en: line.name_en,
                estimated: line.estimated,
            },
        )?;
    }
    Ok(())
}

/// Sets the state of councils from a CSV text with the columns `code,council`; says how many.
///
/// # Errors
/// `fields_invalid` for a text that does not parse, an unknown code or an unknown state.
pub fn set_councils(unit: &mut Unit<'_>, text: &str) -> Result<usize, Problem> {
    let refused = |what: String| Problem::new(Code::FieldsInvalid).detail(what);
    let rows: Vec<CouncilLine> = csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|cause| refused(cause.to_string()))?;
    for row in &rows {
        let state = Council::from_code(&row.council)
            .ok_or_else(|| refused(format!("{}: unknown state {}", row.code, row.council)))?;
        let changed = diesel::update(municipalities::table.find(&row.code))
            .set(municipalities::council.eq(state.code()))
            .execute(unit.conn)?;
        if changed == 0 {
            return Err(refused(format!("unknown code {}", row.code)));
        }
    }
    Ok(rows.len())
}

/// The name a place has in addresses: `Fushë-Arrëz` is `fushe-arrez`.
pub fn slug_of(name: &str) -> String {
    let folded: String = domain::text::fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    folded
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn seed_municipalities(unit: &mut Unit<'_>, order: &Order) -> Result<(), Problem> {
    let councils: HashMap<String, String> = lines::<CouncilLine>(COUNCILS)?
        .into_iter()
        .map(|line| (line.code, line.council))
        .collect();
    let mut rows = lines::<MunicipalityLine>(MUNICIPALITIES)?;
    rows.sort_by(|a, b| order(&a.name_sq, &b.name_sq));
    for (position, line) in (0..).zip(rows) {
        let council = councils.get(&line.code).cloned();
        diesel::insert_into(municipalities::table)
            .values(Municipality {
                slug: slug_of(&line.name_sq),
                council: council.unwrap_or_else(|| "formal".to_owned()),
                code: line.code,
                name: line.name_sq,
                full_name: line.name_full_sq,
                former_name: line.former_name.filter(|name| !name.is_empty()),
                qark: line.qark,
                seat_name: line.seat_sq,
                seat_lat: line.seat_lat,
                seat_lon: line.seat_lon,
                label_lat: line.label_lat,
                label_lon: line.label_lon,
                population: line.pop_2011,
                answer_days: ANSWER_DAYS,
                publication_batch: PUBLICATION_BATCH,
                position,
                weight_votes: WEIGHTS[0],
                weight_severity: WEIGHTS[1],
                weight_frequency: WEIGHTS[2],
                weight_harm: WEIGHTS[3],
                meeting_days: MEETING_DAYS,
                late_chair_days: LATE_CHAIR_DAYS,
                late_public_days: LATE_PUBLIC_DAYS,
            })
            .execute(unit.conn)?;
    }
    Ok(())
}

fn seed_units(unit: &mut Unit<'_>, order: &Order) -> Result<(), Problem> {
    let mut rows = lines::<UnitLine>(UNITS)?;
    rows.sort_by(|a, b| order(&a.unit_sq, &b.unit_sq));
    for (position, line) in (0..).zip(rows) {
        diesel::insert_into(units::table)
            .values(AdminUnit {
                slug: slug_of(&line.unit_sq),
                municipality_code: line.municipality_code,
                name: line.unit_sq,
                lat: line.lat,
                lon: line.lon,
                position,
            })
            .execute(unit.conn)?;
    }
    Ok(())
}

type Order = dyn Fn(&str, &str) -> Ordering;

fn albanian_order() -> Result<Box<Order>, Problem> {
    let collator: CollatorBorrowed<'static> =
        Collator::try_new(locale!("sq").into(), CollatorOptions::default())
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    Ok(Box::new(move |a, b| collator.compare(a, b)))
}

fn lines<T: for<'de> Deserialize<'de>>(text: &str) -> Result<Vec<T>, Problem> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|cause| Problem::caused(Code::Internal, cause))
}
