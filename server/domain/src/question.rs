//! Questions in the discussion of a consultation, or before a meeting: when they may be asked, when settled,
//! when answered.
//!
//! Invariants: what nobody has looked at is not public; what was declined does not come back; nothing is
//! asked once the vote or the meeting has begun; nothing is answered once the vote is over, nor before the
//! meeting begins, where the answers are heard.

use crate::code::coded;
use crate::consultation::Phase;
use crate::meeting::Stage;

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
    /// It is too late for that.
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

/// Whether questions are taken before a meeting (I2).
#[must_use]
pub fn may_ask_before(stage: Stage) -> bool {
    stage == Stage::Coming
}

/// Whether residents say which of them they want answered.
#[must_use]
pub fn may_support(stage: Stage) -> bool {
    stage == Stage::Coming
}

/// Whether one may still be published: what was asked on the day before reaches the council on the day.
#[must_use]
pub fn may_publish_for(stage: Stage) -> bool {
    stage != Stage::Cancelled
}

/// Whether institutions answer what was asked before a meeting: there, or afterwards.
#[must_use]
pub fn may_answer_at(stage: Stage) -> bool {
    stage == Stage::Begun
}

/// Publishes or declines a question, where questions may still be published or not. One that is public may
/// still be taken down.
///
/// # Errors
/// [`Refusal`].
pub fn settle(state: State, publish: bool, publishes: bool) -> Result<State, Refusal> {
    match (state, publish) {
        (State::Waiting, true) if publishes => Ok(State::Published),
        (State::Waiting, true) => Err(Refusal::Closed),
        (State::Waiting | State::Published, false) => Ok(State::Declined),
        (State::Published, true) | (State::Declined, _) => Err(Refusal::Settled),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        Refusal, State, may_answer, may_answer_at, may_ask, may_ask_before, may_publish_for,
        may_support, settle,
    };
    use crate::code::Code;
    use crate::consultation::Phase;
    use crate::meeting::Stage;

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
        for open in [true, false] {
            for publish in [true, false] {
                let again = settle(State::Declined, publish, open);
                assert_eq!(again, Err(Refusal::Settled));
            }
            assert_eq!(settle(State::Published, true, open), Err(Refusal::Settled));
            assert_eq!(settle(State::Published, false, open), Ok(State::Declined));
            assert_eq!(settle(State::Waiting, false, open), Ok(State::Declined));
            let shown = settle(State::Waiting, true, open);
            assert_eq!(shown.is_ok(), open);
        }
    }

    #[test]
    fn a_meeting_is_asked_before_and_answers_at_it_or_afterwards() {
        let told =
            |may: fn(Stage) -> bool| [Stage::Coming, Stage::Begun, Stage::Cancelled].map(may);
        assert_eq!(told(may_ask_before), [true, false, false]);
        assert_eq!(told(may_support), [true, false, false]);
        assert_eq!(told(may_publish_for), [true, true, false]);
        assert_eq!(told(may_answer_at), [false, true, false]);
    }
}
