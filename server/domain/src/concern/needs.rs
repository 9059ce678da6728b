//! What a move must bring along.

use super::State;
use crate::code::coded;

coded! {
    /// Something a move must bring along; the desk asks for it before it sends.
    pub enum Need {
        /// A public reason in plain words (C9).
        Reason = "reason",
        /// The law or decision on which a refusal rests.
        LegalGround = "legal_ground",
        /// Whose matter it is: an institution outside, or the mechanism it is handed to.
        Whose = "whose",
        /// The concern it becomes part of.
        Into = "into",
        /// Exactly one leading institution (B3).
        Lead = "lead",
        /// The day by which it will be done (C2).
        DueOn = "due_on",
        /// Proof of work: an institution's answer, or a photo (I5; T-STAT-01).
        Proof = "proof",
    }
}

/// What the move `from` to `to` must bring along, in the order in which it is asked for.
///
/// Every move needs a reason, save one: when the author mends what was returned, the mended
/// text is the reason.
#[must_use]
pub const fn needs(from: State, to: State) -> &'static [Need] {
    match (from, to) {
        (State::Returned, State::InReview) => &[],
        (_, State::Merged) => &[Need::Into, Need::Reason],
        (_, State::Declined) => &[Need::Reason, Need::LegalGround],
        (_, State::NotOurs | State::Referred) => &[Need::Whose, Need::Reason],
        (_, State::Planned) => &[Need::Lead, Need::DueOn, Need::Reason],
        (_, State::InProgress) => &[Need::Lead, Need::Reason],
        (_, State::Done | State::PartlyDone) => &[Need::Reason, Need::Proof],
        _ => &[Need::Reason],
    }
}
