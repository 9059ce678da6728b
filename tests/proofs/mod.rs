//! Proofs: what must hold for everything, not for an example.

mod access;
pub mod access_rows;
pub mod access_scene;
mod codes;
mod contract;
mod log;
mod met;
mod once;
mod oracles;
mod planned;
mod privacy;
mod push;
pub mod reports;
mod schema;
mod settings;
mod statements;
mod stores;
pub mod tidy;
