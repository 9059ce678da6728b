//! Time as an argument: everything below the routes asks this clock, nothing asks the machine.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Tirane;

/// Where the time comes from.
#[derive(Clone, Debug)]
pub struct Clock {
    shift_file: Option<PathBuf>,
}

impl Clock {
    /// The machine's clock, moved by the whole seconds written in `shift_file` where one is set.
    ///
    /// The file is read at every call, so a test can let a year pass under a running server.
    pub fn new(shift_file: Option<PathBuf>) -> Self {
        Self { shift_file }
    }

    /// The present moment.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine for the time"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.shift()
    }

    /// Today's day in Albania.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now())
    }

    fn shift(&self) -> TimeDelta {
        self.shift_file
            .as_ref()
            .and_then(|path| std::fs::read_to_string(path).ok())
            .and_then(|text| text.trim().parse().ok())
            .and_then(TimeDelta::try_seconds)
            .unwrap_or_default()
    }
}

/// The day in Albania at this moment.
pub fn day_of(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&Tirane).date_naive()
}

/// The hour of the day in Albania at this moment, 0 to 23.
pub fn hour_of(moment: DateTime<Utc>) -> u32 {
    chrono::Timelike::hour(&moment.with_timezone(&Tirane))
}

/// The next moment at which it is this hour of the day in Albania.
pub fn next_hour_of_day(moment: DateTime<Utc>, hour: u32) -> DateTime<Utc> {
    let day = if hour_of(moment) < hour {
        day_of(moment)
    } else {
        day_of(moment).succ_opt().unwrap_or(NaiveDate::MAX)
    };
    day.and_hms_opt(hour, 0, 0)
        .and_then(|local| local.and_local_timezone(Tirane).earliest())
        .map_or(moment + TimeDelta::days(1), |local| {
            local.with_timezone(&Utc)
        })
}

/// The next full hour: how exactly it may be known when somebody anonymous did something.
pub fn next_full_hour(moment: DateTime<Utc>) -> DateTime<Utc> {
    let past = moment.timestamp().rem_euclid(3600);
    moment + TimeDelta::seconds(3600 - past)
}
