//! The server that is measured: the release binary on a place of its own.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use diesel::prelude::*;
use tempfile::TempDir;
use trekendesh::platform::conn::Conn;

use crate::load::{self, Shot};

/// Where a server keeps its things, and how it is set.
pub struct Place {
    binary: PathBuf,
    folder: TempDir,
    postgres: Option<String>,
    settings: Vec<(&'static str, String)>,
}

/// A running server and what it stores.
pub struct Server {
    /// Where it answers, `127.0.0.1:port`.
    pub address: String,
    /// How long it took from its start to its first answer.
    pub start: Duration,
    process: Running,
    place: Place,
}

/// A process that does not outlive us.
struct Running(Child);

impl Place {
    /// The sample year in a folder on the disk of the build, not in memory: what is durable must be.
    pub fn new(binary: &Path) -> Result<Self> {
        Self::made(binary, None)
    }

    /// The sample year in an empty database of PostgreSQL.
    pub fn on_postgres(binary: &Path, url: &str) -> Result<Self> {
        Self::made(binary, Some(url.to_owned()))
    }

    fn made(binary: &Path, postgres: Option<String>) -> Result<Self> {
        let disk = std::env::current_exe()?;
        let disk = disk.parent().context("the binary lies in a folder")?;
        let place = Self {
            binary: binary.to_owned(),
            folder: tempfile::tempdir_in(disk)?,
            postgres,
            settings: vec![("TREKENDESH_PROOF_AFTER", "1000000".to_owned())],
        };
        Ok(place.start("demo")?.stop())
    }

    /// With a setting of the server's environment.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.push((name, value.to_owned()));
        self
    }

    /// Starts the server here.
    pub fn serve(self) -> Result<Server> {
        self.start("serve")
    }

    /// A connection to its store.
    pub fn open(&self) -> Result<Conn> {
        let file = self.file().to_string_lossy().into_owned();
        Ok(Conn::establish(self.postgres.as_ref().unwrap_or(&file))?)
    }

    /// The file it stores in, unless that is PostgreSQL.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("trekendesh.sqlite3")
    }

    /// The folder of its keys.
    pub fn keys(&self) -> PathBuf {
        self.folder.path().join("keys")
    }

    fn start(self, verb: &str) -> Result<Server> {
        let began = Instant::now();
        let mut command = Command::new(&self.binary);
        command
            .arg(verb)
            .env("TREKENDESH_DATA_DIR", self.folder.path())
            .env("TREKENDESH_LISTEN", "127.0.0.1:0")
            .envs(self.settings.iter().cloned())
            .env_remove("DATABASE_URL")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(url) = &self.postgres {
            command.env("DATABASE_URL", url);
        }
        let mut process = Running(command.spawn()?);
        let mut out = BufReader::new(process.0.stdout.take().context("it prints")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        // Whatever else it prints is read, so that it never waits for us.
        std::thread::spawn(move || out.read_to_end(&mut Vec::new()));
        let address = line.trim().trim_start_matches("http://").to_owned();
        anyhow::ensure!(
            !address.is_empty(),
            "{} does not start",
            self.binary.display()
        );
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let first = Shot::get("/api/v1/municipalities/elbasan/concerns");
        runtime.block_on(load::body(&address, &first))?;
        Ok(Server {
            address,
            start: began.elapsed(),
            process,
            place: self,
        })
    }
}

impl Server {
    /// What it stores, while it runs.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Ends it; what it stored stays.
    pub fn stop(self) -> Place {
        drop(self.process);
        self.place
    }

    /// Processor time it took so far.
    pub fn processor_time(&self) -> Result<Duration> {
        processor_time(&self.process.0.id().to_string())
    }

    /// Resident memory at its peak, MB.
    pub fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.0.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .context("Linux tells the peak")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024)
    }
}

/// Processor time that a process took so far; `self` is this one.
pub fn processor_time(process: &str) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, numbers) = stat.rsplit_once(')').context("a name in brackets")?;
    // User and system time, in hundredths of a second (proc_pid_stat(5)).
    let times = numbers.split_whitespace().skip(11).take(2);
    let ticks: u64 = times.map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is waited for.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
