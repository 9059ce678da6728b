//! The table that a copy makes in its target first and takes away last. While it is there the target is
//! half a town, and nothing serves or changes it but the copy that began it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::Measure;
use crate::platform::conn::Conn;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Text)]
    hash: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Whether a copy into this store was begun and not ended.
///
/// # Errors
/// What the store refuses.
pub fn is_there(conn: &mut Conn) -> QueryResult<bool> {
    let query = match conn {
        Conn::Sqlite(_) => {
            "SELECT count(*) AS number FROM sqlite_master WHERE name = '__unfinished_copy'"
        }
        Conn::Postgres(_) => {
            "SELECT count(*) AS number FROM pg_tables \
             WHERE schemaname = current_schema() AND tablename = '__unfinished_copy'"
        }
    };
    Ok(sql_query(query).get_result::<Number>(conn)?.number > 0)
}

/// What the copy that was begun here was to carry.
///
/// # Errors
/// What the store refuses.
pub fn list(conn: &mut Conn) -> QueryResult<Vec<Measure>> {
    let query = "SELECT name, amount, hash FROM __unfinished_copy ORDER BY place";
    let rows: Vec<Row> = sql_query(query).load(conn)?;
    let measure = |row: Row| Measure {
        table: row.name,
        rows: row.amount,
        hash: row.hash,
    };
    Ok(rows.into_iter().map(measure).collect())
}

/// Begins a copy of what was measured.
///
/// # Errors
/// What the store refuses.
pub fn begin(conn: &mut Conn, measured: &[Measure]) -> QueryResult<()> {
    conn.transaction(|conn| {
        conn.batch_execute(
            "CREATE TABLE __unfinished_copy (place INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, \
             amount BIGINT NOT NULL, hash TEXT NOT NULL)",
        )?;
        let statement = match conn {
            Conn::Sqlite(_) => "INSERT INTO __unfinished_copy VALUES (?, ?, ?, ?)",
            Conn::Postgres(_) => "INSERT INTO __unfinished_copy VALUES ($1, $2, $3, $4)",
        };
        for (place, measure) in (0_i64..).zip(measured) {
            sql_query(statement)
                .bind::<BigInt, _>(place)
                .bind::<Text, _>(&measure.table)
                .bind::<BigInt, _>(measure.rows)
                .bind::<Text, _>(&measure.hash)
                .execute(conn)?;
        }
        Ok(())
    })
}

/// Ends the copy: from now on the target is a town.
///
/// # Errors
/// What the store refuses.
pub fn end(conn: &mut Conn) -> QueryResult<()> {
    conn.batch_execute("DROP TABLE __unfinished_copy")
}
