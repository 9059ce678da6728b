//! `trekendesh backup` and `restore`: the whole store in one folder, taken while the server runs.
//!
//! Both fill an empty place, and nothing has its name there before it was checked and is on disk:
//! whatever goes wrong on the way leaves the place as it was.

use std::fs;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl};

use super::{Failure, line, say};
use crate::platform::config::Config;
use crate::platform::conn::Conn;
use crate::platform::keys::Keys;
use crate::platform::storage::file_of;
use crate::platform::{files, migrations};

const DATABASE: &str = "trekendesh.sqlite3";
/// What SQLite keeps beside a database; part of it while it is there.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Copies the database, consistent as of one moment, and the keys into an empty folder.
pub(super) fn backup(config: &Config, folder: &Path) -> Result<(), Failure> {
    let store = Place::of_store(config)?;
    let backup = Place::of_backup(folder);
    if !taken(&store.database) {
        return Err(format!("there is no store at {}", store.database.display()));
    }
    backup.require_empty()?;
    backup.fill(&store.keys, |target| {
        let mut conn = open(&store.database)?;
        let name = target.to_string_lossy().replace('\'', "''");
        conn.batch_execute(&format!("PRAGMA busy_timeout=10000; VACUUM INTO '{name}'"))
            .map_err(text)
    })?;
    say(&format!(
        "kept in {}; without its keys no receipt opens, so keep both, apart",
        folder.display()
    ))
}

/// Puts a backup into an empty data folder.
pub(super) fn restore(config: &Config, folder: &Path) -> Result<(), Failure> {
    let store = Place::of_store(config)?;
    let backup = Place::of_backup(folder);
    if !taken(&backup.database) {
        return Err(format!("there is no backup in {}", folder.display()));
    }
    if let Some(path) = backup.beside().into_iter().find(|path| taken(path)) {
        let path = path.display();
        return Err(format!(
            "{path} is there: this is a store in use and no backup"
        ));
    }
    store.require_empty()?;
    store.fill(&backup.keys, |target| {
        let mut from = fs::File::open(&backup.database).map_err(text)?;
        let mut to = fs::OpenOptions::new()
            .write(true)
            .open(target)
            .map_err(text)?;
        std::io::copy(&mut from, &mut to).map(drop).map_err(text)
    })?;
    say(&format!("restored into {}", config.data_dir.display()))
}

/// Where a database and its keys lie.
struct Place {
    database: PathBuf,
    keys: PathBuf,
}

impl Place {
    fn of_store(config: &Config) -> Result<Self, Failure> {
        let database =
            file_of(&config.database()).ok_or("PostgreSQL is backed up with its own tools")?;
        Ok(Self {
            database,
            keys: config.keys(),
        })
    }

    fn of_backup(folder: &Path) -> Self {
        Self {
            database: folder.join(DATABASE),
            keys: folder.join("keys"),
        }
    }

    /// The same place under names that nothing reads.
    fn draft(&self) -> Self {
        Self {
            database: with_ending(&self.database, ".part"),
            keys: with_ending(&self.keys, ".part"),
        }
    }

    fn beside(&self) -> [PathBuf; 3] {
        BESIDE.map(|ending| with_ending(&self.database, ending))
    }

    /// Checks that nothing here could be overwritten or come between.
    fn require_empty(&self) -> Result<(), Failure> {
        let key = fs::read_dir(&self.keys)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path());
        let mut there = [self.database.clone()]
            .into_iter()
            .chain(self.beside())
            .filter(|path| taken(path))
            .chain(key);
        match there.next() {
            None => Ok(()),
            Some(path) => Err(format!(
                "{} is there already: name an empty folder",
                path.display()
            )),
        }
    }

    /// Fills the place with what `copy` writes into an empty file, and with these keys.
    fn fill(
        &self,
        keys: &Path,
        copy: impl FnOnce(&Path) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let draft = self.draft();
        // What a copy that was killed left here.
        draft.remove();
        let done = draft.write(keys, copy).and_then(|()| {
            // The keys first: a store without its keys would be given new ones.
            rename(&draft.keys, &self.keys)?;
            rename(&draft.database, &self.database)
        });
        if done.is_err() {
            draft.remove();
        }
        done
    }

    fn write(
        &self,
        keys: &Path,
        copy: impl FnOnce(&Path) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        files::make_folder(parent(&self.database)).map_err(text)?;
        files::make_folder(&self.keys).map_err(text)?;
        let names = Keys::names_in(keys).map_err(|cause| format!("{}: {cause}", keys.display()))?;
        for name in names {
            let from = keys.join(&name);
            let key = fs::read(&from).map_err(|cause| format!("{}: {cause}", from.display()))?;
            files::write(&self.keys.join(&name), &key).map_err(text)?;
        }
        files::sync(&self.keys).map_err(text)?;
        files::create(&self.database).map_err(text)?;
        copy(&self.database)?;
        check(&self.database)?;
        files::sync(&self.database).map_err(text)
    }

    fn remove(&self) {
        // What is not there needs no removing; what cannot be removed stops the next copy.
        let _ = fs::remove_dir_all(&self.keys);
        for path in [self.database.clone()].into_iter().chain(self.beside()) {
            let _ = fs::remove_file(path);
        }
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = diesel::sql_types::Text)]
    integrity_check: String,
}

/// Reads a database from end to end and refuses one that is damaged.
fn check(database: &Path) -> Result<(), Failure> {
    let damaged = |what: String| format!("the database is damaged: {what}");
    let found: Found = diesel::sql_query("PRAGMA integrity_check(1)")
        .get_result(&mut open(database)?)
        .map_err(|cause| damaged(cause.to_string()))?;
    match found.integrity_check.as_str() {
        "ok" => migrations::require_ours(&database.to_string_lossy())
            .map(drop)
            .map_err(line),
        fault => Err(damaged(fault.replace('\n', " "))),
    }
}

fn open(database: &Path) -> Result<Conn, Failure> {
    Conn::establish(&database.to_string_lossy()).map_err(text)
}

fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::rename(from, to)
        .and_then(|()| files::sync(parent(to)))
        .map_err(text)
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => path,
    }
}

fn taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn text(cause: impl std::fmt::Display) -> Failure {
    cause.to_string()
}
