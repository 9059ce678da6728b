//! The server that is measured: the release binary on a folder of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::fill;

/// A running server and what it stores.
pub struct Server {
    /// Where it answers, `127.0.0.1:port`.
    pub address: String,
    /// How long it took from its start to its first answer.
    pub start: Duration,
    binary: PathBuf,
    folder: TempDir,
    process: Child,
}

impl Server {
    /// Starts on the sample year, multiplied to so many concerns and supports.
    pub fn filled(binary: &Path, concerns: usize, supports: usize) -> Result<Self> {
        // On the disk of the build, not in memory: what is durable must be.
        let disk = std::env::current_exe()?;
        let disk = disk.parent().context("the binary lies in a folder")?;
        let folder = tempfile::tempdir_in(disk)?;
        let town = Self::start(binary, folder, "demo")?;
        let (binary, folder) = town.stop()?;
        fill::multiply(folder.path(), concerns, supports)?;
        Self::start(&binary, folder, "serve")
    }

    /// The same store, started again.
    pub fn started_again(self) -> Result<Self> {
        let (binary, folder) = self.stop()?;
        Self::start(&binary, folder, "serve")
    }

    /// The folder of its store.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Resident memory at its peak, MB.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .context("Linux tells the peak")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024)
    }

    fn start(binary: &Path, folder: TempDir, verb: &str) -> Result<Self> {
        let began = Instant::now();
        let mut process = Command::new(binary)
            .arg(verb)
            .env("TREKENDESH_DATA_DIR", folder.path())
            .env("TREKENDESH_LISTEN", "127.0.0.1:0")
            .env("TREKENDESH_PROOF_AFTER", "1000000")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut out = BufReader::new(process.stdout.take().context("it prints")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        // Whatever else it prints is read, so that it never waits for us.
        std::thread::spawn(move || out.read_to_end(&mut Vec::new()));
        let address = line.trim().trim_start_matches("http://").to_owned();
        anyhow::ensure!(!address.is_empty(), "{} does not start", binary.display());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let first = crate::load::Shot::get("/api/v1/municipalities/elbasan/concerns");
        runtime.block_on(crate::load::body(&address, &first))?;
        Ok(Self {
            address,
            start: began.elapsed(),
            binary: binary.to_owned(),
            folder,
            process,
        })
    }

    fn stop(mut self) -> Result<(PathBuf, TempDir)> {
        self.end();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir()?);
        Ok((std::mem::take(&mut self.binary), folder))
    }

    fn end(&mut self) {
        // It may have ended by itself; either way it is waited for.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
