//! What a copy between the stores refuses, and what it finds.

use diesel::connection::SimpleConnection;

use super::copy::{MANY, copy, kill_after, long_town, source};
use crate::harness::database::{open, open_url, tables};
use crate::harness::store::Database;
use crate::harness::{Town, unharmed};

/// A town on SQLite whose server is stopped.
fn town() -> Town {
    let mut town = Town::start_on(None, "serve", &[]);
    town.kill();
    town
}

/// Checks that a copy is refused with 1 and these words in its last line.
fn refuses(town: &Town, to: &Database, words: &str) {
    let (code, said) = copy(town, &source(town), &to.url());
    let last = said.lines().last().unwrap_or_default();
    assert_eq!(code, 1, "{said}");
    assert!(last.starts_with("trekendesh: "), "{said}");
    assert!(last.contains(words), "{said}");
}

#[test]
fn half_a_copy_serves_nobody() {
    let (mut town, _) = long_town();
    let database = Database::empty_of_this_run();
    kill_after(&town, &database, 0);
    town.use_database(database);
    for verb in ["serve", "migrate", "check", "verify-log"] {
        let (code, said) = town.run_for_code(&[verb]);
        assert_eq!((code, said.lines().count()), (1, 1), "{said}");
        assert!(
            said.contains("a copy into this store is not finished"),
            "{said}"
        );
    }
}

#[test]
fn a_source_that_changed_since_the_copy_was_begun_is_refused() {
    let (town, _) = long_town();
    let database = Database::empty_of_this_run();
    kill_after(&town, &database, 0);
    let set = |status: u32| {
        let row = "mark = printf('%064x', 1)";
        let set = format!("UPDATE idempotency SET status = {status} WHERE {row}");
        open(&town).batch_execute(&set).unwrap();
    };
    set(200);
    refuses(
        &town,
        &database,
        "the source changed since this copy was begun (idempotency)",
    );
    set(201);
    let (code, said) = copy(&town, &source(&town), &database.url());
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_row_that_is_not_as_in_the_source_is_found() {
    let (town, _) = long_town();
    let database = Database::empty_of_this_run();
    kill_after(&town, &database, 0);
    let mut target = open_url(&database.url());
    let first = format!("{:064x}", 1);
    target
        .batch_execute(&format!(
            "UPDATE idempotency SET body = '[]' WHERE mark = '{first}'"
        ))
        .unwrap();
    refuses(&town, &database, "idempotency is not the same in both");
    target
        .batch_execute(&format!("DELETE FROM idempotency WHERE mark = '{first}'"))
        .unwrap();
    let words = format!("{} rows in the source and {} in the target", MANY, MANY - 1);
    refuses(&town, &database, &words);
}

#[test]
fn a_target_that_holds_something_is_refused_and_left_alone() {
    let town = town();
    let filled = Town::start();
    let (code, said) = copy(&town, &source(&town), &filled.database_url());
    assert_eq!((code, said.lines().count()), (1, 1), "{said}");
    assert!(said.contains("the target is not empty"), "{said}");
    unharmed(&filled);
    drop(filled);
    let foreign = Database::empty_of_this_run();
    let mut other = open_url(&foreign.url());
    other
        .batch_execute("CREATE TABLE other (id INTEGER); INSERT INTO other VALUES (1)")
        .unwrap();
    refuses(&town, &foreign, "the target is not empty, there are other");
    assert_eq!(tables(&mut other), ["other"]);
}

#[test]
fn a_source_that_a_server_has_open_is_refused() {
    let words = "the source is in use, stop its servers first";
    let mut town = Town::start_on(None, "serve", &[]);
    let database = Database::empty_of_this_run();
    refuses(&town, &database, words);
    town.visitor().submit_anonymously("Rruga pa drita");
    unharmed(&town);
    town.kill();
    let (code, said) = copy(&town, &source(&town), &database.url());
    assert_eq!(code, 0, "{said}");
    let onlooker = open_url(&database.url());
    let back = format!("sqlite:{}", town.path("back").display());
    let (code, said) = copy(&town, &database.url(), &back);
    assert!(code == 1 && said.contains(words), "{said}");
    drop(onlooker);
    let (code, said) = copy(&town, &database.url(), &back);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn ends_that_do_not_go_together_are_refused() {
    let town = town();
    let database = Database::empty_of_this_run();
    let newer = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000001')";
    let known = "DELETE FROM __diesel_schema_migrations WHERE version > '2099'";
    open(&town).batch_execute(newer).unwrap();
    refuses(
        &town,
        &database,
        "a newer version made the store (step 20991231000001)",
    );
    open(&town).batch_execute(known).unwrap();
    let ahead = Database::of_this_run().unwrap();
    open_url(&ahead.url()).batch_execute(newer).unwrap();
    refuses(
        &town,
        &ahead,
        "a newer version made the store (step 20991231000001)",
    );
    open(&town)
        .batch_execute("UPDATE audit_head SET mac = 'x'")
        .unwrap();
    refuses(
        &town,
        &database,
        "the source does not fit together (1 things, the first: the log",
    );
    let gone = town.path("gone");
    for (from, code, words) in [
        (
            format!("sqlite:{}", gone.display()),
            1,
            "there is no store at",
        ),
        (
            database.url(),
            1,
            "a copy goes from SQLite to PostgreSQL or back",
        ),
        (
            "mysql://x".to_owned(),
            2,
            "a store is sqlite:FILE or postgres://USER@HOST/DATABASE",
        ),
    ] {
        let (ended, said) = copy(&town, &from, &database.url());
        assert_eq!((ended, said.lines().count()), (code, 1), "{said}");
        assert!(said.contains(words), "{said}");
    }
    assert!(!gone.exists());
    let away = "postgres://trekendesh:hidden@127.0.0.1:1/town";
    let (ended, said) = copy(&town, &source(&town), away);
    assert_eq!((ended, said.lines().count()), (1, 1), "{said}");
    assert!(
        said.contains("Connection refused") && !said.contains("hidden"),
        "{said}"
    );
}
