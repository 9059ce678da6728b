//! Tells a class how many of it have answered, and nothing else (Server-Sent Events): bars that grow would show a
//! small class who answered what.

use std::time::Duration;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use domain::Code as _;
use domain::poll::RoomState;
use futures_util::{Stream, stream};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::routes::parse_code;
use super::store;
use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};

/// As many screens at a time, in one process.
const MOST: usize = 256;
/// As many of one room: whoever has the code of one must not take the places of all.
const OF_ROOM: usize = 16;
/// The time between two looks at a room.
const APART: Duration = Duration::from_secs(1);
/// After so many looks without a change there is a sign of life.
const SILENT: u32 = 25;

/// The places of screens that look, and those of each room that one looks at.
pub struct Screens {
    all: Arc<Semaphore>,
    rooms: Mutex<HashMap<String, Weak<Semaphore>>>,
}

impl Default for Screens {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(MOST)),
            rooms: Mutex::default(),
        }
    }
}

impl Screens {
    /// A place in a room; nothing while all are taken.
    fn place(&self, code: &str) -> Option<[OwnedSemaphorePermit; 2]> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.retain(|_, room| room.strong_count() > 0);
        let known = rooms.get(code).and_then(Weak::upgrade);
        let room = known.unwrap_or_else(|| Arc::new(Semaphore::new(OF_ROOM)));
        rooms.insert(code.to_owned(), Arc::downgrade(&room));
        let own = room.try_acquire_owned().ok()?;
        Some([own, self.all.clone().try_acquire_owned().ok()?])
    }
}

/// What a screen shows.
#[derive(Clone, PartialEq, Serialize)]
struct Count {
    answered: i32,
    state: &'static str,
    closes_at: Option<DateTime<Utc>>,
}

struct Line {
    app: web::Data<App>,
    code: String,
    told: Option<Count>,
    silent: u32,
    over: bool,
    _place: [OwnedSemaphorePermit; 2],
}

/// How many have answered in a room, each time it changes (`text/event-stream`).
#[utoipa::path(
    operation_id = "watch_poll_room", tag = "polls",
    responses(
        (status = 200, content_type = "text/event-stream", body = String),
        (status = 404, body = ProblemBody), (status = 503, body = ProblemBody),
    ),
)]
#[get("/poll-rooms/{code}/count")]
pub async fn watch_poll_room(
    app: web::Data<App>,
    screens: web::Data<Screens>,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    look(&app, &code).await?;
    let place = screens.place(&code);
    let place = place.ok_or_else(|| Problem::new(Code::Busy).retry_after(10))?;
    let line = Line {
        app,
        code,
        told: None,
        silent: 0,
        over: false,
        _place: place,
    };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        // A proxy that waits for more keeps the word back.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(words(line)))
}

async fn look(app: &App, code: &str) -> Result<Count, Problem> {
    let code = code.to_owned();
    app.read(move |unit| {
        let room = store::get(unit, &code)?;
        Ok(Count {
            answered: room.answered,
            state: room.state(unit.now).code(),
            closes_at: room.times().closes_at,
        })
    })
    .await
}

fn words(line: Line) -> impl Stream<Item = Result<Bytes, Problem>> {
    stream::unfold(line, |mut line| async move {
        if line.over {
            return None;
        }
        let word = line.next().await?;
        Some((Ok(Bytes::from(word)), line))
    })
}

impl Line {
    /// The next word; nothing once the server stops.
    async fn next(&mut self) -> Option<String> {
        loop {
            if self.told.is_some() {
                tokio::time::sleep(APART).await;
            }
            if self.app.kept().is_closed() {
                return None;
            }
            // Whoever looks on through a short outage of the store sees the last number meanwhile.
            if let Ok(count) = look(&self.app, &self.code).await
                && self.told.as_ref() != Some(&count)
            {
                self.silent = 0;
                self.over = count.state == RoomState::Closed.code();
                let word = serde_json::to_string(&count).ok()?;
                self.told = Some(count);
                return Some(format!("retry: 3000\nevent: count\ndata: {word}\n\n"));
            }
            self.silent += 1;
            if self.silent >= SILENT {
                self.silent = 0;
                return Some(":\n\n".to_owned());
            }
        }
    }
}
