//! What only PostgreSQL has: several processes on one database, a replica that follows it, a
//! database that can be away, and a town that moves there.

mod away;
mod copy;
mod copy_refused;
mod cut;
mod hearing;
mod order;
pub mod parity;
mod replica;
mod several;
mod votes;
