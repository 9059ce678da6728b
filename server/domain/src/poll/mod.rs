//! Polls: what is asked, who may answer when, what an answer adds to the sums, and what the sums may tell.
//!
//! Invariants: an answer is taken apart into sums before anything is kept, so no row anywhere is one person's;
//! only one question, named before anybody answers, may split the others; a room that closed never opens
//! again, so what is shown of it does not change.

mod answer;
mod asking;
mod paper;
mod personal;
mod results;
mod room;
mod scopes;
mod slip;
mod spans;

pub use answer::{Cell, Counted, Fault, Given, count};
pub use paper::{Condition, Kind, Paper, PaperFault, Question, Scale, check};
pub use personal::asks_personal;
pub use results::{Part, Shown, Sums, exact, step};
pub use room::{RoomState, Times, Way, state};
pub use scopes::{Collected, Group, OfScope, Scope, Told, tell};
pub use slip::{RoomCode, Slip};

use crate::code::coded;

/// The least number of answers that are shown of pupils (DESIGN §4).
pub const K_SCHOOL: i64 = 10;
/// The least number of answers that are shown of others (DESIGN §4).
pub const K_OTHERS: i64 = 5;

coded! {
    /// Whom a poll asks.
    pub enum Audience {
        /// Pupils, in their classes.
        School = "school",
        /// Whoever has the link.
        Survey = "survey",
    }
}

impl Audience {
    /// The least number of answers of which anything is shown.
    #[must_use]
    pub const fn k(self) -> i64 {
        match self {
            Self::School => K_SCHOOL,
            Self::Survey => K_OTHERS,
        }
    }
}

coded! {
    /// Where a poll stands.
    pub enum State {
        /// It is being written.
        Draft = "draft",
        /// Its paper is fixed, and rooms may be opened.
        Open = "open",
        /// Its results are public; its sums are gone.
        Closed = "closed",
    }
}

coded! {
    /// Whether a text somebody wrote is shown.
    pub enum TextState {
        /// Nobody read it yet.
        Waiting = "waiting",
        /// It is shown with the results.
        Published = "published",
        /// It is not shown.
        Declined = "declined",
    }
}

#[cfg(test)]
mod tests;
