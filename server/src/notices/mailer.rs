//! How letters leave the house: over SMTP, or into the demo's folder.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use actix_web::web;
use lettre::{Message, SmtpTransport, Transport};
use url::Url;

use super::mail;
use super::refusals::is_about_the_letter;
use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::files;
use crate::platform::outbox::{Outcome, Piece};
use crate::platform::problem::Problem;

/// How long a mail server may take for one answer. Lettre keeps to it in its blocking transport only.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many seconds letters wait for an operator to name a mail server.
const UNNAMED: u32 = 300;

/// The one way to the mail server; its connections are kept for the next letter.
pub struct Mailer {
    transport: Option<SmtpTransport>,
}

impl Mailer {
    /// With the installation's settings.
    ///
    /// # Errors
    /// `internal` when the address of the mail server is none.
    pub fn new(app: &App) -> Result<Self, Problem> {
        let url = app.config().smtp_url.as_deref();
        Ok(Self {
            transport: url.map(transport).transpose()?,
        })
    }

    /// Sends the letter in a piece of work.
    ///
    /// # Errors
    /// `internal` when it cannot be read or put together.
    pub async fn send(&self, app: &App, piece: &Piece) -> Result<Outcome, Problem> {
        let Some(letter) = mail::open(app, piece)? else {
            return Ok(Outcome::Done);
        };
        let message = mail::compose(app, piece, &letter)?;
        if let Some(folder) = &app.config().mail_dir {
            let now = app.clock().now().format("%Y%m%d%H%M%S");
            return keep(folder, &format!("{now}-{}.eml", piece.id), &message);
        }
        let Some(transport) = self.transport.clone() else {
            return Ok(Outcome::Untried(UNNAMED));
        };
        let heard = web::block(move || hand_over(&transport, &message)).await;
        Ok(match heard.map_err(failed)? {
            Heard::Taken => Outcome::Done,
            Heard::NotNow(code) => {
                tracing::warn!(code, "the mail server takes a letter not now");
                Outcome::Failed
            }
            Heard::Refused(code) => {
                letter.give_up("refused", Some(code));
                Outcome::Done
            }
        })
    }
}

/// What came of handing a letter over, with the server's code where it said one.
enum Heard {
    Taken,
    NotNow(Option<u16>),
    Refused(u16),
}

/// Hands a letter over. A server may say "never" also when it greets or when we sign in: only one that
/// takes us in, and then refuses, speaks of the letter.
fn hand_over(transport: &SmtpTransport, message: &Message) -> Heard {
    let Err(error) = transport.send(message) else {
        return Heard::Taken;
    };
    let code = error.status().map(u16::from);
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    match code.filter(|_| error.is_permanent()) {
        Some(code)
            if is_about_the_letter(code, &words)
                && transport.test_connection().is_ok_and(|open| open) =>
        {
            Heard::Refused(code)
        }
        _ => Heard::NotNow(code),
    }
}

fn transport(url: &str) -> Result<SmtpTransport, Problem> {
    let url = guarded(url).map_err(failed)?;
    let builder = SmtpTransport::from_url(url.as_str()).map_err(failed)?;
    Ok(builder.timeout(Some(PATIENCE)).build())
}

/// The address of a mail server with what it leaves unsaid: on the way to another machine a letter
/// is encrypted (STARTTLS), unless `tls=none` or `tls=opportunistic` says otherwise.
///
/// # Errors
/// When it is no address.
pub fn guarded(text: &str) -> Result<Url, url::ParseError> {
    let mut url = Url::parse(text)?;
    let said = url
        .query_pairs()
        .find(|(name, _)| name == "tls")
        .map(|(_, value)| value.into_owned());
    match (url.scheme(), said.as_deref()) {
        ("smtp", None) if !is_loopback(&url) => url.set_query(Some("tls=required")),
        ("smtp", Some("none")) => url.set_query(None),
        _ => {}
    }
    Ok(url)
}

/// Whether letters to this mail server do not leave the machine.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address: Option<std::net::IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    address.map_or(host == "localhost", |address| address.is_loopback())
}

fn keep(folder: &Path, name: &str, message: &Message) -> Result<Outcome, Problem> {
    files::make_folder(folder).map_err(failed)?;
    let path = folder.join(name);
    if !path.exists() {
        files::write(&path, &message.formatted()).map_err(failed)?;
    }
    Ok(Outcome::Done)
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
