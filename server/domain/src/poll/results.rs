//! Sums of a question as they may be told: rounded so far that no figure stands for a single answer, also where
//! all that is told of the question is put together.
//!
//! Invariant: whatever is told follows from shares of all who answered the poll, how many these are, and the paper.
//! So a share of those who were asked, or a mean, is worked out of rounded shares.

use std::collections::BTreeMap;

use super::answer::Cell;
use super::paper::{Kind, Question};
use super::spans::{Span, rounded, span};

/// Sums by cell.
pub type Sums = BTreeMap<Cell, i64>;

/// From so many answers on a mean is told.
const FOR_A_MEAN: f64 = 25.0;
/// How many people a figure is rounded among, in hundredths. Of fewer the one who chose something would follow from
/// what the counts of all that could be chosen add up to.
const AMONG: i64 = 400;
/// To how many in a hundred shares may be rounded.
const STEPS: [i64; 8] = [1, 2, 5, 10, 20, 25, 50, 100];
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
    /// How many answered; about, where some were not asked or did not answer.
    pub n: i64,
    /// About how many were asked and did not answer; nothing where not everybody was asked.
    pub skipped: Option<i64>,
    /// To how many in a hundred the shares are rounded.
    pub step: f64,
    /// Its lines.
    pub parts: Vec<Part>,
}

/// A share of all who answered the poll.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// In a hundred.
    pub percent: i64,
    /// Between how many lie those it is of.
    pub span: Span,
}

/// What is told of a question, as shares of all who answered the poll.
#[derive(Debug, Clone)]
pub(super) struct Figures {
    /// How many these are, which everybody sees.
    pub n: i64,
    /// In what steps the shares are.
    pub step: i64,
    /// Who was asked.
    pub asked: Figure,
    /// Who did not answer.
    pub skipped: Figure,
    /// What was chosen, line by line.
    pub lines: Vec<Vec<Figure>>,
}

/// Who was asked a question.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// How many answered the poll.
    pub n: i64,
    /// Who of them was asked.
    pub figure: Figure,
}

impl Asked {
    /// Everybody was.
    pub(super) fn all(n: i64) -> Self {
        Self {
            n,
            figure: Figure {
                percent: 100,
                span: Span::known(n),
            },
        }
    }
}

/// A line with its counts: what could be chosen, what that is as a number, and how often it was.
struct Line {
    id: String,
    values: Vec<(String, f64, i64)>,
}

/// To how many in a hundred shares of so many answers are rounded: each figure stands for two answers or more.
#[must_use]
pub fn step(n: i64) -> i64 {
    let fits = |step: &i64| step.saturating_mul(n) >= AMONG;
    STEPS.into_iter().find(fits).unwrap_or(100)
}

/// A share in a hundred, to one place: what is told of figures that are published elsewhere.
#[must_use]
pub fn exact(count: i64, n: i64) -> f64 {
    tenths(share(count, n))
}

/// How many answered a question, or did not.
pub(super) fn people(sums: &Sums, question: &str, what: &str) -> i64 {
    let cell = Cell::new(question, "", what);
    sums.get(&cell).copied().unwrap_or(0)
}

/// What may be told of a question, where so many parts of it are told as well: nothing of fewer than k.
pub(super) fn figures(
    question: &Question,
    sums: &Sums,
    asked: &Asked,
    parts: usize,
    k: i64,
) -> Option<Figures> {
    let lines = lines(question, sums);
    let step = step(asked.n / i64::try_from(parts.max(1)).unwrap_or(i64::MAX));
    let answered = people(sums, &question.id, Cell::ANSWERED);
    let figure = |count: i64| {
        let percent = rounded(count, asked.n, step);
        let span = span(percent, asked.n, step);
        Figure { percent, span }
    };
    let skipped = if question.required {
        Figure {
            percent: 0,
            span: Span::known(0),
        }
    } else {
        figure(people(sums, &question.id, Cell::SKIPPED))
    };
    let of_line = |line: &Line| -> Vec<Figure> {
        let counts = line.values.iter().map(|(_, _, count)| *count);
        counts.map(figure).collect()
    };
    let figures = Figures {
        n: asked.n,
        step,
        asked: asked.figure,
        skipped,
        lines: lines.iter().map(of_line).collect(),
    };
    // Of whom only some were asked, it must not follow from what is told that they were more.
    let least = match question.only_if {
        None => answered,
        Some(_) => asked.figure.span.low - skipped.span.high,
    };
    (least >= k && !figures.tells_of_all(question)).then_some(figures)
}

impl Figures {
    /// Whether it follows that more gave the answer before than is told of it, and perhaps all.
    fn tells_of_all(&self, question: &Question) -> bool {
        let asked = self.asked.span;
        let lows = |figures: &mut dyn Iterator<Item = &Figure>| -> i64 {
            let lows = figures.map(|figure| figure.span.low);
            match question.kind {
                Kind::Multiple { .. } => lows.max().unwrap_or(0),
                _ => lows.sum(),
            }
        };
        let width = self.lines.first().map_or(0, Vec::len);
        let mut least: Vec<i64> = self
            .lines
            .iter()
            .map(|line| lows(&mut line.iter()))
            .collect();
        if matches!(question.kind, Kind::Ranking { .. }) {
            let place = |place| lows(&mut self.lines.iter().filter_map(|line| line.get(place)));
            least.extend((0..width).map(place));
        }
        let most = least.into_iter().max().unwrap_or(0) + self.skipped.span.low;
        question.only_if.is_some() && asked.high == self.n && most > asked.low
    }
}

/// What is told of several put together: nothing that does not follow from them.
pub(super) fn put_together(parts: &[&Figures]) -> Option<Figures> {
    let first = parts.first()?;
    let n: i64 = parts.iter().map(|part| part.n).sum();
    let sum = |of: &dyn Fn(&Figures) -> Option<Figure>| {
        let figures: Option<Vec<(i64, Figure)>> =
            parts.iter().map(|part| Some((part.n, of(part)?))).collect();
        let figures = figures?;
        let hundredfold: i64 = figures.iter().map(|(n, figure)| n * figure.percent).sum();
        let spans = figures.iter().map(|(_, figure)| figure.span);
        Some(Figure {
            percent: rounded(hundredfold, n * 100, 1),
            span: spans.fold(Span::known(0), Span::and),
        })
    };
    let of_line = |(line, values): (usize, &Vec<Figure>)| {
        let places = 0..values.len();
        let figure = |place: usize| sum(&|part| part.lines.get(line)?.get(place).copied());
        places.map(figure).collect()
    };
    Some(Figures {
        n,
        step: step(n),
        asked: sum(&|part| Some(part.asked))?,
        skipped: sum(&|part| Some(part.skipped))?,
        lines: first
            .lines
            .iter()
            .enumerate()
            .map(of_line)
            .collect::<Option<_>>()?,
    })
}

/// Figures as they are shown: in a hundred of those who answered the question.
pub(super) fn show(question: &Question, figures: &Figures) -> Option<Shown> {
    let answered = figures.asked.percent - figures.skipped.percent;
    // The fewer these are of all, the wider are the steps.
    let wide = |step: &i64| step * answered >= figures.step * 100;
    let step = STEPS.into_iter().find(wide)?;
    let n = figures.n * answered / 100;
    let parts = lines(question, &Sums::new())
        .into_iter()
        .zip(&figures.lines);
    let parts = parts.map(|(line, values)| {
        let shares = values
            .iter()
            .map(|figure| rounded(figure.percent, answered, step).min(100));
        part(question, &line, &shares.collect::<Vec<_>>(), n)
    });
    Some(Shown {
        n,
        skipped: (question.only_if.is_none() && figures.asked.percent == 100)
            .then(|| figures.n - n),
        step: float(step),
        parts: parts.collect(),
    })
}

/// The lines of a question with what was chosen on each, and how often.
fn lines(question: &Question, sums: &Sums) -> Vec<Line> {
    let count = |id: &str, value: &str| {
        let cell = Cell::new(&question.id, id, value);
        sums.get(&cell).copied().unwrap_or(0)
    };
    let line = |id: &str, values: Vec<String>| Line {
        id: id.to_owned(),
        values: values
            .into_iter()
            .map(|value| {
                let (worth, count) = (value.parse::<i64>().map_or(0.0, float), count(id, &value));
                (value, worth, count)
            })
            .collect(),
    };
    let scale = |top: usize| (1..=top).map(|value| value.to_string()).collect::<Vec<_>>();
    match &question.kind {
        Kind::Single { options } | Kind::Multiple { options, .. } => {
            vec![line("", options.clone())]
        }
        Kind::Sentiment => vec![line("", scale(3))],
        Kind::Number { min, max } => vec![Line {
            id: String::new(),
            values: bars(*min, *max, |number| count("", &number.to_string())),
        }],
        Kind::Text => Vec::new(),
        Kind::Matrix { rows, scale: of } => rows
            .iter()
            .map(|row| line(row, scale(usize::from(of.top()))))
            .collect(),
        Kind::Ranking { options, places } => options
            .iter()
            .map(|option| line(option, scale(*places)))
            .collect(),
    }
}

/// Numbers brought together into few bars of the same width; each is worth its middle.
fn bars(min: i64, max: i64, count: impl Fn(i64) -> i64) -> Vec<(String, f64, i64)> {
    let width = ((max - min + BARS) / BARS).max(1);
    let starts = (0..BARS).map(|bar| min + bar * width);
    starts
        .take_while(|from| *from <= max)
        .map(|from| {
            let to = (from + width - 1).min(max);
            let name = if from == to {
                from.to_string()
            } else {
                format!("{from}-{to}")
            };
            let middle = f64::midpoint(float(from), float(to));
            (name, middle, (from..=to).map(&count).sum())
        })
        .collect()
}

fn part(question: &Question, line: &Line, shares: &[i64], n: i64) -> Part {
    let numeric = !matches!(question.kind, Kind::Single { .. } | Kind::Multiple { .. });
    let values = || line.values.iter().zip(shares);
    let worth = values().map(|((_, worth, _), share)| (*worth, float(*share) / 100.0 * float(n)));
    let worth: Vec<_> = worth.collect();
    Part {
        id: line.id.clone(),
        mean: numeric.then(|| mean(&worth, float(n))).flatten(),
        values: values()
            .map(|((name, _, _), share)| (name.clone(), float(*share)))
            .collect(),
    }
}

/// The mean of values that were chosen so often by so many, and its interval; nothing where few chose any.
fn mean(values: &[(f64, f64)], answered: f64) -> Option<[f64; 3]> {
    let n: f64 = values.iter().map(|(_, often)| often).sum();
    if answered < FOR_A_MEAN || n * 2.0 < answered {
        return None;
    }
    let mean = values
        .iter()
        .map(|(value, often)| value * often)
        .sum::<f64>()
        / n;
    let spread: f64 = values
        .iter()
        .map(|(value, often)| (value - mean).powi(2) * often)
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
