//! `bench load`: how fast the release binary answers over HTTP, each figure beside what this machine
//! can do at all, measured in the same run. `cargo xtask bench load` builds and runs it.

mod fill;
mod limits;
mod load;
mod server;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};

use load::{Outcome, Pace, Shot, Shots};
use server::Server;
use table::{Line, Table};

/// Connections that ask at the same time.
const CONNECTIONS: usize = 64;

#[derive(Parser)]
#[command(name = "bench", about = "Measures the release binary over HTTP")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Measure reads and supports, and print one table.
    Load {
        /// The binary to measure.
        binary: PathBuf,
        /// Seconds of each measurement.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
        /// Concerns in the larger town.
        #[arg(long, default_value_t = 100_000)]
        concerns: usize,
        /// Supports in the larger town.
        #[arg(long, default_value_t = 1_000_000)]
        supports: usize,
    },
    /// Answer every request with the bytes of a file: what any read is measured against.
    Memory {
        /// The file.
        file: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Load {
            binary,
            seconds,
            concerns,
            supports,
        } => measure(&binary, Duration::from_secs(seconds), concerns, supports)?.print(),
        Verb::Memory { file } => limits::answer_from_memory(&file),
    }
}

/// Asks a server with all connections.
struct Crowd {
    runtime: tokio::runtime::Runtime,
    time: Duration,
}

impl Crowd {
    fn new(time: Duration) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        Ok(Self { runtime, time })
    }

    fn full(&self, address: &str, shot: &Shots) -> Result<Outcome> {
        self.ask(address, shot, Pace::Full(self.time))
    }

    fn open(&self, address: &str, shot: &Shots, rate: f64) -> Result<Outcome> {
        let time = self.time;
        self.ask(address, shot, Pace::Open { rate, time })
    }

    fn ask(&self, address: &str, shot: &Shots, pace: Pace) -> Result<Outcome> {
        let asking = load::run(address, CONNECTIONS, shot, pace);
        self.runtime.block_on(asking)
    }
}

fn measure(binary: &Path, time: Duration, concerns: usize, supports: usize) -> Result<Table> {
    let crowd = Crowd::new(time)?;
    let mut table = Table::default();
    let small = Server::filled(binary, 1_000, 40_000)?;
    let before = crowd.full(&small.address, &list())?;
    drop(small);
    let limit = middle(&crowd, binary, &mut table)?;

    let large = Server::filled(binary, concerns, supports)?.started_again()?;
    table.add(Line::time(
        "start to first answer, larger town",
        large.start,
    ))?;
    let after = crowd.full(&large.address, &list())?;
    let growth = before.rate() / after.rate();
    table.add(Line::growth("list, from 1,000 to the larger town", growth))?;
    let read = crowd.full(&large.address, &pages(&large)?)?;
    table.add(Line::rate("a concern, larger town", &read, limit, MEMORY))?;
    table.add(Line::memory("memory, larger town", large.memory()?))?;
    Ok(table)
}

/// Measures the town of the design's numbers; says how fast its list comes from memory.
fn middle(crowd: &Crowd, binary: &Path, table: &mut Table) -> Result<f64> {
    let town = Server::filled(binary, 10_000, 400_000)?;
    let body = crowd
        .runtime
        .block_on(load::body(&town.address, &list()(0)))?;
    let memory = limits::Memory::start(&body)?;
    let limit = crowd.full(&memory.address, &list())?.rate();
    drop(memory);
    let listed = crowd.full(&town.address, &list())?;
    table.add(Line::rate("list of concerns", &listed, limit, MEMORY))?;
    let calm = crowd.open(&town.address, &list(), listed.rate() / 2.0)?;
    table.add(Line::latency("list, at half that rate", &calm))?;
    let words: Shots = Arc::new(|_| Shot::get(&format!("{LIST}?q=ndricim")));
    let found = crowd.full(&town.address, &words)?;
    table.add(Line::rate("search", &found, limit, MEMORY))?;
    let read = crowd.full(&town.address, &pages(&town)?)?;
    table.add(Line::rate("a concern", &read, limit, MEMORY))?;

    let ids = fill::public_ids(&town)?;
    let raw = limits::raw_supports(&town, &ids, crowd.time)?;
    let support: Shots = Arc::new(move |turn| {
        let path = format!("/api/v1/concerns/{}/support", pick(&ids, turn / 64));
        Shot::put(&path).header("x-device", &format!("{turn:026}"))
    });
    let given = crowd.full(&town.address, &support)?;
    table.add(Line::rate(
        "supports on disk",
        &given,
        raw,
        "batched inserts, FULL",
    ))?;
    table.add(Line::memory("memory after that", town.memory()?))?;
    Ok(limit)
}

const LIST: &str = "/api/v1/municipalities/elbasan/concerns";
const MEMORY: &str = "from memory";

fn list() -> Shots {
    Arc::new(|_| Shot::get(LIST))
}

fn pages(town: &Server) -> Result<Shots> {
    let ids = fill::public_ids(town)?;
    Ok(Arc::new(move |turn| {
        Shot::get(&format!("/api/v1/concerns/{}", pick(&ids, turn)))
    }))
}

/// One of these ids, another at each turn.
fn pick(ids: &[String], turn: u64) -> &str {
    let count = u64::try_from(ids.len()).unwrap_or(1).max(1);
    let index = usize::try_from(turn.wrapping_mul(7919) % count).unwrap_or(0);
    ids.get(index).map_or("", String::as_str)
}
