//! Which tables there are to copy. A store made by our migrations says so itself, so that a table of a
//! later migration is not forgotten here.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::cells::Kind;
use crate::codes::Code;
use crate::platform::conn::Conn;
use crate::platform::problem::Problem;

/// The words of concerns, which each store keeps in its own way; what they are made from is copied.
pub const SEARCH: &str = "concern_search";

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it names another row of its own table.
    pub own: bool,
}

/// A table both stores have.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Which of them are its key, in the key's order.
    pub key: Vec<usize>,
    /// The tables its rows belong to.
    pub parents: Vec<String>,
}

#[derive(QueryableByName)]
struct Listed {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    form: String,
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    declared: String,
    #[diesel(sql_type = BigInt)]
    place_in_key: i64,
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    from_column: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

/// The tables of a store on SQLite, each after those its rows belong to. SQLite is asked whichever way
/// the copy goes: a proof of the tests holds PostgreSQL to the same tables.
///
/// # Errors
/// `storage_unavailable`, or `internal` for what this copy does not know how to carry.
pub fn list(sqlite: &mut Conn) -> Result<Vec<Table>, Problem> {
    let listed: Vec<Listed> = sql_query(
        "SELECT name, type AS form FROM pragma_table_list \
         WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name",
    )
    .load(sqlite)?;
    let mut tables = Vec::new();
    for found in listed {
        match found.form.as_str() {
            "table" => tables.push(describe(sqlite, found.name)?),
            _ if found.name == SEARCH => {}
            form => return Err(unknown(&found.name, form)),
        }
    }
    in_order(tables)
}

/// The names of all tables that may hold something, ours or not.
///
/// # Errors
/// What the store refuses.
pub fn list_names(conn: &mut Conn) -> QueryResult<Vec<String>> {
    let query = match conn {
        Conn::Sqlite(_) => {
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'"
        }
        Conn::Postgres(_) => {
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables \
             WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_%'"
        }
    };
    let rows: Vec<Named> = sql_query(query).load(conn)?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// What says of which concerns there are words.
pub fn search() -> Table {
    Table {
        name: SEARCH.to_owned(),
        columns: vec![Column {
            name: "concern_id".to_owned(),
            kind: Kind::Text,
            own: false,
        }],
        key: vec![0],
        parents: Vec::new(),
    }
}

fn describe(sqlite: &mut Conn, table: String) -> Result<Table, Problem> {
    let described: Vec<Described> = sql_query(
        "SELECT name, type AS declared, pk AS place_in_key FROM pragma_table_info(?) ORDER BY cid",
    )
    .bind::<Text, _>(&table)
    .load(sqlite)?;
    let references: Vec<Reference> = sql_query(
        "SELECT \"from\" AS from_column, \"table\" AS parent FROM pragma_foreign_key_list(?)",
    )
    .bind::<Text, _>(&table)
    .load(sqlite)?;
    let mut key: Vec<(i64, usize)> = described
        .iter()
        .enumerate()
        .filter(|(_, column)| column.place_in_key > 0)
        .map(|(place, column)| (column.place_in_key, place))
        .collect();
    key.sort_unstable();
    let column = |column: Described| {
        let kind = Kind::of(&column.declared);
        let own = |of: &Reference| of.parent == table && of.from_column == column.name;
        Ok(Column {
            kind: kind.ok_or_else(|| unknown(&table, &column.declared))?,
            own: references.iter().any(own),
            name: column.name,
        })
    };
    let columns = described.into_iter().map(column);
    Ok(Table {
        columns: columns.collect::<Result<_, Problem>>()?,
        key: key.into_iter().map(|(_, place)| place).collect(),
        parents: references
            .into_iter()
            .map(|reference| reference.parent)
            .filter(|parent| *parent != table)
            .collect(),
        name: table,
    })
}

/// Puts each table after those its rows belong to.
fn in_order(mut waiting: Vec<Table>) -> Result<Vec<Table>, Problem> {
    let mut ordered: Vec<Table> = Vec::new();
    while !waiting.is_empty() {
        let known = |name: &String| ordered.iter().any(|table| table.name == *name);
        let (ready, rest): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|table| table.parents.iter().all(known));
        if let (true, Some(table)) = (ready.is_empty(), rest.first()) {
            return Err(unknown(&table.name, "a circle of tables"));
        }
        ordered.extend(ready);
        waiting = rest;
    }
    Ok(ordered)
}

fn unknown(table: &str, what: &str) -> Problem {
    let cause = format!("{table}: this program cannot copy {what}");
    Problem::caused(Code::Internal, cause)
}
