//! All connections together, and what they ask for.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;

use crate::load::{self, Outcome, Pace, Shot, Shots};

/// Connections that ask at the same time.
pub const CONNECTIONS: usize = 64;
/// Pages that are read between two changes of a town, where nothing shall be read from what is kept.
const CHANGED_AFTER: u64 = 200;

/// Asks a server with all connections.
pub struct Crowd {
    runtime: tokio::runtime::Runtime,
    /// How long each measurement takes.
    pub time: Duration,
}

impl Crowd {
    /// That measures so long.
    pub fn new(time: Duration) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        Ok(Self { runtime, time })
    }

    /// Asks the next as soon as one is answered.
    pub fn full(&self, address: &str, shot: &Shots) -> Result<Outcome> {
        self.ask(address, shot, Pace::Full(self.time))
    }

    /// Asks so many a second, answered or not.
    pub fn open(&self, address: &str, shot: &Shots, rate: f64) -> Result<Outcome> {
        let time = self.time;
        self.ask(address, shot, Pace::Open { rate, time })
    }

    /// Asks so many a second for so long on so many connections.
    pub fn open_on(
        &self,
        connections: usize,
        address: &str,
        shot: &Shots,
        (rate, time): (f64, Duration),
    ) -> Result<Outcome> {
        let asking = load::run(address, connections, shot, Pace::Open { rate, time });
        self.runtime.block_on(asking)
    }

    /// Does something beside what is measured.
    pub fn beside<F>(&self, work: F) -> tokio::task::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        self.runtime.spawn(work)
    }

    /// Waits for it.
    pub fn wait<T>(&self, work: tokio::task::JoinHandle<T>) -> Result<T> {
        Ok(self.runtime.block_on(work)?)
    }

    /// The body of one answer.
    pub fn body(&self, address: &str, shot: &Shots) -> Result<Vec<u8>> {
        self.runtime.block_on(load::body(address, &shot(0)))
    }

    fn ask(&self, address: &str, shot: &Shots, pace: Pace) -> Result<Outcome> {
        let asking = load::run(address, CONNECTIONS, shot, pace);
        self.runtime.block_on(asking)
    }
}

/// The list of concerns.
pub fn list() -> Shots {
    Arc::new(|_| Shot::get("/api/v1/municipalities/elbasan/concerns"))
}

/// The list that a search finds.
pub fn search() -> Shots {
    Arc::new(|_| Shot::get("/api/v1/municipalities/elbasan/concerns?q=ndricim"))
}

/// A concern, another each time.
pub fn pages(ids: &[String]) -> Shots {
    let ids = ids.to_vec();
    Arc::new(move |turn| Shot::get(&format!("/api/v1/concerns/{}", pick(&ids, turn))))
}

/// A concern, another each time, none from what is kept: a support now and then changes the town, more
/// often than one of these concerns is asked for again.
pub fn pages_anew(ids: &[String]) -> Shots {
    let (read, changed) = (pages(ids), supports(ids, 1, 0));
    let between = u64::try_from(ids.len() / 2)
        .unwrap_or(1)
        .clamp(1, CHANGED_AFTER);
    Arc::new(move |turn| match turn % between {
        0 => changed(turn),
        _ => read(turn),
    })
}

/// Supports, each by another device from this one on, so many in a row of the same concern.
pub fn supports(ids: &[String], in_a_row: u64, from: u64) -> Shots {
    let ids = ids.to_vec();
    Arc::new(move |turn| {
        let turn = from + turn;
        let path = format!("/api/v1/concerns/{}/support", pick(&ids, turn / in_a_row));
        Shot::put(&path).header("x-device", &format!("{turn:026}"))
    })
}

/// One of these ids, another at each turn.
pub fn pick(ids: &[String], turn: u64) -> &str {
    let count = u64::try_from(ids.len()).unwrap_or(1).max(1);
    let index = usize::try_from(turn.wrapping_mul(7919) % count).unwrap_or(0);
    ids.get(index).map_or("", String::as_str)
}
