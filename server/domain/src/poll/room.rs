//! Rooms: where answers come in, and until when.

use chrono::{DateTime, TimeDelta, Utc};

use crate::code::coded;

coded! {
    /// What gives a vote in a room.
    pub enum Way {
        /// A slip of paper, drawn from a hat: once.
        Slips = "slips",
        /// The device: a quick show of hands in a class.
        Hands = "hands",
        /// The device, of whoever has the link.
        Link = "link",
        /// A token of a formal vote, of whoever has the link and is a verified resident.
        Verified = "verified",
    }
}

impl Way {
    /// Whether it is a class that answers, together.
    #[must_use]
    pub const fn is_in_class(self) -> bool {
        matches!(self, Self::Slips | Self::Hands)
    }
}

coded! {
    /// Where a room stands.
    pub enum RoomState {
        /// It was never opened.
        Ready = "ready",
        /// Answers come in.
        Open = "open",
        /// Nobody begins any more; answers that waited for a network still come in.
        Grace = "grace",
        /// No answer comes in, and what was answered may be shown.
        Closed = "closed",
    }
}

/// When a room closes, once it was opened, and for how many minutes it waits for answers on their way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When it closes.
    pub closes_at: Option<DateTime<Utc>>,
    /// Minutes after that.
    pub grace_minutes: u32,
}

impl Times {
    /// When it takes no answer any more, and shows what was answered.
    #[must_use]
    pub fn shown_at(&self) -> Option<DateTime<Utc>> {
        let grace = TimeDelta::minutes(i64::from(self.grace_minutes));
        self.closes_at.map(|closes| closes + grace)
    }
}

/// Where a room stands at a moment. `full`: everybody who may answer has: there is nothing to wait for.
#[must_use]
pub fn state(times: &Times, full: bool, now: DateTime<Utc>) -> RoomState {
    match (times.closes_at, times.shown_at()) {
        (Some(closes), Some(shown)) => {
            if now < closes {
                RoomState::Open
            } else if now < shown && !full {
                RoomState::Grace
            } else {
                RoomState::Closed
            }
        }
        _ => RoomState::Ready,
    }
}
