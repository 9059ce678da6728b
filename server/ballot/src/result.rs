//! The count, in whole numbers only, so that every program comes to the same digits.
//!
//! Prioritising, with `N` ratings of sum `S` in all and a concern with `n` ratings of sum `s`:
//! shrunk mean = `(s + k * S/N) / (n + k)`, k = 5; without any rating, the middle of the scale.
//! Score = the sum of `w_votes * (shrunk - 1)/4`, `w_severity * severity/100`,
//! `w_frequency * frequency/100` and `w_harm * harm/100`, over the sum of the weights.
//!
//! Each published number is the exact fraction, once rounded half up to millionths; the standard
//! error (of the plain mean) is rounded down. Ranked by the published score; ties go to more
//! ratings, then to the earlier place on the list.

use crate::bytes::ConcernId;
use crate::item::Item;
use serde::{Deserialize, Serialize};

/// How many ratings of the overall mean each concern is given beside its own.
pub const SHRINKAGE: u32 = 5;
const MILLION: u128 = 1_000_000;

/// The weights of the published formula, set by the municipality before casting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Of the votes.
    pub votes: u16,
    /// Of the severity.
    pub severity: u16,
    /// Of the frequency.
    pub frequency: u16,
    /// Of the harm.
    pub harm: u16,
}

impl Weights {
    fn sum(self) -> u128 {
        [self.votes, self.severity, self.frequency, self.harm]
            .map(u128::from)
            .iter()
            .sum()
    }

    /// Whether they weigh anything at all.
    #[must_use]
    pub fn are_usable(self) -> bool {
        self.sum() > 0
    }
}

/// What the institutions say of a concern, each 0 to 100, fixed before casting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// How bad it is when it happens.
    pub severity: u8,
    /// How often it happens.
    pub frequency: u8,
    /// How many it harms.
    pub harm: u8,
}

/// The count of a vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// The concerns, most urgent first.
    Prioritising {
        /// Ratings counted.
        ratings: u32,
        /// Items that withdrew their rating.
        withdrawn: u32,
        /// One row per concern of the list.
        ranking: Vec<Ranked>,
    },
    /// The votes of each choice, in the order of the choices.
    Question {
        /// Votes counted.
        votes: u32,
        /// Items that withdrew their vote.
        withdrawn: u32,
        /// Votes per choice.
        choices: Vec<u32>,
    },
}

/// One concern in the ranking. Means and scores are in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranked {
    /// The concern.
    pub concern: ConcernId,
    /// How many rated it.
    pub n: u32,
    /// The sum of their ratings.
    pub sum: u32,
    /// Their mean, if anybody rated it.
    pub mean: Option<u32>,
    /// Standard error of that mean, from two ratings on.
    pub error: Option<u32>,
    /// The mean drawn toward that of all concerns.
    pub shrunk: u32,
    /// What it is ranked by, 0 to 1,000,000.
    pub score: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Ratings {
    n: u32,
    sum: u32,
    squares: u64,
}

/// Counts the ratings. Items that point outside the list count for nothing.
#[must_use]
pub fn count_ratings(list: &[(ConcernId, Terms)], weights: Weights, items: &[Item]) -> Outcome {
    let mut counts = vec![Ratings::default(); list.len()];
    let mut all = Ratings::default();
    let mut withdrawn = 0;
    for item in items {
        let Some(count) = counts.get_mut(usize::from(item.index)) else {
            continue;
        };
        if item.value == 0 {
            withdrawn += 1;
        } else {
            count.add(item.value);
            all.add(item.value);
        }
    }
    let mut ranking: Vec<Ranked> = list
        .iter()
        .zip(&counts)
        .map(|((concern, terms), count)| count.ranked(*concern, *terms, weights, all))
        .collect();
    // Stable: what is equal stays in the order of the list.
    ranking.sort_by(|a, b| b.score.cmp(&a.score).then(b.n.cmp(&a.n)));
    Outcome::Prioritising {
        ratings: all.n,
        withdrawn,
        ranking,
    }
}

/// Counts the votes per choice. Values that are no choice count for nothing.
#[must_use]
pub fn count_choices(choices: u8, items: &[Item]) -> Outcome {
    let mut counts = vec![0_u32; usize::from(choices)];
    let mut withdrawn = 0;
    for item in items {
        match usize::from(item.value).checked_sub(1) {
            None => withdrawn += 1,
            Some(choice) => {
                if let Some(count) = counts.get_mut(choice) {
                    *count += 1;
                }
            }
        }
    }
    Outcome::Question {
        votes: counts.iter().sum(),
        withdrawn,
        choices: counts,
    }
}

impl Ratings {
    fn add(&mut self, value: u8) {
        self.n += 1;
        self.sum += u32::from(value);
        self.squares += u64::from(value) * u64::from(value);
    }

    fn ranked(self, concern: ConcernId, terms: Terms, weights: Weights, all: Self) -> Ranked {
        let (n, sum) = (u128::from(self.n), u128::from(self.sum));
        let k = u128::from(SHRINKAGE);
        // The shrunk mean as a fraction; without any rating 3/1.
        let (top, bottom) = match u128::from(all.n) {
            0 => (3, 1),
            total => (sum * total + k * u128::from(all.sum), total * (n + k)),
        };
        // On a scale from 0 to 1: (top - bottom) / (4 * bottom). Ratings are at least 1.
        let scaled = top.saturating_sub(bottom);
        let weighed = u128::from(weights.severity) * u128::from(terms.severity)
            + u128::from(weights.frequency) * u128::from(terms.frequency)
            + u128::from(weights.harm) * u128::from(terms.harm);
        let score = 100 * u128::from(weights.votes) * scaled + weighed * 4 * bottom;
        Ranked {
            concern,
            n: self.n,
            sum: self.sum,
            mean: (n > 0).then(|| millionths(sum, n)),
            error: self.standard_error(),
            shrunk: millionths(top, bottom),
            score: millionths(score, 400 * bottom * weights.sum().max(1)),
        }
    }

    /// `sqrt((n * squares - sum^2) / (n^2 * (n - 1)))`, rounded down to millionths.
    fn standard_error(self) -> Option<u32> {
        let (n, sum) = (u128::from(self.n), u128::from(self.sum));
        if n < 2 {
            return None;
        }
        let spread = (n * u128::from(self.squares)).saturating_sub(sum * sum);
        let squared = spread * MILLION * MILLION / (n * n * (n - 1));
        u32::try_from(squared.isqrt()).ok()
    }
}

/// A fraction in millionths, rounded half up.
fn millionths(top: u128, bottom: u128) -> u32 {
    u32::try_from((2 * top * MILLION + bottom) / (2 * bottom)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
