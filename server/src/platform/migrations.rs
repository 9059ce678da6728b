//! The schema, brought up to date before anything is served.

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::{MigrationSource, Result as StepResult};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use super::copying::mark;
use super::problem::Problem;
use super::storage;
use crate::codes::Code;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");

/// Several processes that start at once bring the store up to date one after the other; the lock goes
/// with the connection. The number is ours in this database.
const LOCK: &str = "SELECT pg_advisory_lock(7425001)";

/// Brings the store at `url` up to date, making it where there is none; says how many steps that took.
///
/// # Errors
/// `storage_unavailable` when a step fails, when a newer version made the store, or when it is half a
/// copy.
pub fn migrate(url: &str) -> Result<usize, Problem> {
    storage::make(url).map_err(failed)?;
    refuse_half(&mut storage::connect(url)?)?;
    bring_up_to_date(url)
}

/// As [`migrate`], also for the target of a copy that goes on.
///
/// # Errors
/// `storage_unavailable` when a step fails, or when a newer version made the store.
pub fn bring_up_to_date(url: &str) -> Result<usize, Problem> {
    let mut conn = storage::connect(url)?;
    match &mut conn {
        Conn::Sqlite(sqlite) => {
            sqlite.batch_execute("PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL;")?;
            refuse_newer(sqlite, SQLITE)?;
            sqlite
                .run_pending_migrations(SQLITE)
                .map(|done| done.len())
                .map_err(failed)
        }
        Conn::Postgres(postgres) => {
            postgres.batch_execute(LOCK)?;
            refuse_newer(postgres, POSTGRES)?;
            postgres
                .run_pending_migrations(POSTGRES)
                .map(|done| done.len())
                .map_err(failed)
        }
    }
}

/// Checks that the store at `url` is as this program needs it, without touching it.
///
/// # Errors
/// `storage_unavailable` when it is older or newer, or no store of ours.
pub fn require_current(url: &str) -> Result<(), Problem> {
    let mut conn = require_ours(url)?;
    let older = match &mut conn {
        Conn::Sqlite(sqlite) => sqlite.has_pending_migration(SQLITE).map_err(failed)?,
        Conn::Postgres(postgres) => postgres.has_pending_migration(POSTGRES).map_err(failed)?,
    };
    if older {
        return Err(failed(
            "the store is older than this program: `trekendesh migrate` brings it up to date",
        ));
    }
    Ok(())
}

/// Checks that the store at `url` was made by this program or an earlier version of it, and is no half
/// copy.
///
/// # Errors
/// `storage_unavailable` when it was not.
pub fn require_ours(url: &str) -> Result<Conn, Problem> {
    let mut conn = storage::connect(url)?;
    match &mut conn {
        Conn::Sqlite(sqlite) => {
            sqlite.batch_execute("PRAGMA busy_timeout=10000; PRAGMA query_only=ON;")?;
            refuse_newer(sqlite, SQLITE)?;
        }
        Conn::Postgres(postgres) => {
            // Looking for the steps would make their table in whatever database this is.
            postgres
                .batch_execute("SELECT version FROM __diesel_schema_migrations LIMIT 1")
                .map_err(|cause| failed(format!("this is no store of Trekendesh ({cause})")))?;
            refuse_newer(postgres, POSTGRES)?;
        }
    }
    refuse_half(&mut conn)?;
    Ok(conn)
}

/// Refuses a store that a copy has not filled to its end: whoever is answered from it is answered
/// wrongly.
fn refuse_half(conn: &mut Conn) -> Result<(), Problem> {
    if mark::is_there(conn)? {
        return Err(failed(
            "a copy into this store is not finished: `trekendesh copy` goes on with it",
        ));
    }
    Ok(())
}

/// Refuses a store with a step that this program does not know: it would not keep to its rules.
fn refuse_newer<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    known: impl MigrationSource<DB>,
) -> Result<(), Problem> {
    let foreign = |cause| failed(format!("this is no store of Trekendesh ({cause})"));
    match first_unknown(conn, known).map_err(foreign)? {
        None => Ok(()),
        Some(step) => Err(failed(format!(
            "a newer version made the store (step {step}): use that version, or restore a backup"
        ))),
    }
}

fn first_unknown<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    known: impl MigrationSource<DB>,
) -> StepResult<Option<String>> {
    let known = known.migrations()?;
    let unknown = conn.applied_migrations()?.into_iter().find(|step| {
        known
            .iter()
            .all(|migration| migration.name().version() != *step)
    });
    Ok(unknown.map(|step| step.to_string()))
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::StorageUnavailable, cause)
}
