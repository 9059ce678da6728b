//! What a meeting ends in: who was there, and what became of each item of its agenda.
//!
//! Invariants: every item has an outcome (C2); a commitment has exactly one institution that leads (B3) and
//! a day after the meeting; what is only told or put off binds nobody.

use chrono::NaiveDate;

use crate::code::coded;

coded! {
    /// What becomes of an item.
    pub enum Outcome {
        /// Angazhim: an institution does something by a day.
        Commitment = "commitment",
        /// It comes back at the next meeting by itself (C8).
        Parked = "parked",
        /// It was told, nothing follows.
        Information = "information",
    }
}

coded! {
    /// Whether somebody sat in a seat.
    pub enum Presence {
        /// In the hall.
        Present = "present",
        /// At a distance.
        Remote = "remote",
        /// Another one for the holder.
        Substitute = "substitute",
        /// Nobody, and it was said before.
        Excused = "excused",
        /// Nobody.
        Absent = "absent",
    }
}

impl Presence {
    /// Whether the seat counts as taken.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Present | Self::Remote | Self::Substitute)
    }
}

/// Whether so many seats of all may decide: more than half.
#[must_use]
pub fn has_quorum(taken: usize, seats: usize) -> bool {
    taken * 2 > seats
}

/// How many seats were taken how often: the bands of the study's figure 8 (A6).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// Never.
    pub never: usize,
    /// Once or twice.
    pub one_or_two: usize,
    /// Three or four times.
    pub three_or_four: usize,
    /// Five times or more.
    pub five_or_more: usize,
}

impl Bands {
    /// Of seats that were taken so often.
    #[must_use]
    pub fn of(times: impl IntoIterator<Item = usize>) -> Self {
        let mut bands = Self::default();
        for taken in times {
            match taken {
                0 => bands.never += 1,
                1..=2 => bands.one_or_two += 1,
                3..=4 => bands.three_or_four += 1,
                _ => bands.five_or_more += 1,
            }
        }
        bands
    }
}

/// Why an outcome is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeFault {
    /// Nobody leads.
    NeedsLead,
    /// There is no day.
    NeedsDay,
    /// The day is not after the meeting.
    TooSoon,
}

/// Whether an outcome of a meeting on a day is complete. Only a commitment has a lead and a day; of another
/// they are not looked at.
///
/// # Errors
/// [`OutcomeFault`].
pub fn check_outcome(
    outcome: Outcome,
    leads: bool,
    due_on: Option<NaiveDate>,
    met_on: NaiveDate,
) -> Result<(), OutcomeFault> {
    if outcome != Outcome::Commitment {
        return Ok(());
    }
    if !leads {
        return Err(OutcomeFault::NeedsLead);
    }
    let due_on = due_on.ok_or(OutcomeFault::NeedsDay)?;
    if due_on <= met_on {
        return Err(OutcomeFault::TooSoon);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::{Bands, Outcome, OutcomeFault, Presence, check_outcome, has_quorum};
    use crate::code::Code;

    #[test]
    fn a_commitment_has_a_lead_and_a_day_after_the_meeting() {
        let met_on = NaiveDate::default();
        let next = met_on + Days::new(1);
        let check = |leads, due| check_outcome(Outcome::Commitment, leads, due, met_on);
        assert_eq!(check(true, Some(next)), Ok(()));
        assert_eq!(check(false, Some(next)), Err(OutcomeFault::NeedsLead));
        assert_eq!(check(true, None), Err(OutcomeFault::NeedsDay));
        assert_eq!(check(true, Some(met_on)), Err(OutcomeFault::TooSoon));
        for other in [Outcome::Parked, Outcome::Information] {
            assert_eq!(check_outcome(other, false, None, met_on), Ok(()));
        }
    }

    #[test]
    fn more_than_half_of_the_seats_are_a_quorum() {
        assert!(!has_quorum(0, 0) && !has_quorum(3, 6) && has_quorum(4, 6));
        assert!(has_quorum(1, 1) && !has_quorum(3, 7) && has_quorum(4, 7));
    }

    /// Figure 8 of the study: 22 members, 11, 7 and 4 of them.
    #[test]
    fn seats_are_counted_in_the_bands_of_the_study() {
        let times = [1, 2].into_iter().cycle().take(11);
        let times = times.chain([3, 4].into_iter().cycle().take(7));
        let bands = Bands::of(times.chain([5, 6, 7, 12]).chain([0]));
        let counts = (bands.one_or_two, bands.three_or_four, bands.five_or_more);
        assert_eq!((counts, bands.never), ((11, 7, 4), 1));
    }

    #[test]
    fn who_excuses_themselves_is_not_there() {
        let there = Presence::ALL.iter().filter(|one| one.counts());
        let codes: Vec<_> = there.map(|one| one.code()).collect();
        assert_eq!(codes, ["present", "remote", "substitute"]);
    }
}
