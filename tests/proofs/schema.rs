//! The schema: it can be undone and done again, the source describes it as it is, and where people
//! may act anonymously its structure holds no time and no order.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use trekendesh::platform::conn::Conn;
use trekendesh::platform::shared::ANONYMOUS;

use super::tidy::repository;
use crate::harness::database::{COUNTED, lines, number, open_file, tables};
use crate::postgres::parity::migrate;

fn migrated(folder: &Path) -> Conn {
    let mut file = open_file(&folder.join("file"));
    migrate(&mut file, true);
    file
}

fn structure(file: &mut Conn) -> Vec<String> {
    lines(
        file,
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master \
         WHERE name NOT LIKE '%diesel%' ORDER BY 1",
    )
}

#[test]
fn every_migration_can_be_undone_and_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = migrated(folder.path());
    let before = structure(&mut file);
    assert!(before.len() > 20, "control: {before:?}");
    migrate(&mut file, false);
    assert_eq!(structure(&mut file), Vec::<String>::new());
    migrate(&mut file, true);
    assert_eq!(structure(&mut file), before);
}

/// The columns of `schema.rs`: table, then column to its type.
fn described() -> BTreeMap<String, BTreeMap<String, String>> {
    let text = fs::read_to_string(repository().join("server/src/schema.rs")).unwrap();
    let mut all = BTreeMap::new();
    for block in text.split("diesel::table! {").skip(1) {
        let (head, body) = block.split_once(") {").unwrap();
        let table = head.split('(').next().unwrap().trim().to_owned();
        let columns = body
            .split('}')
            .next()
            .unwrap()
            .lines()
            .filter_map(|line| line.trim().trim_end_matches(',').split_once(" -> "))
            .map(|(column, kind)| (column.to_owned(), kind.to_owned()))
            .collect();
        all.insert(table, columns);
    }
    all
}

/// What a column of the database is called in `schema.rs`.
fn kind_of(declared: &str, not_null: bool) -> String {
    let kind = match declared {
        "TEXT" => "Text",
        "INTEGER" => "Integer",
        "BIGINT" => "BigInt",
        "BOOLEAN" => "Bool",
        "DOUBLE PRECISION" => "Double",
        "DATE" => "Date",
        "TIMESTAMP" => "Timestamp",
        "BLOB" => "Binary",
        other => unreachable!("no name for {other}"),
    };
    if not_null {
        kind.to_owned()
    } else {
        format!("Nullable<{kind}>")
    }
}

#[test]
fn the_source_describes_the_tables_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = migrated(folder.path());
    let mut known = described();
    known.retain(|table, _| !COUNTED.contains(&table.as_str()));
    for (table, columns) in known {
        let query = format!(
            "SELECT name || '|' || type || '|' || \"notnull\" AS line FROM pragma_table_info('{table}')"
        );
        let real: BTreeMap<String, String> = lines(&mut file, &query)
            .iter()
            .map(|line| {
                let parts: Vec<&str> = line.split('|').collect();
                (parts[0].to_owned(), kind_of(parts[1], parts[2] == "1"))
            })
            .collect();
        assert_eq!(columns, real, "{table}");
    }
    let known = described();
    let helper = |table: &String| {
        table.starts_with("concern_search") || table.starts_with("__") || table == "write_lock"
    };
    for table in tables(&mut file).into_iter().filter(|table| !helper(table)) {
        assert!(known.contains_key(&table), "{table} is not in schema.rs");
    }
}

/// T-ANON-03: where somebody may act without a name, no column can hold a time and rows lie in the
/// order of a random key.
#[test]
fn what_may_be_anonymous_has_no_time_and_no_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = migrated(folder.path());
    // The words of concerns are found by an index of SQLite's own.
    let tables = ANONYMOUS.map(|(table, _)| table);
    for table in tables
        .into_iter()
        .filter(|table| *table != "concern_search")
    {
        let columns = number(
            &mut file,
            &format!("SELECT count(*) AS number FROM pragma_table_info('{table}')"),
        );
        assert!(columns > 0, "control: {table}");
        let times = lines(
            &mut file,
            &format!(
                "SELECT name AS line FROM pragma_table_info('{table}') \
                 WHERE type NOT IN ('TEXT', 'INTEGER', 'BOOLEAN', 'DOUBLE PRECISION', 'DATE', 'BLOB') \
                 OR name LIKE '%\\_at' ESCAPE '\\'"
            ),
        );
        assert_eq!(times, Vec::<String>::new(), "{table}");
        let without = number(
            &mut file,
            &format!("SELECT wr AS number FROM pragma_table_list('{table}') WHERE schema = 'main'"),
        );
        assert_eq!(without, 1, "{table} keeps rows in the order they came");
    }
}
