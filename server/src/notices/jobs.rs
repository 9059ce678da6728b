//! The worker's side of telling people.

use futures_util::future::LocalBoxFuture;

use super::mail::{self, Letter};
use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::outbox::{Outcome, Piece};
use crate::platform::problem::Problem;

/// Does one piece of follow-up work.
pub fn handle(app: App, piece: Piece) -> LocalBoxFuture<'static, Result<Outcome, Problem>> {
    Box::pin(async move {
        match piece.kind.as_str() {
            mail::KIND => mail::send(&app, &read::<Letter>(&piece)?).await,
            other => Err(Problem::caused(
                Code::Internal,
                format!("unknown work {other}"),
            )),
        }
    })
}

fn read<T: serde::de::DeserializeOwned>(piece: &Piece) -> Result<T, Problem> {
    serde_json::from_str(&piece.payload).map_err(|cause| Problem::caused(Code::Internal, cause))
}
