//! When a measure is late, who hears of it, and when a report of it is owed.

use chrono::{Days, NaiveDate};

use crate::code::coded;

coded! {
    /// What is said of a measure that is not done, in the order in which it is said (C7).
    pub enum Stage {
        /// Two weeks before its day, to those who lead.
        Fortnight = "fortnight",
        /// Three days before, to those who lead.
        Days = "days",
        /// On the day, to those who lead.
        Due = "due",
        /// Some days after it, to the chair.
        Chair = "chair",
        /// Many days after it, to everybody.
        Public = "public",
    }
}

/// After how many days others hear that a measure is late: each municipality's own (C7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Days after which the chair hears.
    pub chair: u32,
    /// Days after which everybody hears.
    pub public: u32,
}

impl Stage {
    /// The day on which it is said of a measure due on `due_on`.
    #[must_use]
    pub fn day(self, due_on: NaiveDate, thresholds: Thresholds) -> NaiveDate {
        match self {
            Self::Fortnight => due_on - Days::new(14),
            Self::Days => due_on - Days::new(3),
            Self::Due => due_on,
            Self::Chair => due_on + Days::new(thresholds.chair.into()),
            Self::Public => due_on + Days::new(thresholds.public.into()),
        }
    }

    /// The first day on which it is not worth saying any more, because the next one says it; none for the
    /// last, which stays true.
    #[must_use]
    pub fn until(self, due_on: NaiveDate, thresholds: Thresholds) -> Option<NaiveDate> {
        let next = match self {
            Self::Fortnight => Self::Days,
            Self::Days => Self::Due,
            Self::Due => Self::Chair,
            Self::Chair => Self::Public,
            Self::Public => return None,
        };
        Some(next.day(due_on, thresholds))
    }
}

/// How many days a measure due on `due_on` is late; nothing up to that day.
#[must_use]
pub fn days_late(due_on: NaiveDate, today: NaiveDate) -> Option<u32> {
    u32::try_from((today - due_on).num_days())
        .ok()
        .filter(|days| *days > 0)
}

/// The last day of a report's period: so many days after the last report, or after the beginning.
#[must_use]
pub fn report_due(starts_on: NaiveDate, last: Option<NaiveDate>, period: u32) -> NaiveDate {
    last.map_or(starts_on, |last| last.max(starts_on)) + Days::new(period.into())
}

/// How many periods passed without a report until a day (B4, D3).
#[must_use]
pub fn missed_reports(
    starts_on: NaiveDate,
    reports: &[NaiveDate],
    period: u32,
    until: NaiveDate,
) -> u32 {
    let mut from = starts_on;
    let mut missed = 0;
    for on in reports.iter().copied().chain([until]) {
        let days = u32::try_from((on - from).num_days()).unwrap_or(0);
        missed += days.saturating_sub(1) / period.max(1);
        from = from.max(on);
    }
    missed
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::{Stage, Thresholds, days_late, missed_reports, report_due};
    use crate::code::Code;

    const USUAL: Thresholds = Thresholds {
        chair: 7,
        public: 30,
    };

    fn day(n: u64) -> NaiveDate {
        NaiveDate::default() + Days::new(n)
    }

    #[test]
    fn each_stage_has_its_day() {
        let days = Stage::ALL.iter().map(|stage| stage.day(day(100), USUAL));
        let expected = [day(86), day(97), day(100), day(107), day(130)];
        assert!(days.eq(expected));
        let own = Thresholds {
            chair: 2,
            public: 9,
        };
        assert_eq!(Stage::Chair.day(day(100), own), day(102));
        assert_eq!(Stage::Public.day(day(100), own), day(109));
    }

    #[test]
    fn on_every_day_at_most_one_stage_is_worth_saying() {
        for n in 0..200 {
            let worth = |stage: &&Stage| {
                let until = stage.until(day(100), USUAL);
                stage.day(day(100), USUAL) <= day(n) && until.is_none_or(|until| day(n) < until)
            };
            let said = Stage::ALL.iter().filter(worth).count();
            assert_eq!(said, usize::from(n >= 86), "{n}");
        }
    }

    #[test]
    fn a_measure_is_late_from_the_day_after_its_day() {
        let late: Vec<_> = (99..103).map(|n| days_late(day(100), day(n))).collect();
        assert_eq!(late, [None, None, Some(1), Some(2)]);
    }

    #[test]
    fn a_report_is_due_a_period_after_the_last_one() {
        assert_eq!(report_due(day(10), None, 30), day(40));
        assert_eq!(report_due(day(10), Some(day(25)), 30), day(55));
        // A report that came before the beginning begins no period.
        assert_eq!(report_due(day(10), Some(day(5)), 30), day(40));
    }

    #[test]
    fn every_period_without_a_report_is_counted() {
        let missed = |reports: &[u64], until| {
            let reports: Vec<_> = reports.iter().map(|n| day(*n)).collect();
            missed_reports(day(0), &reports, 30, day(until))
        };
        assert_eq!(missed(&[], 30), 0, "the last day of the period is in time");
        assert_eq!(missed(&[], 31), 1);
        assert_eq!(missed(&[], 61), 2);
        assert_eq!(missed(&[30, 60, 90], 120), 0);
        assert_eq!(missed(&[31], 61), 1);
        assert_eq!(missed(&[91], 91), 3);
    }
}
