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
        .load(unit.conn)?)
}

/// The seats of a municipality with the addresses of those who hold them today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_seats(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(Seat, Option<String>)>, Problem> {
    let held: Vec<(SeatId, String)> = holders::table
        .inner_join(accounts::table.on(accounts::id.nullable().eq(holders::account_id)))
        .filter(holders::to_on.is_null())
        .select((holders::seat_id, accounts::email))
        .load(unit.conn)?;
    let rows: Vec<Seat> = seats::table
        .filter(seats::municipality_code.eq(municipality))
        .order((seats::institution, seats::id))
        .select(Seat::as_select())
        .load(unit.conn)?;
    Ok(rows
        .into_iter()
        .map(|seat| {
            let email = held.iter().find(|(id, _)| *id == seat.id);
            let email = email.map(|(_, email)| email.clone());
            (seat, email)
        })
        .collect())
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

/// Seats a person from today on; whoever held the seat leaves it today.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_holder(
    unit: &mut Unit<'_>,
    seat: &SeatId,
    account: &AccountId,
) -> Result<(), Problem> {
    set_seat_empty(unit, seat)?;
    diesel::insert_into(holders::table)
        .values(&Holder {
            id: HolderId::new(unit.chance)?,
            seat_id: seat.clone(),
            account_id: Some(account.clone()),
            from_on: unit.today(),
            to_on: None,
        })
        .execute(unit.conn)?;
    Ok(())
}

/// Ends today the time of whoever holds the seat.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_seat_empty(unit: &mut Unit<'_>, seat: &SeatId) -> Result<(), Problem> {
    diesel::update(
        holders::table
            .filter(holders::seat_id.eq(seat))
            .filter(holders::to_on.is_null()),
    )
    .set(holders::to_on.eq(unit.today()))
    .execute(unit.conn)?;
    Ok(())
}

/// The addresses and languages of those who hold a seat with the desk today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_secretaries(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(AccountId, String, String)>, Problem> {
    Ok(holders::table
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .inner_join(accounts::table.on(accounts::id.nullable().eq(holders::account_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(seats::role.eq("secretary"))
        .filter(holders::to_on.is_null())
        .select((accounts::id, accounts::email, accounts::language))
        .load(unit.conn)?)
}
