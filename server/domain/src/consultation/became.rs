//! What became of a concern that residents brought to a consultation.

use super::Phase;
use crate::code::coded;
use crate::concern::State;

coded! {
    /// What became of a concern (law 146/2014 asks a body to say that of each it received).
    pub enum Became {
        /// It is on the list.
        Accepted = "accepted",
        /// The secretary left it out, and said why.
        LeftOut = "left_out",
        /// It is part of another concern.
        Merged = "merged",
        /// It was declined, for a public reason and on a legal ground.
        Declined = "declined",
        /// It is another institution's matter.
        NotOurs = "not_ours",
        /// Somebody leads it and said by when it is done.
        Planned = "planned",
        /// The work goes on.
        InProgress = "in_progress",
        /// It is done.
        Done = "done",
        /// It is done in part.
        PartlyDone = "partly_done",
        /// Nobody has decided yet.
        Undecided = "undecided",
    }
}

impl Became {
    /// What became of a public concern: what was decided for this consultation comes first, then what
    /// happened to it otherwise.
    #[must_use]
    pub const fn of(included: Option<bool>, state: State) -> Self {
        match (included, state) {
            (Some(true), _) => Self::Accepted,
            (Some(false), _) => Self::LeftOut,
            (None, State::Merged) => Self::Merged,
            (None, State::Declined) => Self::Declined,
            (None, State::NotOurs) => Self::NotOurs,
            (None, State::Planned) => Self::Planned,
            (None, State::InProgress) => Self::InProgress,
            (None, State::Done) => Self::Done,
            (None, State::PartlyDone) => Self::PartlyDone,
            (None, _) => Self::Undecided,
        }
    }
}

impl Phase {
    /// Whether what was collected can be summed up: it is complete, and not taken back.
    #[must_use]
    pub fn is_summed_up(self) -> bool {
        !matches!(self, Self::Announced | Self::Collect | Self::Withdrawn)
    }
}
