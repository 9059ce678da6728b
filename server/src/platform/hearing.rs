//! Processes that share a PostgreSQL tell each other what changes, so that the answers each of them
//! keeps do not outlive it (LISTEN and NOTIFY).
//!
//! What a write changed is told in its own transaction: it is heard after it is there, and where it is
//! there it is told. Every process also tells itself something each second. One that does not hear
//! itself hears nobody, whatever stands between it and the database.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::app::App;
use super::chance::Chance;
use super::conn::Conn;
use super::kept::{Kept, everything};
use super::problem::Problem;
use super::storage::patient;
use crate::codes::Code;

const CHANNEL: &str = "trekendesh";
/// Before the codes of the municipalities that changed.
const CHANGED: &str = "changed ";
/// Rest between two looks for what was told.
const LOOK: Duration = Duration::from_millis(20);
/// How often a process tells itself something, and the longest until it must have heard it.
const BEAT: Duration = Duration::from_secs(1);
/// Rest before a process that lost its connection tries again.
const REST: Duration = Duration::from_millis(200);

/// Tells all processes, this one too, what a write changed: once it is there.
///
/// # Errors
/// `storage_unavailable`.
pub fn tell(conn: &mut Conn, touched: &BTreeSet<String>) -> Result<(), Problem> {
    let Conn::Postgres(server) = conn else {
        return Ok(());
    };
    if !touched.is_empty() {
        let codes: Vec<&str> = touched.iter().map(String::as_str).collect();
        notify(server, &format!("{CHANGED}{}", codes.join(",")))?;
    }
    Ok(())
}

/// Begins to hear, for as long as the process lives.
///
/// # Errors
/// `internal` where no thread can be started.
pub fn start(app: App) -> Result<(), Problem> {
    thread::Builder::new()
        .name("hearing".to_owned())
        .spawn(move || run(&app))
        .map(drop)
        .map_err(|cause| Problem::caused(Code::Internal, cause))
}

fn run(app: &App) {
    let url = app.config().database();
    loop {
        let lost = match hear(&url, app.kept()) {
            Err(lost) => lost,
            Ok(never) => match never {},
        };
        app.kept().stop_hearing();
        tracing::warn!(%lost, "other processes are not heard");
        thread::sleep(REST);
        // While the database is away too, nothing changes there and what is kept goes on.
        if app.answers() {
            app.kept().change(&everything());
        }
    }
}

/// Hears until the connection is lost.
fn hear(url: &str, kept: &Kept) -> Result<std::convert::Infallible, Problem> {
    let mut conn = PgConnection::establish(&patient(url))
        .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
    conn.batch_execute(&format!("SET statement_timeout='5s'; LISTEN {CHANNEL}"))?;
    let own = format!("beat {}", Chance.symbols::<16>()?);
    let (mut told, mut heard) = (None::<Instant>, true);
    loop {
        let news: Vec<String> = conn
            .notifications_iter()
            .map(|news| news.map(|news| news.payload))
            .collect::<QueryResult<_>>()?;
        for payload in news {
            if let Some(codes) = payload.strip_prefix(CHANGED) {
                kept.change(&codes.split(',').map(str::to_owned).collect());
            } else if payload == own {
                heard = true;
                kept.hear();
            }
        }
        if told.is_none_or(|told| told.elapsed() >= BEAT) {
            if !heard {
                return Err(Problem::caused(
                    Code::StorageUnavailable,
                    "what it tells itself does not come back",
                ));
            }
            notify(&mut conn, &own)?;
            (told, heard) = (Some(Instant::now()), false);
        }
        thread::sleep(LOOK);
    }
}

fn notify(server: &mut PgConnection, payload: &str) -> Result<(), Problem> {
    diesel::sql_query("SELECT pg_notify($1, $2)")
        .bind::<Text, _>(CHANNEL)
        .bind::<Text, _>(payload)
        .execute(server)?;
    Ok(())
}
