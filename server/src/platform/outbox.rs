//! Follow-up work as rows: written in the transaction that causes it, done later, at least once,
//! each under a deduplication key. A process that dies between the two loses nothing.
//!
//! A piece is never given up here, however long what it needs is out of order: whoever does the
//! work knows when there is no more sense in it and then says that it is done.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::app::{App, Unit};
use super::conn::Conn;
use super::problem::Problem;
use crate::codes::Code;
use crate::on_each;
use crate::schema::outbox;

/// How many pieces are worked on at once: a dead receiver holds up one place, not the others.
const AT_ONCE: usize = 32;
/// A claimed piece comes back after this time if its worker dies.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// The longest pause between two attempts, in seconds: what was out of order for days is noticed
/// within the hour once it is back.
const LONGEST_PAUSE: i64 = 3600;
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
    /// How often it was tried in vain.
    pub attempts: i32,
}

/// What came of trying a piece.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is done, or there is no more sense in it.
    Done,
    /// It failed: again after a pause that grows with each attempt.
    Failed,
    /// It could not even be tried: again after this many seconds, which is no attempt.
    Untried(u32),
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
    let payload =
        serde_json::to_string(payload).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let piece = Piece {
        id: unit.chance.symbols::<16>()?,
        kind: kind.to_owned(),
        payload,
        dedup,
        due_at: due_at.naive_utc(),
        attempts: 0,
    };
    on_each!(unit.conn, conn => diesel::insert_into(outbox::table)
        .values(&piece)
        .on_conflict(outbox::dedup)
        .do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Works on what is due, for as long as the process lives.
pub async fn run(app: App, handler: Handler) {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    if !app.is_shared()
        && let Err(problem) = app.write(take_back).await
    {
        tracing::warn!(%problem, "what was begun before waits for its lease");
    }
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
    let pieces = app.write_apart(move |unit| claim(unit, most)).await?;
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
        .write_apart(move |unit| match outcome {
            Ok(Outcome::Done) => remove(unit, &piece.id).map(drop),
            Ok(Outcome::Failed) => postpone(unit, &piece),
            Ok(Outcome::Untried(seconds)) => put_off(unit, &piece, seconds.into(), piece.attempts),
            Err(problem) => {
                tracing::warn!(kind = piece.kind, cause = %problem, "follow-up work failed");
                postpone(unit, &piece)
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

/// What is due and no other process is about to take.
fn list_free(unit: &mut Unit<'_>, most: i64) -> Result<Vec<Piece>, Problem> {
    let due = outbox::table
        .filter(outbox::due_at.le(unit.now.naive_utc()))
        .order((outbox::due_at, outbox::id))
        .limit(most);
    Ok(match unit.conn {
        Conn::Sqlite(conn) => due.select(Piece::as_select()).load(conn)?,
        Conn::Postgres(conn) => due
            .select(Piece::as_select())
            .for_update()
            .skip_locked()
            .load(conn)?,
    })
}

fn claim(unit: &mut Unit<'_>, most: i64) -> Result<Vec<Piece>, Problem> {
    let pieces = list_free(unit, most)?;
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

/// Makes due what a process had claimed that lives no more: where there is only one, all that is claimed
/// when it starts.
fn take_back(unit: &mut Unit<'_>) -> Result<(), Problem> {
    diesel::update(outbox::table)
        .filter(outbox::attempts.gt(0))
        .filter(outbox::due_at.le((unit.now + LEASE).naive_utc()))
        .set(outbox::due_at.eq(unit.now.naive_utc()))
        .execute(unit.conn)?;
    Ok(())
}

fn postpone(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let attempts = piece.attempts.saturating_add(1);
    let pause = growing_pause(u32::try_from(attempts).unwrap_or(0));
    put_off(unit, piece, pause, attempts)
}

fn put_off(unit: &mut Unit<'_>, piece: &Piece, seconds: i64, attempts: i32) -> Result<(), Problem> {
    diesel::update(outbox::table.find(&piece.id))
        .set((
            outbox::due_at.eq((unit.now + TimeDelta::seconds(seconds)).naive_utc()),
            outbox::attempts.eq(attempts),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// How many seconds to wait after so many attempts in vain: twice as long each time, an hour at
/// most.
pub fn growing_pause(attempts: u32) -> i64 {
    2_i64
        .saturating_pow(attempts)
        .saturating_mul(5)
        .min(LONGEST_PAUSE)
}

/// What a piece of work needs.
///
/// # Errors
/// `internal` when it does not parse.
pub fn payload<T: serde::de::DeserializeOwned>(piece: &Piece) -> Result<T, Problem> {
    serde_json::from_str(&piece.payload).map_err(|cause| Problem::caused(Code::Internal, cause))
}

/// Takes a piece away: it is done, or its follow-up lies in the same transaction. Says whether it
/// was still there; where it was not, somebody else did the work after this worker's time ran out,
/// and it must not be done again.
///
/// # Errors
/// `storage_unavailable`.
pub fn remove(unit: &mut Unit<'_>, id: &str) -> Result<bool, Problem> {
    let removed = diesel::delete(outbox::table.find(id)).execute(unit.conn)?;
    Ok(removed > 0)
}
