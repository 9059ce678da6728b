//! The single writer of SQLite: takes what waits, runs each piece in a savepoint of its own,
//! commits once, and only then answers each. Many requests share one disk flush.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::Connection;
use diesel::connection::{SimpleConnection, TransactionManager};
use tokio::sync::oneshot;

use super::conn::Conn;
use super::problem::Problem;
use crate::codes::Code;

/// As many requests as may share one commit.
const BATCH: usize = 256;

type Manager = <Conn as Connection>::TransactionManager;

/// A handle to the writer's thread.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Box<dyn Work>>,
    thread: Arc<JoinHandle<()>>,
    connected: Arc<AtomicBool>,
}

trait Work: Send {
    fn run(&mut self, conn: &mut Conn);
    /// Whether it is done outside a transaction, after those that wait with it.
    fn alone(&self) -> bool {
        false
    }
    fn answer(self: Box<Self>, committed: Result<(), diesel::result::Error>);
}

struct Piece<F, T> {
    work: Option<F>,
    outcome: Option<Result<T, Problem>>,
    reply: oneshot::Sender<Result<T, Problem>>,
}

impl<F, T> Work for Piece<F, T>
where
    F: FnOnce(&mut Conn) -> Result<T, Problem> + Send,
    T: Send,
{
    fn run(&mut self, conn: &mut Conn) {
        if let Some(work) = self.work.take() {
            self.outcome = Some(conn.transaction(work));
        }
    }

    fn answer(self: Box<Self>, committed: Result<(), diesel::result::Error>) {
        let outcome = match (committed, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Err(error), Some(Ok(_)) | None) => Err(error.into()),
            (Err(_), Some(refusal)) => refusal,
            (Ok(()), None) => Err(Problem::new(Code::StorageUnavailable)),
        };
        // The one who asked may have gone: then nobody waits for the answer.
        drop(self.reply.send(outcome));
    }
}

/// Work on the file itself, which no transaction may hold.
struct Chore {
    statements: &'static str,
    outcome: Option<Result<(), diesel::result::Error>>,
    reply: oneshot::Sender<Result<(), Problem>>,
}

impl Work for Chore {
    fn run(&mut self, conn: &mut Conn) {
        self.outcome = Some(conn.batch_execute(self.statements));
    }

    fn alone(&self) -> bool {
        true
    }

    fn answer(self: Box<Self>, _committed: Result<(), diesel::result::Error>) {
        let outcome = self.outcome.unwrap_or(Ok(())).map_err(Problem::from);
        // As above: nobody may be waiting.
        drop(self.reply.send(outcome));
    }
}

/// How much of the store is laid out anew.
#[derive(Clone, Copy, Debug)]
pub enum Tending {
    /// What was written last.
    Settle,
    /// All of it.
    Rewrite,
}

impl Tending {
    /// The statements for it on SQLite.
    pub fn on_sqlite(self) -> &'static str {
        match self {
            Self::Settle => SETTLE,
            Self::Rewrite => REWRITE,
        }
    }
}

/// Search entries of many concerns become one segment, in which their order no longer shows; then
/// what was written lies in the file and nowhere beside it.
const SETTLE: &str = "INSERT INTO concern_search (concern_search) VALUES ('optimize'); \
    PRAGMA wal_checkpoint(TRUNCATE);";
/// The same, with every page of the file written anew in the order of its keys: what lies in it
/// no longer tells what came after what.
const REWRITE: &str = "INSERT INTO concern_search (concern_search) VALUES ('optimize'); VACUUM; \
    PRAGMA wal_checkpoint(TRUNCATE);";

impl Writer {
    /// Works on the file itself, outside any transaction; those who write meanwhile wait.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub async fn tend(&self, statements: &'static str) -> Result<(), Problem> {
        let (reply, outcome) = oneshot::channel();
        let chore = Chore {
            statements,
            outcome: None,
            reply,
        };
        self.queue
            .send(Box::new(chore))
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
        outcome
            .await
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?
    }

    /// Opens the file at `url` and starts the thread.
    ///
    /// # Errors
    /// `storage_unavailable` when the file cannot be opened.
    pub fn start(url: String) -> Result<Self, Problem> {
        let first = open(&url)?;
        let (queue, waiting) = mpsc::channel();
        let connected = Arc::new(AtomicBool::new(true));
        let told = connected.clone();
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || work(&url, first, &waiting, &told))
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
        Ok(Self {
            queue,
            thread: Arc::new(thread),
            connected,
        })
    }

    /// Whether the thread lives and has a connection to write on.
    pub fn lives(&self) -> bool {
        self.connected.load(Ordering::Relaxed) && !self.thread.is_finished()
    }

    /// Runs `work` in a transaction and returns its outcome once it is on disk.
    ///
    /// # Errors
    /// What `work` refused, or `storage_unavailable`.
    pub async fn write<F, T>(&self, work: F) -> Result<T, Problem>
    where
        F: FnOnce(&mut Conn) -> Result<T, Problem> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, outcome) = oneshot::channel();
        let piece = Piece {
            work: Some(work),
            outcome: None,
            reply,
        };
        self.queue
            .send(Box::new(piece))
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
        outcome
            .await
            .map_err(|cause| Problem::caused(Code::StorageUnavailable, cause).retry_after(5))?
    }
}

/// How long a batch waits for whoever else holds the file, milliseconds. Who comes meanwhile waits
/// for the batch after it, so nobody waits longer than twice this.
const BUSY: u32 = 5_000;

/// How long a writer that cannot open the file rests before it tries again.
const REOPEN: Duration = Duration::from_millis(200);

fn open(url: &str) -> Result<Conn, Problem> {
    let mut conn =
        Conn::establish(url).map_err(|cause| Problem::caused(Code::StorageUnavailable, cause))?;
    #[cfg(debug_assertions)]
    conn.set_instrumentation(super::statements::tell);
    conn.batch_execute(&format!(
        "PRAGMA busy_timeout={BUSY}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
         PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA journal_size_limit=67108864;"
    ))?;
    Ok(conn)
}

/// The writer's thread, for as long as somebody may have something to write.
fn work(url: &str, first: Conn, waiting: &mpsc::Receiver<Box<dyn Work>>, connected: &AtomicBool) {
    let mut next = Some(first);
    loop {
        if let Some(mut conn) = next.take().or_else(|| open(url).ok()) {
            connected.store(true, Ordering::Relaxed);
            // A panic in one piece costs its batch and its connection, never the writer.
            if catch_unwind(AssertUnwindSafe(|| serve(&mut conn, waiting))).is_ok() {
                return;
            }
            continue;
        }
        connected.store(false, Ordering::Relaxed);
        match waiting.recv_timeout(REOPEN) {
            Ok(piece) => piece.answer(Err(closed("the file cannot be opened"))),
            Err(mpsc::RecvTimeoutError::Timeout) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn serve(conn: &mut Conn, waiting: &mpsc::Receiver<Box<dyn Work>>) {
    while let Ok(piece) = waiting.recv() {
        let mut batch = vec![piece];
        batch.extend(waiting.try_iter().take(BATCH - 1));
        let (alone, mut batch): (Vec<_>, Vec<_>) = batch.into_iter().partition(|work| work.alone());
        let begun = begin(conn);
        if begun.is_ok() {
            for piece in &mut batch {
                piece.run(conn);
            }
        }
        let committed = begun.and_then(|()| commit(conn));
        for piece in batch {
            piece.answer(match &committed {
                Ok(()) => Ok(()),
                Err(error) => Err(closed(&error.to_string())),
            });
        }
        for mut chore in alone {
            chore.run(conn);
            chore.answer(Ok(()));
        }
    }
}

/// Why nothing can be written, for each who waits.
fn closed(why: &str) -> diesel::result::Error {
    diesel::result::Error::DatabaseError(
        diesel::result::DatabaseErrorKind::ClosedConnection,
        Box::new(why.to_owned()),
    )
}

/// Begins a transaction that holds the write lock from its start, so that it cannot fail half-way.
fn begin(conn: &mut Conn) -> Result<(), diesel::result::Error> {
    Manager::begin_transaction(conn)?;
    conn.batch_execute("DELETE FROM write_lock WHERE FALSE")
        .inspect_err(|_| {
            // The transaction is abandoned either way: the lock's error is the one to report.
            let _ = Manager::rollback_transaction(conn);
        })
}

fn commit(conn: &mut Conn) -> Result<(), diesel::result::Error> {
    Manager::commit_transaction(conn).inspect_err(|_| {
        // As above: the commit's error is the one to report.
        let _ = Manager::rollback_transaction(conn);
    })
}

#[cfg(test)]
mod tests {
    use diesel::RunQueryDsl;
    use diesel::dsl::sql;
    use diesel::sql_types::BigInt;
    use futures_util::future::{join, join_all};

    use super::*;

    /// What is on disk, as somebody sees who only reads.
    fn committed(url: &str) -> Result<i64, Problem> {
        let count = sql::<BigInt>("(SELECT count(*) FROM notes)");
        Ok(diesel::select(count).get_result(&mut open(url)?)?)
    }

    /// Those who wait while the disk is busy with somebody are written with one flush: while one of
    /// them writes, none of the others' rows can be seen yet.
    #[actix_web::test]
    async fn all_who_wait_share_one_commit() {
        let folder = tempfile::tempdir().unwrap();
        let url = folder.path().join("file").to_str().unwrap().to_owned();
        let tables = "CREATE TABLE write_lock (one INT); CREATE TABLE notes (one INT)";
        open(&url).unwrap().batch_execute(tables).unwrap();
        let writer = Writer::start(url.clone()).unwrap();
        let (begin, busy) = mpsc::channel();
        let (tell, at_work) = oneshot::channel();
        let first = writer.write(move |_| {
            tell.send(()).unwrap();
            busy.recv().unwrap();
            Ok(())
        });
        // The writer works on the first before any other is asked for; and so few are all asked for
        // before anything else goes on.
        let others = async {
            at_work.await.unwrap();
            let others = (0..30).map(|_| {
                let url = url.clone();
                writer.write(move |conn| {
                    let seen = committed(&url)?;
                    conn.batch_execute("INSERT INTO notes VALUES (1)")?;
                    Ok(seen)
                })
            });
            join(join_all(others), async { begin.send(()) }).await
        };
        let (first, (seen, begun)) = join(first, others).await;
        begun.unwrap();
        first.unwrap();
        let seen: Vec<i64> = seen.into_iter().map(Result::unwrap).collect();
        assert_eq!(seen, vec![0; 30]);
        assert_eq!(committed(&url).unwrap(), 30);
    }
}
