//! Finished answers to public reads, kept until what they tell of changes. Never by time: whoever
//! wrote something finds it in the next answer.
//!
//! An answer remembers the moment before its rows were read, and each municipality the moment after
//! its last change was on disk. An answer holds while the first is not before the second, so one whose
//! rows were read while somebody wrote does not.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

/// The most bytes kept.
const MOST: u64 = 16 * 1024 * 1024;
/// About how many answers that is.
const ANSWERS: usize = 2_000;
/// Addresses longer than this are not worth keeping an answer for.
const LONGEST: usize = 256;

/// What an answer tells of, when it is not one municipality: all of them.
pub const COUNTRY: &str = "";

/// A finished answer.
#[derive(Clone)]
pub struct Answer {
    /// As it is.
    pub plain: Bytes,
    /// Compressed with brotli, where that is worth it.
    pub brotli: Option<Bytes>,
    /// Its ETag.
    pub tag: String,
    about: String,
    read_at: u64,
}

impl Answer {
    /// An answer about a municipality (its code) or the country, whose rows were read after `moment`.
    pub fn new(
        about: String,
        moment: u64,
        tag: String,
        plain: Bytes,
        brotli: Option<Bytes>,
    ) -> Self {
        Self {
            plain,
            brotli,
            tag,
            about,
            read_at: moment,
        }
    }
}

#[derive(Clone)]
struct Bulk;

impl Weighter<String, Arc<Answer>> for Bulk {
    fn weight(&self, address: &String, answer: &Arc<Answer>) -> u64 {
        let compressed = answer.brotli.as_ref().map_or(0, Bytes::len);
        let bytes = address.len() + answer.plain.len() + compressed + 256;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// The answers of one process.
pub struct Kept {
    answers: Cache<String, Arc<Answer>, Bulk>,
    moment: AtomicU64,
    changed: RwLock<HashMap<String, u64>>,
    all_changed: AtomicU64,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            answers: Cache::with_weighter(ANSWERS, MOST, Bulk),
            moment: AtomicU64::new(0),
            changed: RwLock::default(),
            all_changed: AtomicU64::new(0),
        }
    }
}

impl Kept {
    /// The present moment: asked for before rows are read.
    pub fn moment(&self) -> u64 {
        self.moment.load(Ordering::SeqCst)
    }

    /// The answer at this address, if it still holds.
    pub fn find(&self, address: &str) -> Option<Arc<Answer>> {
        let answer = self.answers.get(address)?;
        (self.changed_at(&answer.about) <= answer.read_at).then_some(answer)
    }

    /// Keeps an answer.
    pub fn keep(&self, address: &str, answer: Arc<Answer>) {
        if address.len() <= LONGEST {
            self.answers.insert(address.to_owned(), answer);
        }
    }

    /// Nothing that tells of these holds any more: they changed, and that is on disk.
    pub fn change(&self, touched: &BTreeSet<String>) {
        if touched.is_empty() {
            return;
        }
        let now = self.moment.fetch_add(1, Ordering::SeqCst) + 1;
        if touched.contains(COUNTRY) {
            self.all_changed.store(now, Ordering::SeqCst);
        }
        let mut changed = self
            .changed
            .write()
            .unwrap_or_else(|broken| broken.into_inner());
        changed.extend(touched.iter().map(|about| (about.clone(), now)));
    }

    fn changed_at(&self, about: &str) -> u64 {
        let changed = self
            .changed
            .read()
            .unwrap_or_else(|broken| broken.into_inner());
        let own = changed.get(about).copied().unwrap_or(0);
        own.max(self.all_changed.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(kept: &Kept, about: &str) -> Arc<Answer> {
        let bytes = Bytes::from_static(b"{}");
        Arc::new(Answer::new(
            about.to_owned(),
            kept.moment(),
            String::new(),
            bytes,
            None,
        ))
    }

    fn touched(about: &str) -> BTreeSet<String> {
        BTreeSet::from([about.to_owned()])
    }

    #[test]
    fn an_answer_holds_until_its_municipality_changes() {
        let kept = Kept::default();
        kept.keep("/elbasan", answer(&kept, "24"));
        kept.keep("/berat", answer(&kept, "07"));
        assert!(kept.find("/elbasan").is_some());
        kept.change(&touched("24"));
        assert!(kept.find("/elbasan").is_none());
        assert!(kept.find("/berat").is_some());
        kept.change(&touched(COUNTRY));
        assert!(kept.find("/berat").is_none());
    }

    #[test]
    fn what_was_read_while_somebody_wrote_does_not_hold() {
        let kept = Kept::default();
        let read_before = answer(&kept, "24");
        kept.change(&touched("24"));
        kept.keep("/elbasan", read_before);
        assert!(kept.find("/elbasan").is_none());
        kept.keep("/elbasan", answer(&kept, "24"));
        assert!(kept.find("/elbasan").is_some());
    }

    #[test]
    fn a_flood_of_addresses_takes_no_more_memory_than_there_is_for_it() {
        let kept = Kept::default();
        let bytes = Bytes::from(vec![b'x'; 64 * 1024]);
        for number in 0..1_000 {
            let answer = Answer::new(String::new(), 0, String::new(), bytes.clone(), None);
            kept.keep(&format!("/?q={number}"), Arc::new(answer));
        }
        assert!(kept.answers.weight() <= MOST);
        assert!(kept.answers.len() > 10, "control: some are kept");
    }
}
