//! Signing in by a code sent to an e-mail address. Whether the address is known changes nothing
//! that the asker can see.

use domain::sign_in::{Attempt, CODE_TRIES, RESEND_AFTER_SECONDS, SignInCode, judge};

use super::sessions::{self, Grant};
use super::store::{self, SentCode};
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

/// Sends a fresh code to the address, unless one went out a moment ago.
///
/// # Errors
/// `storage_unavailable`.
pub fn send_code(unit: &mut Unit<'_>, email: &str, language: &str) -> Result<(), Problem> {
    let email_mark = unit.keys.mark("email", email);
    let now = unit.now.naive_utc();
    if let Some(last) = store::find_code(unit, &email_mark)?
        && (0..RESEND_AFTER_SECONDS).contains(&(now - last.sent_at).num_seconds())
    {
        return Ok(());
    }
    let code = SignInCode::from_entropy(unit.chance.bytes()?);
    store::set_code(
        unit,
        &SentCode {
            code_mark: code_mark(unit, email, &code),
            email_mark,
            wrong_tries: 0,
            sent_at: now,
        },
    )?;
    let account = store::find_account_by_email(unit, email)?;
    let language = account.map_or_else(|| language.to_owned(), |account| account.language);
    let letter = Letter::sign_in_code(email, &language, &code, unit.now);
    mail::enqueue(unit, letter)
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
    typed: &str,
    language: &str,
) -> Result<Outcome, Problem> {
    let email_mark = unit.keys.mark("email", email);
    let Some(sent) = store::find_code(unit, &email_mark)? else {
        return Ok(Outcome::Wrong);
    };
    let matches =
        SignInCode::parse(typed).is_ok_and(|code| code_mark(unit, email, &code) == sent.code_mark);
    let attempt = Attempt {
        age_seconds: (unit.now.naive_utc() - sent.sent_at).num_seconds(),
        wrong_tries: u32::try_from(sent.wrong_tries).unwrap_or(CODE_TRIES),
        used: false,
        matches,
    };
    if judge(attempt).is_err() {
        store::set_code_tried(unit, &email_mark)?;
        return Ok(Outcome::Wrong);
    }
    store::delete_code(unit, &email_mark)?;
    let account = store::find_or_insert_account(unit, email, language)?;
    Ok(Outcome::SignedIn(Box::new(sessions::begin(unit, account)?)))
}

fn code_mark(unit: &Unit<'_>, email: &str, code: &SignInCode) -> String {
    let code = code.canonical();
    unit.keys.mark("sign-in code", &format!("{email} {code}"))
}

/// The refusal of a wrong code.
pub fn wrong() -> Problem {
    Problem::new(Code::CodeWrong)
}
