//! Sessions: a short access token, and a refresh token that is good once. A refresh token that
//! comes a second time was copied, so the whole session ends (RFC 9700, section 4.14.2).
//!
//! Two tabs refresh at the same moment, and answers get lost on bad networks: for a minute the token
//! before is answered again, with the very same successor. It is made from the token and the pepper,
//! so nothing has to be kept for that, and no second family begins: a thief who was quick holds the
//! same token as its owner, and the one of them who comes second after that minute ends the session.

use chrono::{NaiveDateTime, TimeDelta};

use super::store::{self, Account, Session};
use super::{SessionId, tokens};
use crate::codes::Code;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// How long a session lives without being used.
pub const SESSION_LIFE: TimeDelta = TimeDelta::days(60);

/// How long the token before is answered like the first time.
const REPEATABLE: TimeDelta = TimeDelta::seconds(60);

/// What a person gets who signed in or refreshed.
pub struct Grant {
    /// Whose session it is.
    pub account: Account,
    /// For every request, a quarter of an hour long.
    pub access: String,
    /// For the next refresh, once.
    pub refresh: String,
}

/// Begins a session.
///
/// # Errors
/// `storage_unavailable`.
pub fn begin(unit: &mut Unit<'_>, account: Account) -> Result<Grant, Problem> {
    let id = SessionId::new(unit.chance)?;
    let secret = unit.chance.symbols::<26>()?;
    store::insert_session(
        unit,
        &Session {
            refresh_mark: mark(unit, &id, &secret),
            id: id.clone(),
            before_mark: None,
            account_id: account.id.clone(),
            created_at: unit.now.naive_utc(),
            refreshed_at: unit.now.naive_utc(),
            expires_at: (unit.now + SESSION_LIFE).naive_utc(),
        },
    )?;
    grant(unit, account, &id, &secret)
}

/// What came of a refresh token.
pub enum Refreshed {
    /// The next pair of tokens.
    Granted(Box<Grant>),
    /// The token was never ours, is over, or was used before: then its session has ended.
    Refused,
}

/// Exchanges a refresh token for the next pair. A reuse ends the session, which must be kept, so
/// it is no error of the transaction.
///
/// # Errors
/// `storage_unavailable`.
pub fn refresh(unit: &mut Unit<'_>, token: &str) -> Result<Refreshed, Problem> {
    let Some((id, secret)) = parse(token) else {
        return Ok(Refreshed::Refused);
    };
    let Some(session) = store::find_session(unit, &id)? else {
        return Ok(Refreshed::Refused);
    };
    let presented = mark(unit, &id, &secret);
    let next = unit.keys.mark("next refresh token", token);
    if session.refresh_mark == presented {
        let refresh_mark = mark(unit, &id, &next);
        let expires_at = (unit.now + SESSION_LIFE).naive_utc();
        store::set_refreshed(unit, &session, &refresh_mark, expires_at)?;
    } else if !repeats(&session, &presented, unit.now.naive_utc()) {
        store::delete_session(unit, &id)?;
        return Ok(Refreshed::Refused);
    }
    let account = store::get_account(unit, &session.account_id)?;
    Ok(Refreshed::Granted(Box::new(grant(
        unit, account, &id, &next,
    )?)))
}

/// Whether this is the token before, and its answer may still be on its way.
fn repeats(session: &Session, presented: &str, now: NaiveDateTime) -> bool {
    let since = now - session.refreshed_at;
    session.before_mark.as_deref() == Some(presented) && since < REPEATABLE
}

/// The refusal of a refresh token.
pub fn over() -> Problem {
    Problem::new(Code::SessionExpired)
}

fn grant(
    unit: &Unit<'_>,
    account: Account,
    id: &SessionId,
    secret: &str,
) -> Result<Grant, Problem> {
    Ok(Grant {
        access: tokens::sign(unit.keys, &account.id, id, unit.now)?,
        refresh: format!("{id}.{secret}"),
        account,
    })
}

fn mark(unit: &Unit<'_>, id: &SessionId, secret: &str) -> String {
    unit.keys.mark("refresh token", &format!("{id} {secret}"))
}

fn parse(token: &str) -> Option<(SessionId, String)> {
    let (id, secret) = token.split_once('.')?;
    Some((id.parse().ok()?, secret.to_owned()))
}
