//! Trekëndësh: the public's side of a Local Public Safety Council.
//!
//! Writes go `routes → action → domain rule → store`, reads `routes → store(viewer) → views`.
//! Invariants: nothing below `routes` is asynchronous or asks the clock; one request is one
//! transaction with its follow-up rows; only views can be serialised for people.

pub mod audit;
pub mod ballots;
pub mod bulletins;
pub mod cli;
pub mod codes;
pub mod concerns;
pub mod consultations;
pub mod councils;
pub mod demo;
pub mod eligibility;
pub mod figures;
pub mod identity;
pub mod issuer;
pub mod meetings;
pub mod notices;
pub mod places;
pub mod plans;
pub mod platform;
pub mod polls;
pub mod programs;
pub mod questions;
pub mod reports;
pub mod router;
pub mod schema;
pub mod serve;
