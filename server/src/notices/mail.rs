//! Letters: written as rows with what caused them, put together when they are sent.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::sign_in::{CODE_LASTS_SECONDS, SignInCode};
use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use serde::{Deserialize, Serialize};
use url::Url;

use super::texts::text;
use crate::codes::Code;
use crate::platform::app::{App, Unit};
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "mail";
/// For how long a letter is worth sending: a mail server may be out of order over a weekend, news
/// of last month is none.
const WORTH: TimeDelta = TimeDelta::days(7);

/// A letter to one person: which one it is and what to fill in.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Letter {
    to: String,
    language: String,
    template: String,
    blanks: BTreeMap<String, String>,
    /// Address of the one-click unsubscribe (RFC 8058), below the site's origin.
    unsubscribe: Option<String>,
    /// Not worth sending after this moment.
    until: Option<DateTime<Utc>>,
}

impl Letter {
    /// The letter with a sign-in code, worthless once the code is.
    pub fn sign_in_code(to: &str, language: &str, code: &SignInCode, now: DateTime<Utc>) -> Self {
        let shown = code.to_string();
        Self {
            until: Some(now + TimeDelta::seconds(CODE_LASTS_SECONDS)),
            ..Self::new(to, language, "sign-in-code", [("code", shown)])
        }
    }

    /// A letter made from a template of the texts.
    pub fn new<const N: usize>(
        to: &str,
        language: &str,
        template: &str,
        blanks: [(&str, String); N],
    ) -> Self {
        Self {
            to: to.to_owned(),
            language: language.to_owned(),
            template: template.to_owned(),
            blanks: blanks.map(|(name, value)| (name.to_owned(), value)).into(),
            unsubscribe: None,
            until: None,
        }
    }

    /// Writes down that this letter will not be sent, with what code the mail server refused it; to
    /// whom it was is nobody's business.
    pub fn give_up(&self, reason: &'static str, code: Option<u16>) {
        tracing::warn!(letter = self.template, reason, code, "a letter is given up");
        metrics::counter!("letters_given_up_total", "reason" => reason).increment(1);
    }

    /// Says where one click ends these letters.
    pub fn unsubscribe_at(mut self, path: String) -> Self {
        self.unsubscribe = Some(path);
        self
    }
}

/// Sends a letter soon, once. It lies sealed until then: an address with a code or a title is
/// nothing for a stolen database to tell.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, mut letter: Letter) -> Result<(), Problem> {
    letter.until.get_or_insert(unit.now + WORTH);
    let dedup = unit.chance.symbols::<16>()?;
    let sealed = unit
        .keys
        .seal(&serde_json::to_string(&letter).map_err(failed)?)?;
    outbox::enqueue(unit, KIND, &sealed, &dedup, unit.now)
}

/// The letter in a piece of work; nothing when it is too old to be sent.
///
/// # Errors
/// `internal` when it was not sealed here.
pub fn open(app: &App, piece: &Piece) -> Result<Option<Letter>, Problem> {
    let sealed: String = outbox::payload(piece)?;
    let letter: Letter = serde_json::from_str(&app.keys().unseal(&sealed)?).map_err(failed)?;
    let over = letter.until.is_some_and(|until| until < app.clock().now());
    if over {
        letter.give_up("old", None);
    }
    Ok(Some(letter).filter(|_| !over))
}

/// Puts a letter together. Its name is that of its piece of work, so that one that goes out twice,
/// because the server died in between, is recognised as one.
///
/// # Errors
/// `internal` when it cannot be put together.
pub fn compose(app: &App, piece: &Piece, letter: &Letter) -> Result<Message, Problem> {
    let mut blanks = letter.blanks.clone();
    let path = blanks.remove("path").unwrap_or_default();
    blanks.insert(
        "link".to_owned(),
        format!("{}{path}", app.config().origin()),
    );
    let template = &letter.template;
    let subject = text(&letter.language, &format!("{template}-subject"), &blanks)?;
    let body = text(&letter.language, &format!("{template}-body"), &blanks)?;
    let from: Mailbox = app.config().mail_from.parse().map_err(failed)?;
    let to = Mailbox::new(None, letter.to.parse().map_err(failed)?);
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", piece.id, host(app))))
        .from(from)
        .to(to)
        .subject(one_line(&subject))
        .header(ContentType::TEXT_PLAIN);
    if let Some(path) = &letter.unsubscribe {
        let address = format!("<{}{path}>", app.config().origin());
        builder = builder
            .raw_header(raw("List-Unsubscribe", address)?)
            .raw_header(raw(
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            )?);
    }
    builder.body(body).map_err(failed)
}

fn raw(name: &str, value: String) -> Result<lettre::message::header::HeaderValue, Problem> {
    use lettre::message::header::{HeaderName, HeaderValue};
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(failed)?;
    Ok(HeaderValue::new(name, value))
}

/// The host of the site's address.
fn host(app: &App) -> String {
    let origin = Url::parse(&app.config().origin()).ok();
    origin
        .as_ref()
        .and_then(Url::host_str)
        .unwrap_or("localhost")
        .to_owned()
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
