//! The two stores have the same steps and the same logical schema; where one has a table alone, it says
//! here why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use trekendesh::platform::conn::Conn;

use crate::harness::database::{COUNTED, lines, open_url, tables};
use crate::harness::store::Database;
use crate::proofs::tidy::repository;

/// Each store searches in its own way; what is found is compared elsewhere.
const SEARCH: &str = "concern_search";

fn steps(store: &str) -> Vec<String> {
    let folder = repository().join("migrations").join(store);
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn both_stores_have_the_same_steps() {
    assert_eq!(steps("sqlite"), steps("postgres"));
    assert!(steps("sqlite").len() > 5, "control");
}

/// Takes all steps up, or all of them down.
pub fn migrate(file: &mut Conn, up: bool) {
    let source = |store| {
        FileBasedMigrations::from_path(repository().join("migrations").join(store)).unwrap()
    };
    match file {
        Conn::Sqlite(file) if up => drop(file.run_pending_migrations(source("sqlite")).unwrap()),
        Conn::Sqlite(file) => drop(file.revert_all_migrations(source("sqlite")).unwrap()),
        Conn::Postgres(file) if up => {
            drop(file.run_pending_migrations(source("postgres")).unwrap());
        }
        Conn::Postgres(file) => drop(file.revert_all_migrations(source("postgres")).unwrap()),
    }
}

/// One line for each column, key and index of each table, the same words for both stores.
fn schema(file: &mut Conn) -> BTreeMap<String, BTreeSet<String>> {
    let named = |table: &String| {
        let alone = COUNTED.contains(&table.as_str());
        !alone && !table.starts_with("__") && !table.starts_with(SEARCH)
    };
    tables(file)
        .into_iter()
        .filter(named)
        .map(|table| {
            let said = match file {
                Conn::Sqlite(_) => SQLITE,
                Conn::Postgres(_) => POSTGRES,
            };
            let said = said
                .iter()
                .flat_map(|query| lines(file, &query.replace("{table}", &table)));
            let said: Vec<String> = said.collect();
            (table, said.iter().map(|line| plain(line)).collect())
        })
        .collect()
}

/// What both stores call a type.
fn plain(line: &str) -> String {
    line.to_lowercase()
        .replace("character varying", "text")
        .replace("timestamp without time zone", "timestamp")
        .replace("bytea", "blob")
}

/// Columns; foreign keys and what happens when they are deleted; indexes, that of the primary key too.
const SQLITE: [&str; 3] = [
    "SELECT 'column ' || name || ' ' || type || ' ' || CASE \"notnull\" WHEN 1 THEN 'filled' ELSE 'or nothing' END
       AS line FROM pragma_table_info('{table}')",
    "SELECT 'refers ' || \"from\" || ' ' || \"table\" || ' ' || \"to\" || ' ' || on_delete AS line
       FROM pragma_foreign_key_list('{table}')",
    "SELECT CASE WHEN l.origin = 'pk' THEN 'primary' WHEN l.\"unique\" THEN 'unique' ELSE 'index' END
         || ' ' || (SELECT group_concat(name || CASE \"desc\" WHEN 1 THEN '-' ELSE '' END) FROM
           (SELECT * FROM pragma_index_xinfo(l.name) WHERE key = 1 ORDER BY seqno))
         || CASE l.partial WHEN 1 THEN ' partial' ELSE '' END AS line
       FROM pragma_index_list('{table}') AS l
     UNION SELECT 'primary ' || group_concat(name) FROM
       (SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk)",
];
const POSTGRES: [&str; 3] = [
    "SELECT 'column ' || column_name || ' ' || data_type || ' '
         || CASE is_nullable WHEN 'NO' THEN 'filled' ELSE 'or nothing' END AS line
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'",
    "SELECT 'refers ' || a.attname || ' ' || t.relname || ' ' || b.attname || ' '
         || CASE c.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE'
              WHEN 'n' THEN 'SET NULL' ELSE 'other' END AS line
       FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
       JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
       WHERE c.contype = 'f' AND c.conrelid = CAST('{table}' AS regclass)",
    "SELECT CASE WHEN i.indisprimary THEN 'primary' WHEN i.indisunique THEN 'unique' ELSE 'index' END
         || ' ' || (SELECT string_agg(a.attname || CASE WHEN i.indoption[k.place - 1] & 1 = 1
              THEN '-' ELSE '' END, ',' ORDER BY k.place)
            FROM unnest(CAST(i.indkey AS int2[])) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number)
         || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END AS line
       FROM pg_index i WHERE i.indrelid = CAST('{table}' AS regclass)",
];

#[test]
fn both_stores_have_the_same_schema() {
    let (folder, database) = (tempfile::tempdir().unwrap(), Database::empty_of_this_run());
    let mut sqlite = open_url(folder.path().join("file").to_str().unwrap());
    let mut postgres = open_url(&database.url());
    migrate(&mut sqlite, true);
    migrate(&mut postgres, true);
    let (one, other) = (schema(&mut sqlite), schema(&mut postgres));
    assert!(one.len() > 20, "control: {one:?}");
    for (table, lines) in &one {
        assert_eq!(Some(lines), other.get(table), "{table}");
    }
    assert_eq!(one.len(), other.len());
    let before = everything(&mut postgres);
    assert!(before.len() > 50, "control: {before:?}");
    migrate(&mut postgres, false);
    assert_eq!(everything(&mut postgres), Vec::<String>::new());
    migrate(&mut postgres, true);
    assert_eq!(everything(&mut postgres), before);
}

/// All that is in the database but the list of steps.
fn everything(postgres: &mut Conn) -> Vec<String> {
    lines(
        postgres,
        "SELECT CAST(relkind AS text) || ' ' || relname || ' ' || coalesce(pg_get_indexdef(oid), '') || ' '
           || coalesce(array_to_string(reloptions, ','), '') || ' ' || CAST(relpersistence AS text) AS line
         FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace)
           AND relkind IN ('r', 'i', 'S', 'v') AND relname NOT LIKE '\\_\\_%' ORDER BY 1",
    )
}
