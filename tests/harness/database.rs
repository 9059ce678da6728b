//! A look into the database, past the server.

use std::collections::BTreeMap;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use trekendesh::platform::conn::Conn;

use super::town::Town;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Opens the database of a running town.
pub fn open(town: &Town) -> Conn {
    open_url(&town.database_url())
}

/// Opens a database file.
pub fn open_file(path: &Path) -> Conn {
    open_url(path.to_str().unwrap())
}

/// Opens the database at an address.
pub fn open_url(url: &str) -> Conn {
    let mut file = Conn::establish(url).unwrap();
    // The server may be writing.
    let patience = match file {
        Conn::Sqlite(_) => "PRAGMA busy_timeout=5000",
        Conn::Postgres(_) => "SET statement_timeout='60s'; SET timezone='UTC'",
    };
    file.batch_execute(patience).unwrap();
    file
}

/// The answers to a query for one column named `line`.
pub fn lines(file: &mut Conn, query: &str) -> Vec<String> {
    let query = format!("SELECT CAST(line AS TEXT) AS line FROM ({query}) AS asked");
    let rows: Vec<Line> = diesel::sql_query(query).load(file).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

/// The answer to a query for one number named `number`.
pub fn number(file: &mut Conn, query: &str) -> i64 {
    let query = format!("SELECT CAST(number AS BIGINT) AS number FROM ({query}) AS asked");
    diesel::sql_query(query)
        .get_result::<Number>(file)
        .unwrap()
        .number
}

/// The names of all tables.
pub fn tables(file: &mut Conn) -> Vec<String> {
    let query = match file {
        Conn::Sqlite(_) => {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' ORDER BY name"
        }
        Conn::Postgres(_) => {
            "SELECT tablename AS line FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        }
    };
    lines(file, query)
}

/// The names of a table's columns, in their order.
pub fn columns(file: &mut Conn, table: &str) -> Vec<String> {
    let query = match file {
        Conn::Sqlite(_) => format!("SELECT name AS line FROM pragma_table_info('{table}')"),
        Conn::Postgres(_) => format!(
            "SELECT column_name AS line FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    lines(file, &query)
}

/// The tables of limits and used proofs, which only PostgreSQL has.
pub const COUNTED: [&str; 2] = ["counters", "used_proofs"];

/// Every row of every table but those of limits as text, blobs as hexadecimal.
pub fn dump(town: &Town) -> BTreeMap<String, Vec<String>> {
    dump_of(&mut open(town))
}

/// The same of a store at hand.
pub fn dump_of(file: &mut Conn) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    // What is counted is in memory on SQLite; here it is in tables that no backup has.
    let mut tables = tables(file);
    tables.retain(|table| !COUNTED.contains(&table.as_str()));
    for table in tables {
        let query = match file {
            Conn::Sqlite(_) => {
                let columns = columns(file, &table);
                let quoted: Vec<String> = columns
                    .iter()
                    .map(|name| format!("quote(\"{name}\")"))
                    .collect();
                let row = quoted.join(" || ' ' || ");
                format!("SELECT {row} AS line FROM \"{table}\"")
            }
            Conn::Postgres(_) => format!("SELECT CAST(t AS TEXT) AS line FROM \"{table}\" AS t"),
        };
        let rows = lines(file, &query);
        all.insert(table, rows);
    }
    all
}

/// The tables that hold this text somewhere.
pub fn tables_with(town: &Town, text: &str) -> Vec<String> {
    let holds = |rows: &Vec<String>| rows.iter().any(|row| row.contains(text));
    dump(town)
        .into_iter()
        .filter(|(_, rows)| holds(rows))
        .map(|(table, _)| table)
        .collect()
}
