//! A quarter of a year, of which a council tells (F5).
//!
//! Invariants: four follow each other without a gap and make a year; one is told of as it was once it is over.

use chrono::{Datelike, NaiveDate};

/// Months of a quarter.
const MONTHS: u32 = 3;
/// Quarters of a year.
const LAST: u32 = 4;

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u32,
}

impl Quarter {
    /// The quarter with this number, 1 to 4; of years a calendar has.
    #[must_use]
    pub fn new(year: i32, number: u32) -> Option<Self> {
        let quarter = (1..=LAST)
            .contains(&number)
            .then_some(Self { year, number })?;
        quarter.first_day()?;
        quarter.last_day()?;
        Some(quarter)
    }

    /// The quarter of a day.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self {
            year: day.year(),
            number: day.month0() / MONTHS + 1,
        }
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Its number in the year, from 1.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// The quarter before.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.number == 1 {
            return Self {
                year: self.year - 1,
                number: LAST,
            };
        }
        Self {
            year: self.year,
            number: self.number - 1,
        }
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year, (self.number - 1) * MONTHS + 1, 1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        let (year, month) = if self.number == LAST {
            (self.year + 1, 1)
        } else {
            (self.year, self.number * MONTHS + 1)
        };
        NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
    }

    /// Whether its last day is before this one.
    #[must_use]
    pub fn is_over(self, today: NaiveDate) -> bool {
        self < Self::of(today)
    }
}

#[cfg(test)]
mod tests {
    use super::Quarter;
    use chrono::{Days, NaiveDate};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn every_day_is_in_one_quarter_and_four_make_a_year() {
        let mut on = day(2023, 1, 1);
        while on < day(2025, 1, 1) {
            let quarter = Quarter::of(on);
            assert!(quarter.first_day().unwrap() <= on && on <= quarter.last_day().unwrap());
            assert_eq!(
                Quarter::new(quarter.year(), quarter.number()),
                Some(quarter)
            );
            let eve = quarter.first_day().unwrap() - Days::new(1);
            assert_eq!(Quarter::of(eve), quarter.before());
            assert!(!quarter.is_over(quarter.last_day().unwrap()));
            assert!(quarter.is_over(quarter.last_day().unwrap() + Days::new(1)));
            on = on + Days::new(1);
        }
        let third = Quarter::new(2026, 3).unwrap();
        assert_eq!(third.first_day(), Some(day(2026, 7, 1)));
        assert_eq!(third.last_day(), Some(day(2026, 9, 30)));
    }

    #[test]
    fn there_is_no_fifth_quarter_and_none_of_a_year_no_calendar_has() {
        assert_eq!(Quarter::new(2026, 0), None);
        assert_eq!(Quarter::new(2026, 5), None);
        assert_eq!(Quarter::new(i32::MAX, 4), None);
    }
}
