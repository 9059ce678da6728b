//! A wish to move a concern, and what may come of it.

use super::State;
use crate::seat::{Institution, Seat};
use crate::topic::Class;
use chrono::NaiveDate;
use thiserror::Error;

/// Who asks for a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The author, signed in or by receipt.
    Author,
    /// The supporters together, when enough of them answer "no" to "was it fixed?".
    Supporters,
    /// The holder of a seat in the concern's municipality.
    Seat(Seat),
    /// A measure of the council's plan that answers it: whoever leads that reports on it.
    Plan,
}

/// What is known of the concern that another is to become part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeTarget {
    /// Whether it is the very concern that is moved.
    pub is_itself: bool,
    /// Whether it belongs to the same municipality.
    pub same_municipality: bool,
    /// Where it stands.
    pub state: State,
    /// How openly its topic is treated.
    pub class: Class,
    /// Whether the public can read it: approved, and out of the batch when anonymous.
    pub released: bool,
}

/// What a move brings along, beside who and where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Given {
    /// Whether a public reason is given.
    pub reason: bool,
    /// Whether a legal ground is given.
    pub legal_ground: bool,
    /// Whether it is said whose matter it is.
    pub whose: bool,
    /// The leading institution named with this move; the standing one stays when none is.
    pub lead: Option<Institution>,
    /// The day by which it will be done: named with this move.
    pub due_on: Option<NaiveDate>,
    /// Whether there is proof of work: an answer since the work began that says it is done, or
    /// partly (I5).
    pub proof: bool,
    /// The concern it is to become part of.
    pub into: Option<MergeTarget>,
}

/// A wish to move a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MoveRequest {
    /// Where it stands.
    pub from: State,
    /// Where it should go.
    pub to: State,
    /// How openly its topic is treated.
    pub class: Class,
    /// Whether the public can read it.
    pub released: bool,
    /// The leading institution so far.
    pub lead: Option<Institution>,
    /// Who asks.
    pub actor: Actor,
    /// The day of the move.
    pub on: NaiveDate,
    /// What comes along.
    pub given: Given,
}

/// What a move does to what the public sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Publication {
    /// Nothing.
    Unchanged,
    /// The text may be shown: at once when named, with the next batch when anonymous.
    Approved,
    /// Whatever was shown is taken away; a count remains (K1).
    Withdrawn,
}

/// A move that is granted. Only [`super::decide`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Where the concern stood.
    pub from: State,
    /// Where it stands now.
    pub to: State,
    /// The leading institution from now on.
    pub lead: Option<Institution>,
    /// What becomes of what the public sees.
    pub publication: Publication,
    /// Whether its supporters move on to another concern.
    pub supporters_move_on: bool,
    /// Whether the council owes an answer anew, from the day of the move on.
    pub owed_anew: bool,
}

/// Why a move is not granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoveRefusal {
    /// The state machine has no such move.
    #[error("a concern cannot go from {from} to {to}")]
    MoveNotAllowed {
        /// Where it stands.
        from: State,
        /// Where it should have gone.
        to: State,
    },
    /// The move would show a restricted topic to the public (M1).
    #[error("a restricted topic stays private")]
    RestrictedTopicStaysPrivate,
    /// A concern of a referred topic can only be referred (F4).
    #[error("a referred topic can only be referred")]
    ReferredTopicLeaves,
    /// Only the secretary makes this move.
    #[error("only the secretary makes this move")]
    SecretaryOnly,
    /// Only the author or the secretary makes this move.
    #[error("only the author or the secretary makes this move")]
    AuthorOrSecretaryOnly,
    /// Only the leading institution or the secretary makes this move.
    #[error("only the leading institution or the secretary makes this move")]
    LeadOrSecretaryOnly,
    /// Only the author, the supporters or the secretary contest what was called done.
    #[error("only the author, the supporters or the secretary make this move")]
    ContestersOnly,
    /// The public reason is missing.
    #[error("the public reason is missing")]
    ReasonMissing,
    /// The legal ground is missing.
    #[error("the legal ground is missing")]
    LegalGroundMissing,
    /// It is not said whose matter it is.
    #[error("it is not said whose matter it is")]
    WhoseMissing,
    /// The leading institution is missing.
    #[error("the leading institution is missing")]
    LeadMissing,
    /// The day by which it will be done is missing.
    #[error("the day by which it will be done is missing")]
    DueMissing,
    /// The day by which it will be done lies before the move.
    #[error("the day by which it will be done is already past")]
    DueInThePast,
    /// No answer since the work began says that it is done.
    #[error("the proof of the work is missing")]
    ProofMissing,
    /// It is not said what it becomes part of.
    #[error("the concern to merge into is missing")]
    MergeTargetMissing,
    /// It would become part of itself.
    #[error("a concern cannot be merged into itself")]
    MergeTargetIsItself,
    /// The other belongs to another municipality.
    #[error("the other concern belongs to another municipality")]
    MergeTargetElsewhere,
    /// The other is itself part of a third.
    #[error("the other concern is itself merged")]
    MergeTargetIsMerged,
    /// The other is no longer open.
    #[error("the other concern is no longer open")]
    MergeTargetIsClosed,
    /// The other's topic is treated more or less openly.
    #[error("the other concern's topic is of another class")]
    MergeTargetOfAnotherClass,
    /// A published concern would point to one that nobody can read.
    #[error("the other concern is not published")]
    MergeTargetNotPublished,
}
