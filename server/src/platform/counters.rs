//! Limits and used proofs where several processes share a store: rows that every process counts in.
//!
//! No address is in them. A counter is named by an HMAC under a key made of the pepper, which lies
//! outside the database, and of the day; it keeps the end of its window and no other moment, and goes
//! when that is over. Its table is unlogged: it reaches no write-ahead log, no replica, no backup.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;

use super::app::Unit;
use super::clock::day_of;
use super::keys::Keys;
use super::limits::{Limit, Used};
use super::problem::Problem;
use crate::on_each;
use crate::schema::{counters, used_proofs};

/// One window of one limit for one of those it counts.
#[derive(Clone, Debug)]
pub struct Window {
    mark: String,
    until: DateTime<Utc>,
}

impl Window {
    /// The window that `now` falls into. Windows lie one after the other and not from the first use
    /// on: where one ends does not tell when somebody came.
    pub fn of(keys: &Keys, limit: Limit, who: &str, now: DateTime<Utc>) -> Self {
        let length = i64::from(limit.seconds.max(1));
        let number = now.timestamp().div_euclid(length);
        let end = number.saturating_add(1).saturating_mul(length);
        let (day, name) = (day_of(now), limit.name);
        Self {
            mark: keys.mark(
                &format!("limits of {day}"),
                &format!("{name}\0{who}\0{number}"),
            ),
            until: DateTime::from_timestamp(end, 0).unwrap_or(now),
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = counters)]
struct Counter<'a> {
    mark: &'a str,
    used: i32,
    until_at: NaiveDateTime,
}

/// Counts one use more.
///
/// # Errors
/// `storage_unavailable`.
pub fn add(unit: &mut Unit<'_>, window: &Window) -> Result<Used, Problem> {
    let first = Counter {
        mark: &window.mark,
        used: 1,
        until_at: window.until.naive_utc(),
    };
    let used: i32 = on_each!(unit.conn, conn => diesel::insert_into(counters::table)
        .values(&first)
        .on_conflict(counters::mark)
        .do_update()
        .set(counters::used.eq(counters::used + excluded(counters::used)))
        .returning(counters::used)
        .get_result(conn))?;
    let left = (window.until - unit.now).num_seconds();
    Ok(Used {
        times: u32::try_from(used).unwrap_or(u32::MAX),
        seconds_left: u32::try_from(left).unwrap_or(1),
    })
}

/// How often it was used so far.
///
/// # Errors
/// `storage_unavailable`.
pub fn find(unit: &mut Unit<'_>, window: &Window) -> Result<u32, Problem> {
    let used: Option<i32> = counters::table
        .find(&window.mark)
        .select(counters::used)
        .first(unit.conn)
        .optional()?;
    Ok(used.map_or(0, |used| u32::try_from(used).unwrap_or(u32::MAX)))
}

/// Whether a proof with this mark comes for the first time; from now on it does not.
///
/// # Errors
/// `storage_unavailable`.
pub fn add_proof(unit: &mut Unit<'_>, mark: &str, until: DateTime<Utc>) -> Result<bool, Problem> {
    let row = (
        used_proofs::mark.eq(mark),
        used_proofs::until_at.eq(until.naive_utc()),
    );
    let added = on_each!(unit.conn, conn => diesel::insert_into(used_proofs::table)
        .values(row)
        .on_conflict(used_proofs::mark)
        .do_nothing()
        .execute(conn))?;
    Ok(added > 0)
}

/// Takes away what is over, and what a clock that was set back would keep for longer than a day.
///
/// # Errors
/// `storage_unavailable`.
pub fn forget(unit: &mut Unit<'_>) -> Result<(), Problem> {
    let now = unit.now.naive_utc();
    let tomorrow = now + TimeDelta::days(1);
    let over = counters::until_at
        .le(now)
        .or(counters::until_at.gt(tomorrow));
    diesel::delete(counters::table.filter(over)).execute(unit.conn)?;
    let over = used_proofs::until_at
        .le(now)
        .or(used_proofs::until_at.gt(tomorrow));
    diesel::delete(used_proofs::table.filter(over)).execute(unit.conn)?;
    Ok(())
}
