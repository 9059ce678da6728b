//! How far a long verb came: a bar on a terminal, plain lines where somebody reads them later.

use std::cell::Cell;
use std::io::Write;

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// How far it came, in rows.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Tenths of the way that were said in lines.
    said: Cell<u64>,
}

impl Progress {
    /// Begins, with so many rows to go.
    pub(super) fn over(rows: i64) -> Self {
        let bar = ProgressBar::new(positive(rows).max(1));
        let style = ProgressStyle::with_template("{percent:>3}% {wide_bar} {msg} {eta:>4}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self {
            // Also where the verb fails: its line stands alone.
            bar: bar.with_finish(ProgressFinish::AndClear),
            said: Cell::new(0),
        }
    }

    /// Says what is done now.
    pub(super) fn begin(&self, doing: &str, what: &str) {
        self.bar.set_message(format!("{doing} {what}"));
    }

    /// So many rows more are done.
    pub(super) fn went(&self, rows: i64) {
        self.bar.inc(positive(rows));
        if !self.bar.is_hidden() {
            return;
        }
        let tenths = self.bar.position() * 10 / self.bar.length().unwrap_or(1).max(1);
        if self.said.replace(tenths) < tenths {
            let (percent, doing) = (tenths * 10, self.bar.message());
            // Where even this cannot be printed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "{percent:>3}% {doing}");
        }
    }
}

fn positive(rows: i64) -> u64 {
    u64::try_from(rows).unwrap_or_default()
}
