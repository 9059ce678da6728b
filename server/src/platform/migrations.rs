//! The schema, brought up to date before anything is served.

use diesel::Connection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::conn::Conn;
use super::problem::Problem;
use crate::codes::Code;

const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");

/// Brings the store at `url` up to date; says how many steps that took.
///
/// # Errors
/// `storage_unavailable` when a step fails.
pub fn migrate(url: &str) -> Result<usize, Problem> {
    let failed = |cause: String| Problem::caused(Code::StorageUnavailable, cause);
    let mut conn = Conn::establish(url).map_err(|cause| failed(cause.to_string()))?;
    match &mut conn {
        Conn::Sqlite(sqlite) => {
            use diesel::connection::SimpleConnection;
            sqlite.batch_execute("PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL;")?;
            sqlite
                .run_pending_migrations(SQLITE)
                .map(|done| done.len())
                .map_err(|cause| failed(cause.to_string()))
        }
        Conn::Postgres(_) => Err(failed("PostgreSQL is not served yet".to_owned())),
    }
}
