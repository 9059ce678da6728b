//! Where rows live: a pool of readers, and on SQLite one writer that commits many requests at once.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};

use super::config::Config;
use super::conn::Conn;
use super::files;
use super::problem::Problem;
use super::writer::Writer;
use crate::codes::Code;

/// Connections to the configured store.
#[derive(Clone)]
pub struct Storage {
    pool: Pool<ConnectionManager<Conn>>,
    writer: Option<Writer>,
    file: Option<OpenFile>,
}

/// The file that was opened, however it is called by now.
#[derive(Clone)]
struct OpenFile {
    path: PathBuf,
    /// Its device and number there.
    identity: (u64, u64),
}

impl OpenFile {
    fn at(path: PathBuf) -> std::io::Result<Self> {
        let identity = identity_of(&path)?;
        Ok(Self { path, identity })
    }
}

/// Asks by name only: closing a handle of our own would take away the locks SQLite has on the file.
fn identity_of(path: &Path) -> std::io::Result<(u64, u64)> {
    let about = std::fs::metadata(path)?;
    Ok((about.dev(), about.ino()))
}

/// Which of the two stores an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// The store that `url` names.
pub fn kind_of(url: &str) -> Kind {
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Kind::Postgres
    } else {
        Kind::Sqlite
    }
}

/// How long to wait for a server that says nothing, where its address does not say: seconds until a
/// connection is given up that does not come about; until one that rests is asked whether it is still
/// there, between two such questions, and how many; milliseconds until one is given up on which nothing
/// arrives any more. Without these the system waits for minutes or hours.
const PATIENCE: [(&str, &str); 5] = [
    ("connect_timeout", "5"),
    ("keepalives_idle", "10"),
    ("keepalives_interval", "5"),
    ("keepalives_count", "3"),
    ("tcp_user_timeout", "20000"),
];

/// The address to connect to: what is configured, and how long to wait.
pub fn patient(url: &str) -> String {
    if kind_of(url) == Kind::Sqlite {
        return url.to_owned();
    }
    let (_, said) = url.split_once('?').unwrap_or((url, ""));
    let names: Vec<&str> = said
        .split('&')
        .filter_map(|part| part.split('=').next())
        .collect();
    let mut address = url.to_owned();
    for (name, value) in PATIENCE.iter().filter(|(name, _)| !names.contains(name)) {
        let sign = if address.contains('?') { '&' } else { '?' };
        address.push_str(&format!("{sign}{name}={value}"));
    }
    address
}

/// The file a store lies in; nothing where a server keeps it.
pub fn file_of(url: &str) -> Option<PathBuf> {
    match kind_of(url) {
        Kind::Sqlite => Some(url.trim_start_matches("sqlite://").into()),
        Kind::Postgres => None,
    }
}

/// A connection to the store at an address; where there is none, with the store's own words for why.
///
/// # Errors
/// `storage_unavailable`.
pub fn connect(url: &str) -> Result<Conn, Problem> {
    let conn = match kind_of(url) {
        Kind::Sqlite => SqliteConnection::establish(url).map(Conn::Sqlite),
        Kind::Postgres => PgConnection::establish(&patient(url)).map(Conn::Postgres),
    };
    conn.map_err(|cause| {
        let words: Vec<String> = cause
            .to_string()
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        Problem::caused(Code::StorageUnavailable, words.join(" "))
    })
}

/// Makes the file of a store that is not there yet, for nobody else to read; what SQLite keeps beside
/// it gets the same rights.
///
/// # Errors
/// What the system refuses.
pub fn make(url: &str) -> std::io::Result<()> {
    let Some(file) = file_of(url).filter(|file| !file.exists()) else {
        return Ok(());
    };
    if let Some(folder) = file.parent() {
        files::make_folder(folder)?;
    }
    files::create(&file).map(drop)
}

impl Storage {
    /// Opens the configured store, with as many pooled connections as the settings say.
    ///
    /// # Errors
    /// `storage_unavailable` when it does not answer.
    pub fn open(config: &Config) -> Result<Self, Problem> {
        let url = &config.database();
        let kind = kind_of(url);
        let size = match kind {
            Kind::Sqlite => config.readers,
            Kind::Postgres => config.connections,
        };
        let writer = match kind {
            Kind::Sqlite => Some(Writer::start(url.to_owned())?),
            Kind::Postgres => None,
        };
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(1))
            .connection_timeout(std::time::Duration::from_secs(3))
            .test_on_check_out(kind == Kind::Postgres)
            .connection_customizer(Box::new(Settings(kind, config.statement_seconds)))
            .build(ConnectionManager::new(patient(url)))
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
        let file = file_of(url).map(OpenFile::at).transpose();
        Ok(Self {
            pool,
            writer,
            file: file.map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?,
        })
    }

    /// Checks that the store is still where it was opened, can be read, and has its writer. Whoever
    /// only waits for its turn to write is not asked: reads go on meanwhile.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub fn check(&self) -> Result<(), Problem> {
        let gone = |what: &str| Problem::caused(Code::StorageUnavailable, what).retry_after(5);
        if let Some(file) = &self.file
            && identity_of(&file.path).ok() != Some(file.identity)
        {
            return Err(gone("the database file is gone"));
        }
        if self.writer.as_ref().is_some_and(|writer| !writer.lives()) {
            return Err(gone("the writer is gone"));
        }
        Ok(self
            .reader()?
            .batch_execute("SELECT 1 FROM municipalities")?)
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// `storage_unavailable` when none is free within 3 s.
    pub fn reader(&self) -> Result<PooledConnection<ConnectionManager<Conn>>, Problem> {
        self.pool
            .get()
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause).retry_after(5))
    }

    /// The single writer of SQLite; PostgreSQL writes through the pool.
    pub fn writer(&self) -> Option<&Writer> {
        self.writer.as_ref()
    }
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    data_version: i64,
}

/// A number that changes when another process wrote into the file that this connection is on.
///
/// # Errors
/// `storage_unavailable`.
pub fn version(conn: &mut Conn) -> Result<i64, Problem> {
    let version: Version = diesel::sql_query("PRAGMA data_version").get_result(conn)?;
    Ok(version.data_version)
}

#[derive(QueryableByName)]
struct Fault {
    #[diesel(sql_type = diesel::sql_types::Text)]
    fault: String,
}

/// What the store itself finds wrong with its file: damaged pages, rows that belong to nothing.
/// PostgreSQL refuses such rows and checks its pages as it reads them.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(conn: &mut Conn) -> Result<Vec<String>, Problem> {
    let Conn::Sqlite(file) = conn else {
        return Ok(Vec::new());
    };
    let rows: Vec<Fault> = diesel::sql_query(
        "SELECT 'file: ' || integrity_check AS fault FROM pragma_integrity_check \
         WHERE integrity_check <> 'ok' \
         UNION ALL SELECT 'a row of ' || \"table\" || ' belongs to nothing in ' || parent \
         FROM pragma_foreign_key_check",
    )
    .load(file)?;
    Ok(rows.into_iter().map(|row| row.fault).collect())
}

/// What each connection of a pool begins with: the store, and the seconds a statement may take.
#[derive(Debug)]
pub struct Settings(pub Kind, pub u32);

impl CustomizeConnection<Conn, diesel::r2d2::Error> for Settings {
    fn on_acquire(&self, conn: &mut Conn) -> Result<(), diesel::r2d2::Error> {
        #[cfg(debug_assertions)]
        conn.set_instrumentation(super::statements::tell);
        let settings = match self.0 {
            Kind::Sqlite => {
                "PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA query_only=ON;"
                    .to_owned()
            }
            // Who began something and fell silent holds others up for no longer than this either.
            Kind::Postgres => {
                let most = self.1;
                format!(
                    "SET statement_timeout='{most}s'; SET timezone='UTC'; \
                     SET idle_in_transaction_session_timeout='{most}s';"
                )
            }
        };
        conn.batch_execute(&settings)
            .map_err(diesel::r2d2::Error::QueryError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_says_of_patience_is_kept_and_what_it_does_not_say_is_added() {
        let said = "postgres://a@b,c/town?tcp_user_timeout=9&sslmode=require";
        let address = patient(said);
        let added = address.strip_prefix(said).unwrap();
        assert!(added.starts_with("&connect_timeout=5&keepalives_idle=10&"));
        assert!(!added.contains("tcp_user_timeout"));
        let address = patient("postgres://a@b/town");
        assert!(address.starts_with("postgres://a@b/town?connect_timeout=5&"));
        assert!(address.ends_with("&tcp_user_timeout=20000"));
        assert_eq!(patient("data/file.sqlite3"), "data/file.sqlite3");
    }
}
