//! Who can be tied to an item by nothing but when: an observer sees when each person fetched tokens, by name, and
//! when each item came, without one.

use super::chance::Chance;
use super::measures::{Spread, TOWNS};

/// How many people vote in the whole vote.
pub(crate) const CROWDS: [usize; 4] = [25, 50, 100, 300];
pub(crate) const DAYS: usize = 14;
/// Hours within which an item is sent, at a random moment.
pub(crate) const DELAY: f64 = 12.0;
const DAY: f64 = 24.0;
const ITEMS: usize = 12;
const SEED: u64 = 0x0063_6c6f_636b;

/// When people vote, seen from when they fetched their tokens.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Windows {
    /// At once: fetching and casting go together.
    One,
    /// In other weeks, at another hour.
    Two,
    /// In other weeks, but at nearly the same hour of the day.
    TwoByHabit,
}

pub(crate) const WINDOWS: [Windows; 3] = [Windows::One, Windows::Two, Windows::TwoByHabit];

impl Windows {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::One => "one window, items delayed by up to 12 h",
            Self::Two => "two windows, the same delay",
            Self::TwoByHabit => "two windows, everybody at the same hour both times",
        }
    }
}

/// Of one crowd with one kind of windows.
pub(crate) struct Tied {
    pub(crate) windows: Windows,
    pub(crate) people: usize,
    /// The share of items for which the best guess is right.
    pub(crate) guessed: Spread,
    /// The share of items that only one person can have sent.
    pub(crate) certain: Spread,
}

pub(crate) fn timed() -> Vec<Tied> {
    let rows = WINDOWS
        .into_iter()
        .flat_map(|windows| CROWDS.map(|people| (windows, people)));
    rows.map(|(windows, people)| {
        let (mut guessed, mut certain) = (Spread::default(), Spread::default());
        for number in 0..TOWNS {
            let shares = windows.observed(people, &mut Chance::new(SEED + number));
            guessed.add(shares.0);
            certain.add(shares.1);
        }
        Tied {
            windows,
            people,
            guessed,
            certain,
        }
    })
    .collect()
}

/// A time in the window: half of all at any hour from seven to eleven at night, half in the last five of these.
fn moment(chance: &mut Chance) -> f64 {
    let hour = if chance.happens(0.5) {
        7.0 + 16.0 * chance.unit()
    } else {
        18.0 + 5.0 * chance.unit()
    };
    DAY * days(chance) + hour
}

fn days(chance: &mut Chance) -> f64 {
    f64::from(u32::try_from(chance.below(DAYS)).unwrap_or(0))
}

impl Windows {
    /// The shares guessed and certain in one vote.
    fn observed(self, people: usize, chance: &mut Chance) -> (f64, f64) {
        let fetched: Vec<f64> = (0..people).map(|_| moment(chance)).collect();
        let seen: Vec<f64> = fetched.iter().map(|time| self.hour(*time)).collect();
        let (mut guessed, mut certain, mut all) = (0.0, 0.0, 0.0);
        for time in fetched {
            let voting = match self {
                Self::One => time,
                Self::Two => moment(chance),
                Self::TwoByHabit => DAY * days(chance) + time % DAY + chance.unit() - 0.5,
            };
            for _ in 0..ITEMS {
                let arrived = voting + DELAY * chance.unit();
                let possible = self.possible(&seen, arrived);
                all += 1.0;
                guessed += 1.0 / possible.max(1.0);
                certain += if possible > 1.0 { 0.0 } else { 1.0 };
            }
        }
        (guessed / all, certain / all)
    }

    /// What of a time of fetching tells anything of the time of casting.
    fn hour(self, time: f64) -> f64 {
        if self == Self::TwoByHabit {
            time % DAY
        } else {
            time
        }
    }

    /// How many people can have sent what arrived at this time, and all of them equally likely.
    fn possible(self, fetched: &[f64], arrived: f64) -> f64 {
        let could = |time: &f64| match self {
            Self::One => (0.0..=DELAY).contains(&(arrived - time)),
            Self::Two => true,
            Self::TwoByHabit => (0.0..=DELAY + 1.0).contains(&((arrived + 0.5 - time + DAY) % DAY)),
        };
        f64::from(
            u32::try_from(fetched.iter().filter(|time| could(time)).count()).unwrap_or(u32::MAX),
        )
    }
}
