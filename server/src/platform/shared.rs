//! Writing to PostgreSQL, which several processes do at once.
//!
//! The code above reads, decides and writes as if nobody else wrote, as is so on SQLite. Here the
//! database proves that it could have been so (isolation level serializable) or refuses, and then the
//! write is done again. At first a write runs beside others. Once it collided it waits until it is
//! alone, so that a hundred who press the same button are served one after the other and nobody is
//! refused (decision 20).

use std::time::Duration;

use diesel::Connection;
use diesel::connection::SimpleConnection;

use super::chance::Chance;
use super::conn::Conn;
use super::limits::Limit;
use super::problem::Problem;
use super::storage::Storage;

/// A write beside others. The lock comes before the first look, so that what is seen is as new as can
/// be.
const BESIDE: &str = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; \
    LOCK TABLE write_lock IN ROW EXCLUSIVE MODE";
/// A write that waits for all others, and they for it.
const ALONE: &str = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; \
    LOCK TABLE write_lock IN EXCLUSIVE MODE";
/// How often a write that collided is done again.
const AGAIN: u32 = 5;
/// The longest pause before the first repeat, milliseconds; twice as long before each further one.
const PAUSE: u64 = 10;

/// The nightly rewriting: once a day, by the process that comes first.
pub const A_NIGHT: Limit = Limit {
    name: "rewriting at night",
    times: 1,
    seconds: 86_400,
};

/// Where rows may come from people without a name, with what orders them.
pub const ANONYMOUS: [(&str, &str); 18] = [
    ("concerns", "id"),
    ("concern_search", "concern_id"),
    ("photos", "id"),
    ("events", "concern_id"),
    ("messages", "concern_id"),
    ("supports", "concern_id"),
    ("push_follows", "kind"),
    ("questions", "id"),
    ("question_supports", "question_id"),
    ("meeting_places", "meeting_id"),
    ("idempotency", "mark"),
    ("token_requests", "account_id"),
    ("token_answers", "account_id"),
    ("ballots", "token"),
    ("poll_marks", "mark"),
    ("poll_sums", "cell"),
    ("poll_group_sums", "cell"),
    ("poll_texts", "id"),
];

/// Does a write in one transaction, again where another one came between.
///
/// # Errors
/// What `work` refused, or `storage_unavailable`.
pub fn write<T>(
    storage: &Storage,
    work: impl Fn(&mut Conn) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let mut tries = 0;
    loop {
        let begin = if tries == 0 { BESIDE } else { ALONE };
        let outcome = attempt(storage, begin, &work);
        match outcome {
            Err(problem) if problem.is_collision() && tries < AGAIN => {
                std::thread::sleep(pause(tries)?);
                tries += 1;
            }
            outcome => return outcome,
        }
    }
}

fn attempt<T>(
    storage: &Storage,
    begin: &str,
    work: impl Fn(&mut Conn) -> Result<T, Problem>,
) -> Result<T, Problem> {
    storage.reader()?.transaction(|conn| {
        conn.batch_execute(begin)?;
        work(conn)
    })
}

/// Somewhere within a time that doubles, so that those who collided do not meet again.
fn pause(tries: u32) -> Result<Duration, Problem> {
    let longest = PAUSE << tries.min(6);
    let drawn = u64::from(u16::from_le_bytes(Chance.bytes()?));
    Ok(Duration::from_millis(drawn % longest))
}

/// Gives every row that may be anonymous the same writer and lays them in the order of their random
/// keys. PostgreSQL keeps with each row which transaction wrote it, and neither `VACUUM FULL` nor
/// `CLUSTER` forgets that; writing all of them in one transaction does.
///
/// # Errors
/// `storage_unavailable`.
pub fn rewrite(storage: &Storage) -> Result<(), Problem> {
    let mut conn = storage.reader()?;
    for (table, key) in ANONYMOUS {
        conn.transaction(|conn| {
            conn.batch_execute(&format!(
                "SET LOCAL statement_timeout = 0; LOCK TABLE write_lock IN EXCLUSIVE MODE; \
                 UPDATE {table} SET {key} = {key};"
            ))
        })?;
        conn.transaction(|conn| {
            conn.batch_execute(&format!(
                "SET LOCAL statement_timeout = 0; CLUSTER {table} USING {table}_pkey;"
            ))
        })?;
    }
    Ok(())
}
