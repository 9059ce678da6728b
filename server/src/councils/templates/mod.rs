//! Answers a council gives often.

pub mod routes;
pub mod store;
