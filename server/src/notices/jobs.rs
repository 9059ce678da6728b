//! The worker's side of telling people.

use std::rc::Rc;

use super::mail;
use super::push::sender::Sender;
use super::push::{delivery, fanout};
use super::{inbox, telling};
use crate::codes::Code;
use crate::concerns::publishing;
use crate::platform::app::App;
use crate::platform::outbox::{self, Handler, Outcome, Piece};
use crate::platform::problem::Problem;

/// A worker with its connections to push services.
///
/// # Errors
/// `internal` when the key for pushes cannot be read.
pub fn handler(app: &App) -> Result<Handler, Problem> {
    let sender = Rc::new(Sender::new(app)?);
    Ok(Rc::new(move |app, piece| {
        let sender = sender.clone();
        Box::pin(async move { handle(app, &sender, piece).await })
    }))
}

/// Does one piece of follow-up work.
async fn handle(app: App, sender: &Sender, piece: Piece) -> Result<Outcome, Problem> {
    match piece.kind.as_str() {
        mail::KIND => return mail::send(&app, &mail::unsealed(&app, &piece)?).await,
        delivery::KIND => return delivery::deliver(&app, sender, piece).await,
        telling::KIND => app.write(move |unit| telling::expand(unit, &piece)).await?,
        fanout::KIND => app.write(move |unit| fanout::expand(unit, &piece)).await?,
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
