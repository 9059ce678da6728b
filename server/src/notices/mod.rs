//! Telling people: the inbox, letters, pushes.

pub mod desk;
pub mod inbox;
pub mod jobs;
pub mod mail;
pub mod mailer;
pub mod measures;
pub mod papers;
pub mod preferences;
pub mod push;
pub mod refusals;
pub mod routes;
pub mod store;
pub mod telling;
pub mod texts;
pub mod views;

use crate::platform::write::Proof;

crate::id! {
    /// A line in somebody's inbox.
    NoticeId
}

impl Proof for preferences::Preferences {}
