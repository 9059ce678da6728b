use chrono::{DateTime, TimeDelta, Utc};

use super::{EASIEST, HARDEST, LIFE, UsedProofs, Work, difficulty, until, zero_bits};
use crate::platform::chance::Chance;
use crate::platform::keys::Keys;

fn now() -> DateTime<Utc> {
    "2026-11-24T11:00:00Z".parse().unwrap()
}

fn keys() -> Keys {
    let folder = tempfile::tempdir().unwrap();
    Keys::open(folder.path()).unwrap()
}

/// A solution with exactly the zero bits that were asked for, or more.
fn solve(challenge: &str, difficulty: u32) -> String {
    (0_u64..)
        .map(|number| format!("{challenge}:{number}"))
        .find(|proof| zero_bits(proof) >= difficulty)
        .unwrap()
}

#[test]
fn nothing_is_asked_while_few_come_and_more_the_more_do() {
    assert_eq!(difficulty(0, 300), 0);
    assert_eq!(difficulty(299, 300), 0);
    assert_eq!(difficulty(300, 300), EASIEST);
    assert_eq!(difficulty(599, 300), EASIEST);
    assert_eq!(difficulty(600, 300), EASIEST + 1);
    assert_eq!(difficulty(2_400, 300), EASIEST + 3);
    assert_eq!(difficulty(u32::MAX, 300), HARDEST);
    assert_eq!(difficulty(0, 0), EASIEST);
    assert_eq!(difficulty(1, u32::MAX), 0);
}

#[test]
fn zero_bits_are_counted_from_the_front() {
    // SHA-256("trekendesh:84") begins with 00000110, whatever comes behind.
    let first = (0..).find(|n| zero_bits(&format!("x:{n}")) >= 9).unwrap();
    let hash =
        aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, format!("x:{first}").as_bytes());
    assert_eq!(hash.as_ref()[0], 0);
    assert!(hash.as_ref()[1] < 128);
}

/// T-POW-01.
#[test]
fn a_proof_is_good_for_its_purpose_its_time_and_its_difficulty_only() {
    let keys = keys();
    let work = Work::new(&keys, Chance, "concerns elbasan", 8, now()).unwrap();
    assert!(work.challenge.len() <= 45, "one block: {}", work.challenge);
    let proof = solve(&work.challenge, 8);
    let good =
        |purpose: &str, proof: &str, wanted, at| until(&keys, purpose, proof, wanted, at).is_some();
    assert!(good("concerns elbasan", &proof, 8, now()));
    assert!(
        good("concerns elbasan", &proof, 7, now()),
        "it became easier"
    );
    assert!(
        !good("concerns elbasan", &proof, 9, now()),
        "it became harder"
    );
    assert!(!good("concerns berat", &proof, 8, now()));
    assert!(!good("supports elbasan", &proof, 8, now()));
    assert!(good(
        "concerns elbasan",
        &proof,
        8,
        now() + LIFE - TimeDelta::seconds(1)
    ));
    assert!(!good("concerns elbasan", &proof, 8, now() + LIFE));
    let easier = proof.replacen(".8.", ".1.", 1);
    let later = proof.replacen(proof.split('.').next().unwrap(), "ffffffff", 1);
    let lazy = (0..).map(|n| format!("{}:{n}", work.challenge));
    let lazy = lazy.clone().find(|proof| zero_bits(proof) < 8).unwrap();
    for forged in [
        &easier,
        &later,
        &lazy,
        "",
        ":",
        "a.8.b.c:1",
        "....:",
        "7fffffffffffffff.8.x.y:1",
    ] {
        assert!(!good("concerns elbasan", forged, 1, now()), "{forged}");
    }
    let elsewhere = self::keys();
    assert!(until(&elsewhere, "concerns elbasan", &proof, 8, now()).is_none());
}

/// T-POW-01.
#[test]
fn a_challenge_is_good_once_whatever_solution_comes() {
    let used = UsedProofs::default();
    let until = now() + LIFE;
    assert!(used.take("a.8.b.c:1", until, now()).unwrap());
    assert!(!used.take("a.8.b.c:1", until, now()).unwrap());
    assert!(!used.take("a.8.b.c:2", until, now()).unwrap());
    assert!(used.take("a.8.x.c:1", until, now()).unwrap());
}
