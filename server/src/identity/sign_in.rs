//! Signing in by a code sent to an e-mail address. Whether the address is known changes nothing
//! that the asker can see, and what a stranger asks and tries costs its owner nothing (decision 16).

use chrono::{NaiveDateTime, TimeDelta};
use domain::sign_in::{Attempt, CODE_LASTS_SECONDS, CODE_TRIES, SignInCode, judge, sends_another};

use super::sessions::{self, Grant};
use super::store::{self, SentCode, Ticket};
use crate::codes::Code;
use crate::notices::mail::{self, Letter};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// An address as accounts are kept under: checked and in lower case.
///
/// # Errors
/// `fields_invalid` at `/email`.
pub fn parse_email(text: &str) -> Result<String, Problem> {
    let refused = || Problem::field("/email", "email_invalid", None);
    let text = text.trim();
    if text.len() > 254 || text.contains(['\r', '\n', '\0', ',', ';', '<', '>', '[', ']']) {
        return Err(refused());
    }
    let address: lettre::Address = text.parse().map_err(|_invalid| refused())?;
    Ok(address.to_string().to_lowercase())
}

/// Gives a ticket for the address, and sends a fresh code there unless enough are on their way: with
/// the ticket any code in the mailbox works that is still good, whoever asked for it.
///
/// # Errors
/// `storage_unavailable`.
pub fn ask(unit: &mut Unit<'_>, email: &str, language: &str) -> Result<String, Problem> {
    let email_mark = unit.keys.mark("email", email);
    let now = unit.now.naive_utc();
    let ticket = unit.chance.symbols::<16>()?;
    store::insert_ticket(
        unit,
        &Ticket {
            ticket_mark: ticket_mark(unit, &ticket),
            email_mark: email_mark.clone(),
            wrong_tries: 0,
            asked_at: now,
        },
    )?;
    let live = live_codes(unit, &email_mark)?.into_iter();
    let ages: Vec<i64> = live.map(|code| age(now, code.sent_at)).collect();
    if sends_another(&ages) {
        send_code(unit, email, email_mark, language)?;
    }
    Ok(ticket)
}

fn send_code(
    unit: &mut Unit<'_>,
    email: &str,
    email_mark: String,
    language: &str,
) -> Result<(), Problem> {
    let code = SignInCode::from_entropy(unit.chance.bytes()?);
    store::insert_code(
        unit,
        &SentCode {
            code_mark: code_mark(unit, email, &code),
            email_mark,
            sent_at: unit.now.naive_utc(),
        },
    )?;
    let account = store::find_account_by_email(unit, email)?;
    let language = account.map_or_else(|| language.to_owned(), |account| account.language);
    let letter = Letter::sign_in_code(email, &language, &code, unit.now);
    mail::enqueue(unit, letter)
}

/// Whether a try with this ticket can succeed: it was given for the address, and is neither over nor
/// spent.
///
/// # Errors
/// `storage_unavailable`.
pub fn holds_good_ticket(unit: &mut Unit<'_>, email: &str, ticket: &str) -> Result<bool, Problem> {
    let now = unit.now.naive_utc();
    let found = find_ticket(unit, email, ticket)?;
    Ok(found.is_some_and(|ticket| judge(attempt(&ticket, now, true)).is_ok()))
}

fn find_ticket(unit: &mut Unit<'_>, email: &str, ticket: &str) -> Result<Option<Ticket>, Problem> {
    let mark = ticket_mark(unit, ticket);
    let email_mark = unit.keys.mark("email", email);
    let found = store::find_ticket(unit, &mark)?;
    Ok(found.filter(|ticket| ticket.email_mark == email_mark))
}

/// What came of a typed code.
pub enum Outcome {
    /// It was right: the person is signed in.
    SignedIn(Box<Grant>),
    /// It was wrong, over, used, or tried too often.
    Wrong,
}

/// Tries a code. A wrong try is itself written down, so it is no error of the transaction.
///
/// # Errors
/// `storage_unavailable`.
pub fn try_code(
    unit: &mut Unit<'_>,
    email: &str,
    ticket: &str,
    typed: &str,
    language: &str,
) -> Result<Outcome, Problem> {
    let Some(ticket) = find_ticket(unit, email, ticket)? else {
        return Ok(Outcome::Wrong);
    };
    let matches = match SignInCode::parse(typed) {
        Ok(code) => {
            let mark = code_mark(unit, email, &code);
            let live = live_codes(unit, &ticket.email_mark)?;
            live.iter().any(|code| code.code_mark == mark)
        }
        Err(_) => false,
    };
    if judge(attempt(&ticket, unit.now.naive_utc(), matches)).is_err() {
        store::set_ticket_tried(unit, &ticket.ticket_mark)?;
        return Ok(Outcome::Wrong);
    }
    store::delete_ticket(unit, &ticket.ticket_mark)?;
    store::delete_codes(unit, &ticket.email_mark)?;
    let account = store::find_or_insert_account(unit, email, language)?;
    Ok(Outcome::SignedIn(Box::new(sessions::begin(unit, account)?)))
}

fn attempt(ticket: &Ticket, now: NaiveDateTime, matches: bool) -> Attempt {
    Attempt {
        age_seconds: age(now, ticket.asked_at),
        wrong_tries: u32::try_from(ticket.wrong_tries).unwrap_or(CODE_TRIES),
        matches,
    }
}

fn age(now: NaiveDateTime, since: NaiveDateTime) -> i64 {
    (now - since).num_seconds()
}

fn live_codes(unit: &mut Unit<'_>, email_mark: &str) -> Result<Vec<SentCode>, Problem> {
    let since = unit.now.naive_utc() - TimeDelta::seconds(CODE_LASTS_SECONDS);
    store::list_codes(unit, email_mark, since)
}

fn ticket_mark(unit: &Unit<'_>, ticket: &str) -> String {
    unit.keys.mark("sign-in ticket", ticket)
}

fn code_mark(unit: &Unit<'_>, email: &str, code: &SignInCode) -> String {
    let code = code.canonical();
    unit.keys.mark("sign-in code", &format!("{email} {code}"))
}

/// The refusal of a wrong code.
pub fn wrong() -> Problem {
    Problem::new(Code::CodeWrong)
}
