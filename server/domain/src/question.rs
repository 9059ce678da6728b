//! Questions in the discussion of a consultation: when they may be asked, when settled, when answered.
//!
//! Invariants: what nobody has looked at is not public; what was declined does not come back; nothing is
//! asked once the vote has begun, and nothing answered once it is over.

use crate::code::coded;
use crate::consultation::Phase;

coded! {
    /// Where a question stands.
    pub enum State {
        /// Nobody of the council has decided on it.
        Waiting = "waiting",
        /// Everybody reads it, and institutions answer.
        Published = "published",
        /// It is counted and its reason told, but not what it asked.
        Declined = "declined",
    }
}

/// Why a question is not settled so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was settled before, and not in a way that can be followed by this.
    Settled,
    /// The consultation is past that.
    Closed,
}

/// Whether questions are taken.
#[must_use]
pub fn may_ask(phase: Phase) -> bool {
    phase == Phase::Discuss
}

/// Whether institutions answer: as long as anybody decides by it. What was asked on the last day of the
/// discussion reaches the council on the first of the vote.
#[must_use]
pub fn may_answer(phase: Phase) -> bool {
    matches!(phase, Phase::Discuss | Phase::Vote)
}

/// Publishes or declines a question. One that is public may still be taken down.
///
/// # Errors
/// [`Refusal`].
pub fn settle(state: State, publish: bool, phase: Phase) -> Result<State, Refusal> {
    match (state, publish) {
        (State::Waiting, true) if may_answer(phase) => Ok(State::Published),
        (State::Waiting, true) => Err(Refusal::Closed),
        (State::Waiting | State::Published, false) => Ok(State::Declined),
        (State::Published, true) | (State::Declined, _) => Err(Refusal::Settled),
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, State, may_answer, may_ask, settle};
    use crate::code::Code;
    use crate::consultation::Phase;

    #[test]
    fn nothing_is_asked_outside_the_discussion_or_answered_after_the_vote() {
        let asked: Vec<_> = Phase::ALL.iter().filter(|phase| may_ask(**phase)).collect();
        assert_eq!(asked, [&Phase::Discuss]);
        let answered: Vec<_> = Phase::ALL
            .iter()
            .filter(|phase| may_answer(**phase))
            .collect();
        assert_eq!(answered, [&Phase::Discuss, &Phase::Vote]);
    }

    #[test]
    fn what_was_declined_does_not_come_back_and_what_is_public_can_be_taken_down() {
        for phase in Phase::ALL.iter().copied() {
            for publish in [true, false] {
                let again = settle(State::Declined, publish, phase);
                assert_eq!(again, Err(Refusal::Settled));
            }
            assert_eq!(settle(State::Published, true, phase), Err(Refusal::Settled));
            assert_eq!(settle(State::Published, false, phase), Ok(State::Declined));
            assert_eq!(settle(State::Waiting, false, phase), Ok(State::Declined));
            let shown = settle(State::Waiting, true, phase);
            assert_eq!(shown.is_ok(), may_answer(phase), "{phase}");
        }
    }
}
