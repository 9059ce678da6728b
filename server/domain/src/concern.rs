//! Concerns: what worries a resident, from the day it is received to the day it is answered.
//!
//! One state machine (C9) and nothing beside it: [`decide`] is the only way to a new state.
//! Invariants, each held by a test over all combinations:
//! - a restricted or referred topic is never published or prioritised, by no role (M1);
//! - nothing is declined without a reason and a legal ground;
//! - nothing is merged into itself, into another municipality, or into what is itself merged;
//! - a plan has a lead and a day (C2); work that is called done has proof (I5);
//! - from every state there is a way on, except from the four final ones.

mod moves;
mod needs;
mod request;

pub use moves::{allowed_for, allowed_moves, decide};
pub use needs::{Need, needs};
pub use request::{Actor, Decision, Given, MergeTarget, MoveRefusal, MoveRequest, Publication};

use crate::code::coded;
use crate::topic::Class;

/// Days after "done" on which the author and the supporters are asked "was it fixed?".
pub const FIXED_ASKED_AFTER_DAYS: u32 = 28;

/// With how many of a concern's supporters it is reopened when they contest that it is done: one in
/// ten, but at least three, or all where there are fewer. A single one of many cannot undo what the
/// council did, and a few are heard where few live.
#[must_use]
pub const fn contests_needed(supporters: u32) -> u32 {
    match supporters {
        0 => 1,
        1..=3 => supporters,
        4..=30 => 3,
        _ => supporters.div_ceil(10),
    }
}

coded! {
    /// Where a concern stands (DESIGN, concern; D4: a public timeline to the result).
    pub enum State {
        /// It has arrived; nobody has looked yet.
        Received = "received",
        /// The secretary is looking at it.
        InReview = "in_review",
        /// Shown to the public (or waiting for the next batch when anonymous).
        Published = "published",
        /// Chosen as one of the year's priorities.
        Prioritised = "prioritised",
        /// Somebody has said what will be done, who leads, and by when.
        Planned = "planned",
        /// The work goes on.
        InProgress = "in_progress",
        /// It is solved.
        Done = "done",
        /// It is solved in part; what is left is said.
        PartlyDone = "partly_done",
        /// Given back to its author, who may mend it.
        Returned = "returned",
        /// Part of another concern, which carries its supporters on.
        Merged = "merged",
        /// Not taken up, for a public reason and on a legal ground.
        Declined = "declined",
        /// Another institution's matter, which is named.
        NotOurs = "not_ours",
        /// Handed to a protected mechanism; only a count remains (K1).
        Referred = "referred",
        /// Called done, and contested by those it concerns.
        Reopened = "reopened",
    }
}

coded! {
    /// Under what name an author stands.
    pub enum Identity {
        /// The name of the account.
        Named = "named",
        /// A name chosen for this concern.
        Display = "display",
        /// No name and no account: a receipt (F2).
        Anonymous = "anonymous",
    }
}

impl State {
    /// Whether the council still owes something: an answer, a decision or work.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Received
                | Self::InReview
                | Self::Published
                | Self::Prioritised
                | Self::Planned
                | Self::InProgress
                | Self::Reopened
        )
    }

    /// Whether the council says that it is solved, so that those it concerns may contest that.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::PartlyDone)
    }

    /// Whether the council has made it its own: put it first, planned it, began it or did it.
    #[must_use]
    pub const fn is_taken_up(self) -> bool {
        matches!(
            self,
            Self::Prioritised | Self::Planned | Self::InProgress | Self::PartlyDone | Self::Done
        )
    }

    /// Whether no move leads out of it. `Done` and `PartlyDone` are not final: they may be
    /// contested.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Merged | Self::Declined | Self::NotOurs | Self::Referred
        )
    }

    /// Whether it comes before anybody decided that the text may be shown.
    #[must_use]
    pub const fn is_before_publication(self) -> bool {
        matches!(self, Self::Received | Self::InReview | Self::Returned)
    }

    /// Whether the public may read a concern in this state: its topic is public, its text was
    /// `released` (approved, and out of the batch when anonymous), and it was not taken back
    /// since. A concern declined or merged before it was released is never shown.
    #[must_use]
    pub const fn is_public(self, class: Class, released: bool) -> bool {
        released
            && matches!(class, Class::Public)
            && !self.is_before_publication()
            && !matches!(self, Self::Referred)
    }

    /// Whether an institution may answer publicly now. Not before somebody has looked, and not
    /// where the answer would reach nobody: with the author to mend, merged, or referred.
    #[must_use]
    pub const fn takes_answers(self) -> bool {
        !matches!(
            self,
            Self::Received | Self::Returned | Self::Merged | Self::Referred
        )
    }

    /// Whether residents may add or take back their support: while it is public and open, or
    /// done and open to contest.
    #[must_use]
    pub const fn takes_support(self, class: Class, released: bool) -> bool {
        self.is_public(class, released) && !self.is_final()
    }
}

#[cfg(test)]
mod tests;
