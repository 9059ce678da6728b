//! Queries of an issuer, on a small file of its own.

use std::path::Path;

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::codes::Code;
use crate::platform::files;
use crate::platform::problem::Problem;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations/issuer");

diesel::table! {
    issuer_keys (consultation_id) {
        consultation_id -> Text,
        tokens -> Integer,
        issuing_until -> Timestamp,
        key_modulus -> Text,
        private_key -> Nullable<Binary>,
        reveal -> Text,
        announcement -> Nullable<Text>,
        revealed -> Bool,
    }
}

diesel::table! {
    issuer_requests (consultation_id, voter) {
        consultation_id -> Text,
        voter -> Text,
        messages_hash -> Text,
    }
}

/// The key of one vote.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = issuer_keys)]
pub struct KeyRow {
    /// The consultation.
    pub consultation_id: String,
    /// Tokens of one resident.
    pub tokens: i32,
    /// When issuing ends.
    pub issuing_until: NaiveDateTime,
    /// The public half.
    pub key_modulus: String,
    /// The private half (PKCS#8); gone once this issuer revealed.
    pub private_key: Option<Vec<u8>>,
    /// What was committed to.
    pub reveal: String,
    /// What the last statement was about.
    pub announcement: Option<String>,
    /// Whether the reveal was given away.
    pub revealed: bool,
}

/// Opens the file in this folder, making it where there is none.
///
/// # Errors
/// `storage_unavailable`.
pub fn open(folder: &Path) -> Result<SqliteConnection, Problem> {
    let failed = |cause: String| Problem::caused(Code::StorageUnavailable, cause);
    let file = folder.join("issuer.sqlite3");
    if !file.exists() {
        // For nobody else to read; what SQLite writes beside it is made like it.
        files::create(&file).map_err(|cause| failed(cause.to_string()))?;
    }
    let mut conn = SqliteConnection::establish(&file.to_string_lossy())
        .map_err(|cause| failed(cause.to_string()))?;
    // What is deleted is overwritten: a private key above all.
    conn.batch_execute(
        "PRAGMA busy_timeout=10000; PRAGMA secure_delete=ON; PRAGMA journal_mode=TRUNCATE; \
         PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    )?;
    conn.run_pending_migrations(MIGRATIONS)
        .map_err(|cause| failed(cause.to_string()))?;
    Ok(conn)
}

/// The key of a vote.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_key(conn: &mut SqliteConnection, id: &str) -> Result<Option<KeyRow>, Problem> {
    Ok(issuer_keys::table
        .find(id)
        .select(KeyRow::as_select())
        .first(conn)
        .optional()?)
}

/// The key of a vote that there must be.
///
/// # Errors
/// `vote_unknown`.
pub fn get_key(conn: &mut SqliteConnection, id: &str) -> Result<KeyRow, Problem> {
    find_key(conn, id)?.ok_or_else(|| Problem::new(Code::VoteUnknown))
}

/// Writes a key down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_key(conn: &mut SqliteConnection, row: &KeyRow) -> Result<(), Problem> {
    diesel::insert_into(issuer_keys::table)
        .values(row)
        .execute(conn)?;
    Ok(())
}

/// Issuing ends then.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_issuing_until(
    conn: &mut SqliteConnection,
    id: &str,
    until: NaiveDateTime,
) -> Result<(), Problem> {
    diesel::update(issuer_keys::table.find(id))
        .set(issuer_keys::issuing_until.eq(until))
        .execute(conn)?;
    Ok(())
}

/// What the last statement was about.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_announcement(
    conn: &mut SqliteConnection,
    id: &str,
    announcement: &str,
) -> Result<(), Problem> {
    diesel::update(issuer_keys::table.find(id))
        .set(issuer_keys::announcement.eq(announcement))
        .execute(conn)?;
    Ok(())
}

/// The reveal is given away, and the private key is gone.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_revealed(conn: &mut SqliteConnection, id: &str) -> Result<(), Problem> {
    diesel::update(issuer_keys::table.find(id))
        .set((
            issuer_keys::revealed.eq(true),
            issuer_keys::private_key.eq(None::<Vec<u8>>),
        ))
        .execute(conn)?;
    Ok(())
}

/// The hash of what was asked for a voter.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_request(
    conn: &mut SqliteConnection,
    id: &str,
    voter: &str,
) -> Result<Option<String>, Problem> {
    Ok(issuer_requests::table
        .find((id, voter))
        .select(issuer_requests::messages_hash)
        .first(conn)
        .optional()?)
}

/// Writes down what is asked for a voter.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_request(
    conn: &mut SqliteConnection,
    id: &str,
    voter: &str,
    hash: &str,
) -> Result<(), Problem> {
    diesel::insert_into(issuer_requests::table)
        .values((
            issuer_requests::consultation_id.eq(id),
            issuer_requests::voter.eq(voter),
            issuer_requests::messages_hash.eq(hash),
        ))
        .execute(conn)?;
    Ok(())
}

/// For how many was signed.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_requests(conn: &mut SqliteConnection, id: &str) -> Result<i64, Problem> {
    Ok(issuer_requests::table
        .filter(issuer_requests::consultation_id.eq(id))
        .count()
        .get_result(conn)?)
}
