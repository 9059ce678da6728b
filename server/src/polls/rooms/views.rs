//! Shapes of rooms.

use chrono::{DateTime, Utc};
use domain::Code as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::Room;
use crate::polls::paper::PollPaper;
use crate::polls::store::Poll;

/// The rooms of a poll.
#[derive(Serialize, ToSchema)]
pub struct RoomList {
    /// The rooms, school by school.
    pub items: Vec<RoomView>,
}

/// Where answers come in.
#[derive(Serialize, ToSchema)]
pub struct RoomView {
    /// Its code: 6 Crockford base32 symbols.
    pub code: String,
    /// Id of the poll.
    pub poll_id: String,
    /// Whom the poll asks: `school` or `survey`.
    pub kind: String,
    /// What gives a vote: `slips`, `hands`, `link` or `verified`.
    pub way: String,
    /// Of `verified`: id of the consultation whose tokens answer.
    pub consultation: Option<String>,
    /// The school.
    pub school: Option<String>,
    /// The class.
    pub class: Option<String>,
    /// `ready`, `open`, `grace` or `closed`.
    pub state: String,
    /// When it closes, once it was opened.
    pub closes_at: Option<DateTime<Utc>>,
    /// When it takes no answer any more and shows what was answered, where not everybody has before.
    pub shown_at: Option<DateTime<Utc>>,
    /// How many may answer, where that is known.
    pub invited: Option<i32>,
    /// Minutes in which answers are awaited after it closed.
    pub grace_minutes: i32,
    /// How many answered.
    pub answered: i32,
    /// Whether there are slips.
    pub sheet: bool,
}

impl RoomView {
    /// A room of a poll, with slips or without, at a moment.
    pub fn new(room: &Room, poll: &Poll, sheet: bool, now: DateTime<Utc>) -> Self {
        let times = room.times();
        Self {
            code: room.code.clone(),
            poll_id: room.poll_id.to_string(),
            kind: poll.audience.clone(),
            way: room.way.clone(),
            consultation: room.consultation_id.as_ref().map(ToString::to_string),
            school: room.school.clone(),
            class: room.class.clone(),
            state: room.state(now).code().to_owned(),
            closes_at: times.closes_at,
            shown_at: times.shown_at(),
            invited: room.invited,
            grace_minutes: room.grace_minutes,
            answered: room.answered,
            sheet,
        }
    }
}

/// A room with what is asked in it.
#[derive(Serialize, ToSchema)]
pub struct RoomPage {
    /// The room.
    #[serde(flatten)]
    pub room: RoomView,
    /// Slug of the municipality.
    pub municipality: String,
    /// What is asked.
    pub paper: PollPaper,
    /// Of how few answers nothing is shown.
    pub k: i64,
}

/// That an answer was counted.
#[derive(Serialize, ToSchema)]
pub struct Answered {
    /// Always true.
    pub counted: bool,
}
