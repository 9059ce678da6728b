//! A town to test in, and the people who live there.

pub mod bulletin;
pub mod client;
pub mod cluster;
pub mod consultation;
pub mod council;
pub mod database;
pub mod doors;
pub mod issuers;
pub mod letters;
pub mod meeting;
pub mod pdf;
pub mod people;
pub mod plan;
pub mod polls;
pub mod processes;
pub mod push;
pub mod raw;
pub mod roll;
pub mod shapes;
pub mod smtp;
pub mod store;
pub mod town;
pub mod unharmed;
pub mod vote;
pub mod voter;

pub use client::Answer;
pub use council::Council;
pub use people::Person;
pub use push::{Browser, PushService, Reply};
pub use town::Town;
pub use unharmed::unharmed;
