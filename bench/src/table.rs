//! The table of one part of a run, and its place in a document.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use trekendesh::platform::clock::Clock;

use crate::load::Outcome;
use crate::server::Server;

/// What was measured, a line each.
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
    memory: String,
}

impl Line {
    fn new(work: &str) -> Self {
        let none = || "-".to_owned();
        Self {
            work: work.to_owned(),
            ours: none(),
            limit: none(),
            ratio: none(),
            spread: none(),
            memory: none(),
        }
    }

    fn ours(work: &str, ours: String) -> Self {
        Self {
            ours,
            ..Self::new(work)
        }
    }

    /// Answers a second, beside the most this machine gives.
    pub fn rate(work: &str, ours: &Outcome, limit: f64, what: &str) -> Self {
        Self {
            spread: spread(ours),
            ..Self::count(work, ours.rate(), limit, what)
        }
    }

    /// So many a second, beside the most this machine gives.
    pub fn count(work: &str, ours: f64, limit: f64, what: &str) -> Self {
        Self {
            limit: format!("{limit:.0}/s {what}"),
            ratio: format!("{:.2}", ours / limit),
            ..Self::ours(work, format!("{ours:.0}/s"))
        }
    }

    /// Processor time of one piece of work, beside that of its unavoidable part.
    pub fn cost(work: &str, ours: Duration, limit: Duration, what: &str) -> Self {
        let micros = |time: Duration| format!("{:.0} us", time.as_secs_f64() * 1e6);
        Self {
            limit: format!("{} {what}", micros(limit)),
            ratio: format!("{:.2}", limit.as_secs_f64() / ours.as_secs_f64()),
            ..Self::ours(work, micros(ours))
        }
    }

    /// How long answers take at a fixed rate.
    pub fn latency(work: &str, ours: &Outcome) -> Self {
        Self {
            spread: spread(ours),
            ..Self::ours(work, format!("{:.0}/s", ours.rate()))
        }
    }

    /// What this machine gives without our server.
    pub fn limit(work: &str, limit: f64) -> Self {
        Self {
            limit: format!("{limit:.0}/s"),
            ..Self::new(work)
        }
    }

    /// How many times longer something takes where there is more of it.
    pub fn growth(work: &str, times: f64) -> Self {
        Self::ours(work, format!("{times:.2} times"))
    }

    /// How long something took.
    pub fn time(work: &str, time: Duration) -> Self {
        Self::ours(work, format!("{:.2} s", time.as_secs_f64()))
    }

    /// With the most memory the server took so far.
    pub fn memory(self, server: &Server) -> Result<Self> {
        Ok(Self {
            memory: format!("{} MB", server.memory()?),
            ..self
        })
    }
}

fn spread(outcome: &Outcome) -> String {
    let [half, most, nearly] = [0.5, 0.95, 0.99].map(|share| outcome.millis(share));
    format!("{half:.1} / {most:.1} / {nearly:.1}")
}

impl Table {
    /// Adds a line, and says it at once: a run takes minutes.
    pub fn add(&mut self, line: Line) -> Result<()> {
        let Line {
            work,
            ours,
            limit,
            ratio,
            memory,
            ..
        } = &line;
        say(&format!("{work}: {ours} | {limit} | {ratio} | {memory}"))?;
        self.lines.push(line);
        Ok(())
    }

    /// The table as Markdown.
    pub fn text(&self) -> Result<String> {
        let mut text = String::from(
            "| work | ours | limit | ratio | p50 / p95 / p99, ms | memory |\n\
             |---|---|---|---|---|---|\n",
        );
        for line in &self.lines {
            let Line {
                work,
                ours,
                limit,
                ratio,
                spread,
                memory,
            } = line;
            writeln!(
                text,
                "| {work} | {ours} | {limit} | {ratio} | {spread} | {memory} |"
            )?;
        }
        Ok(text)
    }

    /// Puts the table in the place of what a document has under a heading.
    pub fn write(&self, document: &Path, heading: &str, command: &str) -> Result<()> {
        let day = Clock::new(None).today();
        let section = format!("`{command}`, {day}:\n\n{}", self.text()?);
        let text = std::fs::read_to_string(document)?;
        Ok(std::fs::write(
            document,
            replaced(&text, heading, &section)?,
        )?)
    }
}

/// A document with another text under one of its headings.
fn replaced(text: &str, heading: &str, section: &str) -> Result<String> {
    let title = format!("## {heading}\n");
    let (before, after) = text
        .split_once(&title)
        .with_context(|| format!("no heading \"{heading}\""))?;
    let next = after.find("\n## ").map_or(after.len(), |at| at + 1);
    let rest = after.get(next..).unwrap_or_default();
    Ok(format!("{before}{title}\n{section}\n{rest}")
        .trim_end()
        .to_owned()
        + "\n")
}

/// Says something now.
pub fn say(text: &str) -> Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn a_section_is_replaced_and_its_neighbours_stay() {
        let before = "# A\n\n## One\n\nold\n\n## Two\n\nkept\n";
        let first = replaced(before, "One", "new\n").unwrap();
        assert_eq!(first, "# A\n\n## One\n\nnew\n\n## Two\n\nkept\n");
        let last = replaced(before, "Two", "new\n").unwrap();
        assert_eq!(last, "# A\n\n## One\n\nold\n\n## Two\n\nnew\n");
        assert!(replaced(before, "Three", "new\n").is_err());
    }
}
