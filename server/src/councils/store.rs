//! Queries over seats and holders.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{HolderId, SeatId, TemplateId};
use crate::codes::Code;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{accounts, answer_templates, holders, seats};

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

/// The accounts of those who sit in the council today, each once.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_members(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<AccountId>, Problem> {
    list_accounts(unit, municipality, &["secretary", "member"])
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

/// An answer a council gives often.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = answer_templates)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// The municipality it belongs to.
    pub municipality_code: String,
    /// What it is called.
    pub title: String,
    /// The answer.
    pub text: String,
}

/// The templates of a municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_templates(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Template>, Problem> {
    Ok(answer_templates::table
        .filter(answer_templates::municipality_code.eq(municipality))
        .order((answer_templates::title, answer_templates::id))
        .select(Template::as_select())
        .load(unit.conn)?)
}

/// Adds a template.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_template(unit: &mut Unit<'_>, template: &Template) -> Result<(), Problem> {
    diesel::insert_into(answer_templates::table)
        .values(template)
        .execute(unit.conn)?;
    Ok(())
}

/// Removes a template of this municipality.
///
/// # Errors
/// `template_unknown`.
pub fn delete_template(
    unit: &mut Unit<'_>,
    municipality: &str,
    id: &TemplateId,
) -> Result<(), Problem> {
    let gone = diesel::delete(
        answer_templates::table
            .find(id)
            .filter(answer_templates::municipality_code.eq(municipality)),
    )
    .execute(unit.conn)?;
    if gone == 0 {
        return Err(Problem::new(Code::TemplateUnknown));
    }
    Ok(())
}
