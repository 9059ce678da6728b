//! Proofs: what must hold for everything, not for an example.

mod contract;
mod faults;
mod privacy;
mod push;
mod tidy;
