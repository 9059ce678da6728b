//! What a push cannot do without: encrypting alone, by the server's own code.

use std::panic::resume_unwind;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;
use trekendesh::notices::push::cipher::BrowserKeys;

use crate::fill::{SEED, said};
use crate::followers::Browser;
use crate::server::processor_time;

/// As long as the server fills every push up to.
const MESSAGE: [u8; 480] = [b' '; 480];

/// What encrypting gives and takes.
#[derive(Clone, Copy, Default)]
pub struct Alone {
    /// Messages encrypted.
    pub messages: u64,
    /// Time that took, on every core at once.
    pub time: Duration,
    /// Processor time that took.
    pub processor: Duration,
}

impl Alone {
    /// Encrypts on all cores for so long, and counts.
    pub fn measure(self, time: Duration) -> Result<Self> {
        let keys = Browser::of(&mut StdRng::seed_from_u64(SEED))?;
        let keys = BrowserKeys::new(keys.point, keys.auth).context("keys of a browser")?;
        let (before, began) = (processor_time("self")?, Instant::now());
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
        Ok(Self {
            messages: self.messages + counts?.iter().sum::<u64>(),
            time: self.time + began.elapsed(),
            processor: self.processor + (processor_time("self")? - before),
        })
    }

    /// Messages a second.
    pub fn rate(self) -> f64 {
        #[expect(clippy::as_conversions, reason = "a count for people to read")]
        let messages = self.messages as f64;
        messages / self.time.as_secs_f64()
    }

    /// Processor time of a message.
    pub fn cost(self) -> Duration {
        self.processor / u32::try_from(self.messages).unwrap_or(u32::MAX).max(1)
    }
}
