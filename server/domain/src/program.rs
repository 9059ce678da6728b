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

/// The days by which a council must have met, up to a last one: each `every` days after the sitting before, at least
/// one.
pub fn sittings_due(
    last_sitting: NaiveDate,
    every: u32,
    until: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    let step = Days::new(u64::from(every.max(1)));
    let next = move |day: &NaiveDate| day.checked_add_days(step);
    successors(next(&last_sitting), next).take_while(move |day| *day <= until)
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
        let due: Vec<_> = sittings_due(day(2, 10), 90, day(12, 31)).collect();
        assert_eq!(due, [day(5, 11), day(8, 9), day(11, 7)]);
        assert_eq!(sittings_due(day(11, 7), 90, day(12, 31)).count(), 0);
        assert_eq!(sittings_due(day(12, 30), 0, day(12, 31)).count(), 1);
        assert_eq!(sittings_due(NaiveDate::MAX, 90, NaiveDate::MAX).count(), 0);
    }
}
