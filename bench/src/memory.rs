//! An answer from memory: what any read is measured against.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING};
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::{Context, Result};

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
