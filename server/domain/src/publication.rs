//! When approved anonymous concerns are shown: in batches, so that nobody can tie a person
//! seen at a time to an item (F2; DESIGN, anonymity).

/// Whether the anonymous concerns that wait for publication are shown now, all together.
///
/// They are when enough of them wait to hide among each other (`batch`, per municipality), or
/// when the daily batch is due. With none waiting there is nothing to release.
#[must_use]
pub const fn release(waiting_anonymous: usize, batch: usize, daily_batch_is_due: bool) -> bool {
    waiting_anonymous > 0 && (waiting_anonymous >= batch || daily_batch_is_due)
}

#[cfg(test)]
mod tests {
    use super::release;

    #[test]
    fn a_lone_concern_waits_for_company_or_for_the_daily_batch() {
        assert!(!release(1, 3, false));
        assert!(release(3, 3, false));
        assert!(release(1, 3, true));
    }

    #[test]
    fn nothing_waiting_is_never_a_batch() {
        assert!(!release(0, 0, true));
        assert!(!release(0, 3, false));
    }
}
