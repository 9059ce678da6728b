//! The worker's side of telling people.

use std::rc::Rc;

use super::desk;
use super::mail;
use super::mailer::Mailer;
use super::measures;
use super::papers;
use super::push::sender::Sender;
use super::push::{consultations, delivery, documents, fanout, meetings};
use super::{inbox, telling};
use crate::codes::Code;
use crate::concerns::{contests, publishing, support};
use crate::identity::AccountId;
use crate::meetings::residents;
use crate::platform::app::{App, Unit};
use crate::platform::outbox::{self, Handler, Outcome, Piece};
use crate::platform::problem::Problem;

/// The ways out of the house.
struct Ways {
    mailer: Mailer,
    sender: Sender,
}

/// A worker with its connections to the mail server and to push services.
///
/// # Errors
/// `internal` when the key for pushes or the address of the mail server cannot be read.
pub fn handler(app: &App) -> Result<Handler, Problem> {
    let ways = Rc::new(Ways {
        mailer: Mailer::new(app)?,
        sender: Sender::new(app)?,
    });
    Ok(Rc::new(move |app, piece| {
        let ways = ways.clone();
        Box::pin(async move { handle(app, &ways, piece).await })
    }))
}

/// Does one piece of follow-up work.
async fn handle(app: App, ways: &Ways, piece: Piece) -> Result<Outcome, Problem> {
    match piece.kind.as_str() {
        mail::KIND => return ways.mailer.send(&app, &piece).await,
        delivery::KIND => return delivery::deliver(&app, &ways.sender, piece).await,
        telling::KIND => app.write(move |unit| telling::expand(unit, &piece)).await?,
        desk::KIND => app.write(move |unit| desk::expand(unit, &piece)).await?,
        measures::KIND => {
            app.write(move |unit| measures::expand(unit, &piece))
                .await?
        }
        papers::KIND => app.write(move |unit| papers::expand(unit, &piece)).await?,
        fanout::KIND => app.write(move |unit| fanout::expand(unit, &piece)).await?,
        consultations::KIND => {
            app.write(move |unit| consultations::expand(unit, &piece))
                .await?;
        }
        meetings::KIND => {
            app.write(move |unit| meetings::expand(unit, &piece))
                .await?
        }
        documents::KIND => {
            app.write(move |unit| documents::expand(unit, &piece))
                .await?;
        }
        residents::news::KIND => {
            app.write(move |unit| residents::news::expand(unit, &piece))
                .await?;
        }
        residents::news::GUESTS => {
            app.write(move |unit| residents::news::expand_guests(unit, &piece))
                .await?;
        }
        support::WITHDRAW => {
            app.write(move |unit| support::withdraw(unit, &piece))
                .await?
        }
        contests::ASK => app.write(move |unit| contests::ask(unit, &piece)).await?,
        inbox::DIGEST => {
            app.write(move |unit| inbox::write_digest(unit, &piece))
                .await?;
        }
        publishing::DAILY_BATCH => {
            let municipality: String = outbox::payload(&piece)?;
            app.write(move |unit| publishing::release_morning(unit, &municipality))
                .await?;
        }
        other => {
            let cause = format!("unknown work {other}");
            return Err(Problem::caused(Code::Internal, cause));
        }
    }
    Ok(Outcome::Done)
}

/// What waits and cannot be done: of no known kind, or without what it needs.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let waiting = outbox::list_all(unit)?.into_iter();
    Ok(waiting
        .filter_map(|piece| Some(format!("work {}: {}", piece.id, fault(&piece)?)))
        .collect())
}

/// Why nobody can do a piece, where nobody can.
fn fault(piece: &Piece) -> Option<String> {
    let kind = piece.kind.as_str();
    let needs = match kind {
        mail::KIND | publishing::DAILY_BATCH => outbox::payload::<String>(piece).map(drop),
        delivery::KIND => outbox::payload::<delivery::Page>(piece).map(drop),
        telling::KIND => outbox::payload::<telling::Task>(piece).map(drop),
        desk::KIND => outbox::payload::<desk::Task>(piece).map(drop),
        measures::KIND => outbox::payload::<measures::Task>(piece).map(drop),
        papers::KIND => outbox::payload::<papers::Task>(piece).map(drop),
        fanout::KIND => outbox::payload::<fanout::Task>(piece).map(drop),
        consultations::KIND => outbox::payload::<consultations::Task>(piece).map(drop),
        meetings::KIND => outbox::payload::<meetings::Task>(piece).map(drop),
        documents::KIND => outbox::payload::<documents::Task>(piece).map(drop),
        residents::news::KIND => outbox::payload::<residents::news::Task>(piece).map(drop),
        residents::news::GUESTS => outbox::payload::<residents::news::GuestTask>(piece).map(drop),
        support::WITHDRAW => outbox::payload::<support::Withdrawal>(piece).map(drop),
        contests::ASK => outbox::payload::<contests::Question>(piece).map(drop),
        inbox::DIGEST => outbox::payload::<AccountId>(piece).map(drop),
        _ => return Some(format!("nobody can do \"{kind}\"")),
    };
    let unread = needs.is_err();
    unread.then(|| format!("what \"{kind}\" needs cannot be read"))
}
