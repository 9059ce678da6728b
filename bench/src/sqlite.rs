//! A town in a file, of three sizes.

use std::path::Path;

use anyhow::Result;

use crate::crowd::{Crowd, list, pages, pages_anew, search, supports};
use crate::memory::Memory;
use crate::raw::Copy;
use crate::server::Place;
use crate::table::{Line, Table};
use crate::{Large, fill};

const MEMORY: &str = "from memory";
/// A concern is read, of which no answer is kept.
const ANEW: &str = "a concern, not kept";
/// As many supports of the same concern follow each other as there are connections.
pub const IN_A_ROW: u64 = 64;

/// Measures reads and supports.
pub fn measure(crowd: &Crowd, binary: &Path, size: Large, table: &mut Table) -> Result<()> {
    let place = filled(binary, 1_000, 40_000)?;
    let ids = fill::public_ids(&place)?;
    let small = place.serve()?;
    let listed = crowd.full(&small.address, &list())?;
    let read = crowd.full(&small.address, &pages_anew(&ids))?;
    drop(small);
    let limit = middle(crowd, binary, table)?;
    table.add(Line::rate(
        &format!("{ANEW}, of 1,000"),
        &read,
        limit,
        MEMORY,
    ))?;

    let place = filled(binary, size.concerns, size.supports)?;
    let ids = fill::public_ids(&place)?;
    let large = place.serve()?;
    table.add(Line::time(
        "start to first answer, larger town",
        large.start,
    ))?;
    let after = crowd.full(&large.address, &list())?;
    let growth = listed.rate() / after.rate();
    table.add(Line::growth("list, from 1,000 to the larger town", growth))?;
    let after = crowd.full(&large.address, &pages_anew(&ids))?;
    let line = Line::rate(&format!("{ANEW}, larger town"), &after, limit, MEMORY);
    table.add(line.memory(&large)?)?;
    let growth = read.rate() / after.rate();
    let work = format!("{ANEW}, from 1,000 to the larger town");
    table.add(Line::growth(&work, growth))
}

fn filled(binary: &Path, concerns: usize, supports: usize) -> Result<Place> {
    let place = Place::new(binary)?;
    fill::multiply(&place, concerns, supports)?;
    Ok(place)
}

/// Measures the town of the design's numbers; says how fast its list comes from memory.
fn middle(crowd: &Crowd, binary: &Path, table: &mut Table) -> Result<f64> {
    let place = filled(binary, 10_000, 400_000)?;
    let ids = fill::public_ids(&place)?;
    let town = place.serve()?;
    let memory = Memory::start(&crowd.body(&town.address, &list())?)?;
    let limit = crowd.full(&memory.address, &list())?.rate();
    drop(memory);
    let listed = crowd.full(&town.address, &list())?;
    let line = Line::rate("list of concerns", &listed, limit, MEMORY);
    table.add(line.memory(&town)?)?;
    let calm = crowd.open(&town.address, &list(), listed.rate() / 2.0)?;
    table.add(Line::latency("list, at half that rate", &calm).memory(&town)?)?;
    let found = crowd.full(&town.address, &search())?;
    let line = Line::rate("search, the same words", &found, limit, MEMORY);
    table.add(line.memory(&town)?)?;
    let read = crowd.full(&town.address, &pages(&ids))?;
    table.add(Line::rate("a concern", &read, limit, MEMORY).memory(&town)?)?;

    let raw = |synchronous| -> Result<f64> {
        let given = Copy::of(town.place(), synchronous)?.support(&ids, crowd.time)?;
        Ok(f64::from(u32::try_from(given)?) / crowd.time.as_secs_f64())
    };
    let (full, normal) = (raw("FULL")?, raw("NORMAL")?);
    let given = crowd.full(&town.address, &supports(&ids, IN_A_ROW, 0))?;
    let line = Line::rate("supports on disk", &given, full, "batched inserts, FULL");
    table.add(line.memory(&town)?)?;
    table.add(Line::limit("batched inserts, synchronous NORMAL", normal))?;
    Ok(limit)
}
