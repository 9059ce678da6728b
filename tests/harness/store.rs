//! Which store the tests run on, and a database of its own on it for each.

use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use trekendesh::platform::chance::Chance;

/// Names the PostgreSQL server the tests run on; without it they run on SQLite.
const SERVER: &str = "TREKENDESH_TEST_POSTGRES";
/// The database every other is copied from.
const TEMPLATE: &str = "trekendesh_template";

/// A database on a PostgreSQL server, gone with the test.
pub struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A database of its own where the tests run on PostgreSQL.
    pub fn of_this_run() -> Option<Self> {
        let server = std::env::var(SERVER).ok()?;
        Some(Self::on(&server))
    }

    /// A migrated database of its own on this server.
    pub fn on(server: &str) -> Self {
        let mut postgres = connect(server, "postgres");
        // One test makes the template, the others wait for it.
        postgres
            .batch_execute("SELECT pg_advisory_lock(1)")
            .unwrap();
        let known = diesel::sql_query(format!(
            "SELECT datname FROM pg_database WHERE datname = '{TEMPLATE}'"
        ));
        if known.execute(&mut postgres).unwrap() == 0 {
            make_template(server, &mut postgres);
        }
        postgres
            .batch_execute("SELECT pg_advisory_unlock(1)")
            .unwrap();
        let name = format!("town_{}", Chance.symbols::<12>().unwrap());
        postgres
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
            .unwrap();
        Self {
            server: server.to_owned(),
            name,
        }
    }

    /// An empty database of its own where the tests run on PostgreSQL.
    pub fn empty_of_this_run() -> Self {
        let server = std::env::var(SERVER).unwrap();
        let name = format!("empty_{}", Chance.symbols::<12>().unwrap());
        connect(&server, "postgres")
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0"))
            .unwrap();
        Self { server, name }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that was stopped takes its databases with it.
        if let Ok(mut postgres) = PgConnection::establish(&format!("{}/postgres", self.server)) {
            let name = &self.name;
            let _ = postgres.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

fn connect(server: &str, database: &str) -> PgConnection {
    PgConnection::establish(&format!("{server}/{database}")).unwrap()
}

fn make_template(server: &str, postgres: &mut PgConnection) {
    // Under another name until it is whole.
    postgres
        .batch_execute("DROP DATABASE IF EXISTS trekendesh_draft")
        .unwrap();
    postgres
        .batch_execute("CREATE DATABASE trekendesh_draft TEMPLATE template0")
        .unwrap();
    let migrated = Command::new(env!("CARGO_BIN_EXE_trekendesh"))
        .env_clear()
        .env("DATABASE_URL", format!("{server}/trekendesh_draft"))
        .arg("migrate")
        .status()
        .unwrap();
    assert!(migrated.success());
    postgres
        .batch_execute(&format!(
            "ALTER DATABASE trekendesh_draft RENAME TO {TEMPLATE}"
        ))
        .unwrap();
}
