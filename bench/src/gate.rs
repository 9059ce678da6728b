//! A gate for the tests: what our hot paths cost beside work that is always there, each pair measured in
//! turns in the same run and in processor time, so that neither a slow machine nor a busy one fails it. A
//! lost index, a lost cache or twice the queries do.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::crowd::{Crowd, list, pages, supports};
use crate::encryption::Alone;
use crate::load::{Shot, Shots};
use crate::push::Followed;
use crate::raw::Copy;
use crate::server::{Place, Server, processor_time};
use crate::{fill, sqlite, table};

/// Each path is measured so often, and its middle ratio counts.
const ROUNDS: u64 = 3;
/// How long one side of a ratio is measured.
const TIME: Duration = Duration::from_millis(800);
const CONCERNS: usize = 10_000;
const SUPPORTS: usize = 20_000;
const SUBSCRIBERS: u32 = 1_500;

/// What is measured, and how many times as much it may cost: twice what it did. Whoever makes one
/// cheaper lowers its bound.
const BOUNDS: [(&str, f64); 4] = [
    ("a list that is kept, to a route that does nothing", 6.0),
    ("a concern, to a route that does nothing", 30.0),
    ("a support, to its two statements in a loop", 40.0),
    ("a push, to encrypting it", 7.5),
];

/// The servers that are measured.
struct Scene {
    crowd: Crowd,
    town: Server,
    ids: Vec<String>,
    copy: Copy,
    followed: Followed,
}

/// Fails when a path costs more than it may.
pub fn pass(binary: &Path) -> Result<()> {
    let mut scene = Scene::new(binary)?;
    let rounds: Vec<_> = (0..ROUNDS)
        .map(|round| scene.ratios(round))
        .collect::<Result<_>>()?;
    let mut over = Vec::new();
    for (path, (name, most)) in BOUNDS.into_iter().enumerate() {
        let ratio = middle(rounds.iter().filter_map(|round| round.get(path)))?;
        let said = format!("{name}: {ratio:.1} times, at most {most}");
        table::say(&said)?;
        if ratio > most {
            over.push(said);
        }
    }
    if over.is_empty() {
        return Ok(());
    }
    bail!("too dear: {}", over.join("; "))
}

impl Scene {
    fn new(binary: &Path) -> Result<Self> {
        let place = Place::new(binary)?;
        fill::multiply(&place, CONCERNS, SUPPORTS)?;
        let ids = fill::public_ids(&place)?;
        let copy = Copy::of(&place, "FULL")?;
        Ok(Self {
            crowd: Crowd::new(TIME)?,
            town: place.serve()?,
            ids,
            copy,
            followed: Followed::new(binary, SUBSCRIBERS)?,
        })
    }

    /// What each path costs at this turn, in the order of the bounds.
    fn ratios(&mut self, round: u64) -> Result<[f64; 4]> {
        let healthy: Shots = Arc::new(|_| Shot::get("/healthz"));
        let nothing = self.answer(&healthy)?;
        let listed = self.answer(&list())?;
        let read = self.answer(&pages(&self.ids))?;
        let before = processor_time("self")?;
        let given = self.copy.support(&self.ids, TIME)?;
        let raw = each(processor_time("self")? - before, given)?;
        let from = round * 1_000_000;
        let support = self.answer(&supports(&self.ids, sqlite::IN_A_ROW, from))?;
        let alone = Alone::default().measure(TIME)?.cost().as_secs_f64();
        let push = self.followed.tell()?.server.as_secs_f64();
        Ok([
            listed / nothing,
            read / nothing,
            support / raw,
            push / alone,
        ])
    }

    /// Processor time the server takes for an answer.
    fn answer(&self, shots: &Shots) -> Result<f64> {
        let before = self.town.processor_time()?;
        let answers = self.crowd.full(&self.town.address, shots)?.answers;
        each(self.town.processor_time()? - before, answers)
    }
}

fn each(time: Duration, count: u64) -> Result<f64> {
    Ok(time.as_secs_f64() / f64::from(u32::try_from(count)?))
}

fn middle<'a>(ratios: impl Iterator<Item = &'a f64>) -> Result<f64> {
    let mut ratios: Vec<f64> = ratios.copied().collect();
    ratios.sort_by(f64::total_cmp);
    let middle = ratios.get(ratios.len() / 2).copied();
    middle.context("there was a round")
}
