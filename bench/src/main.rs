//! `bench load`: how fast the release binary works, each figure beside what this machine can do at
//! all, measured in the same run. `cargo xtask bench load` builds and runs it.

mod classes;
#[expect(dead_code, reason = "the tests do more with it")]
#[path = "../../tests/harness/cluster.rs"]
mod cluster;
mod crowd;
mod encryption;
mod fill;
mod followers;
mod gate;
mod load;
mod memory;
mod postgres;
mod push;
mod raw;
mod server;
mod sink;
mod sqlite;
mod table;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crowd::Crowd;
use table::Table;

#[derive(Parser)]
#[command(name = "bench", about = "Measures the release binary")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Measure, and print a table of each part.
    Load(Load),
    /// Fail where a hot path costs much more than it did, beside work that is always there.
    Gate {
        /// The binary to measure, built as this one.
        binary: PathBuf,
    },
    /// Answer every request with the bytes of a file: what any read is measured against.
    Memory {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Args)]
struct Load {
    /// The binary to measure.
    binary: PathBuf,
    /// What to measure; nothing: all.
    parts: Vec<Part>,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    #[command(flatten)]
    large: Large,
    /// Also write the tables into this document, each under the heading of its part.
    #[arg(long)]
    document: Option<PathBuf>,
}

/// The larger town.
#[derive(Args, Clone, Copy)]
struct Large {
    /// Its concerns.
    #[arg(long, default_value_t = 100_000)]
    concerns: usize,
    /// Its supports.
    #[arg(long, default_value_t = 1_000_000)]
    supports: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// Reads and supports of a town in a file.
    Sqlite,
    /// Reads and supports of a town in PostgreSQL.
    Postgres,
    /// News for many devices.
    Push,
    /// Pupils in many classes who answer a poll at once.
    Classes,
}

fn main() -> Result<()> {
    match Arguments::parse().verb {
        Verb::Load(wanted) => measure(&wanted),
        Verb::Gate { binary } => gate::pass(&binary),
        Verb::Memory { file } => memory::answer_from_memory(&file),
    }
}

fn measure(wanted: &Load) -> Result<()> {
    let parts = match wanted.parts.as_slice() {
        [] => Part::value_variants(),
        some => some,
    };
    for part in parts {
        let table = part.measure(wanted)?;
        table::say(&table.text()?)?;
        if let Some(document) = &wanted.document {
            table.write(document, part.heading(), &wanted.command(*part))?;
        }
    }
    Ok(())
}

impl Load {
    /// What to type to measure a part again.
    fn command(&self, part: Part) -> String {
        let Large { concerns, supports } = self.large;
        let size = match part {
            Part::Sqlite => format!(" --concerns {concerns} --supports {supports}"),
            Part::Postgres | Part::Push | Part::Classes => String::new(),
        };
        let (part, seconds) = (part.name(), self.seconds);
        format!("cargo xtask bench load {part} --seconds {seconds}{size}")
    }
}

impl Part {
    fn measure(self, wanted: &Load) -> Result<Table> {
        let mut table = Table::default();
        let time = Duration::from_secs(wanted.seconds);
        let binary: &Path = &wanted.binary;
        match self {
            Self::Sqlite => sqlite::measure(&Crowd::new(time)?, binary, wanted.large, &mut table)?,
            Self::Postgres => postgres::measure(&Crowd::new(time)?, binary, &mut table)?,
            Self::Push => push::measure(binary, time, &mut table)?,
            Self::Classes => classes::measure(&Crowd::new(time)?, binary, &mut table)?,
        }
        Ok(table)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Push => "push",
            Self::Classes => "classes",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Sqlite => "Load: a town in a file",
            Self::Postgres => "Load: a town in PostgreSQL",
            Self::Push => "Load: pushes",
            Self::Classes => "Load: pupils in their classes",
        }
    }
}
