//! Proofs: what must hold for everything, not for an example.

mod access;
mod access_rows;
mod access_scene;
mod codes;
mod contract;
mod crash;
mod log;
mod once;
mod oracles;
mod privacy;
mod push;
mod schema;
mod stores;
pub mod tidy;
