//! The product as people meet it: the real binary over HTTP, on a folder of its own for each test.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod api;
mod fuzz;
mod harness;
mod hostile;
mod postgres;
mod proofs;
mod soak;
