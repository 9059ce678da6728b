//! What a hostile world does, and what must come of it: each test names its row of the list.

mod anonymity;
mod input;
mod photos;
pub mod pictures;
mod receipts;
mod roles;
mod sign_in;
mod sites;
mod weight;
