//! Limits on how often, kept in memory and forgotten every day. No address is kept: a counter is
//! named by an HMAC of the address's network under a key that dies with the process.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use aws_lc_rs::hmac;
use chrono::{DateTime, TimeDelta, Utc};

use super::problem::Problem;
use crate::codes::Code;

/// Counters of the present process.
pub struct Limits {
    key: hmac::Key,
    counters: Mutex<HashMap<[u8; 16], Counter>>,
}

struct Counter {
    since: DateTime<Utc>,
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

/// Above this many counters the stale ones are dropped.
const MANY: usize = 50_000;

impl Limits {
    /// No counters yet, under a key nobody has seen.
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
            counters: Mutex::new(HashMap::new()),
        }
    }

    /// Counts one use of `limit` by `who`.
    ///
    /// # Errors
    /// `too_many_requests` with the seconds to wait.
    pub fn take(&self, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<(), Problem> {
        let window = TimeDelta::seconds(i64::from(limit.seconds));
        let mut counters = self
            .counters
            .lock()
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        if counters.len() > MANY {
            counters.retain(|_, counter| now - counter.since < TimeDelta::hours(1));
        }
        let counter = counters
            .entry(self.name(limit.name, who))
            .or_insert(Counter {
                since: now,
                used: 0,
            });
        if now - counter.since >= window || now < counter.since {
            *counter = Counter {
                since: now,
                used: 0,
            };
        }
        counter.used += 1;
        if counter.used <= limit.times {
            return Ok(());
        }
        let left = (counter.since + window - now).num_seconds().max(1);
        Err(Problem::new(Code::TooManyRequests).retry_after(u32::try_from(left).unwrap_or(1)))
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

/// The network an address is in, coarse enough not to be a person: /24 of IPv4, /48 of IPv6.
pub fn network_of(address: IpAddr) -> String {
    match address {
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
