//! Which numbers about people may be said in public (DESIGN §4, statistics): one rule for a number that
//! stands alone, one for counts beside their total.
//!
//! Invariants of a number alone (`told`): no number under five is told from another, nor from none; and
//! two numbers that differ by fewer than five are most often told as one, so that what stands in the
//! difference of two counts (of two days, of two periods that overlap) is no longer one person.
//!
//! Invariants of counts beside their total (`suppress`): no count between 1 and k-1 is shown; what is held
//! back cannot be found from the total and the counts that are shown.

/// A number alone is told in steps of this size; fewer are not told.
const SMALLEST: u64 = 5;
/// Below this many people a group is not shown beside others.
pub const K: i64 = 5;

/// What may be said of a group of this size: how many it has at least, in steps of five; nothing
/// where there are fewer than five, or none.
#[must_use]
pub const fn told(count: u64) -> Option<u64> {
    match count / SMALLEST * SMALLEST {
        0 => None,
        told => Some(told),
    }
}

/// The counts as they may be shown beside their total: nothing where one is held back.
///
/// What is held back together is at least `k` people and two groups: else the smallest of the others is
/// held back with it.
#[must_use]
pub fn suppress(counts: &[i64], k: i64) -> Vec<Option<i64>> {
    let mut shown: Vec<Option<i64>> = counts
        .iter()
        .map(|count| Some(*count).filter(|count| *count == 0 || *count >= k))
        .collect();
    loop {
        let hidden: Vec<i64> = counts
            .iter()
            .zip(&shown)
            .filter_map(|(count, shown)| shown.is_none().then_some(*count))
            .collect();
        if hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= k) {
            return shown;
        }
        let smallest = shown
            .iter_mut()
            .filter(|shown| shown.is_some_and(|count| count > 0))
            .min_by_key(|shown| **shown);
        match smallest {
            Some(next) => *next = None,
            None => return shown,
        }
    }
}

/// A total beside its suppressed parts: held back where it would give a part away.
#[must_use]
pub fn suppress_total(counts: &[i64], shown: &[Option<i64>], k: i64) -> Option<i64> {
    let total: i64 = counts.iter().sum();
    let hidden: Vec<i64> = counts
        .iter()
        .zip(shown)
        .filter_map(|(count, shown)| shown.is_none().then_some(*count))
        .collect();
    let safe = hidden.is_empty() || (hidden.len() > 1 && hidden.iter().sum::<i64>() >= k);
    Some(total).filter(|_| safe)
}

#[cfg(test)]
mod tests {
    use super::{K, suppress, suppress_total, told};
    use proptest::prelude::*;

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

    #[test]
    fn a_small_group_takes_the_next_with_it() {
        assert_eq!(
            suppress(&[3, 40, 12, 0], K),
            [None, Some(40), None, Some(0)]
        );
        assert_eq!(suppress(&[3, 4, 40], K), [None, None, Some(40)]);
        assert_eq!(suppress(&[40, 12], K), [Some(40), Some(12)]);
        // Alone it cannot hide behind anybody, and its total is held back too.
        assert_eq!(suppress(&[3], K), [None]);
        assert_eq!(suppress_total(&[3], &[None], K), None);
        assert_eq!(
            suppress_total(&[3, 40, 12], &[None, Some(40), None], K),
            Some(55)
        );
    }

    proptest! {
        #[test]
        fn nobody_is_found_by_subtraction(counts in prop::collection::vec(0_i64..30, 1..12)) {
            let shown = suppress(&counts, K);
            prop_assert!(shown.iter().flatten().all(|count| *count == 0 || *count >= K));
            if let Some(total) = suppress_total(&counts, &shown, K) {
                let rest = total - shown.iter().flatten().sum::<i64>();
                let hidden = shown.iter().filter(|shown| shown.is_none()).count();
                prop_assert!(hidden == 0 || (rest >= K && hidden > 1));
            }
        }
    }
}
