//! What the public sees of contesting.

use serde::Serialize;
use utoipa::ToSchema;

/// How far residents who support a concern are in contesting that it is done.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Contest {
    /// How many say it is not.
    pub given: u32,
    /// With how many it is reopened.
    pub needed: u32,
}

/// What became of contesting a concern.
#[derive(Serialize, ToSchema)]
pub struct ContestView {
    /// Whether the viewer contests it.
    pub contests: bool,
    /// How far the supporters are; nothing when it was reopened.
    pub contest: Option<Contest>,
    /// Where the concern stands now.
    pub status: String,
}
