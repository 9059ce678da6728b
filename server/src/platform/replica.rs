//! A copy of a PostgreSQL that follows it and is only read (`DATABASE_READ_URL`): it takes the public
//! reads off the database that is written to.
//!
//! It is always a little behind. What is read there counts only where the municipality it tells of did
//! not change since the moment up to which the copy surely follows; else the same is read from the
//! original. So whoever wrote something finds it, and no answer is kept that is older than it says.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use diesel::sql_types::{Bool, Nullable, Text};

use super::app::App;
use super::config::Config;
use super::conn::Conn;
use super::problem::Problem;
use super::storage::{Kind, Settings, patient};
use crate::codes::Code;

/// Rest between two looks at how far it follows, while something changed.
const LOOK: Duration = Duration::from_millis(20);
/// The longest without a look: so soon is noticed that it went away or came back.
const SURE: Duration = Duration::from_secs(1);
/// As long as a read waits for a connection to it.
const WAIT: Duration = Duration::from_millis(500);

/// Connections to the copy, and how far it follows.
#[derive(Clone)]
pub struct Replica {
    pool: Pool<ConnectionManager<Conn>>,
    follows: Arc<Follows>,
}

#[derive(Default)]
struct Follows {
    answers: AtomicBool,
    until: AtomicU64,
}

#[derive(QueryableByName)]
struct Written {
    #[diesel(sql_type = Text)]
    place: String,
}

#[derive(QueryableByName)]
struct Replayed {
    /// Nothing where this is no copy.
    #[diesel(sql_type = Nullable<Bool>)]
    there: Option<bool>,
}

impl Replica {
    /// The copy that the settings name. Whether it answers shows later: without it everything is read
    /// from the original.
    pub fn open(config: &Config) -> Option<Self> {
        let url = config.database_read_url.as_ref()?;
        let pool = Pool::builder()
            .max_size(config.connections)
            .min_idle(Some(0))
            .connection_timeout(WAIT)
            .test_on_check_out(true)
            .connection_customizer(Box::new(Settings(Kind::Postgres, config.statement_seconds)))
            .build_unchecked(ConnectionManager::new(patient(url)));
        Some(Self {
            pool,
            follows: Arc::default(),
        })
    }

    /// The moment up to which it surely follows; nothing while it does not answer.
    pub fn follows_until(&self) -> Option<u64> {
        let until = self.follows.until.load(Ordering::SeqCst);
        self.follows.answers.load(Ordering::SeqCst).then_some(until)
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// `storage_unavailable`; then it is not asked until it was seen to answer again.
    pub fn reader(&self) -> Result<PooledConnection<ConnectionManager<Conn>>, Problem> {
        self.pool.get().map_err(|cause| {
            self.follows.answers.store(false, Ordering::SeqCst);
            Problem::caused(Code::StorageUnavailable, cause)
        })
    }

    /// Begins to look how far it follows, for as long as the process lives.
    ///
    /// # Errors
    /// `internal` where no thread can be started.
    pub fn watch(self, app: App) -> Result<(), Problem> {
        thread::Builder::new()
            .name("replica".to_owned())
            .spawn(move || self.run(&app))
            .map(drop)
            .map_err(|cause| Problem::caused(Code::Internal, cause))
    }

    fn run(&self, app: &App) {
        let (mut looked, mut said) = (None::<Instant>, false);
        loop {
            let moment = app.kept().moment();
            let behind = moment > self.follows.until.load(Ordering::SeqCst);
            if behind || looked.is_none_or(|looked| looked.elapsed() >= SURE) {
                let there = self.has_all_of(app);
                if let Err(problem) = &there {
                    self.follows.answers.store(false, Ordering::SeqCst);
                    if !said {
                        tracing::warn!(%problem, "the copy of the database is not asked");
                    }
                }
                said = there.is_err();
                if let Ok(true) = there {
                    self.follows.until.store(moment, Ordering::SeqCst);
                    self.follows.answers.store(true, Ordering::SeqCst);
                }
                looked = Some(Instant::now());
            }
            let answers = self.follows.answers.load(Ordering::SeqCst);
            thread::sleep(if answers { LOOK } else { SURE });
        }
    }

    /// Whether all that is in the original by now is in the copy too.
    fn has_all_of(&self, app: &App) -> Result<bool, Problem> {
        let written: Written = app.read_here(|unit| {
            Ok(
                diesel::sql_query("SELECT pg_current_wal_insert_lsn()::text AS place")
                    .get_result(unit.conn)?,
            )
        })?;
        let query = "SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS there";
        let Conn::Postgres(copy) = &mut *self.reader()? else {
            return Ok(false);
        };
        let replayed: Replayed = diesel::sql_query(query)
            .bind::<Text, _>(written.place)
            .get_result(copy)?;
        replayed.there.ok_or_else(|| {
            Problem::caused(
                Code::StorageUnavailable,
                "DATABASE_READ_URL names a database that follows no other",
            )
        })
    }
}
