//! Everything that has no domain word in it.

pub mod app;
pub mod body;
pub mod chance;
pub mod clock;
pub mod config;
pub mod conn;
pub mod copying;
pub mod counters;
pub mod files;
pub mod guard;
pub mod heads;
pub mod health;
pub mod hearing;
pub mod housekeeping;
pub mod ids;
pub mod kept;
pub mod keys;
pub mod limits;
pub mod logging;
pub mod migrations;
pub mod outbox;
pub mod peer;
pub mod problem;
pub mod proof;
pub mod public;
pub mod pwa;
pub mod replica;
pub mod shared;
#[cfg(debug_assertions)]
pub mod statements;
pub mod storage;
pub mod texts;
pub mod unread;
pub mod workshop;
pub mod write;
pub mod writer;
