//! Queries over places.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::HolidayId;
use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{holidays, municipalities, units, working_days};

/// A municipality (bashki), the tenant.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = municipalities)]
pub struct Municipality {
    /// Eurostat LAU code, such as `AL213`.
    pub code: String,
    /// The name in addresses, such as `elbasan`.
    pub slug: String,
    /// The short name.
    pub name: String,
    /// The official name.
    pub full_name: String,
    /// The name before a renaming.
    pub former_name: Option<String>,
    /// The county.
    pub qark: String,
    /// The seat's name.
    pub seat_name: String,
    /// The seat's latitude, degrees.
    pub seat_lat: f64,
    /// The seat's longitude, degrees.
    pub seat_lon: f64,
    /// Latitude of a point inside the outline, degrees.
    pub label_lat: f64,
    /// Longitude of a point inside the outline, degrees.
    pub label_lon: f64,
    /// People, census of 2011.
    pub population: i32,
    /// `none`, `formal` or `active`.
    pub council: String,
    /// Working days in which a concern must be answered.
    pub answer_days: i32,
    /// Anonymous concerns are published together, at least this many.
    pub publication_batch: i32,
    /// Place in Albanian alphabetical order.
    pub position: i32,
    /// How much the votes of residents weigh when concerns are prioritised.
    pub weight_votes: i32,
    /// How much it weighs how bad a concern is when it happens.
    pub weight_severity: i32,
    /// How much it weighs how often it happens.
    pub weight_frequency: i32,
    /// How much it weighs how many it harms.
    pub weight_harm: i32,
    /// In how many days the council meets at least once.
    pub meeting_days: i32,
    /// Days after which the chair hears that a measure is late.
    pub late_chair_days: i32,
    /// Days after which everybody hears of it.
    pub late_public_days: i32,
}

/// An administrative unit (njësi administrative) of a municipality.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = units)]
pub struct AdminUnit {
    /// The municipality it is in.
    pub municipality_code: String,
    /// The name in addresses, unique in the municipality.
    pub slug: String,
    /// The name.
    pub name: String,
    /// Latitude of its centre, degrees.
    pub lat: f64,
    /// Longitude of its centre, degrees.
    pub lon: f64,
    /// Place in Albanian alphabetical order.
    pub position: i32,
}

/// All municipalities in Albanian alphabetical order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_municipalities(unit: &mut Unit<'_>) -> Result<Vec<Municipality>, Problem> {
    Ok(municipalities::table
        .order(municipalities::position)
        .select(Municipality::as_select())
        .load(unit.conn)?)
}

/// The municipality named `slug` in addresses.
///
/// # Errors
/// `municipality_unknown`.
pub fn get_municipality(unit: &mut Unit<'_>, slug: &str) -> Result<Municipality, Problem> {
    municipalities::table
        .filter(municipalities::slug.eq(slug))
        .select(Municipality::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::MunicipalityUnknown))
}

/// The municipality with this LAU code.
///
/// # Errors
/// `municipality_unknown`.
pub fn get_municipality_by_code(unit: &mut Unit<'_>, code: &str) -> Result<Municipality, Problem> {
    municipalities::table
        .find(code)
        .select(Municipality::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::MunicipalityUnknown))
}

/// The units of a municipality in Albanian alphabetical order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_units(unit: &mut Unit<'_>, code: &str) -> Result<Vec<AdminUnit>, Problem> {
    Ok(units::table
        .filter(units::municipality_code.eq(code))
        .order(units::position)
        .select(AdminUnit::as_select())
        .load(unit.conn)?)
}

/// A day on which deadlines do not run.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = holidays)]
pub struct Holiday {
    /// Its id.
    pub id: HolidayId,
    /// The municipality; nothing: the whole country.
    pub municipality_code: Option<String>,
    /// The day.
    pub on_day: NaiveDate,
    /// Its Albanian name.
    pub name_sq: String,
    /// Its English name.
    pub name_en: String,
    /// Whether the day is not decreed yet.
    pub estimated: bool,
}

/// The country's holidays and the municipality's own, in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_holiday_rows(
    unit: &mut Unit<'_>,
    code: &str,
    from: NaiveDate,
) -> Result<Vec<Holiday>, Problem> {
    Ok(holidays::table
        .filter(holidays::on_day.ge(from))
        .filter(
            holidays::municipality_code
                .is_null()
                .or(holidays::municipality_code.eq(code)),
        )
        .order((holidays::on_day, holidays::id))
        .select(Holiday::as_select())
        .load(unit.conn)?)
}

/// Adds a holiday.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_holiday(unit: &mut Unit<'_>, row: &Holiday) -> Result<(), Problem> {
    diesel::insert_into(holidays::table)
        .values(row)
        .execute(unit.conn)?;
    Ok(())
}

/// Takes away a holiday that this municipality added.
///
/// # Errors
/// `not_found`, also for the country's.
pub fn delete_holiday(unit: &mut Unit<'_>, code: &str, id: &HolidayId) -> Result<(), Problem> {
    let gone = diesel::delete(
        holidays::table
            .find(id)
            .filter(holidays::municipality_code.eq(code)),
    )
    .execute(unit.conn)?;
    if gone == 0 {
        return Err(Problem::new(Code::NotFound));
    }
    Ok(())
}

/// How a council works.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = municipalities)]
pub struct Settings {
    /// Working days in which a concern must be answered.
    pub answer_days: i32,
    /// Anonymous concerns are published together, at least this many.
    pub publication_batch: i32,
    /// How much the votes of residents weigh when concerns are prioritised.
    pub weight_votes: i32,
    /// How much it weighs how bad a concern is when it happens.
    pub weight_severity: i32,
    /// How much it weighs how often it happens.
    pub weight_frequency: i32,
    /// How much it weighs how many it harms.
    pub weight_harm: i32,
    /// In how many days the council meets at least once.
    pub meeting_days: i32,
    /// Days after which the chair hears that a measure is late.
    pub late_chair_days: i32,
    /// Days after which everybody hears of it.
    pub late_public_days: i32,
}

/// Sets how a council works.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_settings(unit: &mut Unit<'_>, code: &str, settings: &Settings) -> Result<(), Problem> {
    unit.touch(code);
    diesel::update(municipalities::table.find(code))
        .set(settings)
        .execute(unit.conn)?;
    Ok(())
}

/// The days from `from` on which deadlines of this municipality do not run: its own holidays, and
/// the country's on which it does not work.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_holidays(
    unit: &mut Unit<'_>,
    code: &str,
    from: NaiveDate,
) -> Result<BTreeSet<NaiveDate>, Problem> {
    let works = working_days::table
        .filter(working_days::municipality_code.eq(code))
        .select(working_days::on_day);
    let of_the_country = holidays::municipality_code
        .is_null()
        .and(holidays::on_day.ne_all(works));
    let days: Vec<NaiveDate> = holidays::table
        .filter(holidays::on_day.ge(from))
        .filter(of_the_country.or(holidays::municipality_code.eq(code)))
        .select(holidays::on_day)
        .load(unit.conn)?;
    Ok(days.into_iter().collect())
}

/// The holidays of the country on which this municipality works.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_working_days(unit: &mut Unit<'_>, code: &str) -> Result<BTreeSet<NaiveDate>, Problem> {
    let days: Vec<NaiveDate> = working_days::table
        .filter(working_days::municipality_code.eq(code))
        .select(working_days::on_day)
        .load(unit.conn)?;
    Ok(days.into_iter().collect())
}

/// Lets a municipality work on a holiday of the country.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_working_day(unit: &mut Unit<'_>, code: &str, day: NaiveDate) -> Result<(), Problem> {
    diesel::insert_into(working_days::table)
        .values((
            working_days::municipality_code.eq(code),
            working_days::on_day.eq(day),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Lets a municipality keep a holiday of the country again.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_working_day(unit: &mut Unit<'_>, code: &str, day: NaiveDate) -> Result<(), Problem> {
    diesel::delete(working_days::table.find((code, day))).execute(unit.conn)?;
    Ok(())
}

/// The last holiday of the country that is known.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_last_holiday(unit: &mut Unit<'_>) -> Result<Option<NaiveDate>, Problem> {
    Ok(holidays::table
        .filter(holidays::municipality_code.is_null())
        .select(diesel::dsl::max(holidays::on_day))
        .first(unit.conn)?)
}
