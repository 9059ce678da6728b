//! Queries over seats and holders.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{HolderId, SeatId};
use crate::codes::Code;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{accounts, holders, seats};

/// A seat.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = seats)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// The municipality it is in.
    pub municipality_code: String,
    /// The institution it speaks for.
    pub institution: String,
    /// `member`, `secretary` or `administrator`.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// Whether its holder chairs the council.
    pub chairs: bool,
}

/// One person's time in a seat.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = holders)]
pub struct Holder {
    /// Its id.
    pub id: HolderId,
    /// The seat.
    pub seat_id: SeatId,
    /// The person, as long as their account exists.
    pub account_id: Option<AccountId>,
    /// The first day.
    pub from_on: NaiveDate,
    /// The day it ended.
    pub to_on: Option<NaiveDate>,
    /// Whether they stand in for whoever holds it.
    pub substitute: bool,
    /// Number of the letter by which their institution named them.
    pub letter_no: Option<String>,
    /// Its day.
    pub letter_on: Option<NaiveDate>,
    /// The last day of their term.
    pub term_until: Option<NaiveDate>,
}

/// How somebody comes to a seat (A9).
#[derive(Clone, Debug, Default)]
pub struct Appointment {
    /// Whether they stand in for whoever holds it.
    pub substitute: bool,
    /// Number of the letter by which their institution named them.
    pub letter_no: Option<String>,
    /// Its day.
    pub letter_on: Option<NaiveDate>,
    /// The last day of their term.
    pub term_until: Option<NaiveDate>,
}

/// A seat and who is in it today, with their addresses.
pub struct Seated {
    /// The seat.
    pub seat: Seat,
    /// Whoever holds it.
    pub holder: Option<(Holder, String)>,
    /// Whoever stands in for them.
    pub substitute: Option<(Holder, String)>,
}

/// The seats a person holds today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_held_seats(unit: &mut Unit<'_>, account: &AccountId) -> Result<Vec<Seat>, Problem> {
    let today = unit.today();
    Ok(seats::table
        .inner_join(holders::table.on(holders::seat_id.eq(seats::id)))
        .filter(holders::account_id.eq(account))
        .filter(holders::from_on.le(today))
        .filter(holders::to_on.is_null().or(holders::to_on.gt(today)))
        .order(seats::id)
        .select(Seat::as_select())
        .distinct()
        .load(unit.conn)?)
}

/// The seats of a municipality with those who are in them today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_seats(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Seated>, Problem> {
    let mut held: Vec<(Holder, String)> = holders::table
        .inner_join(accounts::table.on(accounts::id.nullable().eq(holders::account_id)))
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(holders::to_on.is_null())
        .select((Holder::as_select(), accounts::email))
        .load(unit.conn)?;
    let rows: Vec<Seat> = seats::table
        .filter(seats::municipality_code.eq(municipality))
        .order((seats::institution, seats::id))
        .select(Seat::as_select())
        .load(unit.conn)?;
    let mut take = |seat: &SeatId, substitute: bool| {
        let is = |(row, _): &(Holder, String)| row.seat_id == *seat && row.substitute == substitute;
        let place = held.iter().position(is)?;
        Some(held.swap_remove(place))
    };
    let seated = rows.into_iter().map(|seat| Seated {
        holder: take(&seat.id, false),
        substitute: take(&seat.id, true),
        seat,
    });
    Ok(seated.collect())
}

/// A seat with those who are in it today.
///
/// # Errors
/// `seat_unknown`.
pub fn get_seated(unit: &mut Unit<'_>, seat: &Seat) -> Result<Seated, Problem> {
    let all = list_seats(unit, &seat.municipality_code)?.into_iter();
    let mut own = all.filter(|one| one.seat.id == seat.id);
    own.next().ok_or_else(|| Problem::new(Code::SeatUnknown))
}

/// The time of a person in a seat that goes on today, if they hold it or stand in for whoever does.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_holder(
    unit: &mut Unit<'_>,
    seat: &SeatId,
    account: &AccountId,
) -> Result<Option<Holder>, Problem> {
    Ok(holders::table
        .filter(holders::seat_id.eq(seat))
        .filter(holders::account_id.eq(account))
        .filter(holders::to_on.is_null())
        .order(holders::substitute)
        .select(Holder::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Somebody's time in a seat.
///
/// # Errors
/// `seat_unknown`.
pub fn get_holder(unit: &mut Unit<'_>, id: &HolderId) -> Result<Holder, Problem> {
    holders::table
        .find(id)
        .select(Holder::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::SeatUnknown))
}

/// The seat with this id.
///
/// # Errors
/// `seat_unknown`.
pub fn get_seat(unit: &mut Unit<'_>, id: &SeatId) -> Result<Seat, Problem> {
    seats::table
        .find(id)
        .select(Seat::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::SeatUnknown))
}

/// Adds a seat.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_seat(unit: &mut Unit<'_>, seat: &Seat) -> Result<(), Problem> {
    diesel::insert_into(seats::table)
        .values(seat)
        .execute(unit.conn)?;
    Ok(())
}

/// Seats a person from today on, or lets them stand in; whoever was there before them leaves today.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_holder(
    unit: &mut Unit<'_>,
    seat: &SeatId,
    account: &AccountId,
    appointment: Appointment,
) -> Result<Holder, Problem> {
    set_seat_empty(unit, seat, appointment.substitute)?;
    let holder = Holder {
        id: HolderId::new(unit.chance)?,
        seat_id: seat.clone(),
        account_id: Some(account.clone()),
        from_on: unit.today(),
        to_on: None,
        substitute: appointment.substitute,
        letter_no: appointment.letter_no,
        letter_on: appointment.letter_on,
        term_until: appointment.term_until,
    };
    diesel::insert_into(holders::table)
        .values(&holder)
        .execute(unit.conn)?;
    Ok(holder)
}

/// Ends today the time of whoever holds the seat, or of whoever stands in.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_seat_empty(unit: &mut Unit<'_>, seat: &SeatId, substitute: bool) -> Result<(), Problem> {
    diesel::update(
        holders::table
            .filter(holders::seat_id.eq(seat))
            .filter(holders::substitute.eq(substitute))
            .filter(holders::to_on.is_null()),
    )
    .set(holders::to_on.eq(unit.today()))
    .execute(unit.conn)?;
    Ok(())
}

/// The accounts of those who hold a seat with the desk today, each once.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_secretaries(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<AccountId>, Problem> {
    list_accounts(unit, municipality, &["secretary"])
}

/// The accounts of those who keep the seats today, each once.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_administrators(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<AccountId>, Problem> {
    list_accounts(unit, municipality, &["administrator"])
}

/// The accounts of those who sit in the council today, each once.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_members(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<AccountId>, Problem> {
    list_accounts(unit, municipality, &["secretary", "member"])
}

/// The accounts of those who speak for an institution in the council today, each once.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_of_institution(
    unit: &mut Unit<'_>,
    municipality: &str,
    institution: &str,
) -> Result<Vec<AccountId>, Problem> {
    Ok(holders::table
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(seats::institution.eq(institution))
        .filter(seats::role.ne("administrator"))
        .filter(holders::to_on.is_null())
        .filter(holders::account_id.is_not_null())
        .select(holders::account_id.assume_not_null())
        .distinct()
        .load(unit.conn)?)
}

/// The accounts of those who chair the council today, each once; where nobody does, of its secretaries.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_chairs(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<AccountId>, Problem> {
    let chairs: Vec<AccountId> = holders::table
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(seats::chairs.eq(true))
        .filter(holders::to_on.is_null())
        .filter(holders::account_id.is_not_null())
        .select(holders::account_id.assume_not_null())
        .distinct()
        .load(unit.conn)?;
    if chairs.is_empty() {
        return list_secretaries(unit, municipality);
    }
    Ok(chairs)
}

/// Codes of the institutions that somebody speaks for in the council today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_held_institutions(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<String>, Problem> {
    Ok(holders::table
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(seats::role.ne("administrator"))
        .filter(holders::to_on.is_null())
        .filter(holders::account_id.is_not_null())
        .select(seats::institution)
        .distinct()
        .load(unit.conn)?)
}

/// Says whether whoever holds a seat chairs the council.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_chairs(unit: &mut Unit<'_>, seat: &SeatId, chairs: bool) -> Result<(), Problem> {
    diesel::update(seats::table.find(seat))
        .set(seats::chairs.eq(chairs))
        .execute(unit.conn)?;
    Ok(())
}

fn list_accounts(
    unit: &mut Unit<'_>,
    municipality: &str,
    roles: &[&str],
) -> Result<Vec<AccountId>, Problem> {
    Ok(holders::table
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(seats::role.eq_any(roles))
        .filter(holders::to_on.is_null())
        .filter(holders::account_id.is_not_null())
        .select(holders::account_id.assume_not_null())
        .distinct()
        .load(unit.conn)?)
}
