//! Measures: what the council's plan does about what worries people, by whom, until when, and how it is
//! told whether it helped.
//!
//! Invariants: a measure has exactly one institution that leads (B3); it is approved with at least one
//! indicator (G1); every step but the first is a report, and one that closes it says what came of it; how late
//! it is follows from the days alone and is written down nowhere.

mod late;
mod plan;

pub use late::{Stage, Thresholds, days_late, missed_reports, report_due};
pub use plan::{alike, reached};

use chrono::NaiveDate;

use crate::code::coded;
use crate::concern;

coded! {
    /// Where a measure stands.
    pub enum State {
        /// It is being written: members alone see it.
        Draft = "draft",
        /// It is approved and not begun.
        Planned = "planned",
        /// The work goes on.
        InProgress = "in_progress",
        /// It is done.
        Done = "done",
        /// It is done in part, and what is left is said.
        PartlyDone = "partly_done",
        /// It is not done, and it is said why.
        NotDone = "not_done",
    }
}

impl State {
    /// Whether nothing more is done for it.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::PartlyDone | Self::NotDone)
    }

    /// Whether it is approved and still owed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Planned | Self::InProgress)
    }

    /// Whether a report may say that it stands there now.
    #[must_use]
    pub const fn is_reported(self) -> bool {
        matches!(self, Self::InProgress) || self.is_closed()
    }
}

/// What becomes of a concern when one of the measures that answer it has moved on; nothing: it stays. It is
/// under way as soon as one is, and it is done when none of them is owed any more: in part where one of them
/// did not do all, and not at all where none did anything.
#[must_use]
pub fn became(measures: &[State]) -> Option<concern::State> {
    if measures.iter().any(|one| one.is_open()) {
        let begun = measures.iter().any(|one| one.is_reported());
        return begun.then_some(concern::State::InProgress);
    }
    let closed = || measures.iter().filter(|one| one.is_closed());
    if closed().all(|one| *one == State::NotDone) {
        return None;
    }
    let whole = closed().all(|one| *one == State::Done);
    Some(if whole {
        concern::State::Done
    } else {
        concern::State::PartlyDone
    })
}

/// Why the days of a measure are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayFault {
    /// It ends before it begins.
    EndsBefore,
    /// It should be done already.
    IsOver,
}

/// Whether a measure may be approved, or given another day, today.
///
/// # Errors
/// [`DayFault`].
pub fn check_days(
    starts_on: NaiveDate,
    due_on: NaiveDate,
    today: NaiveDate,
) -> Result<(), DayFault> {
    if due_on < starts_on {
        Err(DayFault::EndsBefore)
    } else if due_on < today {
        Err(DayFault::IsOver)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::{DayFault, State, became, check_days};
    use crate::code::Code;
    use crate::concern;

    #[test]
    fn a_concern_is_done_when_all_that_answers_it_is() {
        use State::{Done, Draft, InProgress, NotDone, PartlyDone, Planned};
        for (measures, expected) in [
            (&[Planned][..], None),
            (&[InProgress], Some(concern::State::InProgress)),
            (&[Planned, Done], Some(concern::State::InProgress)),
            (&[Done], Some(concern::State::Done)),
            (&[Done, Done, Draft], Some(concern::State::Done)),
            (&[Done, NotDone], Some(concern::State::PartlyDone)),
            (&[PartlyDone], Some(concern::State::PartlyDone)),
            (&[NotDone, NotDone], None),
            (&[Draft], None),
            (&[], None),
        ] {
            assert_eq!(became(measures), expected, "{measures:?}");
        }
    }

    #[test]
    fn a_measure_is_a_draft_owed_or_closed() {
        for state in State::ALL {
            let kinds = [*state == State::Draft, state.is_open(), state.is_closed()];
            assert_eq!(kinds.iter().filter(|is| **is).count(), 1, "{state:?}");
        }
        let reported: Vec<_> = State::ALL.iter().filter(|one| one.is_reported()).collect();
        let codes: Vec<_> = reported.iter().map(|one| one.code()).collect();
        assert_eq!(codes, ["in_progress", "done", "partly_done", "not_done"]);
    }

    #[test]
    fn a_measure_ends_after_it_begins_and_not_before_today() {
        let today = NaiveDate::default();
        let tomorrow = today + Days::new(1);
        assert_eq!(check_days(today, today, today), Ok(()));
        assert_eq!(
            check_days(tomorrow, today, today),
            Err(DayFault::EndsBefore)
        );
        assert_eq!(check_days(today, today, tomorrow), Err(DayFault::IsOver));
    }
}
