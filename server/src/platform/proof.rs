//! Proof of work for what nobody signs. While few come, everything passes. When many do, each must
//! bring a number whose hash begins with enough zero bits: a second for one phone, an hour for whoever
//! sends thousands. Nobody is refused for good, and nothing is asked of those who act elsewhere.
//!
//! The refusal itself carries the challenge: it is bound to one purpose, runs out after ten minutes and
//! is signed, so the server keeps none of them. It keeps those that were used until they run out: in
//! memory, or where several processes share a store, there.

use std::collections::HashMap;
use std::sync::Mutex;

use actix_web::HttpRequest;
use aws_lc_rs::digest;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::chance::Chance;
use super::keys::Keys;
use super::limits::Limit;
use super::problem::Problem;
use crate::codes::Code;

#[cfg(test)]
mod tests;

/// Zero bits asked for at first: 65,536 tries on average, well under a second on a slow phone.
const EASIEST: u32 = 16;
/// Zero bits asked for at most: sixteen times as many tries.
const HARDEST: u32 = 20;
/// How long a challenge may be worked on and its body sent.
const LIFE: TimeDelta = TimeDelta::minutes(10);
/// As many used proofs as are remembered at a time; more are refused until some run out.
const MOST: usize = 100_000;

/// A piece of work, as it is asked for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Work {
    /// To be hashed as `<challenge>:<number>`, and sent so in the header `X-Proof`.
    challenge: String,
    /// How many zero bits the SHA-256 hash must begin with.
    difficulty: u32,
}

/// The proofs that were used and have not run out.
#[derive(Default)]
pub struct UsedProofs {
    until: Mutex<HashMap<String, DateTime<Utc>>>,
}

/// Where one request passes, with the proof it brought.
pub struct Gate {
    app: App,
    proof: Option<String>,
}

impl Gate {
    /// The gate for a request.
    pub fn new(app: &App, request: &HttpRequest) -> Self {
        let proof = request.headers().get("x-proof");
        Self {
            app: app.clone(),
            proof: proof.and_then(|value| value.to_str().ok().map(str::to_owned)),
        }
    }

    /// Lets a request pass that counts against each of `free`: what may come so often without work,
    /// and whose. Only what passed is counted, so that noise makes nothing harder for others.
    ///
    /// # Errors
    /// `proof_needed` with a challenge, when there is too much of it and no good proof came along.
    pub async fn pass(&self, purpose: &str, free: &[(Limit, &str)]) -> Result<(), Problem> {
        let now = self.app.clock().now();
        let mut wanted = 0;
        for (limit, who) in free {
            let used = self.app.used(*limit, who).await?;
            wanted = wanted.max(difficulty(used, limit.times));
        }
        if wanted > 0 && !self.proves(purpose, wanted, now).await? {
            let work = Work::new(self.app.keys(), Chance, purpose, wanted, now)?;
            return Err(Problem::new(Code::ProofNeeded).work(work));
        }
        for (limit, who) in free {
            // Beyond the limit is what the proof was for.
            drop(self.app.take(*limit, who).await);
        }
        Ok(())
    }

    async fn proves(
        &self,
        purpose: &str,
        wanted: u32,
        now: DateTime<Utc>,
    ) -> Result<bool, Problem> {
        let proof = self.proof.as_deref().unwrap_or_default();
        match until(self.app.keys(), purpose, proof, wanted, now) {
            Some(until) => self.app.take_proof(proof, until).await,
            None => Ok(false),
        }
    }
}

impl Work {
    fn new(
        keys: &Keys,
        chance: Chance,
        purpose: &str,
        difficulty: u32,
        now: DateTime<Utc>,
    ) -> Result<Self, Problem> {
        let until = (now + LIFE).timestamp();
        let head = format!("{until:x}.{difficulty}.{}", chance.symbols::<10>()?);
        let challenge = format!("{head}.{}", tag(keys, purpose, &head));
        Ok(Self {
            challenge,
            difficulty,
        })
    }
}

impl UsedProofs {
    /// Whether this proof comes for the first time; from now on it does not.
    ///
    /// # Errors
    /// `internal`.
    pub fn take(
        &self,
        proof: &str,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<bool, Problem> {
        let mut used = self
            .until
            .lock()
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        if used.len() >= MOST {
            used.retain(|_, until| *until > now);
        }
        let challenge = challenge_of(proof);
        if used.len() >= MOST || used.contains_key(challenge) {
            return Ok(false);
        }
        used.insert(challenge.to_owned(), until);
        Ok(true)
    }
}

/// What a proof solves: one challenge has many solutions, and is good for one act.
pub fn challenge_of(proof: &str) -> &str {
    proof.split(':').next().unwrap_or_default()
}

/// The zero bits asked for when `free` uses need none and `used` were made: one more each time the
/// crowd doubles.
fn difficulty(used: u32, free: u32) -> u32 {
    let times = used / free.max(1);
    match times.checked_ilog2() {
        _ if used < free => 0,
        doublings => (EASIEST + doublings.unwrap_or(0)).min(HARDEST),
    }
}

/// When a proof runs out; nothing for what is no proof of `wanted` bits for this purpose at all.
fn until(
    keys: &Keys,
    purpose: &str,
    proof: &str,
    wanted: u32,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let (challenge, number) = proof.split_once(':')?;
    let (head, signed) = challenge.rsplit_once('.')?;
    let mut parts = head.split('.');
    let until = i64::from_str_radix(parts.next()?, 16).ok()?;
    let difficulty: u32 = parts.next()?.parse().ok()?;
    let until = DateTime::from_timestamp(until, 0)?;
    let good = signed == tag(keys, purpose, head)
        && until > now
        && difficulty >= wanted
        && (1..=20).contains(&number.len())
        && zero_bits(proof) >= difficulty;
    good.then_some(until)
}

/// The first 80 bits of an HMAC: short, so that challenge and number fit one block of the hash.
fn tag(keys: &Keys, purpose: &str, head: &str) -> String {
    let mark = keys.mark("proof of work", &format!("{purpose} {head}"));
    mark.chars().take(20).collect()
}

/// With how many zero bits the hash of a text begins.
fn zero_bits(text: &str) -> u32 {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    let mut bits = 0;
    for byte in hash.as_ref() {
        bits += byte.leading_zeros();
        if *byte != 0 {
            break;
        }
    }
    bits
}
