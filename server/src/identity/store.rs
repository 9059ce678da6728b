//! Queries over accounts, codes and sessions.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::{AccountId, SessionId};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{accounts, sessions, sign_in_codes, sign_in_tickets};

/// A resident's or member's account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Where codes and notices go, in lower case.
    pub email: String,
    /// The name others see.
    pub display_name: Option<String>,
    /// `sq` or `en`.
    pub language: String,
    /// LAU code of the home municipality.
    pub home_municipality: Option<String>,
    /// Slug of the home unit.
    pub home_unit: Option<String>,
    /// The day it was made.
    pub created_on: NaiveDate,
}

/// A code that was sent to an address.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_codes)]
pub struct SentCode {
    /// HMAC of address and code.
    pub code_mark: String,
    /// HMAC of the address.
    pub email_mark: String,
    /// When it was sent.
    pub sent_at: NaiveDateTime,
}

/// What a device got that asked for a code.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_in_tickets)]
pub struct Ticket {
    /// HMAC of what the device holds.
    pub ticket_mark: String,
    /// HMAC of the address it asked for.
    pub email_mark: String,
    /// How often another code was typed with it.
    pub wrong_tries: i32,
    /// When it was given.
    pub asked_at: NaiveDateTime,
}

/// A session.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub account_id: AccountId,
    /// HMAC of the refresh token that is good now.
    pub refresh_mark: String,
    /// HMAC of the one it was exchanged for.
    pub before_mark: Option<String>,
    /// When it began.
    pub created_at: NaiveDateTime,
    /// When it was last refreshed, or began.
    pub refreshed_at: NaiveDateTime,
    /// When it ends unless refreshed.
    pub expires_at: NaiveDateTime,
}

/// The account with this id.
///
/// # Errors
/// `not_found`.
pub fn get_account(unit: &mut Unit<'_>, id: &AccountId) -> Result<Account, Problem> {
    Ok(accounts::table
        .find(id)
        .select(Account::as_select())
        .first(unit.conn)?)
}

/// The account of this address, if there is one.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_account_by_email(unit: &mut Unit<'_>, email: &str) -> Result<Option<Account>, Problem> {
    Ok(accounts::table
        .filter(accounts::email.eq(email))
        .select(Account::as_select())
        .first(unit.conn)
        .optional()?)
}

/// The account of this address, made now where there is none.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_or_insert_account(
    unit: &mut Unit<'_>,
    email: &str,
    language: &str,
) -> Result<Account, Problem> {
    if let Some(account) = find_account_by_email(unit, email)? {
        return Ok(account);
    }
    let account = Account {
        id: AccountId::new(unit.chance)?,
        email: email.to_owned(),
        display_name: None,
        language: language.to_owned(),
        home_municipality: None,
        home_unit: None,
        created_on: unit.today(),
    };
    diesel::insert_into(accounts::table)
        .values(&account)
        .execute(unit.conn)?;
    Ok(account)
}

/// Writes what a person may change of their account.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_account(unit: &mut Unit<'_>, account: &Account) -> Result<(), Problem> {
    diesel::update(accounts::table.find(&account.id))
        .set((
            accounts::display_name.eq(&account.display_name),
            accounts::language.eq(&account.language),
            accounts::home_municipality.eq(&account.home_municipality),
            accounts::home_unit.eq(&account.home_unit),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Deletes an account and its sessions; what it wrote under its name stays without it.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_account(unit: &mut Unit<'_>, id: &AccountId) -> Result<(), Problem> {
    diesel::delete(accounts::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// The codes sent to the address with this mark since a moment.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_codes(
    unit: &mut Unit<'_>,
    email_mark: &str,
    since: NaiveDateTime,
) -> Result<Vec<SentCode>, Problem> {
    Ok(sign_in_codes::table
        .filter(sign_in_codes::email_mark.eq(email_mark))
        .filter(sign_in_codes::sent_at.gt(since))
        .filter(sign_in_codes::sent_at.le(unit.now.naive_utc()))
        .select(SentCode::as_select())
        .load(unit.conn)?)
}

/// Keeps a code that is being sent.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_code(unit: &mut Unit<'_>, code: &SentCode) -> Result<(), Problem> {
    diesel::insert_into(sign_in_codes::table)
        .values(code)
        .execute(unit.conn)?;
    Ok(())
}

/// Forgets all codes of an address.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_codes(unit: &mut Unit<'_>, email_mark: &str) -> Result<(), Problem> {
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::email_mark.eq(email_mark)))
        .execute(unit.conn)?;
    Ok(())
}

/// Keeps a ticket.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_ticket(unit: &mut Unit<'_>, ticket: &Ticket) -> Result<(), Problem> {
    diesel::insert_into(sign_in_tickets::table)
        .values(ticket)
        .execute(unit.conn)?;
    Ok(())
}

/// The ticket with this mark.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_ticket(unit: &mut Unit<'_>, ticket_mark: &str) -> Result<Option<Ticket>, Problem> {
    Ok(sign_in_tickets::table
        .find(ticket_mark)
        .select(Ticket::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Counts a wrong try with a ticket.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_ticket_tried(unit: &mut Unit<'_>, ticket_mark: &str) -> Result<(), Problem> {
    diesel::update(sign_in_tickets::table.find(ticket_mark))
        .set(sign_in_tickets::wrong_tries.eq(sign_in_tickets::wrong_tries + 1))
        .execute(unit.conn)?;
    Ok(())
}

/// Forgets a ticket.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_ticket(unit: &mut Unit<'_>, ticket_mark: &str) -> Result<(), Problem> {
    diesel::delete(sign_in_tickets::table.find(ticket_mark)).execute(unit.conn)?;
    Ok(())
}

/// Keeps a new session.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_session(unit: &mut Unit<'_>, session: &Session) -> Result<(), Problem> {
    diesel::insert_into(sessions::table)
        .values(session)
        .execute(unit.conn)?;
    Ok(())
}

/// The session with this id, unless it is over.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_session(unit: &mut Unit<'_>, id: &SessionId) -> Result<Option<Session>, Problem> {
    Ok(sessions::table
        .find(id)
        .filter(sessions::expires_at.gt(unit.now.naive_utc()))
        .select(Session::as_select())
        .first(unit.conn)
        .optional()?)
}

/// Whose session this is, unless it is over.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_session_owner(
    unit: &mut Unit<'_>,
    id: &SessionId,
) -> Result<Option<AccountId>, Problem> {
    Ok(find_session(unit, id)?.map(|session| session.account_id))
}

/// Gives a session its next refresh token and a longer life.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_refreshed(
    unit: &mut Unit<'_>,
    session: &Session,
    refresh_mark: &str,
    expires_at: NaiveDateTime,
) -> Result<(), Problem> {
    diesel::update(sessions::table.find(&session.id))
        .set((
            sessions::refresh_mark.eq(refresh_mark),
            sessions::before_mark.eq(&session.refresh_mark),
            sessions::refreshed_at.eq(unit.now.naive_utc()),
            sessions::expires_at.eq(expires_at),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_session(unit: &mut Unit<'_>, id: &SessionId) -> Result<(), Problem> {
    diesel::delete(sessions::table.find(id)).execute(unit.conn)?;
    Ok(())
}

/// Ends every session of an account.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_sessions_of(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(account))).execute(unit.conn)?;
    Ok(())
}
