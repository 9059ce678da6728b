//! Rounded shares, and between what the counts lie that they are of.

/// The least and the most a count can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    /// The least.
    pub low: i64,
    /// The most.
    pub high: i64,
}

impl Span {
    /// A count that everybody knows.
    pub(super) const fn known(count: i64) -> Self {
        Self {
            low: count,
            high: count,
        }
    }

    /// Both together.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }
}

/// A share in a hundred of `n`, rounded to steps; halfway it goes to the nearer end, so that none and one are told
/// alike, and so are all and all but one.
pub(super) fn rounded(count: i64, n: i64, step: i64) -> i64 {
    let (hundredfold, whole) = (count * 100, n * step);
    if whole <= 0 {
        return 0;
    }
    let (down, over) = (hundredfold / whole, hundredfold % whole);
    let up = if hundredfold * 2 > n * 100 {
        over * 2 >= whole
    } else {
        over * 2 > whole
    };
    (down + i64::from(up)) * step
}

/// The counts of which the share is rounded to this.
pub(super) fn span(percent: i64, n: i64, step: i64) -> Span {
    let first = |at_least: i64| {
        let (mut low, mut high) = (0, n + 1);
        while low < high {
            let middle = i64::midpoint(low, high);
            if rounded(middle, n, step) >= at_least {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    };
    Span {
        low: first(percent),
        high: first(percent + 1) - 1,
    }
}
