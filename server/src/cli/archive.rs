//! `trekendesh backup` and `restore`: the whole store in one folder, taken while the server runs.

use std::fs;
use std::path::Path;

use diesel::Connection;
use diesel::connection::SimpleConnection;

use super::{Failure, say};
use crate::platform::config::Config;
use crate::platform::conn::Conn;
use crate::platform::storage::{Kind, kind_of};

const DATABASE: &str = "trekendesh.sqlite3";
const KEYS: &str = "keys";

/// Copies the database, consistent as of one moment, and the keys into an empty folder.
pub(super) fn backup(config: &Config, folder: &Path) -> Result<(), Failure> {
    let database = config.database();
    require_sqlite(&database)?;
    if !Path::new(&database).exists() {
        return Err(format!("there is no store at {database}"));
    }
    let target = folder.join(DATABASE);
    if target.exists() {
        return Err(format!("{} is there already", target.display()));
    }
    fs::create_dir_all(folder.join(KEYS)).map_err(text)?;
    let mut conn = Conn::establish(&database).map_err(text)?;
    let name = target.to_string_lossy().replace('\'', "''");
    conn.batch_execute(&format!("PRAGMA busy_timeout=10000; VACUUM INTO '{name}'"))
        .map_err(text)?;
    copy_folder(&config.data_dir.join(KEYS), &folder.join(KEYS))?;
    say(&format!(
        "kept in {}; without its keys no receipt opens, so keep both, apart",
        folder.display()
    ))
}

/// Puts a backup into an empty data folder.
pub(super) fn restore(config: &Config, folder: &Path) -> Result<(), Failure> {
    let database = config.database();
    require_sqlite(&database)?;
    let source = folder.join(DATABASE);
    if !source.exists() {
        return Err(format!("there is no backup in {}", folder.display()));
    }
    if Path::new(&database).exists() {
        return Err(format!(
            "there is a store at {database} already: name an empty data folder"
        ));
    }
    fs::create_dir_all(config.data_dir.join(KEYS)).map_err(text)?;
    copy_folder(&folder.join(KEYS), &config.data_dir.join(KEYS))?;
    fs::copy(source, &database).map_err(text)?;
    say(&format!("restored into {}", config.data_dir.display()))
}

fn require_sqlite(database: &str) -> Result<(), Failure> {
    match kind_of(database) {
        Kind::Sqlite => Ok(()),
        Kind::Postgres => Err("PostgreSQL is backed up with its own tools".to_owned()),
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(from).map_err(text)? {
        let entry = entry.map_err(text)?;
        fs::copy(entry.path(), to.join(entry.file_name())).map_err(text)?;
    }
    Ok(())
}

fn text(cause: impl std::fmt::Display) -> Failure {
    cause.to_string()
}
