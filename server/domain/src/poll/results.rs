//! Sums of a question as they may be told: rounded so far that no figure stands for a single answer.

use std::collections::BTreeMap;

use super::answer::Cell;
use super::paper::{Kind, Question};

/// Sums by cell.
pub type Sums = BTreeMap<Cell, i64>;

/// From so many answers on a mean is told.
const FOR_A_MEAN: i64 = 25;
/// How many people an answer is rounded among, in hundredths.
const AMONG: i64 = 250;
/// The quantile of the normal distribution for an interval that holds the mean 95 times in 100.
const Z: f64 = 1.96;
/// The most bars of a number.
const BARS: i64 = 8;

/// A line of a question, or the whole of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The line or option; empty where there is one part.
    pub id: String,
    /// What could be chosen, and by how many in a hundred it was.
    pub values: Vec<(String, f64)>,
    /// The mean with the ends of its interval, where there are enough answers.
    pub mean: Option<[f64; 3]>,
}

/// A question as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// How many answered.
    pub n: i64,
    /// How many were asked and did not answer; nothing where that would tell who was asked.
    pub skipped: Option<i64>,
    /// To how many in a hundred the shares are rounded.
    pub step: f64,
    /// Its lines.
    pub parts: Vec<Part>,
}

/// To how many in a hundred shares of so many answers are rounded: each figure stands for two answers or more.
#[must_use]
pub fn step(n: i64) -> i64 {
    let fits = |step: &i64| step.saturating_mul(n) >= AMONG;
    [1, 5, 10, 25].into_iter().find(fits).unwrap_or(50)
}

/// A share in a hundred, to one place: what is told of figures that are published elsewhere.
#[must_use]
pub fn exact(count: i64, n: i64) -> f64 {
    tenths(share(count, n))
}

/// What may be shown of a question that so many answered.
pub(super) fn show(question: &Question, sums: &Sums) -> Shown {
    let n = people(sums, &question.id, Cell::ANSWERED);
    let asked = question.only_if.is_none();
    let parts = parts(question)
        .into_iter()
        .filter_map(|(id, values)| part(question, sums, n, id, &values))
        .collect();
    Shown {
        n: if asked { n } else { n / 5 * 5 },
        skipped: asked.then(|| people(sums, &question.id, Cell::SKIPPED)),
        step: float(step(n)),
        parts,
    }
}

/// How many answered a question, or did not.
pub(super) fn people(sums: &Sums, question: &str, what: &str) -> i64 {
    let cell = Cell::new(question, "", what);
    sums.get(&cell).copied().unwrap_or(0)
}

/// The lines of a question with what can be chosen on each.
fn parts(question: &Question) -> Vec<(String, Vec<String>)> {
    let scale = |top: usize| (1..=top).map(|value| value.to_string()).collect::<Vec<_>>();
    let whole = |values| vec![(String::new(), values)];
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options, .. } => whole(options.clone()),
        Kind::Sentiment => whole(scale(3)),
        Kind::Number { min, max } => whole((*min..=*max).map(|one| one.to_string()).collect()),
        Kind::Text => Vec::new(),
        Kind::Matrix { rows, scale: of } => rows
            .iter()
            .map(|row| (row.clone(), scale(usize::from(of.top()))))
            .collect(),
        Kind::Ranking { options, places } => options
            .iter()
            .map(|option| (option.clone(), scale(*places)))
            .collect(),
    }
}

fn part(question: &Question, sums: &Sums, n: i64, id: String, values: &[String]) -> Option<Part> {
    let count = |value: &String| {
        let cell = Cell::new(&question.id, &id, value);
        sums.get(&cell).copied().unwrap_or(0)
    };
    let counts: Vec<i64> = values.iter().map(count).collect();
    if n <= 0 {
        return None;
    }
    let shares = match question.kind {
        Kind::Number { min, max } => bars(min, max, &counts),
        _ => values.iter().cloned().zip(counts.iter().copied()).collect(),
    };
    let numeric = !matches!(question.kind, Kind::Single { .. } | Kind::Multiple { .. });
    let enough = counts.iter().sum::<i64>() >= FOR_A_MEAN;
    Some(Part {
        id,
        values: shares
            .into_iter()
            .map(|(value, count)| (value, float(rounded(count, n, step(n)))))
            .collect(),
        mean: (numeric && enough).then(|| mean(values, &counts)).flatten(),
    })
}

/// Numbers brought together into few bars of the same width.
fn bars(min: i64, max: i64, counts: &[i64]) -> Vec<(String, i64)> {
    let width = (max - min + BARS) / BARS;
    let width = usize::try_from(width.max(1)).unwrap_or(1);
    let starts = (min..).step_by(width);
    starts
        .zip(counts.chunks(width))
        .map(|(from, chunk)| {
            let to = (from + i64::try_from(width).unwrap_or(1) - 1).min(max);
            let name = if from == to {
                from.to_string()
            } else {
                format!("{from}-{to}")
            };
            (name, chunk.iter().sum())
        })
        .collect()
}

/// A share rounded to steps; halfway it goes to the nearer end, so that none and one are told alike.
fn rounded(count: i64, n: i64, step: i64) -> i64 {
    let (hundredfold, whole) = (count * 100, n * step);
    let (down, over) = (hundredfold / whole, hundredfold % whole);
    let up = if hundredfold * 2 > n * 100 {
        over * 2 >= whole
    } else {
        over * 2 > whole
    };
    (down + i64::from(up)) * step
}

/// The mean of the values and its interval; nothing without an answer.
fn mean(values: &[String], counts: &[i64]) -> Option<[f64; 3]> {
    let n: f64 = float(counts.iter().sum());
    if n <= 1.0 {
        return None;
    }
    let weighted = || {
        values
            .iter()
            .filter_map(|value| value.parse::<i64>().ok())
            .map(float)
            .zip(counts.iter().map(|count| float(*count)))
    };
    let mean = weighted().map(|(value, count)| value * count).sum::<f64>() / n;
    let spread: f64 = weighted()
        .map(|(value, count)| (value - mean).powi(2) * count)
        .sum();
    let half = Z * (spread / (n - 1.0) / n).sqrt();
    Some([mean, mean - half, mean + half].map(tenths))
}

fn share(count: i64, n: i64) -> f64 {
    if n == 0 {
        return 0.0;
    }
    float(count) * 100.0 / float(n)
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Counts of people are far below what a float holds exactly.
fn float(count: i64) -> f64 {
    i32::try_from(count).map_or(f64::MAX, f64::from)
}
