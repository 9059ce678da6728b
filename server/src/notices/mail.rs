//! Letters: written as rows with what caused them, sent by a worker over SMTP.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::sign_in::{CODE_LASTS_SECONDS, SignInCode};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use serde::{Deserialize, Serialize};

use super::texts::text;
use crate::codes::Code;
use crate::platform::app::{App, Unit};
use crate::platform::files;
use crate::platform::outbox::{self, Outcome, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "mail";

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
pub fn enqueue(unit: &mut Unit<'_>, letter: &Letter) -> Result<(), Problem> {
    let dedup = unit.chance.symbols::<16>()?;
    let sealed = unit
        .keys
        .seal(&serde_json::to_string(letter).map_err(failed)?)?;
    outbox::enqueue(unit, KIND, &sealed, &dedup, unit.now)
}

/// The letter in a piece of work.
///
/// # Errors
/// `internal` when it was not sealed here.
pub fn unsealed(app: &App, piece: &Piece) -> Result<Letter, Problem> {
    let sealed: String = outbox::payload(piece)?;
    serde_json::from_str(&app.keys().unseal(&sealed)?).map_err(failed)
}

/// Sends a letter, or writes it into the demo's folder.
///
/// # Errors
/// `internal` when it cannot be put together, `storage_unavailable` when the server refuses.
pub async fn send(app: &App, letter: &Letter) -> Result<Outcome, Problem> {
    if letter.until.is_some_and(|until| until < app.clock().now()) {
        return Ok(Outcome::Done);
    }
    let message = compose(app, letter)?;
    if let Some(folder) = &app.config().mail_dir {
        return write_to(app, folder, &message);
    }
    let Some(url) = &app.config().smtp_url else {
        return Ok(Outcome::Later(Some(300)));
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map_err(failed)?
        .timeout(Some(std::time::Duration::from_secs(20)))
        .build();
    match transport.send(message).await {
        Ok(_) => Ok(Outcome::Done),
        Err(error) => {
            // Also what a server calls permanent is often a server that is not set up yet.
            let permanent = error.is_permanent();
            tracing::warn!(permanent, "the mail server takes a letter not now");
            Ok(Outcome::Later(None))
        }
    }
}

fn compose(app: &App, letter: &Letter) -> Result<Message, Problem> {
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

fn write_to(app: &App, folder: &std::path::Path, message: &Message) -> Result<Outcome, Problem> {
    files::make_folder(folder).map_err(failed)?;
    let name = format!(
        "{}-{}.eml",
        app.clock().now().format("%Y%m%d%H%M%S"),
        crate::platform::chance::Chance.symbols::<8>()?
    );
    files::write(&folder.join(name), &message.formatted()).map_err(failed)?;
    Ok(Outcome::Done)
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
