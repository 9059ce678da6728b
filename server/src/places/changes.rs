//! Tells those who look at a municipality when something public of it changed (Server-Sent Events), so
//! that their page may ask again. It says that, and nothing of what or whose.

use std::time::Duration;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, get, web};
use futures_util::{Stream, stream};
use tokio::sync::watch;

use super::store;
use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::kept::CLOSED;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::read_public;

/// As many look at a time, in one process: each keeps a connection.
const MOST: usize = 192;
/// The least between two words to the same one: many changes in it are one.
const APART: Duration = Duration::from_secs(1);
/// A sign of life after so long without a change, for what stands in between and closes what is silent.
const SILENT: Duration = Duration::from_secs(25);

/// That something public of a municipality changed, each time it does (`text/event-stream`).
#[utoipa::path(
    operation_id = "watch_changes", tag = "places",
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 404, body = ProblemBody), (status = 503, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/changes")]
pub async fn watch_changes(
    app: web::Data<App>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (_, code, ()) = read_public(&app, move |unit| {
        Ok((store::get_municipality(unit, &slug)?.code, ()))
    })
    .await?;
    let (latest, watchers) = app.kept().watch();
    if watchers > MOST {
        return Err(Problem::new(Code::Busy).retry_after(60));
    }
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // A proxy that waits for more keeps the word back.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(words(app, code, latest)))
}

/// One word for each change from now on; the first says when to come back after the line broke.
fn words(
    app: web::Data<App>,
    code: String,
    latest: watch::Receiver<u64>,
) -> impl Stream<Item = Result<Bytes, Problem>> {
    let seen = app.kept().changed_at(&code);
    let begin = Some("retry: 5000\n\n");
    stream::unfold((begin, seen, latest), move |(begin, seen, mut latest)| {
        let (app, code) = (app.clone(), code.clone());
        async move {
            if let Some(word) = begin {
                return Some((
                    Ok(Bytes::from_static(word.as_bytes())),
                    (None, seen, latest),
                ));
            }
            let (word, seen) = next(&app, &code, seen, &mut latest).await?;
            Some((
                Ok(Bytes::from_static(word.as_bytes())),
                (None, seen, latest),
            ))
        }
    })
}

/// The next word, and the moment up to which all is told; nothing once the server stops.
async fn next(
    app: &App,
    code: &str,
    seen: u64,
    latest: &mut watch::Receiver<u64>,
) -> Option<(&'static str, u64)> {
    let silent = tokio::time::Instant::now() + SILENT;
    loop {
        if *latest.borrow_and_update() == CLOSED {
            return None;
        }
        let changed = app.kept().changed_at(code);
        if changed > seen {
            // What comes within this time is told with it.
            let closed = latest.wait_for(|moment| *moment == CLOSED);
            if tokio::time::timeout(APART, closed).await.is_ok() {
                return None;
            }
            return Some(("event: changed\ndata:\n\n", app.kept().changed_at(code)));
        }
        match tokio::time::timeout_at(silent, latest.changed()).await {
            Ok(change) => change.ok()?,
            Err(_) => return Some((":\n\n", seen)),
        }
    }
}
