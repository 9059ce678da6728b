//! The shapes of what members say before a meeting.

use serde::Serialize;
use utoipa::ToSchema;

/// What each seat said, those of the three institutions first.
#[derive(Serialize, ToSchema)]
pub struct MeetingAnswers {
    /// The seats.
    pub items: Vec<MeetingAnswer>,
}

/// A seat and what it said.
#[derive(Serialize, ToSchema)]
pub struct MeetingAnswer {
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
    /// `coming`, `remote`, `substitute` or `not_coming`; absent: nothing yet.
    pub answer: Option<String>,
    /// Whether it is the seat of whoever asks.
    pub own: bool,
}
