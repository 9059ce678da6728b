//! The running program: its settings, clock, chance, keys and storage; and the unit of work.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use chrono::{DateTime, NaiveDate, Utc};

use super::chance::Chance;
use super::clock::{Clock, day_of};
use super::config::Config;
use super::conn::Conn;
use super::counters::{self, Window};
use super::hearing;
use super::kept::{Kept, everything};
use super::keys::Keys;
use super::limits::{Limit, Limits};
use super::problem::Problem;
use super::proof::{UsedProofs, challenge_of};
use super::replica::Replica;
use super::shared;
use super::storage::{self, Storage};
use super::writer::Tending;
use crate::codes::Code;

/// Rest between two looks for what other processes wrote.
const LOOK: Duration = Duration::from_secs(1);

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
    replica: Option<Replica>,
    limits: Limits,
    used_proofs: UsedProofs,
    written: tokio::sync::Notify,
    kept: Kept,
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
    /// The municipalities of which something public changes.
    pub touched: BTreeSet<String>,
}

impl Unit<'_> {
    /// Something public of this municipality (its code) changes: what was answered about it no longer
    /// holds.
    pub fn touch(&mut self, municipality: &str) {
        self.touched.insert(municipality.to_owned());
    }

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
        let storage = Storage::open(&config)?;
        let alone = storage.writer().is_some();
        Ok(Self {
            parts: Arc::new(Parts {
                clock: Clock::new(config.clock_shift_file.clone()),
                limits: Limits::new(Chance),
                used_proofs: UsedProofs::default(),
                replica: Replica::open(&config),
                config,
                keys,
                storage,
                written: tokio::sync::Notify::new(),
                kept: Kept::new(alone),
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

    /// Counts one use of `limit` by `who`: in memory, or where several processes share a store, there.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub async fn take(&self, limit: Limit, who: &str) -> Result<(), Problem> {
        let now = self.parts.clock.now();
        if !self.is_shared() {
            return self.parts.limits.take(limit, who, now);
        }
        let window = Window::of(self.keys(), limit, who, now);
        let used = self.write_apart(move |unit| counters::add(unit, &window));
        limit.check(used.await?)
    }

    /// How often `who` used `limit` so far.
    ///
    /// # Errors
    /// `internal` when the operating system gives no randomness, `storage_unavailable`.
    pub async fn used(&self, limit: Limit, who: &str) -> Result<u32, Problem> {
        let now = self.parts.clock.now();
        if !self.is_shared() {
            return self.parts.limits.used(limit, who, now);
        }
        let window = Window::of(self.keys(), limit, who, now);
        self.read(move |unit| counters::find(unit, &window)).await
    }

    /// Whether a proof of work comes for the first time; from now on it does not.
    ///
    /// # Errors
    /// `internal`, `storage_unavailable`.
    pub async fn take_proof(&self, proof: &str, until: DateTime<Utc>) -> Result<bool, Problem> {
        if !self.is_shared() {
            return self
                .parts
                .used_proofs
                .take(proof, until, self.clock().now());
        }
        let mark = self.keys().mark("used proof", challenge_of(proof));
        self.write_apart(move |unit| counters::add_proof(unit, &mark, until))
            .await
    }

    /// Checks that the store answers readers and has its writer.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn check_storage(&self) -> Result<(), Problem> {
        let app = self.clone();
        blocking(move || app.parts.storage.check()).await
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
        blocking(move || app.read_here(work)).await
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
        self.read_on(&mut conn, work)
    }

    /// Reads on this connection, on this thread.
    ///
    /// # Errors
    /// What `work` refused, or `storage_unavailable`.
    pub fn read_on<F, T>(&self, conn: &mut Conn, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem>,
    {
        Ok(self.unit(conn, work)?.0)
    }

    /// Writes in one transaction, as if nobody else wrote; the outcome comes back once it is on disk.
    /// On PostgreSQL it is done again where somebody else's write came between.
    ///
    /// # Errors
    /// What `work` refused (then nothing is written), or `storage_unavailable`.
    pub async fn write<F, T>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Clone + Send + 'static,
        T: Send + 'static,
    {
        let app = self.clone();
        let outcome = match self.parts.storage.writer() {
            Some(_) => {
                // On its own, so that it ends also where nobody waits for it any more.
                let writing = actix_web::rt::spawn(app.write_and_forget(work));
                writing
                    .await
                    .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
            }
            None => {
                blocking(move || {
                    let again = |conn: &mut Conn| app.unit_told(conn, work.clone());
                    let (outcome, touched) = shared::write(&app.parts.storage, again)?;
                    app.parts.kept.change(&touched);
                    Ok(outcome)
                })
                .await
            }
        };
        self.parts.written.notify_one();
        outcome
    }

    /// Writes rows that depend on no others, and locks them itself where several may want them: on
    /// PostgreSQL it neither waits for other writes nor makes them wait.
    ///
    /// # Errors
    /// As [`App::write`].
    pub async fn write_apart<F, T>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Clone + Send + 'static,
        T: Send + 'static,
    {
        if self.parts.storage.writer().is_some() {
            return self.write(work).await;
        }
        let app = self.clone();
        blocking(move || {
            let mut conn = app.parts.storage.reader()?;
            diesel::Connection::transaction(&mut *conn, |conn| Ok(app.unit_told(conn, work)?.0))
        })
        .await
    }

    /// Whether other processes may work on the same store.
    pub fn is_shared(&self) -> bool {
        self.parts.storage.writer().is_none()
    }

    /// Lays the store's rows out anew, so that where they lie does not tell when they came: a little
    /// each hour, all of it at night. On PostgreSQL one process a day does it, at night.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn tend(&self, tending: Tending) -> Result<(), Problem> {
        match (self.parts.storage.writer(), tending) {
            (Some(writer), tending) => writer.tend(tending.on_sqlite()).await,
            (None, Tending::Rewrite) => {
                if self.take(shared::A_NIGHT, "").await.is_err() {
                    return Ok(());
                }
                let storage = self.parts.storage.clone();
                blocking(move || shared::rewrite(&storage)).await
            }
            (None, Tending::Settle) => Ok(()),
        }
    }

    /// Waits until something was written here, or until `most` has passed.
    pub async fn written(&self, most: std::time::Duration) {
        // Either way it is time to look.
        let _ = tokio::time::timeout(most, self.parts.written.notified()).await;
    }

    /// Writes on SQLite, and once that is on disk, lets go of the answers that no longer hold.
    async fn write_and_forget<F, T>(self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Send + 'static,
        T: Send + 'static,
    {
        let app = self.clone();
        let writer = self.parts.storage.writer();
        let writer = writer.ok_or_else(|| Problem::new(Code::StorageUnavailable))?;
        let (outcome, touched) = writer.write(move |conn| app.unit(conn, work)).await?;
        self.parts.kept.change(&touched);
        Ok(outcome)
    }

    /// Learns from now on what others write into the store: other servers, and command lines such as one
    /// that imports.
    ///
    /// # Errors
    /// `internal` where no thread can be started.
    pub fn watch_others(&self) -> Result<(), Problem> {
        if self.is_shared() {
            hearing::start(self.clone())?;
        } else {
            actix_web::rt::spawn(self.clone().watch_file());
        }
        match &self.parts.replica {
            Some(replica) => replica.clone().watch(self.clone()),
            None => Ok(()),
        }
    }

    /// Lets go of all finished answers each time another process wrote into the file.
    async fn watch_file(self) {
        let Some(writer) = self.parts.storage.writer() else {
            return;
        };
        let mut last = None;
        loop {
            if let Ok(version) = writer.write(storage::version).await
                && last
                    .replace(version)
                    .is_some_and(|before| before != version)
            {
                self.parts.kept.change(&everything());
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The copy of the store that public reads may come from.
    pub fn replica(&self) -> Option<&Replica> {
        self.parts.replica.as_ref()
    }

    /// Finished answers.
    pub fn kept(&self) -> &Kept {
        &self.parts.kept
    }

    /// Whether the store answers.
    pub fn answers(&self) -> bool {
        self.parts.storage.check().is_ok()
    }

    fn unit<F, T>(&self, conn: &mut Conn, work: F) -> Result<(T, BTreeSet<String>), Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem>,
    {
        let mut unit = Unit {
            conn,
            now: self.parts.clock.now(),
            chance: Chance,
            keys: &self.parts.keys,
            touched: BTreeSet::new(),
        };
        let outcome = work(&mut unit)?;
        Ok((outcome, unit.touched))
    }

    /// The same, and what changes is told to all processes once it is there.
    fn unit_told<F, T>(&self, conn: &mut Conn, work: F) -> Result<(T, BTreeSet<String>), Problem>
    where
        F: FnOnce(&mut Unit<'_>) -> Result<T, Problem>,
    {
        let (outcome, touched) = self.unit(conn, work)?;
        hearing::tell(conn, &touched)?;
        Ok((outcome, touched))
    }
}

async fn blocking<F, T>(work: F) -> Result<T, Problem>
where
    F: FnOnce() -> Result<T, Problem> + Send + 'static,
    T: Send + 'static,
{
    web::block(work)
        .await
        .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
}
