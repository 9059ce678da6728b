//! Proofs: what must hold for everything, not for an example.

mod contract;
mod privacy;
mod tidy;
