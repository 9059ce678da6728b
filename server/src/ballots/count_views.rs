//! Public shapes of what is counted and proven.

use ballot::{Inclusion, Method, Outcome, Root};
use serde::Serialize;
use utoipa::ToSchema;

use super::protocol::text_of;
use super::views::method_name;
use crate::concerns::views::ConcernCard;

/// The count of a vote; means and scores in millionths.
#[derive(Serialize, ToSchema)]
pub struct VoteResult {
    /// `prioritising` or `question`.
    pub method: &'static str,
    /// Ratings or votes counted.
    pub counted: u32,
    /// Items that withdrew theirs.
    pub withdrawn: u32,
    /// The concerns, most urgent first.
    pub ranking: Vec<VoteRank>,
    /// Votes per choice, in the order of the choices.
    pub choices: Vec<u32>,
}

/// A concern in the ranking.
#[derive(Serialize, ToSchema)]
pub struct VoteRank {
    /// The concern.
    pub concern: String,
    /// How many rated it.
    pub n: u32,
    /// The sum of their ratings.
    pub sum: u32,
    /// Their mean, in millionths.
    pub mean: Option<u32>,
    /// Standard error of that mean, in millionths.
    pub error: Option<u32>,
    /// The mean drawn toward that of all concerns, in millionths.
    pub shrunk: u32,
    /// What it is ranked by, 0 to 1,000,000.
    pub score: u32,
}

/// How many were given tokens.
#[derive(Serialize, ToSchema)]
pub struct Turnout {
    /// In all; nothing where that would show a group of fewer than 5.
    pub accounts: Option<i64>,
    /// By the unit they live in.
    pub units: Vec<UnitTurnout>,
}

/// How many of one unit were given tokens.
#[derive(Serialize, ToSchema)]
pub struct UnitTurnout {
    /// The unit's slug.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// How many; nothing where they are too few to be shown.
    pub accounts: Option<i64>,
}

/// What residents put first.
#[derive(Serialize, ToSchema)]
pub struct Priorities {
    /// The consultation that was voted on.
    pub consultation: String,
    /// What it asked.
    pub question: String,
    /// The year in which its vote ended.
    pub year: i32,
    /// The concerns, most urgent first; a rank is missing where a concern is no longer public.
    pub items: Vec<Priority>,
}

/// A concern in its rank.
#[derive(Serialize, ToSchema)]
pub struct Priority {
    /// Its place in the ranking, from 1.
    pub rank: u32,
    /// What it is ranked by, 0 to 1,000,000.
    pub score: u32,
    /// The concern.
    pub concern: ConcernCard,
}

/// What residents put first, where a vote was counted.
#[derive(Serialize, ToSchema)]
pub struct PriorityList {
    /// Nothing before the first count.
    pub priorities: Option<Priorities>,
}

/// That an item is under the last published root.
#[derive(Serialize, ToSchema)]
pub struct InclusionView {
    /// That root.
    pub root: TreeRoot,
    /// The way to it.
    pub inclusion: TreeInclusion,
}

/// A Merkle root (RFC 6962).
#[derive(Serialize, ToSchema)]
pub struct TreeRoot {
    /// How many leaves.
    pub size: u32,
    /// The hash, base64url.
    pub hash: String,
}

/// A way from a leaf to a root (RFC 6962).
#[derive(Serialize, ToSchema)]
pub struct TreeInclusion {
    /// Place of the leaf, from 0.
    pub index: u32,
    /// Leaves of the tree.
    pub size: u32,
    /// The hashes beside the way, base64url, from the leaf up.
    pub path: Vec<String>,
}

impl From<Outcome> for VoteResult {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Prioritising {
                ratings,
                withdrawn,
                ranking,
            } => Self {
                method: method_name(Method::Prioritising),
                counted: ratings,
                withdrawn,
                ranking: ranking.into_iter().map(Into::into).collect(),
                choices: Vec::new(),
            },
            Outcome::Question {
                votes,
                withdrawn,
                choices,
            } => Self {
                method: method_name(Method::Question),
                counted: votes,
                withdrawn,
                ranking: Vec::new(),
                choices,
            },
        }
    }
}

impl From<ballot::Ranked> for VoteRank {
    fn from(ranked: ballot::Ranked) -> Self {
        Self {
            concern: text_of(ranked.concern),
            n: ranked.n,
            sum: ranked.sum,
            mean: ranked.mean,
            error: ranked.error,
            shrunk: ranked.shrunk,
            score: ranked.score,
        }
    }
}

impl From<(Root, Inclusion)> for InclusionView {
    fn from((root, inclusion): (Root, Inclusion)) -> Self {
        Self {
            root: TreeRoot {
                size: root.size,
                hash: root.hash.to_string(),
            },
            inclusion: TreeInclusion {
                index: inclusion.index,
                size: inclusion.size,
                path: inclusion.path.iter().map(ToString::to_string).collect(),
            },
        }
    }
}
