//! What only PostgreSQL has: several processes on one database, a copy that follows it, and a
//! database that can be away.

mod away;
mod cut;
mod hearing;
mod order;
pub mod parity;
mod replica;
mod several;
