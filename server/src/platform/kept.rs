//! Finished answers to public reads, kept until what they tell of changes. Never by time: whoever
//! wrote something finds it in the next answer.
//!
//! An answer remembers the moment before its rows were read, and each municipality the moment after
//! its last change was on disk. An answer holds while the first is not before the second, so one whose
//! rows were read while somebody wrote does not.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Instant;

use actix_web::web::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::watch;

/// The most bytes kept.
const MOST: u64 = 16 * 1024 * 1024;
/// About how many answers that is.
const ANSWERS: usize = 2_000;
/// Addresses longer than this are not worth keeping an answer for.
const LONGEST: usize = 256;

/// A process that is not alone hears itself each second; after so many milliseconds without, it cannot
/// be sure of anything.
const SILENCE: u64 = 5_000;
/// When a process heard of every change that hears nothing.
const NEVER: u64 = 0;
/// When one did that is alone.
const ALWAYS: u64 = u64::MAX;

/// The moment after which nothing is told.
pub const CLOSED: u64 = u64::MAX;

/// What an answer tells of, when it is not one municipality: all of them.
pub const COUNTRY: &str = "";

/// What is sent, finished.
pub struct Finished {
    /// As it is.
    pub plain: Bytes,
    /// Compressed with brotli, where that is worth it.
    pub brotli: Option<Bytes>,
    /// Its ETag.
    pub tag: String,
}

/// A finished answer.
#[derive(Clone)]
pub struct Answer {
    finished: Arc<Finished>,
    about: String,
    read_at: u64,
}

impl Answer {
    /// An answer about a municipality (its code) or the country, whose rows were read after `moment`.
    pub fn new(about: String, moment: u64, finished: Arc<Finished>) -> Self {
        Self {
            finished,
            about,
            read_at: moment,
        }
    }
}

#[derive(Clone)]
struct Bulk;

impl Weighter<String, Answer> for Bulk {
    fn weight(&self, address: &String, answer: &Answer) -> u64 {
        let Finished { plain, brotli, .. } = &*answer.finished;
        let compressed = brotli.as_ref().map_or(0, Bytes::len);
        let bytes = address.len() + plain.len() + compressed + 256;
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}

/// The answers of one process.
pub struct Kept {
    answers: Cache<String, Answer, Bulk>,
    moment: AtomicU64,
    changed: RwLock<HashMap<String, u64>>,
    all_changed: AtomicU64,
    /// When this process surely heard of every change, in milliseconds since it began.
    heard_at: AtomicU64,
    began: Instant,
    latest: watch::Sender<u64>,
}

impl Kept {
    /// Nothing yet; where this process is alone it knows of every change from the start.
    pub fn new(alone: bool) -> Self {
        Self {
            answers: Cache::with_weighter(ANSWERS, MOST, Bulk),
            moment: AtomicU64::new(0),
            changed: RwLock::default(),
            all_changed: AtomicU64::new(0),
            heard_at: AtomicU64::new(if alone { ALWAYS } else { NEVER }),
            began: Instant::now(),
            latest: watch::Sender::new(0),
        }
    }

    /// Whether this process knows of every change.
    pub fn hears(&self) -> bool {
        match self.heard_at.load(Ordering::SeqCst) {
            NEVER => false,
            ALWAYS => true,
            at => self.elapsed().saturating_sub(at) < SILENCE,
        }
    }

    /// Now it knows of every change. What it missed before may be anything.
    pub fn hear(&self) {
        if !self.hears() {
            self.change(&everything());
        }
        self.heard_at.store(self.elapsed(), Ordering::SeqCst);
    }

    /// From now on it may miss changes.
    pub fn stop_hearing(&self) {
        self.heard_at.store(NEVER, Ordering::SeqCst);
    }

    /// Milliseconds since it began, at least one.
    fn elapsed(&self) -> u64 {
        let since = self.began.elapsed().as_millis();
        u64::try_from(since).unwrap_or(u64::MAX - 1).max(1)
    }

    /// Whether it should hear and has not for too long: then nobody knows what holds. Where the line was
    /// lost it is different: whoever lost it finds out (`platform::hearing`).
    fn is_silent(&self) -> bool {
        self.heard_at.load(Ordering::SeqCst) != NEVER && !self.hears()
    }

    /// Tells of each change, for whoever waits for one; and how many wait.
    pub fn watch(&self) -> (watch::Receiver<u64>, usize) {
        (self.latest.subscribe(), self.latest.receiver_count())
    }

    /// Lets all go who wait for a change: the server stops.
    pub fn close(&self) {
        self.latest.send_replace(CLOSED);
    }

    /// Whether the server stops.
    pub fn is_closed(&self) -> bool {
        *self.latest.borrow() == CLOSED
    }

    /// The present moment: asked for before rows are read.
    pub fn moment(&self) -> u64 {
        self.moment.load(Ordering::SeqCst)
    }

    /// The answer at this address, if it still holds.
    pub fn find(&self, address: &str) -> Option<Arc<Finished>> {
        let answer = self.answers.get(address)?;
        let holds = self.changed_at(&answer.about) <= answer.read_at && !self.is_silent();
        holds.then_some(answer.finished)
    }

    /// Keeps an answer, where this process will hear when it no longer holds.
    pub fn keep(&self, address: &str, answer: Answer) {
        if address.len() <= LONGEST && self.hears() {
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
        drop(changed);
        self.latest.send_if_modified(|latest| {
            let open = *latest != CLOSED;
            if open {
                *latest = now;
            }
            open
        });
    }

    /// The moment after the last change of a municipality (its code) or of the country.
    pub fn changed_at(&self, about: &str) -> u64 {
        let changed = self
            .changed
            .read()
            .unwrap_or_else(|broken| broken.into_inner());
        let own = changed.get(about).copied().unwrap_or(0);
        own.max(self.all_changed.load(Ordering::SeqCst))
    }
}

/// Says that all may have changed.
pub fn everything() -> BTreeSet<String> {
    BTreeSet::from([COUNTRY.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(plain: Bytes) -> Arc<Finished> {
        Arc::new(Finished {
            plain,
            brotli: None,
            tag: String::new(),
        })
    }

    fn answer(kept: &Kept, about: &str) -> Answer {
        let bytes = finished(Bytes::from_static(b"{}"));
        Answer::new(about.to_owned(), kept.moment(), bytes)
    }

    fn touched(about: &str) -> BTreeSet<String> {
        BTreeSet::from([about.to_owned()])
    }

    #[test]
    fn an_answer_holds_until_its_municipality_changes() {
        let kept = Kept::new(true);
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
        let kept = Kept::new(true);
        let read_before = answer(&kept, "24");
        kept.change(&touched("24"));
        kept.keep("/elbasan", read_before);
        assert!(kept.find("/elbasan").is_none());
        kept.keep("/elbasan", answer(&kept, "24"));
        assert!(kept.find("/elbasan").is_some());
    }

    #[test]
    fn who_hears_nothing_keeps_nothing_new_and_forgets_when_it_hears_again() {
        let kept = Kept::new(true);
        kept.keep("/elbasan", answer(&kept, "24"));
        kept.stop_hearing();
        kept.keep("/berat", answer(&kept, "07"));
        assert!(kept.find("/elbasan").is_some(), "control: it was kept");
        assert!(kept.find("/berat").is_none());
        let read_meanwhile = answer(&kept, "07");
        kept.hear();
        assert!(kept.find("/elbasan").is_none());
        kept.keep("/berat", read_meanwhile);
        assert!(kept.find("/berat").is_none());
    }

    #[test]
    fn a_flood_of_addresses_takes_no_more_memory_than_there_is_for_it() {
        let kept = Kept::new(true);
        let bytes = Bytes::from(vec![b'x'; 64 * 1024]);
        for number in 0..1_000 {
            let answer = Answer::new(String::new(), 0, finished(bytes.clone()));
            kept.keep(&format!("/?q={number}"), answer);
        }
        assert!(kept.answers.weight() <= MOST);
        assert!(kept.answers.len() > 10, "control: some are kept");
    }
}
