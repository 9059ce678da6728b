//! What a council answers for when a year is over.
//!
//! Invariants: every concern that was put first has a verdict, kept or not (G3); what nobody took up comes
//! first (G5); a count of few that leave the public side is not told, nor what it could be reckoned from.

use crate::code::coded;
use crate::concern::State;

coded! {
    /// What became of a concern that was put first, in the order in which the report tells it.
    pub enum Verdict {
        /// Nothing was planned.
        Unaddressed = "unaddressed",
        /// What was planned is past its day.
        Late = "late",
        /// It was called done, and contested.
        Contested = "contested",
        /// The work goes on, and its day is to come.
        UnderWay = "under_way",
        /// It is done in part.
        Partly = "partly",
        /// It is done.
        Kept = "kept",
        /// It became part of another, which is told beside it.
        Merged = "merged",
        /// It was not taken up, with a reason.
        Refused = "refused",
    }
}

/// The verdict on a concern that stands in `state`; `late` where a measure that answers it is.
#[must_use]
pub const fn verdict(state: State, late: bool) -> Verdict {
    match state {
        State::Done => Verdict::Kept,
        State::PartlyDone => Verdict::Partly,
        State::Reopened => Verdict::Contested,
        State::Merged => Verdict::Merged,
        State::Declined | State::NotOurs | State::Referred => Verdict::Refused,
        State::Planned | State::InProgress if late => Verdict::Late,
        State::Planned | State::InProgress => Verdict::UnderWay,
        State::Received
        | State::InReview
        | State::Returned
        | State::Published
        | State::Prioritised => Verdict::Unaddressed,
    }
}

/// Whether what was promised is neither done nor refused, so that the next year's report tells of it too. Of
/// one that became part of another that other is asked.
#[must_use]
pub const fn carries_over(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Kept | Verdict::Merged | Verdict::Refused)
}

/// A count that may be told beside a total it is part of: neither it nor the rest is of few.
#[must_use]
pub const fn told_of(count: u32, total: u32, few: u32) -> Option<u32> {
    let rest = total.saturating_sub(count);
    let small = (count > 0 && count < few) || (rest > 0 && rest < few);
    if small { None } else { Some(count) }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, carries_over, told_of, verdict};
    use crate::code::Code;
    use crate::concern::State;

    #[test]
    fn what_nobody_took_up_comes_first_and_what_is_kept_near_the_end() {
        let order: Vec<_> = Verdict::ALL.iter().map(|one| one.code()).collect();
        assert_eq!(order.first(), Some(&"unaddressed"));
        assert_eq!(order.last(), Some(&"refused"));
    }

    #[test]
    fn every_state_has_a_verdict_and_lateness_matters_while_it_is_owed() {
        for state in State::ALL {
            let (in_time, late) = (verdict(*state, false), verdict(*state, true));
            let owed = matches!(state, State::Planned | State::InProgress);
            assert_eq!(in_time == late, !owed, "{state}");
            let over = state.is_final() || *state == State::Done;
            assert_eq!(carries_over(late), !over, "{state}");
        }
        assert_eq!(verdict(State::Reopened, false), Verdict::Contested);
        assert_eq!(verdict(State::InProgress, true), Verdict::Late);
    }

    #[test]
    fn a_count_of_few_is_told_by_nothing() {
        let told = |count, total| told_of(count, total, 5);
        assert_eq!(told(0, 40), Some(0));
        assert_eq!(told(4, 40), None);
        assert_eq!(told(5, 40), Some(5));
        assert_eq!(told(38, 40), None, "the rest would tell two");
        assert_eq!(told(40, 40), Some(40));
    }
}
