//! Which numbers about people may be said in public (DESIGN, statistics).
//!
//! Invariants: no number under five is told from another, nor from none; and two numbers that differ
//! by fewer than five are most often told as one, so that what stands in the difference of two
//! counts (of two days, of two periods that overlap) is no longer one person.

/// Groups smaller than this are not told.
const SMALLEST: u64 = 5;

/// What may be said of a group of this size: how many it has at least, in steps of five; nothing
/// where there are fewer than five, or none.
#[must_use]
pub const fn told(count: u64) -> Option<u64> {
    match count / SMALLEST * SMALLEST {
        0 => None,
        told => Some(told),
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_few_are_told_like_none() {
        for count in 0..5 {
            assert_eq!(told(count), None, "{count}");
        }
    }

    #[test]
    fn one_more_is_hidden_among_five() {
        assert_eq!((5..10).map(told).collect::<Vec<_>>(), [Some(5); 5]);
        assert_eq!((told(10), told(104)), (Some(10), Some(100)));
    }
}
