//! A look into the database file, past the server.

use std::collections::BTreeMap;
use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

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

/// Opens the database file of a running town.
pub fn open(town: &Town) -> SqliteConnection {
    open_file(&town.database())
}

/// Opens a database file.
pub fn open_file(path: &Path) -> SqliteConnection {
    let mut file = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    // The server may be writing.
    file.batch_execute("PRAGMA busy_timeout=5000").unwrap();
    file
}

/// The answers to a query for one column of text named `line`.
pub fn lines(file: &mut SqliteConnection, query: &str) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(query).load(file).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

/// The answer to a query for one number named `number`.
pub fn number(file: &mut SqliteConnection, query: &str) -> i64 {
    diesel::sql_query(query)
        .get_result::<Number>(file)
        .unwrap()
        .number
}

/// The names of all tables.
pub fn tables(file: &mut SqliteConnection) -> Vec<String> {
    lines(
        file,
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' ORDER BY name",
    )
}

/// Every row of every table as text, blobs as hexadecimal.
pub fn dump(town: &Town) -> BTreeMap<String, Vec<String>> {
    let mut file = open(town);
    let mut all = BTreeMap::new();
    for table in tables(&mut file) {
        let columns = lines(
            &mut file,
            &format!(
                "SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}')"
            ),
        );
        let row = columns.join(" || ' ' || ");
        let rows = lines(&mut file, &format!("SELECT {row} AS line FROM \"{table}\""));
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
