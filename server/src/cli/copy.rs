//! `trekendesh copy`: a town that outgrew one store goes into the other, with all it has (decision 22).

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use diesel::Connection;

use super::progress::Progress;
use super::{Failure, check, line, say};
use crate::codes::Code;
use crate::concerns::{ConcernId, search};
use crate::platform::app::Unit;
use crate::platform::chance::Chance;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::conn::Conn;
use crate::platform::copying::cells::{Cell, Cells};
use crate::platform::copying::tables::{self, SEARCH, Table};
use crate::platform::copying::{self, Measure, Told, mark, rows};
use crate::platform::keys::Keys;
use crate::platform::migrations;
use crate::platform::problem::Problem;
use crate::platform::storage::{Kind, file_of, kind_of};

#[derive(Args)]
pub(super) struct Ends {
    /// Where the town is: `sqlite:FILE` or `postgres://USER@HOST/DATABASE`.
    #[arg(long, value_name = "STORE", value_parser = store)]
    from: String,
    /// Where it goes: an empty database, `postgres://USER@HOST/DATABASE`, or `sqlite:FILE`.
    #[arg(long, value_name = "STORE", value_parser = store)]
    to: String,
}

/// The address of a store as the rest of the program takes it.
fn store(written: &str) -> Result<String, String> {
    let file = written.strip_prefix("sqlite:");
    let file = file.map(|rest| rest.strip_prefix("//").unwrap_or(rest));
    match (file, kind_of(written)) {
        (Some(path), _) if !path.is_empty() => Ok(path.to_owned()),
        (None, Kind::Postgres) => Ok(written.to_owned()),
        _ => Err("a store is sqlite:FILE or postgres://USER@HOST/DATABASE".to_owned()),
    }
}

pub(super) fn run(config: &Config, ends: &Ends) -> Result<(), Failure> {
    if kind_of(&ends.from) == kind_of(&ends.to) {
        return Err(
            "a copy goes from SQLite to PostgreSQL or back; within one of them use `trekendesh \
             backup` or pg_dump"
                .to_owned(),
        );
    }
    if let Some(file) = file_of(&ends.from).filter(|file| !file.exists()) {
        return Err(format!("there is no store at {}", file.display()));
    }
    let keys = Keys::read(&config.keys()).map_err(line)?;
    let clock = Clock::new(config.clock_shift_file.clone());
    let copy = Copy { keys, clock };
    let rows = copy.whole(ends).map_err(line)?;
    say(&closing(rows, &config.keys()))
}

fn closing(rows: i64, keys: &Path) -> String {
    format!(
        "{rows} rows copied and equal in both; serve from the copy with the same keys ({}), without \
         which no receipt opens, and no longer from the source",
        keys.display()
    )
}

/// What a copy needs besides the two stores.
struct Copy {
    keys: Keys,
    clock: Clock,
}

impl Copy {
    /// Copies all there is, or what is left of it; says how many rows that are.
    fn whole(&self, ends: &Ends) -> Result<i64, Problem> {
        migrations::require_current(&ends.from)?;
        let mut source = copying::open(&ends.from)?;
        let mut target = copying::open(&ends.to)?;
        prepare(&mut target, &ends.to)?;
        copying::hold(&mut source, |source| self.between(source, &mut target))
    }

    fn between(&self, source: &mut Conn, target: &mut Conn) -> Result<i64, Problem> {
        self.require_sound(source, "the source")?;
        let tables = list(source, target)?;
        let progress = Progress::over(3 * count(source, &tables)?);
        let measured = measure(source, &tables, &progress, "reading")?;
        if mark::is_there(target)? {
            require_unchanged(&mark::list(target)?, &measured)?;
        } else {
            mark::begin(target, &measured)?;
        }
        for table in &tables {
            progress.begin("copying", &table.name);
            progress.went(rows::count(target, &table.name)?);
            self.carry(source, target, table, &mut |rows| progress.went(rows))?;
        }
        for table in &tables {
            copying::tie(source, target, table)?;
        }
        require_equal(
            &measured,
            &measure(target, &tables, &progress, "comparing")?,
        )?;
        self.require_sound(target, "the copy")?;
        rows::settle(target)?;
        mark::end(target)?;
        Ok(measured.iter().map(|measure| measure.rows).sum())
    }

    /// Carries a table. The words of concerns are made anew from what they are the words of.
    fn carry(
        &self,
        source: &mut Conn,
        target: &mut Conn,
        table: &Table,
        told: Told<'_>,
    ) -> Result<(), Problem> {
        if table.name != SEARCH {
            return copying::carry(source, target, table, told);
        }
        let mut last = rows::find_last_key(target, table)?;
        loop {
            let page = rows::list_after(source, table, &last)?;
            let Some(end) = page.last() else {
                return Ok(());
            };
            last = table.key_of(end);
            let ids = page.iter().filter_map(concern_of).collect();
            target.transaction(|target| search::insert_all(&mut self.unit(target), ids))?;
            told(copying::rows_in(&page));
        }
    }

    /// Checks that what is stored fits together, and that these are the keys of its log.
    fn require_sound(&self, conn: &mut Conn, which: &str) -> Result<(), Problem> {
        let faults = check::faults(&mut self.unit(conn))?;
        let Some(first) = faults.first() else {
            return Ok(());
        };
        let many = faults.len();
        Err(refusal(format!(
            "{which} does not fit together ({many} things, the first: {first})"
        )))
    }

    fn unit<'a>(&'a self, conn: &'a mut Conn) -> Unit<'a> {
        Unit {
            conn,
            now: self.clock.now(),
            chance: Chance,
            keys: &self.keys,
            touched: BTreeSet::new(),
        }
    }
}

/// Makes sure that the target holds nothing but what a copy put there, and has all tables.
fn prepare(target: &mut Conn, url: &str) -> Result<(), Problem> {
    if !mark::is_there(target)? {
        for name in tables::list_names(target)? {
            if rows::count(target, &name)? > 0 {
                return Err(refusal(format!(
                    "the target is not empty, there are {name}: name an empty database"
                )));
            }
        }
    }
    migrations::bring_up_to_date(url).map(drop)
}

/// All tables, each after those its rows belong to; the words of concerns last.
fn list(source: &mut Conn, target: &mut Conn) -> Result<Vec<Table>, Problem> {
    let sqlite = match source {
        Conn::Sqlite(_) => source,
        Conn::Postgres(_) => target,
    };
    let mut all = tables::list(sqlite)?;
    all.push(tables::search());
    Ok(all)
}

fn count(conn: &mut Conn, tables: &[Table]) -> Result<i64, Problem> {
    let mut all = 0;
    for table in tables {
        all += rows::count(conn, &table.name)?;
    }
    Ok(all)
}

fn measure(
    conn: &mut Conn,
    tables: &[Table],
    progress: &Progress,
    doing: &str,
) -> Result<Vec<Measure>, Problem> {
    let measure = |table: &Table| {
        progress.begin(doing, &table.name);
        copying::measure(conn, table, &mut |rows| progress.went(rows))
    };
    tables.iter().map(measure).collect()
}

fn require_unchanged(before: &[Measure], now: &[Measure]) -> Result<(), Problem> {
    if before == now {
        return Ok(());
    }
    let changed = now.iter().find(|measure| !before.contains(measure));
    let name = changed.map_or("its tables", |measure| &measure.table);
    Err(refusal(format!(
        "the source changed since this copy was begun ({name}): empty the target and begin anew"
    )))
}

fn require_equal(source: &[Measure], target: &[Measure]) -> Result<(), Problem> {
    let mut pairs = source.iter().zip(target);
    let Some((one, other)) = pairs.find(|(one, other)| one != other) else {
        return Ok(());
    };
    let (name, there, here) = (&one.table, one.rows, other.rows);
    Err(refusal(format!(
        "{name} is not the same in both, {there} rows in the source and {here} in the target: empty \
         the target and begin anew"
    )))
}

fn concern_of(row: &Cells) -> Option<ConcernId> {
    match row.0.first() {
        Some(Cell::Text(Some(id))) => id.parse().ok(),
        _ => None,
    }
}

fn refusal(why: String) -> Problem {
    Problem::caused(Code::Internal, why)
}
