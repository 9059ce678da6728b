//! Everything that has no domain word in it.

pub mod app;
pub mod body;
pub mod chance;
pub mod clock;
pub mod config;
pub mod conn;
pub mod files;
pub mod guard;
pub mod health;
pub mod housekeeping;
pub mod ids;
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
pub mod storage;
pub mod texts;
pub mod workshop;
pub mod write;
pub mod writer;
