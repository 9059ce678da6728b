//! Follow-up work as rows: written in the transaction that causes it, done later, at least once,
//! each under a deduplication key. A process that dies between the two loses nothing.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::app::{App, Unit};
use super::problem::Problem;
use crate::codes::Code;
use crate::schema::outbox;

/// How many pieces are worked on at once: a dead receiver holds up one place, not the others.
const AT_ONCE: usize = 32;
/// A claimed piece comes back after this time if its worker dies.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// After this many attempts a piece is given up.
const ATTEMPTS: i32 = 12;
/// Longest rest between two looks, for what another process wrote or what falls due.
const REST: Duration = Duration::from_secs(1);
/// Shortest rest, so that many writes do not make many looks.
const BREATH: Duration = Duration::from_millis(10);

/// A piece of follow-up work.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = outbox)]
pub struct Piece {
    /// Its id.
    pub id: String,
    /// What kind of work.
    pub kind: String,
    /// What it needs, JSON.
    pub payload: String,
    /// Never two pieces with the same.
    pub dedup: String,
    /// Not before.
    pub due_at: NaiveDateTime,
    /// How often it was tried.
    pub attempts: i32,
}

/// What came of trying a piece.
#[derive(Debug)]
pub enum Outcome {
    /// It is done, or there is no more sense in it.
    Done,
    /// Not yet: again after this many seconds, or after a growing pause.
    Later(Option<u32>),
}

/// Who does the work.
pub type Handler = Rc<dyn Fn(App, Piece) -> LocalBoxFuture<'static, Result<Outcome, Problem>>>;

/// Adds a piece of work to the present transaction; a second one with the same key is nothing new.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(
    unit: &mut Unit<'_>,
    kind: &str,
    payload: &impl Serialize,
    dedup: &str,
    due_at: DateTime<Utc>,
) -> Result<(), Problem> {
    let dedup = format!("{kind} {dedup}");
    let known: i64 = outbox::table
        .filter(outbox::dedup.eq(&dedup))
        .count()
        .get_result(unit.conn)?;
    if known > 0 {
        return Ok(());
    }
    let payload =
        serde_json::to_string(payload).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    diesel::insert_into(outbox::table)
        .values(&Piece {
            id: unit.chance.symbols::<16>()?,
            kind: kind.to_owned(),
            payload,
            dedup,
            due_at: due_at.naive_utc(),
            attempts: 0,
        })
        .execute(unit.conn)?;
    Ok(())
}

/// Works on what is due, for as long as the process lives.
pub async fn run(app: App, handler: Handler) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        tokio::time::sleep(BREATH).await;
        match turn(&app, &handler, &places).await {
            Ok(0) => app.written(REST).await,
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!(code = problem.code().as_str(), "outbox waits");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// Begins as many pieces as there are free places, without waiting for those that run.
async fn turn(app: &App, handler: &Handler, places: &Arc<Semaphore>) -> Result<usize, Problem> {
    let place = take_place(places).await?;
    let most = i64::try_from(places.available_permits() + 1).unwrap_or(1);
    drop(place);
    if app.read(move |unit| list_due(unit, most)).await?.is_empty() {
        return Ok(0);
    }
    let pieces = app.write(move |unit| claim(unit, most)).await?;
    let count = pieces.len();
    for piece in pieces {
        let place = take_place(places).await?;
        let work = work(app.clone(), handler.clone(), piece);
        actix_web::rt::spawn(async move {
            work.await;
            drop(place);
        });
    }
    Ok(count)
}

async fn take_place(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    let place = places.clone().acquire_owned().await;
    place.map_err(|cause| Problem::caused(Code::Internal, cause))
}

async fn work(app: App, handler: Handler, piece: Piece) {
    let outcome = handler(app.clone(), piece.clone()).await;
    let kind = piece.kind.clone();
    let settled = app
        .write(move |unit| match outcome {
            Ok(Outcome::Done) => remove(unit, &piece.id),
            Ok(Outcome::Later(seconds)) => postpone(unit, &piece, seconds),
            Err(problem) => {
                tracing::warn!(kind = piece.kind, cause = %problem, "follow-up work failed");
                postpone(unit, &piece, None)
            }
        })
        .await;
    if let Err(problem) = settled {
        // The lease runs out and the piece comes again.
        tracing::warn!(
            kind,
            code = problem.code().as_str(),
            "follow-up work not settled"
        );
    }
}

/// Everything that waits, in its order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_all(unit: &mut Unit<'_>) -> Result<Vec<Piece>, Problem> {
    Ok(outbox::table
        .order((outbox::due_at, outbox::id))
        .select(Piece::as_select())
        .load(unit.conn)?)
}

fn list_due(unit: &mut Unit<'_>, most: i64) -> Result<Vec<Piece>, Problem> {
    Ok(outbox::table
        .filter(outbox::due_at.le(unit.now.naive_utc()))
        .order((outbox::due_at, outbox::id))
        .limit(most)
        .select(Piece::as_select())
        .load(unit.conn)?)
}

fn claim(unit: &mut Unit<'_>, most: i64) -> Result<Vec<Piece>, Problem> {
    let pieces = list_due(unit, most)?;
    let until = (unit.now + LEASE).naive_utc();
    for piece in &pieces {
        diesel::update(outbox::table.find(&piece.id))
            .set((
                outbox::due_at.eq(until),
                outbox::attempts.eq(piece.attempts + 1),
            ))
            .execute(unit.conn)?;
    }
    Ok(pieces)
}

fn postpone(unit: &mut Unit<'_>, piece: &Piece, seconds: Option<u32>) -> Result<(), Problem> {
    if piece.attempts + 1 >= ATTEMPTS {
        tracing::warn!(kind = piece.kind, "follow-up work given up");
        return remove(unit, &piece.id);
    }
    let growing = 2_i64.saturating_pow(u32::try_from(piece.attempts + 1).unwrap_or(0)) * 5;
    let pause = seconds.map_or(growing, i64::from).clamp(1, 6 * 3600);
    diesel::update(outbox::table.find(&piece.id))
        .set(outbox::due_at.eq((unit.now + TimeDelta::seconds(pause)).naive_utc()))
        .execute(unit.conn)?;
    Ok(())
}

/// What a piece of work needs.
///
/// # Errors
/// `internal` when it does not parse.
pub fn payload<T: serde::de::DeserializeOwned>(piece: &Piece) -> Result<T, Problem> {
    serde_json::from_str(&piece.payload).map_err(|cause| Problem::caused(Code::Internal, cause))
}

/// Takes a piece away: it is done, or its follow-up lies in the same transaction.
///
/// # Errors
/// `storage_unavailable`.
pub fn remove(unit: &mut Unit<'_>, id: &str) -> Result<(), Problem> {
    diesel::delete(outbox::table.find(id)).execute(unit.conn)?;
    Ok(())
}
