//! A town to test in, and the people who live there.

pub mod client;
pub mod council;
pub mod people;
pub mod push;
pub mod smtp;
pub mod town;

pub use client::Answer;
pub use people::Person;
pub use push::{Browser, PushService, Reply};
pub use town::Town;
