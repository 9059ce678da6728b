//! The two stores have the same steps and the same logical schema; where one has a table alone, it says
//! here why.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use diesel::connection::SimpleConnection;
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
        .replace("::text", "")
}

/// Columns and what they are where nothing is said; foreign keys and what happens when they are deleted; indexes, that of the primary key too.
const SQLITE: [&str; 3] = [
    "SELECT 'column ' || name || ' ' || type || ' ' || CASE \"notnull\" WHEN 1 THEN 'filled' ELSE 'or nothing' END
       || coalesce(' else ' || dflt_value, '') AS line FROM pragma_table_info('{table}')",
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
         || CASE is_nullable WHEN 'NO' THEN 'filled' ELSE 'or nothing' END
         || coalesce(' else ' || column_default, '') AS line
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'",
    "SELECT 'refers ' || a.attname || ' ' || t.relname || ' ' || b.attname || ' '
         || CASE c.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE'
              WHEN 'n' THEN 'SET NULL' ELSE 'other' END AS line
       FROM pg_constraint c JOIN pg_class t ON t.oid = c.confrelid
       CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k (own, theirs)
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own
       JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.theirs
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
    let mut all = one.values().flatten();
    assert!(all.any(|line| line.contains(" else ")), "control: {one:?}");
    let mut conditions = 0;
    for (table, lines) in &one {
        assert_eq!(Some(lines), other.get(table), "{table}");
        let asked = conditions_of(&mut sqlite, table);
        conditions += asked.len();
        let understood = understood(&mut postgres, table, &asked);
        assert_eq!(understood, checks(&mut postgres, table), "{table}");
    }
    assert_eq!(one.len(), other.len());
    assert!(conditions > 10, "control: {conditions}");
    let before = everything(&mut postgres);
    assert!(before.len() > 200, "control: {before:?}");
    migrate(&mut postgres, false);
    assert_eq!(everything(&mut postgres), Vec::<String>::new());
    migrate(&mut postgres, true);
    assert_eq!(everything(&mut postgres), before);
}

/// The conditions that SQLite's table sets, as they are written there.
fn conditions_of(sqlite: &mut Conn, table: &str) -> Vec<String> {
    let query = format!("SELECT sql AS line FROM sqlite_master WHERE name = '{table}'");
    let written = lines(sqlite, &query).concat();
    let written = written.lines().map(|line| line.split("--").next().unwrap());
    let written = written.collect::<Vec<_>>().join(" ");
    let conditions = written.split("CHECK (").skip(1).map(|rest| {
        let mut depth = 1;
        let end = rest.find(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth == 0
        });
        rest.split_at(end.unwrap()).0.to_owned()
    });
    conditions.collect()
}

/// How PostgreSQL understands these conditions on a table with the same columns.
fn understood(postgres: &mut Conn, table: &str, conditions: &[String]) -> Vec<String> {
    let mut mirror = format!("CREATE TABLE mirror (LIKE {table});");
    for condition in conditions {
        mirror.push_str(&format!("ALTER TABLE mirror ADD CHECK ({condition});"));
    }
    postgres.batch_execute(&mirror).unwrap();
    let understood = checks(postgres, "mirror");
    postgres.batch_execute("DROP TABLE mirror").unwrap();
    understood
}

/// The conditions of a table on PostgreSQL.
fn checks(postgres: &mut Conn, table: &str) -> Vec<String> {
    let query = format!(
        "SELECT pg_get_constraintdef(oid) AS line FROM pg_constraint
         WHERE contype = 'c' AND conrelid = CAST('{table}' AS regclass) ORDER BY 1"
    );
    lines(postgres, &query)
}

/// All that is in the database but the list of steps: tables, indexes, columns, constraints, functions and
/// what calls them.
fn everything(postgres: &mut Conn) -> Vec<String> {
    lines(
        postgres,
        "SELECT CAST(relkind AS text) || ' ' || relname || ' ' || coalesce(pg_get_indexdef(oid), '') || ' '
           || coalesce(array_to_string(reloptions, ','), '') || ' ' || CAST(relpersistence AS text) AS line
         FROM pg_class WHERE relnamespace = CAST('public' AS regnamespace)
           AND relkind IN ('r', 'i', 'S', 'v') AND relname NOT LIKE '\\_\\_%'
         UNION ALL SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
           || coalesce(column_default, '') || ' ' || coalesce(collation_name, '')
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'
         UNION ALL SELECT t.relname || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid)
         FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
         WHERE c.connamespace = CAST('public' AS regnamespace) AND t.relname NOT LIKE '\\_\\_%'
         UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p
         WHERE p.pronamespace = CAST('public' AS regnamespace)
           AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
         UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
         ORDER BY 1",
    )
}
