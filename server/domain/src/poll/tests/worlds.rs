//! Every way in which few people can answer, and what all that is told of it leaves possible.
//!
//! Whoever knows the rules and all figures, of each class alone and of all together, must not find that exactly one
//! chose something, or all, or all but one.

use std::collections::{BTreeMap, BTreeSet};

use super::{ids, question};
use crate::poll::results::Sums;
use crate::poll::{Cell, Collected, Condition, Group, Kind, Paper, tell};

/// All ways in which `n` people fall into so many kinds.
fn ways(n: i64, kinds: usize) -> Vec<Vec<i64>> {
    if kinds == 1 {
        return vec![vec![n]];
    }
    let with = |first: i64| {
        ways(n - first, kinds - 1).into_iter().map(move |mut rest| {
            rest.insert(0, first);
            rest
        })
    };
    (0..=n).flat_map(with).collect()
}

fn room(class: &str, counts: &[(&str, &str, i64)], answered: i64) -> Collected {
    let mut sums = Sums::new();
    for (question, value, count) in counts.iter().filter(|(.., count)| *count > 0) {
        *sums.entry(Cell::new(question, "", value)).or_default() += count;
        if *value != Cell::SKIPPED {
            *sums
                .entry(Cell::new(question, "", Cell::ANSWERED))
                .or_default() += count;
        }
    }
    Collected {
        class: Some(("A".to_owned(), class.to_owned())),
        answered,
        sums,
    }
}

/// What is told, of each room alone and of all, as everybody sees it.
fn seen(paper: &Paper, k: i64, rooms: &[Collected], groups: &[Group]) -> String {
    let alone = rooms
        .iter()
        .map(|room| tell(paper, k, std::slice::from_ref(room), &[]).questions);
    let told = tell(paper, k, rooms, groups);
    format!(
        "{:?} {:?} {:?}",
        alone.collect::<Vec<_>>(),
        told.questions,
        told.scopes
    )
}

/// No count may follow from what is told where it is one, `n` or all but one.
fn nothing_follows(name: &str, worlds: impl Iterator<Item = (String, Vec<(i64, i64)>)>) {
    let mut possible: BTreeMap<String, Vec<BTreeSet<i64>>> = BTreeMap::new();
    let mut of: Vec<i64> = Vec::new();
    for (seen, counts) in worlds {
        of = counts.iter().map(|(_, n)| *n).collect();
        let left = possible
            .entry(seen)
            .or_insert_with(|| vec![BTreeSet::new(); counts.len()]);
        for (values, (count, _)) in left.iter_mut().zip(counts) {
            values.insert(count);
        }
    }
    assert!(possible.len() > 1, "{name}: something is told");
    for (seen, left) in possible {
        for (place, values) in left.iter().enumerate() {
            let n = of[place];
            let stands_out = |count: &&i64| [1, n - 1, n].contains(count);
            let only = values.first().filter(|_| values.len() == 1);
            let one = only.filter(stands_out);
            assert_eq!(
                one, None,
                "{name}: the count {place} of {n} follows from {seen}"
            );
        }
    }
}

fn single(options: &str) -> Kind {
    Kind::Single {
        options: ids(options),
    }
}

fn paper(questions: Vec<crate::poll::Question>) -> Paper {
    Paper {
        questions,
        group_by: None,
    }
}

#[test]
fn nothing_follows_from_one_question() {
    for (k, n, kinds) in (10..32)
        .flat_map(|n| [(10, n, 2), (10, n, 3)])
        .chain((5..16).flat_map(|n| [(5, n, 3), (5, n, 4), (5, n, 5)]))
        .chain([(5, 20, 4), (10, 20, 4), (10, 25, 4), (5, 50, 3)])
    {
        let names: Vec<String> = (0..kinds).map(|place| format!("o{place}")).collect();
        let asked = paper(vec![question("q", true, single(&names.join(" ")))]);
        let worlds = ways(n, kinds).into_iter().map(|counts| {
            let cells = names.iter().zip(&counts);
            let cells: Vec<_> = cells
                .map(|(name, count)| ("q", name.as_str(), *count))
                .collect();
            let seen = seen(&asked, k, &[room("1", &cells, n)], &[]);
            (seen, counts.iter().map(|count| (*count, n)).collect())
        });
        nothing_follows(&format!("{kinds} of {n}"), worlds);
    }
}

#[test]
fn nothing_follows_from_who_did_not_answer() {
    for n in 10..34 {
        let asked = paper(vec![question("q", false, single("a b"))]);
        let worlds = ways(n, 3).into_iter().map(|counts| {
            let cells = [
                ("q", "a", counts[0]),
                ("q", "b", counts[1]),
                ("q", "s", counts[2]),
            ];
            let cells = cells.map(|(question, value, count)| {
                let value = if value == "s" { Cell::SKIPPED } else { value };
                (question, value, count)
            });
            let seen = seen(&asked, 10, &[room("1", &cells, n)], &[]);
            // That somebody left it out is no answer.
            (seen, counts[..2].iter().map(|count| (*count, n)).collect())
        });
        nothing_follows(&format!("{n}"), worlds);
    }
}

#[test]
fn nothing_follows_from_a_question_that_only_some_are_asked() {
    for (n, required) in (14..42).flat_map(|n| [(n, true), (n, false)]) {
        let mut more = question("where", required, single("a b"));
        more.only_if = Some(Condition {
            question: "hurt".to_owned(),
            options: ids("yes"),
        });
        let asked = paper(vec![question("hurt", true, single("yes no")), more]);
        let kinds = if required { 3 } else { 4 };
        let ways = ways(n, kinds).into_iter();
        let ways = ways.filter(|counts| required || n < 26 || counts[3] < 2);
        let worlds = ways.map(|counts| {
            let (no, a, b) = (counts[0], counts[1], counts[2]);
            let skipped = counts.get(3).copied().unwrap_or(0);
            let cells = [
                ("hurt", "no", no),
                ("hurt", "yes", n - no),
                ("where", "a", a),
                ("where", "b", b),
                ("where", Cell::SKIPPED, skipped),
            ];
            let seen = seen(&asked, 10, &[room("1", &cells, n)], &[]);
            (seen, vec![(no, n), (n - no, n), (a, n), (b, n)])
        });
        nothing_follows(&format!("{n}, all asked: {required}"), worlds);
    }
}

#[test]
fn nothing_follows_from_classes_and_their_sum() {
    let sizes = [
        (10, 12),
        (11, 11),
        (14, 25),
        (25, 25),
        (30, 30),
        (12, 4),
        (28, 9),
    ];
    for (one, other) in sizes {
        let asked = paper(vec![question("q", true, single("a b"))]);
        let cells = |a: i64, n: i64| [("q", "a", a), ("q", "b", n - a)];
        let worlds = (0..=one)
            .flat_map(|a| (0..=other).map(move |b| (a, b)))
            .map(|(a, b)| {
                let rooms = [
                    room("1", &cells(a, one), one),
                    room("2", &cells(b, other), other),
                ];
                (
                    seen(&asked, 10, &rooms, &[]),
                    vec![(a, one), (b, other), (a + b, one + other)],
                )
            });
        nothing_follows(&format!("{one} and {other}"), worlds);
    }
    for (one, other, third) in [(25, 25, 25), (10, 11, 12)] {
        let asked = paper(vec![question("q", true, single("a b"))]);
        let cells = |a: i64, n: i64| [("q", "a", a), ("q", "b", n - a)];
        let pairs = (0..=one).flat_map(|a| (0..=other).map(move |b| (a, b)));
        let worlds = pairs
            .flat_map(|(a, b)| (0..=third).map(move |c| (a, b, c)))
            .map(|(a, b, c)| {
                let rooms = [
                    room("1", &cells(a, one), one),
                    room("2", &cells(b, other), other),
                    room("3", &cells(c, third), third),
                ];
                (
                    seen(&asked, 10, &rooms, &[]),
                    vec![(a, one), (b, other), (c, third)],
                )
            });
        nothing_follows(&format!("{one}, {other} and {third}"), worlds);
    }
}

#[test]
fn nothing_follows_from_groups() {
    for n in [20, 24, 30] {
        let mut asked = paper(vec![
            question("q", true, single("a b")),
            question("sex", true, single("f m")),
        ]);
        asked.group_by = Some("sex".to_owned());
        let worlds = ways(n, 4).into_iter().map(|counts| {
            let (fa, fb, ma, mb) = (counts[0], counts[1], counts[2], counts[3]);
            let of = |sex: &'static str, a: i64, b: i64| {
                [("q", "a", a), ("q", "b", b), ("sex", sex, a + b)]
            };
            let all: Vec<_> = of("f", fa, fb).into_iter().chain(of("m", ma, mb)).collect();
            let groups = [("f", fa, fb), ("m", ma, mb)].map(|(sex, a, b)| Group {
                option: sex.to_owned(),
                sums: room("1", &of(sex, a, b), a + b).sums,
            });
            let seen = seen(&asked, 5, &[room("1", &all, n)], &groups);
            (seen, counts.iter().map(|count| (*count, n)).collect())
        });
        nothing_follows(&format!("{n}"), worlds);
    }
}
