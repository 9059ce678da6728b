//! What this machine can do at all.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use trekendesh::concerns::ConcernId;
use trekendesh::schema::{concerns, supports};

use crate::server::Server;

/// As many supports as the server may commit at once.
const BATCH: u64 = 256;

/// A process that answers every request with the same bytes.
pub struct Memory {
    /// Where it answers.
    pub address: String,
    process: Child,
    _file: tempfile::NamedTempFile,
}

impl Memory {
    /// Starts it with these bytes.
    pub fn start(bytes: &[u8]) -> Result<Self> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), bytes)?;
        let mut process = Command::new(std::env::current_exe()?)
            .arg("memory")
            .arg(file.path())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        BufReader::new(process.stdout.take().context("it prints")?).read_line(&mut address)?;
        Ok(Self {
            address: address.trim().to_owned(),
            process,
            _file: file,
        })
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is waited for.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Answers every request with the bytes of a file, for ever.
pub fn answer_from_memory(file: &Path) -> Result<()> {
    let bytes = web::Bytes::from(std::fs::read(file)?);
    actix_web::rt::System::new().block_on(async {
        let server = HttpServer::new(move || {
            let bytes = bytes.clone();
            App::new().default_service(web::to(move || {
                let bytes = bytes.clone();
                async move {
                    HttpResponse::Ok()
                        .content_type("application/json")
                        .insert_header((CACHE_CONTROL, "no-cache"))
                        .insert_header((CONTENT_ENCODING, "br"))
                        .body(bytes)
                }
            }))
        })
        .workers(2)
        .bind("127.0.0.1:0")?;
        for address in server.addrs() {
            use std::io::Write;
            writeln!(std::io::stdout().lock(), "{address}")?;
        }
        server.run().await?;
        Ok(())
    })
}

/// Supports a second in a loop that does nothing else: the same two statements, as many in a
/// transaction as the server puts there, each commit on disk (synchronous FULL). On a copy of the
/// same file, without a server.
pub fn raw_supports(town: &Server, ids: &[String], time: Duration) -> Result<f64> {
    let folder = tempfile::tempdir_in(town.data())?;
    let copy = folder.path().join("raw.sqlite3");
    let url = town.data().join("trekendesh.sqlite3");
    let mut file = SqliteConnection::establish(&url.to_string_lossy())?;
    file.batch_execute(&format!("VACUUM INTO '{}'", copy.display()))?;
    let mut file = SqliteConnection::establish(&copy.to_string_lossy())?;
    file.batch_execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; \
         PRAGMA secure_delete=ON;",
    )?;
    let (began, mut turn) = (Instant::now(), 0_u64);
    while began.elapsed() < time {
        file.transaction(|file| {
            for _ in 0..BATCH {
                let id: ConcernId = crate::pick(ids, turn / 64).parse().map_err(|()| {
                    diesel::result::Error::QueryBuilderError("an id of a concern".into())
                })?;
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
                turn += 1;
            }
            diesel::QueryResult::Ok(())
        })?;
    }
    #[expect(clippy::as_conversions, reason = "a count for people to read")]
    let given = turn as f64;
    Ok(given / began.elapsed().as_secs_f64())
}
