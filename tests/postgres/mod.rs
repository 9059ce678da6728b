//! What only PostgreSQL has: several processes on one database, and a database that can be away.

mod away;
mod order;
pub mod parity;
mod several;
