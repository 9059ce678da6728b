//! A council's programme of work (study C3): what it does, year by year, on which days.
//!
//! Invariants: what is due is worked out from what was announced and from the regulation, never written by hand; a
//! council that has met at least once owes another sitting each time its interval has passed.

use std::iter::successors;

use chrono::{Days, NaiveDate};

use crate::code::coded;

coded! {
    /// What is on the programme.
    pub enum Kind {
        /// A meeting that was announced.
        Meeting = "meeting",
        /// A day the minutes name for the next meeting, and none is announced for.
        SittingSet = "sitting_set",
        /// The day by which the regulation wants the council to have met.
        SittingDue = "sitting_due",
        /// Concerns are collected.
        Collection = "collection",
        /// Candidates are discussed.
        Discussion = "discussion",
        /// Residents vote.
        Vote = "vote",
        /// The council plans what comes of a vote.
        Planning = "planning",
        /// The council answers for what was done.
        Report = "report",
        /// A report of a measure is due.
        MeasureReport = "measure_report",
        /// A measure is due.
        MeasureDue = "measure_due",
        /// A quarter is over, and its bulletin can be published.
        Bulletin = "bulletin",
    }
}

/// The days by which a council must have met, up to a last one: each `every` days (at least one) after the sitting
/// before, as long as the next one it announced does not come first. `sittings`: from the last one held on, in their order.
#[must_use]
pub fn sittings_due(sittings: &[NaiveDate], every: u32, until: NaiveDate) -> Vec<NaiveDate> {
    let step = Days::new(u64::from(every.max(1)));
    let next = move |day: &NaiveDate| day.checked_add_days(step);
    let mut due = Vec::new();
    for (place, sitting) in (1..).zip(sittings) {
        let following = sittings.get(place).copied();
        let days = successors(next(sitting), next).take_while(|day| *day <= until);
        due.extend(days.take_while(|day| following.is_none_or(|sitting| *day < sitting)));
    }
    due
}

#[cfg(test)]
mod tests {
    use super::sittings_due;
    use chrono::NaiveDate;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn a_council_owes_a_sitting_each_time_its_interval_has_passed() {
        let due = sittings_due(&[day(2, 10)], 90, day(12, 31));
        assert_eq!(due, [day(5, 11), day(8, 9), day(11, 7)]);
        assert!(sittings_due(&[], 90, day(12, 31)).is_empty());
        assert!(sittings_due(&[day(11, 7)], 90, day(12, 31)).is_empty());
        assert_eq!(sittings_due(&[day(12, 30)], 0, day(12, 31)).len(), 1);
        assert!(sittings_due(&[NaiveDate::MAX], 90, NaiveDate::MAX).is_empty());
    }

    #[test]
    fn a_sitting_that_is_announced_too_late_does_not_hide_the_day_it_was_owed() {
        let announced = [day(2, 10), day(6, 20)];
        let due = sittings_due(&announced, 90, day(12, 31));
        assert_eq!(due, [day(5, 11), day(9, 18), day(12, 17)]);
        let in_time = [day(2, 10), day(5, 11)];
        assert_eq!(
            sittings_due(&in_time, 90, day(12, 31)).first(),
            Some(&day(8, 9))
        );
    }
}
