//! Formal votes: where one stands.
//!
//! Invariants: what was not sealed while the vote ran is never opened; what is counted is over.

use crate::code::coded;
use crate::consultation::Phase;

coded! {
    /// Where a vote stands.
    pub enum Stage {
        /// Tokens are given.
        Issuing = "issuing",
        /// Issuing is over; the issuers state what they gave, and draw the beacon.
        Sealing = "sealing",
        /// Items are taken.
        Casting = "casting",
        /// It is over, and being counted.
        Counting = "counting",
        /// The count and the box are public.
        Counted = "counted",
        /// It could not be opened: too few issuers answered, or nothing was on the list.
        Failed = "failed",
        /// The council took the consultation back.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// Where a vote stands in a phase of its consultation.
    #[must_use]
    pub const fn of(phase: Phase, sealed: bool, counted: bool) -> Self {
        match phase {
            Phase::Withdrawn => Self::Withdrawn,
            Phase::Announced | Phase::Collect | Phase::Discuss => Self::Issuing,
            Phase::Vote if sealed => Self::Casting,
            Phase::Vote => Self::Sealing,
            Phase::Result | Phase::Plan | Phase::Report if !sealed => Self::Failed,
            Phase::Result | Phase::Plan | Phase::Report if counted => Self::Counted,
            Phase::Result | Phase::Plan | Phase::Report => Self::Counting,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Phase, Stage};

    #[test]
    fn a_vote_that_was_not_sealed_in_time_is_not_opened_later() {
        assert_eq!(Stage::of(Phase::Discuss, false, false), Stage::Issuing);
        assert_eq!(Stage::of(Phase::Vote, false, false), Stage::Sealing);
        assert_eq!(Stage::of(Phase::Result, false, false), Stage::Failed);
        assert_eq!(Stage::of(Phase::Vote, true, false), Stage::Casting);
        assert_eq!(Stage::of(Phase::Result, true, false), Stage::Counting);
        assert_eq!(Stage::of(Phase::Report, true, true), Stage::Counted);
        assert_eq!(Stage::of(Phase::Withdrawn, true, true), Stage::Withdrawn);
    }
}
