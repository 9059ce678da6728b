//! A town in PostgreSQL that writes to disk before it says so.

use std::path::Path;

use anyhow::Result;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::cluster::Cluster;
use crate::crowd::{Crowd, list, pages, search, supports};
use crate::memory::Memory;
use crate::server::Place;
use crate::table::{Line, Table};
use crate::{fill, raw};

const MEMORY: &str = "from memory";

/// Measures reads and supports of 10,000 concerns with 400,000 supports.
pub fn measure(crowd: &Crowd, binary: &Path, table: &mut Table) -> Result<()> {
    let cluster = Cluster::start(true)?;
    let database = |name: &str| format!("{}/{name}", cluster.url());
    let mut admin = PgConnection::establish(&database("postgres"))?;
    admin.batch_execute("CREATE DATABASE town")?;
    let place = Place::on_postgres(binary, &database("town"))?;
    fill::multiply(&place, 10_000, 400_000)?;
    let ids = fill::public_ids(&place)?;
    admin.batch_execute("CREATE DATABASE copy TEMPLATE town")?;

    let town = place.serve()?;
    let memory = Memory::start(&crowd.body(&town.address, &list())?)?;
    let limit = crowd.full(&memory.address, &list())?.rate();
    drop(memory);
    for (work, shots) in [
        ("list of concerns", list()),
        ("search, the same words", search()),
        ("a concern", pages(&ids)),
    ] {
        let read = crowd.full(&town.address, &shots)?;
        table.add(Line::rate(work, &read, limit, MEMORY).memory(&town)?)?;
    }
    let raw = raw::supports_by_pgbench(&database("copy"), &ids, crowd.time)?;
    // Each of another concern, as pgbench draws them.
    let given = crowd.full(&town.address, &supports(&ids, 1, 0))?;
    let line = Line::rate("supports on disk", &given, raw, "pgbench, 64 clients");
    table.add(line.memory(&town)?)
}
