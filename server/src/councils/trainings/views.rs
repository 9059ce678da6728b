//! Shapes of trainings.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::Training;

/// A training.
#[derive(Serialize, ToSchema)]
pub struct TrainingView {
    /// Its id.
    pub id: String,
    /// What was learned.
    pub topic: String,
    /// Who taught.
    pub provider: String,
    /// The day.
    pub held_on: NaiveDate,
    /// How many members were there.
    pub members: usize,
    /// Ids of the seats whose holders of today were there.
    pub seats: Vec<String>,
}

impl TrainingView {
    /// The training, how many were there, and which of today's seats.
    pub fn new(row: Training, members: usize, seats: Vec<String>) -> Self {
        Self {
            id: row.id.to_string(),
            topic: row.topic,
            provider: row.provider,
            held_on: row.held_on,
            members,
            seats,
        }
    }
}

/// The trainings of a council.
#[derive(Serialize, ToSchema)]
pub struct TrainingList {
    /// The trainings, the last first.
    pub items: Vec<TrainingView>,
}
