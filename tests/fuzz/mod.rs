//! Input drawn from what people send and what attackers do, changed at random. A test gives each reader
//! about a second of it, `cargo xtask fuzz` as long as it is told; a finding is printed at its smallest,
//! with the seed that leads to it again.

mod answers;
mod changes;
mod imports;
mod readers;
mod requests;
mod searches;

use std::cell::Cell;
use std::time::{Duration, Instant};

use actix_web::rt::{System, SystemRunner};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config as Limits, RngAlgorithm, TestRng, TestRunner};
use tempfile::TempDir;
use trekendesh::platform::app::{App, Unit};
use trekendesh::platform::chance::Chance;
use trekendesh::platform::config::Config;
use trekendesh::platform::problem::Problem;
use trekendesh::serve;

use crate::harness::store::Database;

/// For how many seconds each reader is fed.
const SECONDS: &str = "TREKENDESH_FUZZ_SECONDS";
/// The seed of an earlier run, to have it again.
const SEED: &str = "TREKENDESH_FUZZ_SEED";
/// The longest that any one input may take.
const PATIENCE: Duration = Duration::from_secs(5);

fn said(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().unwrap())
}

/// Feeds `check` with drawn input for as long as this run lasts; it fails by panicking.
fn feed<S: Strategy>(what: &str, input: &S, check: impl Fn(S::Value)) {
    let seed = said(SEED).unwrap_or_else(|| u64::from_le_bytes(Chance.bytes().unwrap()));
    let long = Duration::from_secs(said(SECONDS).unwrap_or(1));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let limits = Limits {
        cases: 16,
        failure_persistence: None,
        max_shrink_time: 60_000,
        ..Limits::default()
    };
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let (began, fed) = (Instant::now(), Cell::new(0));
    while began.elapsed() < long {
        // A runner is done with once it has run all its cases.
        let mut runner = TestRunner::new_with_rng(limits.clone(), rng);
        let outcome = runner.run(input, |drawn| {
            let began = Instant::now();
            check(drawn);
            assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
            fed.set(fed.get() + 1);
            Ok(())
        });
        let finding = || outcome.as_ref().unwrap_err();
        assert!(outcome.is_ok(), "{what}, {SEED}={seed}: {}", finding());
        rng = runner.new_rng();
    }
    eprintln!("{what}: {} inputs, {SEED}={seed}", fed.get());
}

/// A house without a server in front of it, for what is read and kept inside.
struct House {
    system: SystemRunner,
    app: App,
    _folder: TempDir,
    _postgres: Option<Database>,
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let postgres = Database::of_this_run();
        let config = Config {
            data_dir: folder.path().join("data"),
            database_url: postgres.as_ref().map(Database::url),
            allow_loopback_push: true,
            ..Config::default()
        };
        let system = System::new();
        let app = system.block_on(serve::open(config)).unwrap();
        Self {
            system,
            app,
            _folder: folder,
            _postgres: postgres,
        }
    }

    /// Does something in one transaction.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Unit<'_>) -> Result<T, Problem> + Clone + Send + 'static,
    ) -> Result<T, Problem> {
        self.system.block_on(self.app.write(work))
    }
}
