//! News for many devices, beside encrypting alone.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::encryption::Alone;
use crate::followers;
use crate::server::{Place, Server, processor_time};
use crate::sink::Sink;
use crate::table::{Line, Table};

/// A concern with followers, and the service their browsers are at.
pub struct Followed {
    sink: Sink,
    town: Server,
    concern: trekendesh::concerns::store::Concern,
    subscribers: u32,
    _clock: Option<tempfile::NamedTempFile>,
}

/// What one piece of news took.
pub struct Told {
    /// Pushes a second.
    pub rate: f64,
    /// Processor time of one in the server.
    pub server: Duration,
    /// Processor time of one in the push service.
    pub service: Duration,
}

/// Measures the fan-out to a few and to many subscribers; fails where memory grows with their number.
pub fn measure(binary: &Path, time: Duration, table: &mut Table) -> Result<()> {
    let mut peaks = Vec::new();
    for subscribers in [10_000, 100_000] {
        let followed = Followed::new(binary, subscribers)?;
        // Before and after, because others may use the machine too.
        let alone = Alone::default().measure(time)?;
        let told = followed.tell()?;
        let alone = alone.measure(time)?;
        let work = format!("pushes to {subscribers} subscribers");
        let line = Line::count(&work, told.rate, alone.rate(), "encryption alone");
        table.add(line.memory(&followed.town)?)?;
        peaks.push(followed.town.memory()?);
        let ours = told.server + told.service;
        let work = "processor time of one, with the service's";
        let line = Line::cost(work, ours, alone.cost(), "encryption alone");
        table.add(line)?;
        let work = "processor time of one, the server's";
        let line = Line::cost(work, told.server, alone.cost(), "encryption alone");
        table.add(line)?;
    }
    let flat = peaks.is_sorted_by(|few, many| many * 4 <= few * 5);
    ensure!(flat, "memory grows with the subscribers: {peaks:?} MB");
    Ok(())
}

impl Followed {
    /// Starts a server with so many subscribers of one concern.
    pub fn new(binary: &Path, subscribers: u32) -> Result<Self> {
        let sink = Sink::start()?;
        let place = Place::new(binary)?
            .with("TREKENDESH_ALLOW_LOOPBACK_PUSH", "1")
            .with("SSL_CERT_FILE", &sink.certificate().to_string_lossy());
        let (place, _clock) = followers::by_day(place)?;
        let concern = followers::follow(&place, &sink.origin, subscribers)?;
        Ok(Self {
            town: place.serve()?,
            sink,
            concern,
            subscribers,
            _clock,
        })
    }

    /// Lets the concern move on, and waits until all were told.
    pub fn tell(&self) -> Result<Told> {
        let times = || anyhow::Ok((self.town.processor_time()?, processor_time("self")?));
        let before = times()?;
        self.sink.forget();
        followers::tell(self.town.place(), &self.concern)?;
        let rate = self.sink.wait_for(self.subscribers)?;
        let after = times()?;
        Ok(Told {
            rate,
            server: (after.0 - before.0) / self.subscribers,
            service: (after.1 - before.1) / self.subscribers,
        })
    }
}
