//! A whole store carried into one of the other kind, row by row in the order of each table's key, so
//! that where the rows lie in the target says nothing about when they came.
//!
//! How far a copy came is read from its target: the greatest key of each table is where it goes on.
//! What it has to carry was measured before it began, and is measured again in the target at its end.

pub mod cells;
pub mod mark;
pub mod rows;
pub mod tables;

use aws_lc_rs::digest::{Context, SHA256};
use diesel::Connection;
use diesel::connection::SimpleConnection;

use super::conn::Conn;
use super::keys::hex;
use super::problem::Problem;
use super::storage;
use crate::codes::Code;
use cells::{Cell, Cells};
use tables::Table;

/// How many rows a table has and what is in them, in the order of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The table.
    pub table: String,
    /// How many rows.
    pub rows: i64,
    /// SHA-256 over all values, hexadecimal.
    pub hash: String,
}

/// Is told how many rows more were gone through.
pub type Told<'a> = &'a mut dyn FnMut(i64);

/// Opens a store for a copy, which may take longer than a request; makes the file that is not there.
///
/// # Errors
/// `storage_unavailable`.
pub fn open(url: &str) -> Result<Conn, Problem> {
    storage::make(url).map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
    let mut conn = storage::connect(url)?;
    conn.batch_execute(match conn {
        Conn::Sqlite(_) => "PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;",
        Conn::Postgres(_) => "SET statement_timeout=0; SET idle_in_transaction_session_timeout=0;",
    })?;
    Ok(conn)
}

/// Reads a store as of one moment, with nobody else on it: what was written meanwhile, or a moment
/// later, would be in the copy by chance only.
///
/// # Errors
/// What `work` refused, or `storage_unavailable`, also where a server has the store open.
pub fn hold<T>(
    source: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, Problem>,
) -> Result<T, Problem> {
    if let Conn::Sqlite(file) = source {
        // Before the file is first read: from then on SQLite gives it to nobody else.
        file.batch_execute("PRAGMA busy_timeout=1000; PRAGMA locking_mode=EXCLUSIVE;")?;
    }
    source.transaction(|source| {
        require_alone(source)?;
        work(source)
    })
}

fn require_alone(source: &mut Conn) -> Result<(), Problem> {
    let in_use = |cause: &str| {
        let cause = format!("the source is in use, stop its servers first ({cause})");
        Problem::caused(Code::StorageUnavailable, cause)
    };
    match source {
        Conn::Sqlite(file) => file
            .batch_execute("DELETE FROM write_lock WHERE FALSE")
            .map_err(|cause| in_use(&cause.to_string())),
        Conn::Postgres(server) => {
            server.batch_execute(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; \
                 LOCK TABLE write_lock IN EXCLUSIVE MODE",
            )?;
            match rows::count_others(source)? {
                0 => Ok(()),
                others => Err(in_use(&format!("{others} connections"))),
            }
        }
    }
}

/// Counts the rows of a table and hashes what is in them.
///
/// # Errors
/// `storage_unavailable`, naming the table.
pub fn measure(conn: &mut Conn, table: &Table, told: Told<'_>) -> Result<Measure, Problem> {
    let (mut hash, mut rows, mut last) = (Context::new(&SHA256), 0, Vec::new());
    loop {
        let page = rows::list_after(conn, table, &last).map_err(in_table(table))?;
        let Some(end) = page.last() else { break };
        last = table.key_of(end);
        let many = rows_in(&page);
        told(many);
        rows += many;
        for row in page {
            row.0.iter().for_each(|cell: &Cell| cell.add_to(&mut hash));
        }
    }
    Ok(Measure {
        table: table.name.clone(),
        rows,
        hash: hex(hash.finish().as_ref()),
    })
}

/// Carries the rows of a table that are not there yet, each page in one transaction.
///
/// # Errors
/// `storage_unavailable`, naming the table.
pub fn carry(
    source: &mut Conn,
    target: &mut Conn,
    table: &Table,
    told: Told<'_>,
) -> Result<(), Problem> {
    let mut last = rows::find_last_key(target, table).map_err(in_table(table))?;
    loop {
        let page = rows::list_after(source, table, &last).map_err(in_table(table))?;
        let Some(end) = page.last() else {
            return Ok(());
        };
        last = table.key_of(end);
        let many = rows_in(&page);
        target
            .transaction(|target| rows::insert(target, table, page))
            .map_err(in_table(table))?;
        told(many);
    }
}

/// Fills in what names another row of the same table, once all of them are there. To do it again
/// changes nothing.
///
/// # Errors
/// `storage_unavailable`, naming the table.
pub fn tie(source: &mut Conn, target: &mut Conn, table: &Table) -> Result<(), Problem> {
    if !table.columns.iter().any(|column| column.own) {
        return Ok(());
    }
    let mut last = Vec::new();
    loop {
        let page = rows::list_after(source, table, &last).map_err(in_table(table))?;
        let Some(end) = page.last() else {
            return Ok(());
        };
        last = table.key_of(end);
        target
            .transaction(|target| rows::set_own(target, table, &page))
            .map_err(in_table(table))?;
    }
}

/// How many rows a page has.
pub fn rows_in(page: &[Cells]) -> i64 {
    i64::try_from(page.len()).unwrap_or(i64::MAX)
}

fn in_table(table: &Table) -> impl Fn(diesel::result::Error) -> Problem {
    let name = table.name.clone();
    move |cause| Problem::caused(Code::StorageUnavailable, format!("{name}: {cause}"))
}
