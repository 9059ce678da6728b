//! The worker's side of telling people.

use futures_util::future::LocalBoxFuture;

use super::mail::{self, Letter};
use super::{inbox, telling};
use crate::codes::Code;
use crate::concerns::moves;
use crate::platform::app::App;
use crate::platform::outbox::{self, Outcome, Piece};
use crate::platform::problem::Problem;

/// Does one piece of follow-up work.
pub fn handle(app: App, piece: Piece) -> LocalBoxFuture<'static, Result<Outcome, Problem>> {
    Box::pin(async move {
        match piece.kind.as_str() {
            mail::KIND => mail::send(&app, &outbox::payload::<Letter>(&piece)?).await,
            telling::KIND => {
                app.write(move |unit| telling::expand(unit, &piece)).await?;
                Ok(Outcome::Done)
            }
            inbox::DIGEST => {
                app.write(move |unit| inbox::write_digest(unit, &piece))
                    .await?;
                Ok(Outcome::Done)
            }
            moves::DAILY_BATCH => {
                let municipality: String = outbox::payload(&piece)?;
                app.write(move |unit| moves::release(unit, &municipality, true))
                    .await?;
                Ok(Outcome::Done)
            }
            other => Err(Problem::caused(
                Code::Internal,
                format!("unknown work {other}"),
            )),
        }
    })
}
