//! Time as an argument: everything below the routes asks this clock, nothing asks the machine.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Tirane;

/// The hour in Albania at which everything that waits for the morning is done.
pub const MORNING: u32 = 7;

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
    hour_on(day, hour).unwrap_or(moment + TimeDelta::days(1))
}

/// The morning after the day of this moment. It depends on the day alone, so that what waits for it
/// tells no more than the day on which somebody anonymous did something.
pub fn morning_after(moment: DateTime<Utc>) -> DateTime<Utc> {
    let next = day_of(moment).succ_opt().unwrap_or(NaiveDate::MAX);
    hour_on(next, MORNING).unwrap_or(moment + TimeDelta::days(1))
}

/// This hour of a day, or the one after it in the night that leaves it out.
pub fn hour_on(day: NaiveDate, hour: u32) -> Option<DateTime<Utc>> {
    moment_on(day, NaiveTime::from_hms_opt(hour, 0, 0)?)
}

/// This time of a day in Albania, or an hour later in the night that leaves it out.
pub fn moment_on(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    let local = day.and_time(time);
    let there = |local: NaiveDateTime| local.and_local_timezone(Tirane).earliest();
    let local = there(local).or_else(|| there(local + TimeDelta::hours(1)))?;
    Some(local.with_timezone(&Utc))
}

/// The hours and minutes of a moment in Albania, as in `17:00`.
pub fn time_of(moment: DateTime<Utc>) -> String {
    moment.with_timezone(&Tirane).format("%H:%M").to_string()
}
