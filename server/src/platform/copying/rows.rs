//! Rows of any table, read and written a page at a time in the order of its key.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;

use super::cells::{Cell, Cells, Kind};
use super::tables::{Column, Table};
use crate::platform::conn::Conn;

/// As many rows as are read and written at once.
const PAGE: usize = 1000;
/// The same where rows hold pictures.
const PAGE_OF_BYTES: usize = 16;
/// As many values as SQLite takes in one statement.
const VALUES: usize = 32_000;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

impl Table {
    /// The key of one of its rows.
    pub fn key_of(&self, row: &Cells) -> Vec<Cell> {
        let cells = self.key.iter().filter_map(|place| row.0.get(*place));
        cells.cloned().collect()
    }

    fn page(&self) -> usize {
        if self.columns.iter().any(|column| column.kind == Kind::Bytes) {
            return PAGE_OF_BYTES;
        }
        PAGE.min(VALUES / self.columns.len().max(1))
    }

    fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.key.iter().filter_map(|place| self.columns.get(*place))
    }

    fn key_names(&self) -> String {
        joined(self.key_columns().map(|column| quoted(&column.name)))
    }
}

/// How many rows there are.
///
/// # Errors
/// What the store refuses.
pub fn count(conn: &mut Conn, table: &str) -> QueryResult<i64> {
    let query = format!("SELECT count(*) AS number FROM {}", quoted(table));
    Ok(sql_query(query).get_result::<Number>(conn)?.number)
}

/// How many others are connected to a database on PostgreSQL.
///
/// # Errors
/// What the store refuses.
pub fn count_others(conn: &mut Conn) -> QueryResult<i64> {
    let query = "SELECT count(*) AS number FROM pg_stat_activity WHERE datname = current_database() \
                 AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    Ok(sql_query(query).get_result::<Number>(conn)?.number)
}

/// The next rows after a key, or the first; none at the end.
///
/// # Errors
/// What the store refuses.
pub fn list_after(conn: &mut Conn, table: &Table, last: &[Cell]) -> QueryResult<Vec<Cells>> {
    let columns = joined(table.columns.iter().map(asked));
    let (name, key) = (quoted(&table.name), table.key_names());
    let after = if last.is_empty() {
        String::new()
    } else {
        format!("WHERE ({key}) > ({})", places(conn, 0, last.len()))
    };
    let most = table.page();
    let query = format!("SELECT {columns} FROM {name} {after} ORDER BY {key} LIMIT {most}");
    let query = sql_query(query).into_boxed();
    let bind = |query, cell: &Cell| cell.clone().bind(query);
    last.iter().fold(query, bind).load(conn)
}

/// The greatest key there is.
///
/// # Errors
/// What the store refuses.
pub fn find_last_key(conn: &mut Conn, table: &Table) -> QueryResult<Vec<Cell>> {
    let columns = joined(table.key_columns().map(asked));
    let down = table
        .key_columns()
        .map(|column| format!("{} DESC", quoted(&column.name)));
    let (name, order) = (quoted(&table.name), joined(down));
    let query = format!("SELECT {columns} FROM {name} ORDER BY {order} LIMIT 1");
    let found: Option<Cells> = sql_query(query).get_result(conn).optional()?;
    Ok(found.map_or_else(Vec::new, |row| row.0))
}

/// Adds a page of rows. What names a row of the same table, which may come later, is left out.
///
/// # Errors
/// What the store refuses.
pub fn insert(conn: &mut Conn, table: &Table, rows: Vec<Cells>) -> QueryResult<()> {
    let width = table.columns.len();
    let names = joined(table.columns.iter().map(|column| quoted(&column.name)));
    let each = (0..rows.len()).map(|row| format!("({})", places(conn, row * width, width)));
    let (name, each) = (quoted(&table.name), joined(each));
    let mut query = sql_query(format!("INSERT INTO {name} ({names}) VALUES {each}")).into_boxed();
    for row in rows {
        for (column, cell) in table.columns.iter().zip(row.0) {
            let left_out = || Cell::nothing(column.kind);
            query = if column.own { left_out() } else { cell }.bind(query);
        }
    }
    query.execute(conn).map(drop)
}

/// Fills in, for a page of rows that are there, what names a row of the same table.
///
/// # Errors
/// What the store refuses.
pub fn set_own(conn: &mut Conn, table: &Table, rows: &[Cells]) -> QueryResult<()> {
    for row in rows {
        for (column, cell) in table.columns.iter().zip(&row.0) {
            if !column.own || *cell == Cell::nothing(column.kind) {
                continue;
            }
            let key = table.key_of(row);
            let (name, set) = (quoted(&table.name), quoted(&column.name));
            let (value, places) = (places(conn, 0, 1), places(conn, 1, key.len()));
            let names = table.key_names();
            let query = format!("UPDATE {name} SET {set} = {value} WHERE ({names}) = ({places})");
            let query = cell.clone().bind(sql_query(query).into_boxed());
            let query = key.into_iter().fold(query, |query, cell| cell.bind(query));
            query.execute(conn)?;
        }
    }
    Ok(())
}

/// Tells PostgreSQL what lies in its tables, so that the first people are not served by guesses.
///
/// # Errors
/// What the store refuses.
pub fn settle(conn: &mut Conn) -> QueryResult<()> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(postgres) => postgres.batch_execute("ANALYZE"),
    }
}

/// A column as it is asked for: under the word for what it holds.
fn asked(column: &Column) -> String {
    let (name, word) = (quoted(&column.name), column.kind.word());
    match column.kind {
        Kind::Integer => format!("CAST({name} AS BIGINT) AS \"{word}\""),
        _ => format!("{name} AS \"{word}\""),
    }
}

/// Places for so many values after the first so many.
fn places(conn: &Conn, after: usize, count: usize) -> String {
    let place = |number: usize| match conn {
        Conn::Sqlite(_) => "?".to_owned(),
        Conn::Postgres(_) => format!("${number}"),
    };
    joined((after + 1..=after + count).map(place))
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
