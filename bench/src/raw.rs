//! Supports without a server: the same two statements as fast as each store takes them, on a copy.

use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tempfile::TempDir;
use trekendesh::concerns::ConcernId;
use trekendesh::schema::{concerns, supports};

use crate::cluster;
use crate::crowd::{self, CONNECTIONS};
use crate::server::Place;

/// As many supports as the server may commit at once.
const BATCH: u64 = 256;

/// A copy of a town's file.
pub struct Copy {
    file: SqliteConnection,
    turn: u64,
    _folder: TempDir,
}

impl Copy {
    /// Copies the file; each commit goes to disk as far as `synchronous` says.
    pub fn of(place: &Place, synchronous: &str) -> Result<Self> {
        let disk = place.keys();
        let folder = tempfile::tempdir_in(disk.parent().context("keys lie in a folder")?)?;
        let copy = folder.path().join("raw.sqlite3");
        let mut file = SqliteConnection::establish(&place.file().to_string_lossy())?;
        file.batch_execute(&format!("VACUUM INTO '{}'", copy.display()))?;
        let mut file = SqliteConnection::establish(&copy.to_string_lossy())?;
        file.batch_execute(&format!(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; \
             PRAGMA secure_delete=ON;"
        ))?;
        Ok(Self {
            file,
            turn: 0,
            _folder: folder,
        })
    }

    /// Does these statements, in transactions of as many answers as the server puts there; how long each takes.
    pub fn answer(&mut self, answers: &[String]) -> Result<Duration> {
        let began = Instant::now();
        for batch in answers.chunks(usize::try_from(BATCH)?) {
            self.file.transaction(|file| {
                batch
                    .iter()
                    .try_for_each(|answer| file.batch_execute(answer))
            })?;
        }
        Ok(began.elapsed() / u32::try_from(answers.len())?)
    }

    /// Gives supports for so long in a loop that does nothing else, as many in a transaction as the
    /// server puts there; tells how many.
    pub fn support(&mut self, ids: &[String], time: Duration) -> Result<u64> {
        let (began, first) = (Instant::now(), self.turn);
        while began.elapsed() < time {
            let turn = self.turn;
            self.file.transaction(|file| {
                (turn..turn + BATCH)
                    .try_for_each(|turn| support(file, crowd::pick(ids, turn / 64), turn))
            })?;
            self.turn += BATCH;
        }
        Ok(self.turn - first)
    }
}

fn support(file: &mut SqliteConnection, id: &str, turn: u64) -> QueryResult<()> {
    let not_an_id = |()| diesel::result::Error::QueryBuilderError("an id of a concern".into());
    let id: ConcernId = id.parse().map_err(not_an_id)?;
    diesel::insert_into(supports::table)
        .values((
            supports::concern_id.eq(&id),
            supports::supporter.eq(format!("{turn:064x}")),
            supports::sealed.eq(format!("{turn:088x}")),
            supports::resident.eq(false),
        ))
        .execute(file)?;
    diesel::update(concerns::table.find(&id))
        .set(concerns::visitors.eq(concerns::visitors + 1))
        .execute(file)?;
    Ok(())
}

/// Supports a second by PostgreSQL's own bench: as many clients as we have connections, each one
/// transaction a support, prepared, on any concern. The concerns to draw from lie numbered in a
/// table, because pgbench knows numbers only.
pub fn supports_by_pgbench(url: &str, ids: &[String], time: Duration) -> Result<f64> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute("CREATE TABLE drawn (n int PRIMARY KEY, id text NOT NULL)")?;
    let list = ids.join(",");
    diesel::sql_query(
        "INSERT INTO drawn SELECT n, id FROM unnest(string_to_array($1, ',')) \
         WITH ORDINALITY AS one (id, n)",
    )
    .bind::<diesel::sql_types::Text, _>(&list)
    .execute(&mut conn)?;
    conn.batch_execute("VACUUM ANALYZE")?;
    let mut script = tempfile::NamedTempFile::new()?;
    write!(
        script,
        "\\set n random(1, {})\n\
         \\set who random(1, 1000000000000000)\n\
         BEGIN;\n\
         INSERT INTO supports (concern_id, supporter, sealed, resident) SELECT id, \
         lpad(cast(:who AS text), 64, '0'), lpad(cast(:who AS text), 88, '0'), false \
         FROM drawn WHERE n = :n;\n\
         UPDATE concerns SET visitors = visitors + 1 FROM drawn \
         WHERE drawn.n = :n AND concerns.id = drawn.id;\n\
         COMMIT;\n",
        ids.len()
    )?;
    let bench = Command::new(cluster::programs()?.join("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={CONNECTIONS}"))
        .arg(format!("--time={}", time.as_secs().max(1)))
        .arg("--file")
        .arg(script.path())
        .arg(url)
        .output()?;
    ensure!(
        bench.status.success(),
        "{}",
        String::from_utf8_lossy(&bench.stderr)
    );
    rate_in(&String::from_utf8_lossy(&bench.stdout))
}

fn rate_in(said: &str) -> Result<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.context("pgbench tells its rate")?.parse()?)
}
