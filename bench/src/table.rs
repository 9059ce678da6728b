//! The one table of a run.

use std::fmt::Write;
use std::time::Duration;

use anyhow::Result;

use crate::load::Outcome;

/// What was measured, a line each, and what else is worth knowing.
#[derive(Default)]
pub struct Table {
    lines: Vec<Line>,
}

/// One measurement.
pub struct Line {
    work: String,
    ours: String,
    limit: String,
    ratio: String,
    spread: String,
}

impl Line {
    fn new(work: &str, ours: String) -> Self {
        let none = || "-".to_owned();
        Self {
            work: work.to_owned(),
            ours,
            limit: none(),
            ratio: none(),
            spread: none(),
        }
    }

    /// Answers a second, beside the most this machine gives.
    pub fn rate(work: &str, ours: &Outcome, limit: f64, what: &str) -> Self {
        Self {
            limit: format!("{limit:.0}/s {what}"),
            ratio: format!("{:.2}", ours.rate() / limit),
            spread: spread(ours),
            ..Self::new(work, format!("{:.0}/s", ours.rate()))
        }
    }

    /// How long answers take at a fixed rate.
    pub fn latency(work: &str, ours: &Outcome) -> Self {
        Self {
            spread: spread(ours),
            ..Self::new(work, format!("{:.0}/s", ours.rate()))
        }
    }

    /// How many times longer something takes where there is more of it.
    pub fn growth(work: &str, times: f64) -> Self {
        Self::new(work, format!("{times:.2} times"))
    }

    /// How long something took.
    pub fn time(work: &str, time: Duration) -> Self {
        Self::new(work, format!("{:.2} s", time.as_secs_f64()))
    }

    /// How much memory was taken at the most, MB.
    pub fn memory(work: &str, megabytes: u64) -> Self {
        Self::new(work, format!("{megabytes} MB"))
    }
}

fn spread(outcome: &Outcome) -> String {
    let [half, most, nearly] = [0.5, 0.95, 0.99].map(|share| outcome.millis(share));
    format!("{half:.1} / {most:.1} / {nearly:.1}")
}

impl Table {
    /// Adds a line, and says it at once: a run takes minutes.
    pub fn add(&mut self, line: Line) -> Result<()> {
        say(&format!("{}: {} {}", line.work, line.ours, line.ratio))?;
        self.lines.push(line);
        Ok(())
    }

    /// Prints the table as Markdown.
    pub fn print(&self) -> Result<()> {
        let mut text = String::from(
            "\n| work | ours | limit | ratio | p50 / p95 / p99, ms |\n|---|---|---|---|---|\n",
        );
        for line in &self.lines {
            let Line {
                work,
                ours,
                limit,
                ratio,
                spread,
            } = line;
            writeln!(text, "| {work} | {ours} | {limit} | {ratio} | {spread} |")?;
        }
        say(&text)
    }
}

fn say(text: &str) -> Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}
