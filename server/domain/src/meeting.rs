//! Meetings: which time one may be announced for, and when it is told of again.
//!
//! Invariants: nothing is told of a meeting that has begun; of two reminders that are due the later
//! one says what the earlier did, so whoever slept through one hears the other alone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::code::coded;
use crate::minutes::Presence;

/// The longest a meeting lasts.
pub const LONGEST: TimeDelta = TimeDelta::hours(12);

coded! {
    /// What kind of meeting it is.
    pub enum Kind {
        /// Mbledhje e këshillit: its members meet.
        Council = "council",
        /// Takim i hapur: everybody may come (I1).
        Hearing = "hearing",
        /// Forum me të rinjtë (L2).
        YouthForum = "youth_forum",
        /// Shkëmbim qytetesh: councils of several municipalities meet (D5).
        Exchange = "exchange",
    }
}

impl Kind {
    /// Whether everybody may come.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Hearing | Self::YouthForum)
    }
}

/// How far a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is to come.
    Coming,
    /// It has begun, or is over.
    Begun,
    /// It does not take place.
    Cancelled,
}

coded! {
    /// What a seat says before a meeting.
    pub enum Answer {
        /// It will be taken.
        Coming = "coming",
        /// It will be taken at a distance.
        Remote = "remote",
        /// Another one will take it.
        Substitute = "substitute",
        /// It will be empty.
        NotComing = "not_coming",
    }
}

impl Answer {
    /// What minutes begin with: what was said, until somebody writes what was.
    #[must_use]
    pub fn expected(self) -> Presence {
        match self {
            Self::Coming => Presence::Present,
            Self::Remote => Presence::Remote,
            Self::Substitute => Presence::Substitute,
            Self::NotComing => Presence::Excused,
        }
    }
}

coded! {
    /// What is said of a meeting before it begins, in the order in which it is said.
    pub enum Reminder {
        /// A week before.
        Week = "week",
        /// A day before.
        Day = "day",
        /// Two hours before.
        Hours = "hours",
    }
}

impl Reminder {
    fn before(self) -> TimeDelta {
        match self {
            Self::Week => TimeDelta::days(7),
            Self::Day => TimeDelta::days(1),
            Self::Hours => TimeDelta::hours(2),
        }
    }

    /// When it is due.
    #[must_use]
    pub fn due(self, starts: DateTime<Utc>) -> DateTime<Utc> {
        starts - self.before()
    }

    /// Until when it is worth saying: then the next one says it, or the meeting begins.
    #[must_use]
    pub fn until(self, starts: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Week => Self::Day.due(starts),
            Self::Day => Self::Hours.due(starts),
            Self::Hours => starts,
        }
    }
}

/// Why a time is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeFault {
    /// It is over.
    IsOver,
    /// It ends before it begins.
    EndsBefore,
    /// It lasts too long.
    TooLong,
}

/// Whether a meeting may be announced now for this time.
///
/// # Errors
/// [`TimeFault`].
pub fn check_time(
    now: DateTime<Utc>,
    starts: DateTime<Utc>,
    ends: DateTime<Utc>,
) -> Result<(), TimeFault> {
    if starts <= now {
        Err(TimeFault::IsOver)
    } else if ends <= starts {
        Err(TimeFault::EndsBefore)
    } else if ends - starts > LONGEST {
        Err(TimeFault::TooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{Answer, LONGEST, Reminder, TimeFault, check_time};
    use crate::code::Code;

    #[test]
    fn a_meeting_begins_later_and_ends_the_same_day() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        let soon = now + TimeDelta::seconds(1);
        let second = TimeDelta::seconds(1);
        assert_eq!(check_time(now, now, soon), Err(TimeFault::IsOver));
        assert_eq!(check_time(now, soon, soon), Err(TimeFault::EndsBefore));
        assert_eq!(check_time(now, soon, soon + LONGEST), Ok(()));
        let longer = soon + LONGEST + second;
        assert_eq!(check_time(now, soon, longer), Err(TimeFault::TooLong));
    }

    #[test]
    fn who_says_no_is_excused_and_everybody_else_is_expected() {
        let expected = |one: &&Answer| one.expected().counts();
        let coming = Answer::ALL.iter().filter(expected).count();
        assert_eq!(coming, Answer::ALL.len() - 1);
        assert_eq!(Answer::NotComing.expected().code(), "excused");
    }

    #[test]
    fn at_every_moment_at_most_one_reminder_is_worth_saying() {
        let starts = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(30);
        for hour in 0..24 * 31 {
            let now = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(hour);
            let worth = |one: &&Reminder| one.due(starts) <= now && now < one.until(starts);
            let said = Reminder::ALL.iter().filter(worth).count();
            let within = starts - TimeDelta::days(7) <= now && now < starts;
            assert_eq!(said, usize::from(within), "{now}");
        }
    }
}
