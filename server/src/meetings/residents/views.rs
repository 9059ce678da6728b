//! Shapes of places: how many for everybody, one's own for whoever asks.

use serde::Serialize;
use utoipa::ToSchema;

use crate::meetings::store::Meeting;

/// How the places of a meeting stand.
#[derive(Serialize, ToSchema)]
pub struct Places {
    /// How many there are; nothing: as many as come.
    pub capacity: Option<i32>,
    /// How many are taken.
    pub taken: i32,
    /// How many wait for one.
    pub waiting: i32,
}

/// What one has to do with the places of a meeting.
#[derive(Serialize, ToSchema)]
pub struct OwnPlace {
    /// `none`, `place` or `waiting`.
    pub standing: &'static str,
    /// Which of those who wait one is, from 1.
    pub turn: Option<i64>,
}

/// What came of taking a place or giving it back.
#[derive(Serialize, ToSchema)]
pub struct PlaceChanged {
    /// How the places stand now.
    pub places: Places,
    /// One's own.
    pub place: OwnPlace,
}

/// What one has to do with a meeting.
#[derive(Serialize, ToSchema)]
pub struct OwnPart {
    /// One's place.
    pub place: OwnPlace,
    /// Ids of the questions whose answer one wants to hear.
    pub supported: Vec<String>,
}

impl OwnPlace {
    /// Of whoever has nothing to do with it.
    pub const NONE: Self = Self {
        standing: "none",
        turn: None,
    };

    /// Of whoever waits as one of several, or has a place.
    pub fn of(turn: Option<i64>) -> Self {
        Self {
            standing: if turn.is_some() { "waiting" } else { "place" },
            turn,
        }
    }
}

impl From<&Meeting> for Places {
    fn from(row: &Meeting) -> Self {
        Self {
            capacity: row.capacity,
            taken: row.taken,
            waiting: row.waiting,
        }
    }
}
