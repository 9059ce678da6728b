//! The running program: its settings, clock, chance, keys and storage; and the unit of work.

use std::sync::Arc;

use actix_web::web;
use chrono::{DateTime, NaiveDate, Utc};

use super::chance::Chance;
use super::clock::{Clock, day_of};
use super::config::Config;
use super::conn::Conn;
use super::keys::Keys;
use super::limits::Limits;
use super::problem::Problem;
use super::proof::UsedProofs;
use super::storage::Storage;
use crate::codes::Code;

/// Everything a request needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    parts: Arc<Parts>,
}

struct Parts {
    config: Config,
    clock: Clock,
    keys: Keys,
    storage: Storage,
    limits: Limits,
    used_proofs: UsedProofs,
    written: tokio::sync::Notify,
}

/// One transaction: its connection, its moment and its chance. Every query runs inside one.
pub struct Unit<'a> {
    /// The connection the transaction is on.
    pub conn: &'a mut Conn,
    /// The moment the unit began, the same for all it does.
    pub now: DateTime<Utc>,
    /// Where ids and secrets come from.
    pub chance: Chance,
    /// The keys that never lie in the database.
    pub keys: &'a Keys,
}

impl Unit<'_> {
    /// Today's day in Albania.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now)
    }
}

impl App {
    /// Puts the parts together.
    ///
    /// # Errors
    /// `storage_unavailable` when the store does not answer.
    pub fn new(config: Config, keys: Keys) -> Result<Self, Problem> {
        let storage = Storage::open(&config.database(), config.readers)?;
        Ok(Self {
            parts: Arc::new(Parts {
                clock: Clock::new(config.clock_shift_file.clone()),
                limits: Limits::new(Chance),
                used_proofs: UsedProofs::default(),
                config,
                keys,
                storage,
                written: tokio::sync::Notify::new(),
            }),
        })
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.parts.config
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.parts.clock
    }

    /// The keys that never lie in the database.
    pub fn keys(&self) -> &Keys {
        &self.parts.keys
    }

    /// Request limits, kept in memory only.
    pub fn limits(&self) -> &Limits {
        &self.parts.limits
    }

    /// Checks that the store answers readers and has its writer.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn check_storage(&self) -> Result<(), Problem> {
        let app = self.clone();
        web::block(move || app.parts.storage.check())
            .await
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
    }

    /// Proofs of work that were used, kept in memory only.
    pub fn used_proofs(&self) -> &UsedProofs {
        &self.parts.used_proofs
    }

    /// Reads on a blocking thread.
    ///
    /// # Errors
    /// What `work` refused, or `storage_unavailable`.
    pub async fn read<F, T>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Send + 'static,
        T: Send + 'static,
    {
        let app = self.clone();
        web::block(move || app.read_here(work))
            .await
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
    }

    /// Reads on this thread, for command lines and workers.
    ///
    /// # Errors
    /// What `work` refused, or `storage_unavailable`.
    pub fn read_here<F, T>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem>,
    {
        let mut conn = self.parts.storage.reader()?;
        self.unit(&mut conn, work)
    }

    /// Writes in one transaction; the outcome comes back once it is on disk.
    ///
    /// # Errors
    /// What `work` refused (then nothing is written), or `storage_unavailable`.
    pub async fn write<F, T>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Send + 'static,
        T: Send + 'static,
    {
        let app = self.clone();
        let outcome = match self.parts.storage.writer() {
            Some(writer) => writer.write(move |conn| app.unit(conn, work)).await,
            None => web::block(move || {
                let mut conn = app.parts.storage.reader()?;
                diesel::Connection::transaction(&mut *conn, |conn| app.unit(conn, work))
            })
            .await
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?,
        };
        self.parts.written.notify_one();
        outcome
    }

    /// Works on the store's own file; where there is none, nothing.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn tend(&self, statements: &'static str) -> Result<(), Problem> {
        match self.parts.storage.writer() {
            Some(writer) => writer.tend(statements).await,
            None => Ok(()),
        }
    }

    /// Waits until something was written here, or until `most` has passed.
    pub async fn written(&self, most: std::time::Duration) {
        // Either way it is time to look.
        let _ = tokio::time::timeout(most, self.parts.written.notified()).await;
    }

    fn unit<F, T>(&self, conn: &mut Conn, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem>,
    {
        work(&mut Unit {
            conn,
            now: self.parts.clock.now(),
            chance: Chance,
            keys: &self.parts.keys,
        })
    }
}
