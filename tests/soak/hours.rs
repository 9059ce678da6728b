//! T-SOAK-01: a load that goes on: what the server takes of the machine does not grow with the time.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use trekendesh::platform::conn::Conn;

use super::{Crowd, SECONDS, length};
use crate::harness::Town;
use crate::harness::council::with_a_public_concern;
use crate::harness::database::{number, open};

/// For how long the council's people stay signed in.
const SHIFT: Duration = Duration::from_secs(600);
/// A load, not a race: about so often each of the devices reads and writes.
const REST: Duration = Duration::from_millis(100);
/// How many samples are taken, one after the other.
const SAMPLES: u32 = 240;
/// SQLite writes its log back at 1,000 pages and starts it anew; a reader in the middle of something
/// lets it grow a little further.
const LOG: f64 = 32.0;
/// PostgreSQL keeps to what it is told (`max_wal_size`), and grows a little further while it writes back.
const FURTHER: f64 = 1.25;
/// How many devices read and write.
const DEVICES: u32 = 6;

/// What the server takes of the machine at a moment.
struct Sample {
    minutes: f64,
    /// Resident memory, MB.
    memory: f64,
    files: f64,
    threads: f64,
    /// The log that is written before the database, MB.
    log: f64,
}

/// One of the things that are sampled.
type Measure = fn(&Sample) -> f64;

#[expect(clippy::as_conversions, reason = "sizes for people to read")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

/// How much of the log there is, MB.
fn log(town: &Town, file: &mut Conn) -> f64 {
    let bytes = match file {
        Conn::Sqlite(_) => {
            fs::metadata(town.path("data/trekendesh.sqlite3-wal")).map_or(0, |about| about.len())
        }
        Conn::Postgres(_) => {
            let segments = "SELECT sum(size) AS number FROM pg_ls_waldir()";
            number(file, segments).try_into().unwrap()
        }
    };
    megabytes(bytes)
}

/// How much of it there may be, MB.
fn most_log(file: &mut Conn) -> f64 {
    match file {
        Conn::Sqlite(_) => LOG,
        Conn::Postgres(_) => {
            let told = "SELECT pg_size_bytes(current_setting('max_wal_size')) AS number";
            FURTHER * megabytes(number(file, told).try_into().unwrap())
        }
    }
}

fn sample(town: &Town, file: &mut Conn, began: Instant) -> Sample {
    let process = format!("/proc/{}", town.process());
    let status = fs::read_to_string(format!("{process}/status")).unwrap();
    let said = |name: &str| -> u64 {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    };
    let files = fs::read_dir(format!("{process}/fd")).unwrap().count();
    Sample {
        minutes: began.elapsed().as_secs_f64() / 60.0,
        memory: megabytes(said("VmRSS") * 1024),
        files: f64::from(u32::try_from(files).unwrap()),
        threads: f64::from(u32::try_from(said("Threads")).unwrap()),
        log: log(town, file),
    }
}

/// By how much a line through these points rises from the first to the last (least squares).
fn rise(samples: &[Sample], of: Measure) -> f64 {
    let count = f64::from(u32::try_from(samples.len()).unwrap());
    let mean = |of: &dyn Fn(&Sample) -> f64| samples.iter().map(of).sum::<f64>() / count;
    let (middle, level) = (mean(&|one| one.minutes), mean(&of));
    let (mut above, mut below) = (0.0, 0.0);
    for one in samples {
        let along = one.minutes - middle;
        above += along * (of(one) - level);
        below += along * along;
    }
    let (first, last) = (&samples[0], &samples[samples.len() - 1]);
    above / below * (last.minutes - first.minutes)
}

fn most(samples: &[Sample], of: Measure) -> f64 {
    samples.iter().map(of).fold(0.0, f64::max)
}

#[test]
fn what_the_server_takes_does_not_grow_with_the_time() {
    let town = Town::start_with(&[("TREKENDESH_PROOF_AFTER", "1000000")]);
    let (mut town, council, public) = with_a_public_concern(town);
    let mut crowd = Crowd::new(&council, &public, DEVICES);
    crowd.rest = REST;
    let (began, long) = (Instant::now(), Duration::from_secs(length(SECONDS, 12)));
    let (mut samples, mut file) = (Vec::new(), open(&town));
    while began.elapsed() < long {
        let over = (began.elapsed() + SHIFT).min(long);
        crowd.round(
            &mut town,
            |_| false,
            |town, _| {
                while began.elapsed() < over {
                    thread::sleep(long / SAMPLES);
                    samples.push(sample(town, &mut file, began));
                }
            },
        );
        crowd.sign_in(&town);
    }
    crowd.finish(&town);
    let half = samples.len() / 2;
    report(&crowd, &samples, half);
    let (first, second) = samples.split_at(half);
    let rise = rise(second, |one| one.memory);
    // A tenth, or what one photo more or less in memory makes.
    let bound = (most(second, |one| one.memory) / 10.0).max(10.0);
    assert!(rise < bound, "memory rises by {rise:.1} MB");
    // Connections come and go with the devices; more of them than there are do not stay.
    let files = [first, second].map(|half| most(half, |one| one.files));
    assert!(files[1] <= files[0] + 8.0, "open files: {files:?}");
    // So do threads with what they ask for at once.
    let threads = [first, second].map(|half| most(half, |one| one.threads));
    let at_once = f64::from(2 * DEVICES);
    assert!(threads[1] <= threads[0] + at_once, "threads: {threads:?}");
    let log = most(&samples, |one| one.log);
    assert!(log > 0.0, "control: there is a log");
    assert!(log < most_log(&mut file), "the log grew to {log:.1} MB");
}

/// Prints what docs/BENCHMARKS.md keeps.
fn report(crowd: &Crowd, samples: &[Sample], half: usize) {
    let last = &samples[samples.len() - 1];
    eprintln!(
        "{:.0} minutes, {} writes",
        last.minutes,
        crowd.acknowledged()
    );
    for (name, times) in ["reads", "writes"].into_iter().zip(crowd.times()) {
        let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
        eprintln!(
            "{name}: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms",
            at(50),
            at(95),
            at(99)
        );
    }
    let columns: [(&str, Measure); 4] = [
        ("memory, MB", |one| one.memory),
        ("open files", |one| one.files),
        ("threads", |one| one.threads),
        ("log, MB", |one| one.log),
    ];
    for (name, of) in columns {
        let halves = [&samples[..half], &samples[half..]].map(|half| most(half, of));
        let rise = rise(&samples[half..], of);
        eprintln!(
            "{name}: most {:.1} in the first half, {:.1} in the second, which rises by {rise:.1}",
            halves[0], halves[1]
        );
    }
}
