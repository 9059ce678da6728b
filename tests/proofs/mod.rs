//! Proofs: what must hold for everything, not for an example.

mod access;
pub mod access_rows;
pub mod access_scene;
mod codes;
mod contract;
mod log;
mod once;
mod oracles;
mod privacy;
mod push;
mod reports;
mod schema;
mod settings;
mod statements;
mod stores;
pub mod tidy;
