//! A town of any size: the public concerns of the sample year, copied with new ids and supported by a
//! seeded crowd, each support made with the server's own keys.

use std::collections::BTreeSet;

use anyhow::{Context, Result, anyhow};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use trekendesh::concerns::ConcernId;
use trekendesh::concerns::search;
use trekendesh::concerns::store::{Concern, Event};
use trekendesh::on_each;
use trekendesh::platform::app::Unit;
use trekendesh::platform::chance::Chance;
use trekendesh::platform::clock::Clock;
use trekendesh::platform::conn::Conn;
use trekendesh::platform::keys::Keys;
use trekendesh::platform::problem::Problem;
use trekendesh::schema::{concerns, events, supports};

use crate::server::Place;

/// Where the crowd and the ids come from: every run fills the same town.
pub const SEED: u64 = 2024;
const SYMBOLS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Multiplies the public concerns in a store to so many, with so many supports in all.
pub fn multiply(place: &Place, wanted: usize, supporters: usize) -> Result<()> {
    within(place, |unit| {
        let samples = samples(unit)?;
        let mut chance = StdRng::seed_from_u64(SEED);
        let each = supporters / wanted.max(1);
        for turn in 0..wanted {
            let (row, steps) = samples
                .get(turn % samples.len().max(1))
                .context("the sample year has public concerns")?;
            copy(unit, &mut chance, row, steps, each)?;
        }
        Ok(())
    })?;
    let tidy = match place.open()? {
        Conn::Sqlite(mut conn) => conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)"),
        Conn::Postgres(mut conn) => conn.batch_execute("VACUUM ANALYZE"),
    };
    Ok(tidy?)
}

/// The ids of the public concerns that take support.
pub fn public_ids(place: &Place) -> Result<Vec<String>> {
    let ids: Vec<ConcernId> = concerns::table
        .filter(concerns::public_on.is_not_null())
        .filter(concerns::state.eq("published"))
        .select(concerns::id)
        .load(&mut place.open()?)?;
    Ok(ids.iter().map(ToString::to_string).collect())
}

/// One transaction of the server's own kind, made by us.
pub fn within<T>(place: &Place, work: impl FnOnce(&mut Unit<'_>) -> Result<T>) -> Result<T> {
    let keys = Keys::open(&place.keys()).map_err(said)?;
    let mut conn = place.open()?;
    if let Conn::Sqlite(file) = &mut conn {
        // The server writes there too.
        file.batch_execute("PRAGMA busy_timeout=10000")?;
    }
    conn.transaction(|conn| {
        let mut unit = Unit {
            conn,
            now: Clock::new(None).now(),
            chance: Chance,
            keys: &keys,
            touched: BTreeSet::new(),
        };
        work(&mut unit)
    })
}

fn samples(unit: &mut Unit<'_>) -> Result<Vec<(Concern, Vec<Event>)>> {
    let rows: Vec<Concern> = concerns::table
        .filter(concerns::public_on.is_not_null())
        .filter(concerns::merged_into.is_null())
        .select(Concern::as_select())
        .order(concerns::id)
        .load(unit.conn)?;
    rows.into_iter()
        .map(|row| {
            let steps = events::table
                .filter(events::concern_id.eq(&row.id))
                .select(Event::as_select())
                .order(events::position)
                .load(unit.conn)?;
            Ok((row, steps))
        })
        .collect()
}

fn copy(
    unit: &mut Unit<'_>,
    chance: &mut StdRng,
    sample: &Concern,
    steps: &[Event],
    supporters: usize,
) -> Result<()> {
    let id: ConcernId = symbols(chance, 16)
        .parse()
        .map_err(|()| anyhow!("an id is made of symbols"))?;
    let row = Concern {
        id: id.clone(),
        receipt_mark: sample.receipt_mark.as_ref().map(|_| symbols(chance, 64)),
        shuffle: chance.random_range(0..i32::MAX),
        residents: i32::try_from(supporters)?,
        visitors: 0,
        ..sample.clone()
    };
    diesel::insert_into(concerns::table)
        .values(&row)
        .execute(unit.conn)?;
    search::insert(unit, &id, &row.title, &row.text).map_err(said)?;
    for step in steps {
        let step = Event {
            concern_id: id.clone(),
            ..step.clone()
        };
        diesel::insert_into(events::table)
            .values(&step)
            .execute(unit.conn)?;
    }
    let mut rows = Vec::new();
    for _ in 0..supporters {
        let who = format!("account {}", symbols(chance, 16));
        rows.push((
            supports::concern_id.eq(id.clone()),
            supports::supporter.eq(unit.keys.mark("support", &format!("{who} {id}"))),
            supports::sealed.eq(unit.keys.seal(&who).map_err(said)?),
            supports::resident.eq(true),
        ));
    }
    on_each!(unit.conn, conn => diesel::insert_into(supports::table)
        .values(&rows)
        .execute(conn))?;
    Ok(())
}

/// So many symbols of an id.
pub fn symbols(chance: &mut StdRng, count: usize) -> String {
    (0..count)
        .filter_map(|_| SYMBOLS.get(chance.random_range(0..SYMBOLS.len())))
        .map(|symbol| char::from(*symbol))
        .collect()
}

/// What the server says went wrong.
pub fn said(problem: Problem) -> anyhow::Error {
    anyhow!("{}", problem.in_words())
}
