//! Telling people: letters, pushes, the inbox.

pub mod jobs;
pub mod mail;
pub mod texts;
