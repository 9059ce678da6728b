//! Limits on how often, kept in memory and forgotten every day. No address is kept: a counter is
//! named by an HMAC of the address's network under a key that dies with the day or the process.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use aws_lc_rs::hmac;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::chance::Chance;
use super::clock::day_of;
use super::problem::Problem;
use crate::codes::Code;

#[cfg(test)]
mod tests;

/// Counters of the present process.
pub struct Limits {
    chance: Chance,
    today: Mutex<Option<Today>>,
}

/// The counters of one day.
struct Today {
    day: NaiveDate,
    key: hmac::Key,
    counters: HashMap<[u8; 16], Counter>,
    swept_at: DateTime<Utc>,
}

struct Counter {
    until: DateTime<Utc>,
    used: u32,
}

/// How often something may happen within a time.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What is counted, a word of its own for each limit.
    pub name: &'static str,
    /// How often.
    pub times: u32,
    /// Within how many seconds.
    pub seconds: u32,
}

impl Limit {
    /// Lets pass what was used so often within its time, of which so many seconds are left.
    ///
    /// # Errors
    /// `too_many_requests`.
    pub fn check(self, used: Used) -> Result<(), Problem> {
        if used.times <= self.times {
            return Ok(());
        }
        Err(Problem::new(Code::TooManyRequests).retry_after(used.seconds_left.max(1)))
    }
}

/// How far a limit is used up.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// How often it was used.
    pub times: u32,
    /// After how many seconds the count begins anew.
    pub seconds_left: u32,
}

/// As many counters as there may be: about 10 MB.
const MOST: usize = 100_000;
/// Rest between two looks for counters that are over, since a look holds everybody up.
const REST: TimeDelta = TimeDelta::minutes(1);

impl Limits {
    /// No counters yet.
    pub fn new(chance: Chance) -> Self {
        Self {
            chance,
            today: Mutex::new(None),
        }
    }

    /// Counts one use of `limit` by `who`.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub fn take(&self, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<(), Problem> {
        self.today(now, |today| {
            let counter = today.counter(limit, who, now);
            counter.used = counter.used.saturating_add(1);
            let left = (counter.until - now).num_seconds();
            limit.check(Used {
                times: counter.used,
                seconds_left: u32::try_from(left).unwrap_or(1),
            })
        })?
    }

    /// How often `who` used `limit` so far.
    ///
    /// # Errors
    /// `internal` when the operating system gives no randomness.
    pub fn used(&self, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<u32, Problem> {
        self.today(now, |today| {
            let counter = today.counters.get(&today.name(limit.name, who));
            counter
                .filter(|counter| counter.until > now)
                .map_or(0, |counter| counter.used)
        })
    }

    fn today<T>(
        &self,
        now: DateTime<Utc>,
        work: impl FnOnce(&mut Today) -> T,
    ) -> Result<T, Problem> {
        let mut kept = self
            .today
            .lock()
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        let day = day_of(now);
        let today = match kept.take().filter(|today| today.day == day) {
            Some(today) => today,
            None => Today {
                day,
                key: hmac::Key::new(hmac::HMAC_SHA256, &self.chance.bytes::<32>()?),
                counters: HashMap::new(),
                swept_at: now,
            },
        };
        Ok(work(kept.insert(today)))
    }
}

impl Today {
    fn counter(&mut self, limit: Limit, who: &str, now: DateTime<Utc>) -> &mut Counter {
        let name = self.name(limit.name, who);
        if !self.counters.contains_key(&name) {
            self.make_room(now);
        }
        let window = TimeDelta::seconds(i64::from(limit.seconds));
        let fresh = || Counter {
            until: now + window,
            used: 0,
        };
        let counter = self.counters.entry(name).or_insert_with(fresh);
        // A clock that was set back would otherwise keep a counter for longer than its window.
        if counter.until <= now || counter.until > now + window {
            *counter = fresh();
        }
        counter
    }

    /// Keeps the counters few: those that are over go, and when that does not help, all of them, as at
    /// midnight. Whoever can fill them has so many networks that no count of one would stop them, and
    /// everybody else must not be refused for it.
    fn make_room(&mut self, now: DateTime<Utc>) {
        if self.counters.len() < MOST {
            return;
        }
        if (now - self.swept_at).abs() >= REST {
            self.swept_at = now;
            self.counters.retain(|_, counter| counter.until > now);
        }
        if self.counters.len() >= MOST {
            self.counters.clear();
        }
    }

    fn name(&self, limit: &str, who: &str) -> [u8; 16] {
        let mut context = hmac::Context::with_key(&self.key);
        context.update(limit.as_bytes());
        context.update(&[0]);
        context.update(who.as_bytes());
        let tag = context.sign();
        let mut name = [0; 16];
        name.iter_mut()
            .zip(tag.as_ref())
            .for_each(|(to, from)| *to = *from);
        name
    }
}

/// The network an address is in, coarse enough not to be a person: /24 of IPv4, however it is
/// written, /48 of IPv6.
pub fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}")
        }
    }
}
