//! Working days in Albania: Monday to Friday without public holidays.
//!
//! Deadlines of laws 146/2014 and 119/2014 and of a municipality's own answer time are counted
//! in these. Holidays come in as data (`data/holidays.csv`), since the days of Eid are decreed
//! each year and a holiday on a weekend moves to the next working day.

use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// Working days within which a concern is answered, unless the municipality sets another
/// number (law 119/2014 gives institutions ten working days).
pub const ANSWER_WORKING_DAYS: u32 = 10;

/// Whether offices are open on a day.
#[must_use]
pub fn is_working_day(day: NaiveDate, holidays: &BTreeSet<NaiveDate>) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day)
}

/// The day on which a term of `working_days` ends. Counting begins the day after `start`; a
/// term of 0 ends on `start` itself.
#[must_use]
pub fn due_on(start: NaiveDate, working_days: u32, holidays: &BTreeSet<NaiveDate>) -> NaiveDate {
    let mut day = start;
    let mut left = working_days;
    while left > 0 {
        let Some(next) = day.succ_opt() else {
            return day;
        };
        day = next;
        if is_working_day(day, holidays) {
            left -= 1;
        }
    }
    day
}

/// How many working days a term had that began on `start` and ended on `end`: what [`due_on`]
/// was given.
#[must_use]
pub fn working_days(start: NaiveDate, end: NaiveDate, holidays: &BTreeSet<NaiveDate>) -> u32 {
    let days = start.iter_days().skip(1).take_while(|day| *day <= end);
    let counted = days.filter(|day| is_working_day(*day, holidays)).count();
    u32::try_from(counted).unwrap_or(u32::MAX)
}

/// The first working day on or after `day`: when an office acts on what falls on a day off.
/// Never turns two days round.
#[must_use]
pub fn working_day_from(day: NaiveDate, holidays: &BTreeSet<NaiveDate>) -> NaiveDate {
    day.iter_days()
        .find(|d| is_working_day(*d, holidays))
        .unwrap_or(day)
}

/// Whether a term that ended on `due` has passed unmet on `today`: the due day itself still
/// counts as in time.
#[must_use]
pub fn is_overdue(due: NaiveDate, today: NaiveDate) -> bool {
    today > due
}

#[cfg(test)]
mod tests;
