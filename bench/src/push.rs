//! News for many devices, beside encrypting alone.

use std::panic::resume_unwind;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;
use trekendesh::notices::push::cipher::BrowserKeys;

use crate::fill::{SEED, said};
use crate::followers::{self, Browser};
use crate::server::Place;
use crate::sink::Sink;
use crate::table::{Line, Table};

/// As long as the server fills every push up to.
const MESSAGE: [u8; 480] = [b' '; 480];

/// Measures the fan-out to a few and to many subscribers.
pub fn measure(binary: &Path, time: Duration, table: &mut Table) -> Result<()> {
    for subscribers in [10_000, 100_000] {
        let sink = Sink::start()?;
        let place = Place::new(binary)?
            .with("TREKENDESH_ALLOW_LOOPBACK_PUSH", "1")
            .with("SSL_CERT_FILE", &sink.certificate().to_string_lossy());
        let (place, _moved) = followers::by_day(place)?;
        let concern = followers::follow(&place, &sink.origin, subscribers)?;
        let town = place.serve()?;
        let before = encrypt_alone(time)?;
        followers::tell(town.place(), &concern)?;
        let rate = sink.wait_for(subscribers)?;
        // Before and after, because others may use the machine too.
        let limit = f64::midpoint(before, encrypt_alone(time)?);
        let work = format!("pushes to {subscribers} subscribers");
        let line = Line::count(&work, rate, limit, "encryption alone, all cores");
        table.add(line.memory(&town)?)?;
    }
    Ok(())
}

/// Messages encrypted in a second by all cores together, by the server's own code.
fn encrypt_alone(time: Duration) -> Result<f64> {
    let keys = Browser::of(&mut StdRng::seed_from_u64(SEED))?;
    let keys = BrowserKeys::new(keys.point, keys.auth).context("keys of a browser")?;
    let began = Instant::now();
    let one = || -> Result<u64> {
        let mut count = 0;
        while began.elapsed() < time {
            keys.encrypt(&MESSAGE).map_err(said)?;
            count += 1;
        }
        Ok(count)
    };
    let cores = std::thread::available_parallelism()?.get();
    let counts: Result<Vec<u64>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(one)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    #[expect(clippy::as_conversions, reason = "a count for people to read")]
    let count = counts?.iter().sum::<u64>() as f64;
    Ok(count / began.elapsed().as_secs_f64())
}
