use chrono::{DateTime, TimeDelta, Utc};

use super::{Limit, Limits, MOST, network_of};
use crate::platform::chance::Chance;

const TWICE: Limit = Limit {
    name: "twice an hour",
    times: 2,
    seconds: 3600,
};

/// Noon in Albania, in winter.
fn noon() -> DateTime<Utc> {
    "2026-11-24T11:00:00Z".parse().unwrap()
}

fn limits() -> Limits {
    Limits::new(Chance)
}

fn counters(limits: &Limits) -> usize {
    let today = limits.today.lock().unwrap();
    today.as_ref().map_or(0, |today| today.counters.len())
}

#[test]
fn a_limit_refuses_what_is_too_often_and_forgets_after_its_time() {
    let limits = limits();
    let at = |seconds| noon() + TimeDelta::seconds(seconds);
    let take = |who: &str, seconds| limits.take(TWICE, who, at(seconds)).is_ok();
    assert!(take("a", 0) && take("a", 1));
    assert!(!take("a", 3599));
    assert!(take("b", 3599), "somebody else");
    assert!(take("a", 3600));
    assert_eq!(limits.used(TWICE, "a", at(3601)).unwrap(), 1);
    assert_eq!(limits.used(TWICE, "a", at(7300)).unwrap(), 0);
    assert!(
        take("a", -100),
        "a clock set back does not shut anybody out"
    );
}

#[test]
fn every_day_has_a_key_and_counters_of_its_own() {
    let limits = limits();
    let name = || {
        limits
            .today
            .lock()
            .unwrap()
            .as_ref()
            .unwrap()
            .name("x", "a")
    };
    let midnight = noon() + TimeDelta::hours(12);
    limits
        .take(TWICE, "a", midnight - TimeDelta::seconds(2))
        .unwrap();
    limits
        .take(TWICE, "a", midnight - TimeDelta::seconds(1))
        .unwrap();
    let before = name();
    limits.take(TWICE, "a", midnight).unwrap();
    assert_ne!(name(), before);
    assert_eq!(counters(&limits), 1);
}

#[test]
fn counters_stay_few_and_those_that_are_over_go_first() {
    let limits = limits();
    let brief = Limit {
        name: "brief",
        times: 1,
        seconds: 1,
    };
    for number in 0..MOST - 1 {
        limits.take(brief, &number.to_string(), noon()).unwrap();
    }
    let later = noon() + TimeDelta::minutes(2);
    limits.take(TWICE, "a", later).unwrap();
    assert_eq!(counters(&limits), MOST);
    limits.take(TWICE, "b", later).unwrap();
    assert_eq!(counters(&limits), 2, "what was over is gone");
    for number in 0..2 * MOST {
        limits.take(TWICE, &number.to_string(), later).unwrap();
        assert!(counters(&limits) <= MOST);
    }
}

#[test]
fn an_address_is_in_the_same_network_however_it_is_written() {
    let network = |address: &str| network_of(address.parse().unwrap());
    assert_eq!(network("203.0.113.77"), "203.0.113");
    assert_eq!(network("::ffff:203.0.113.77"), "203.0.113");
    assert_eq!(network("::ffff:198.51.100.1"), "198.51.100");
    assert_eq!(network("2001:db8:7:1::1"), "2001:db8:7");
}
