//! Chores of the repository. `cargo xtask demo` shows the product, `cargo xtask test` proves it.

#[expect(dead_code, reason = "the tests do more with it")]
#[path = "../../tests/harness/cluster.rs"]
mod cluster;
mod shell;
mod simulate;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use shell::{cargo, installed, npm, repository, run};

/// The browsers the tests drive: Chromium for the app, Firefox for real pushes.
const BROWSERS: [&str; 2] = ["chromium", "firefox-esr"];

#[derive(Parser)]
#[command(name = "xtask", about = "Chores of the repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the app and the server and start both with Elbasan's sample year.
    Demo,
    /// Install what the tests need and run all of them.
    Test,
    /// Run the server's tests on a private PostgreSQL.
    Postgres {
        /// What nextest shall run, as it takes it, or without nextest the names' parts; nothing: all.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        which: Vec<String>,
    },
    /// Let people write while the server and its database are killed, cut off and stopped, then for long.
    Soak {
        /// How often on each store.
        #[arg(long, default_value_t = 100)]
        kills: u32,
        /// For how many minutes on each store.
        #[arg(long, default_value_t = 60)]
        minutes: u32,
    },
    /// Feed whatever reads with drawn input.
    Fuzz {
        /// For how many seconds each of them.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// The seed that a finding named, to have it again.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Build the app into `pwa/dist`, where the server takes it from.
    App,
    /// Measure the release binary; the figures are kept in docs/BENCHMARKS.md. Without a name: the load.
    Bench {
        /// What to measure.
        #[command(subcommand)]
        what: Option<Bench>,
    },
    /// Draw towns by chance and show what a method does in them.
    Simulate {
        /// Which method.
        #[command(subcommand)]
        what: Simulate,
    },
    /// Make the README's pictures from the demo.
    Screenshots,
    /// Accept the API as it is now: its description, and the app's types made from it.
    Snapshots,
}

#[derive(Subcommand)]
enum Bench {
    /// Lighthouse on every route, as a phone on slow 4G; fails below the design's goals.
    Lighthouse,
    /// Reads, supports and pushes, each beside what this machine can do at all; writes the tables of
    /// docs/BENCHMARKS.md. By day: at night nobody is pushed to, and the clock must be moved.
    Load {
        /// What `bench load --help` names.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// The part of the tests that fails where a hot path costs much more than it did.
    Gate,
}

#[derive(Subcommand)]
enum Simulate {
    /// Ways of voting, and what can be told from when people vote; writes docs/SIMULATION.md and its plots.
    Votes,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Demo => demo(),
        Chore::Test => test(),
        Chore::Postgres { which } => postgres(&which),
        Chore::Soak { kills, minutes } => soak(kills, minutes),
        Chore::Fuzz { seconds, seed } => fuzz(seconds, seed),
        Chore::App => app(),
        Chore::Bench { what } => match what {
            None => load(&[]),
            Some(Bench::Load { arguments }) => load(&arguments),
            Some(Bench::Lighthouse) => lighthouse(),
            Some(Bench::Gate) => gate(),
        },
        Chore::Simulate {
            what: Simulate::Votes,
        } => simulate::votes(&repository().join("docs")),
        Chore::Screenshots => screenshots(),
        Chore::Snapshots => snapshots(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn app() -> Result<()> {
    run(npm_ready("pwa")?.args(["run", "--silent", "build"]))
}

fn demo() -> Result<()> {
    app()?;
    run(cargo().args(["build", "--package", "trekendesh"]))?;
    let binary = repository().join("target/debug/trekendesh");
    let mut server = std::process::Command::new(binary);
    if std::env::var_os("TREKENDESH_DATA_DIR").is_none() {
        server.env("TREKENDESH_DATA_DIR", repository().join("target/demo-data"));
    }
    run(server.arg("demo"))
}

/// Everything is built as one workspace: built alone, a package has other features, and all it needs twice.
fn test() -> Result<()> {
    install()?;
    app()?;
    npm(&["run", "--silent", "api", "--", "--check"])?;
    npm(&["run", "--silent", "check"])?;
    npm(&["run", "--silent", "test"])?;
    run(cargo().args(["fmt", "--all", "--check"]))?;
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ]))?;
    deny()?;
    if installed("cargo-nextest") {
        run(cargo().args(["nextest", "run", "--workspace", "--no-fail-fast"]))?;
    } else {
        let skipped = ["--", "--skip", "postgres::"];
        run(cargo()
            .args(["test", "--workspace", "--no-fail-fast"])
            .args(skipped))?;
    }
    postgres(&[])?;
    gate()?;
    browser()
}

/// Licences, sources and banned crates, where cargo-deny is installed. What is known against a crate
/// (advisories) has to be fetched, and would fail on another day what did not change.
fn deny() -> Result<()> {
    if !installed("cargo-deny") {
        eprintln!("> cargo-deny is not installed: licences and sources are not checked");
        return Ok(());
    }
    run(cargo().args(["deny", "--offline", "check", "licenses", "bans", "sources"]))
}

/// The same tests on PostgreSQL, but for those that `.config/nextest.toml` names with their reasons.
fn postgres(which: &[String]) -> Result<()> {
    let cluster = cluster::Cluster::start(false)?;
    let mut tests = cargo();
    if installed("cargo-nextest") {
        tests.args(["nextest", "run", "--workspace", "--test", "all"]);
        tests.args(["--profile", "postgres", "--no-fail-fast"]);
    } else {
        tests.args(["test", "--workspace", "--test", "all", "--"]);
        let settings = std::fs::read_to_string(repository().join(".config/nextest.toml"))?;
        for test in spared(&settings) {
            tests.args(["--skip", test]);
        }
    }
    run(tests
        .args(which)
        .env("TREKENDESH_TEST_POSTGRES", cluster.url()))
}

/// What nextest is told to leave out on PostgreSQL, for those who have no nextest.
fn spared(settings: &str) -> Vec<&str> {
    let filter = settings.split("[profile.postgres]").nth(1);
    let tests = filter.unwrap_or_default().split("test(").skip(1);
    tests
        .filter_map(|rest| rest.split(')').next())
        .map(|named| named.trim_matches(|sign| "/^=".contains(sign)))
        .collect()
}

/// These of the server's tests, one after the other, with what they print.
fn aloud(tests: &[&str]) -> std::process::Command {
    let mut command = cargo();
    command
        .args(["test", "--workspace", "--test", "all", "--"])
        .args(["--nocapture", "--test-threads=1"])
        .args(tests);
    command
}

fn soak(kills: u32, minutes: u32) -> Result<()> {
    install()?;
    app()?;
    let long = |tests: &[&str]| {
        let mut command = aloud(tests);
        command
            .env("TREKENDESH_SOAK_KILLS", kills.to_string())
            .env("TREKENDESH_SOAK_SECONDS", (minutes * 60).to_string());
        command
    };
    run(&mut long(&["soak::", "postgres::cut::"]))?;
    // This one keeps what it is told, as people's do.
    let cluster = cluster::Cluster::start(true)?;
    run(long(&["soak::hours::"]).env("TREKENDESH_TEST_POSTGRES", cluster.url()))
}

fn fuzz(seconds: u32, seed: Option<u64>) -> Result<()> {
    app()?;
    let mut command = aloud(&["fuzz::"]);
    command.env("TREKENDESH_FUZZ_SECONDS", seconds.to_string());
    if let Some(seed) = seed {
        command.env("TREKENDESH_FUZZ_SEED", seed.to_string());
    }
    run(&mut command)
}

/// What the tests need beyond Rust and Node: Debian's Chromium, Firefox, PostgreSQL and Poppler.
fn install() -> Result<()> {
    let mut missing: Vec<&str> = BROWSERS
        .into_iter()
        .filter(|browser| !installed(browser))
        .collect();
    if cluster::programs().is_err() {
        missing.push("postgresql");
    }
    // Draws the letters that the tests read.
    if !installed("pdftoppm") {
        missing.push("poppler-utils");
    }
    if missing.is_empty() {
        return Ok(());
    }
    run(std::process::Command::new("apt-get")
        .arg("update")
        .arg("-q"))?;
    run(std::process::Command::new("apt-get")
        .args(["install", "-y", "-q", "--no-install-recommends"])
        .args(missing))
}

fn browser() -> Result<()> {
    for folder in ["tests/browser", "tests/browser/firefox-push"] {
        run(npm_ready(folder)?.args(["test", "--silent"]))?;
    }
    Ok(())
}

fn lighthouse() -> Result<()> {
    install()?;
    app()?;
    run(cargo().args(["build", "--release", "--package", "trekendesh"]))?;
    let binary = repository().join("target/release/trekendesh");
    run(npm_ready("tests/browser")?.args(["ls", "--silent"]))?;
    run(npm_ready("tests/browser/lighthouse")?
        .args(["run", "--silent", "bench"])
        .env("TREKENDESH_BINARY", binary))
}

fn load(arguments: &[String]) -> Result<()> {
    install()?;
    app()?;
    let packages = ["--package", "trekendesh", "--package", "bench"];
    run(cargo().args(["build", "--release"]).args(packages))?;
    let built = repository().join("target/release");
    run(std::process::Command::new(built.join("bench"))
        .arg("load")
        .arg(built.join("trekendesh"))
        .arg("--document")
        .arg(repository().join("docs/BENCHMARKS.md"))
        .args(arguments))
}

/// Fails where a hot path of the debug build costs much more than it did, beside work that is always there.
fn gate() -> Result<()> {
    // With what only tests need, or all that they were built with is built again without it.
    run(cargo().args(["build", "--workspace", "--all-targets"]))?;
    let built = repository().join("target/debug");
    run(std::process::Command::new(built.join("bench"))
        .arg("gate")
        .arg(built.join("trekendesh")))
}

fn screenshots() -> Result<()> {
    install()?;
    app()?;
    run(cargo().args(["build", "--package", "trekendesh"]))?;
    run(npm_ready("tests/browser")?.args(["run", "--silent", "screenshots"]))
}

/// npm in a folder, with its packages installed.
fn npm_ready(folder: &str) -> Result<std::process::Command> {
    let folder = repository().join(folder);
    let modules = folder.join("node_modules/.package-lock.json");
    if newer(&folder.join("package-lock.json"), &modules) {
        run(shell::npm_in(&folder).args(["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(shell::npm_in(&folder))
}

fn snapshots() -> Result<()> {
    run(cargo()
        .args(["test", "--workspace", "--test", "all", "proofs::"])
        .env("TREKENDESH_ACCEPT", "1"))?;
    npm(&["run", "--silent", "api"])
}

fn newer(source: &Path, made: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    match (time(source), time(made)) {
        (Some(source), Some(made)) => source > made,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::spared;

    /// Both stores are tested with nextest and without it.
    #[test]
    fn what_nextest_leaves_out_on_postgresql_is_left_out_without_it_too() {
        let spared = spared(include_str!("../../.config/nextest.toml"));
        assert!(spared.len() > 5, "{spared:?}");
        assert!(spared.contains(&"hostile::faults::"), "{spared:?}");
        let whole = |name: &&str| name.starts_with(|first: char| first.is_ascii_lowercase());
        assert!(spared.iter().all(whole), "{spared:?}");
        assert!(
            !spared.iter().any(|name| name.starts_with("postgres")),
            "{spared:?}"
        );
    }
}
