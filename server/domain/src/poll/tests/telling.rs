use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{ids, question};
use crate::poll::results::{Sums, people};
use crate::poll::{
    Cell, Collected, Condition, Group, Kind, OfScope, Paper, Scale, Scope, Told, exact, step, tell,
};

#[test]
fn every_figure_stands_for_two_answers_at_least() {
    for n in 5..600_i64 {
        let shown = |count: i64| of_single(n, count);
        let mut stands: BTreeMap<i64, u32> = BTreeMap::new();
        for count in 0..=n {
            *stands.entry(shown(count)).or_default() += 1;
        }
        assert!(
            stands.values().all(|counts| *counts >= 2),
            "{n}: {stands:?}"
        );
        assert!(step(n) >= 1 && step(n) * n >= 400, "{n}");
    }
}

/// How many in a hundred are shown to have said yes, where so many of `n` did.
fn of_single(n: i64, yes: i64) -> i64 {
    let room = room(None, &[("yes", yes), ("no", n - yes)]);
    let told = tell(&hurt_alone(), 1, &[room], &[]);
    let value = told.questions[0][0].shown.parts[0].values[0].1;
    format!("{value}").parse().unwrap()
}

fn hurt_alone() -> Paper {
    let options = ids("yes no");
    Paper {
        questions: vec![question("hurt", true, Kind::Single { options })],
        group_by: None,
    }
}

fn sums(counts: &[(&str, i64)]) -> Sums {
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let mut sums: Sums = counts
        .iter()
        .map(|(option, count)| (Cell::new("hurt", "", option), *count))
        .collect();
    sums.insert(Cell::new("hurt", "", Cell::ANSWERED), all);
    sums
}

fn room(class: Option<(&str, &str)>, counts: &[(&str, i64)]) -> Collected {
    let sums = sums(counts);
    Collected {
        class: class.map(|(school, class)| (school.to_owned(), class.to_owned())),
        answered: people(&sums, "hurt", Cell::ANSWERED),
        sums,
    }
}

#[test]
fn a_mean_has_its_interval_and_few_have_none() {
    let scale = Kind::Matrix {
        rows: ids("a"),
        scale: Scale::Agreement,
    };
    let paper = Paper {
        questions: vec![question("q", false, scale)],
        group_by: None,
    };
    let with = |threes: i64, fives: i64| {
        let cells = [
            ("", Cell::ANSWERED, threes + fives),
            ("a", "3", threes),
            ("a", "5", fives),
        ];
        let sums = cells.map(|(part, value, count)| (Cell::new("q", part, value), count));
        let room = Collected {
            class: None,
            answered: threes + fives,
            sums: sums.into(),
        };
        tell(&paper, 5, &[room], &[]).questions[0][0].shown.parts[0].mean
    };
    // 20 threes and 20 fives: mean 4, spread sqrt(40/39), interval 1.96 * that / sqrt(40) = 0.31.
    assert_eq!(with(20, 20), Some([4.0, 3.7, 4.3]));
    assert_eq!(with(12, 12), None);
    assert!((exact(14, 23) - 60.9).abs() < f64::EPSILON);
}

#[test]
fn nine_are_hidden_and_ten_are_shown() {
    for (yes, shown) in [(5, 0), (6, 1)] {
        let one = room(Some(("A", "10-B")), &[("yes", yes), ("no", 4)]);
        let told = tell(&hurt_alone(), 10, &[one], &[]);
        let classes = told.questions[0]
            .iter()
            .filter(|of| matches!(told.scopes[of.scope].0, Scope::Class(..)));
        assert_eq!(classes.count(), shown);
        assert_eq!(told.withheld, if shown == 0 { 9 } else { 0 });
    }
}

#[test]
fn groups_are_told_only_where_everybody_is_in_the_whole() {
    let mut paper = hurt_alone();
    let options = ids("f m x");
    paper
        .questions
        .push(question("sex", true, Kind::Single { options }));
    paper.group_by = Some("sex".to_owned());
    let sums = |answers: &[(&str, i64, i64)]| {
        let mut sums = Sums::new();
        for (sex, yes, no) in answers {
            let cells = [
                ("hurt", "yes", *yes),
                ("hurt", "no", *no),
                ("sex", *sex, yes + no),
            ];
            for (question, value, count) in cells {
                *sums.entry(Cell::new(question, "", value)).or_default() += count;
                *sums
                    .entry(Cell::new(question, "", Cell::ANSWERED))
                    .or_default() += count;
            }
        }
        sums
    };
    let of_groups = |few: i64, alone: i64| {
        let answers = [("f", 12, 8), ("m", 25, 9), ("x", few, 0)];
        let groups = answers.iter().filter(|(_, yes, no)| yes + no > 0);
        let groups = groups.map(|answer| Group {
            option: answer.0.to_owned(),
            sums: sums(&[*answer]),
        });
        let large = Collected {
            class: Some(("A".to_owned(), "1".to_owned())),
            answered: 54 + few,
            sums: sums(&answers),
        };
        let small = room(Some(("B", "1")), &[("yes", alone), ("no", 0)]);
        let told = tell(&paper, 10, &[large, small], &groups.collect::<Vec<_>>());
        let names = told
            .scopes
            .iter()
            .filter(|(scope, _)| matches!(scope, Scope::Group(_)));
        assert_eq!(names.count(), 3, "one that nobody chose is named too");
        let named = told.questions[0]
            .iter()
            .filter_map(|of| match &told.scopes[of.scope].0 {
                Scope::Group(option) => Some(option.clone()),
                _ => None,
            });
        named.collect::<Vec<_>>()
    };
    // Nobody is hidden like one, and the smaller of the others with them.
    assert_eq!(of_groups(0, 0), ["m"]);
    assert_eq!(of_groups(1, 0), ["m"]);
    assert_eq!(of_groups(1, 3), Vec::<String>::new());
}

/// A class of which so many were hurt, and half of those in the yard.
fn hurt_in(class: &str, yes: i64, no: i64) -> Collected {
    let mut class = room(Some(("A", class)), &[("yes", yes), ("no", no)]);
    let cells = [
        ("yard", yes / 2),
        ("road", yes - yes / 2),
        (Cell::ANSWERED, yes),
    ];
    let cells = cells.map(|(value, count)| (Cell::new("where", "", value), count));
    class.sums.extend(cells);
    class
}

#[test]
fn what_few_of_each_class_are_asked_is_told_of_the_classes_together() {
    let mut paper = hurt_alone();
    let options = ids("yard road");
    let mut place = question("where", true, Kind::Single { options });
    place.only_if = Some(Condition {
        question: "hurt".to_owned(),
        options: ids("yes"),
    });
    paper.questions.push(place);
    let of = |rooms: &[Collected]| {
        let told = tell(&paper, 10, rooms, &[]);
        let shown = told.questions[1].iter();
        let shown = shown.map(|of| {
            (
                told.scopes[of.scope].0.clone(),
                of.shown.n,
                of.shown.skipped,
            )
        });
        shown.collect::<Vec<_>>()
    };
    let classes = ["1", "2", "3"].map(|class| hurt_in(class, 8, 17));
    let school = Scope::School("A".to_owned());
    // Of 25 in steps of 20, 8 are told as 40 in a hundred: about 30 of 75.
    assert_eq!(
        of(&classes),
        [(Scope::All, 30, None), (school.clone(), 30, None)]
    );
    let mixed = [
        hurt_in("1", 8, 17),
        hurt_in("2", 25, 5),
        hurt_in("3", 8, 17),
    ];
    let large = Scope::Class("A".to_owned(), "2".to_owned());
    let told = of(&mixed);
    assert_eq!(told.last(), Some(&(large, 24, None)), "{told:?}");
    assert_eq!(of(&[hurt_in("1", 8, 17)]), []);
}

/// How many are in the sum of a scope.
fn told_n(told: &Told, wanted: impl Fn(&Scope) -> bool) -> Vec<i64> {
    let of = |one: &OfScope| wanted(&told.scopes[one.scope].0).then_some(one.shown.n);
    told.questions[0].iter().filter_map(of).collect()
}

proptest! {
    #[test]
    fn what_is_left_of_a_sum_is_nobody_or_enough(
        sizes in prop::collection::vec((0_usize..4, 0_i64..26), 0..14),
        links in prop::collection::vec(0_i64..16, 0..3),
    ) {
        let k = 10;
        let schools = ["A", "B", "C", "D"];
        let mut rooms: Vec<Collected> = sizes
            .iter()
            .enumerate()
            .map(|(place, (school, size))| {
                let class = place.to_string();
                room(Some((schools[*school], &class)), &[("yes", *size), ("no", 0)])
            })
            .collect();
        rooms.extend(links.iter().map(|size| room(None, &[("yes", *size), ("no", 0)])));
        let told = tell(&hurt_alone(), k, &rooms, &[]);
        prop_assert!(told.questions[0].iter().all(|of| of.shown.n >= k));
        let whole: i64 = told_n(&told, |scope| *scope == Scope::All).iter().sum();
        let everybody: i64 = rooms.iter().map(|room| room.answered).sum();
        prop_assert_eq!(told.withheld, everybody - whole);
        prop_assert!(told.withheld < k);
        let safe = |rest: i64| rest == 0 || rest >= k;
        let mut of_schools = 0;
        for school in schools {
            let named = |scope: &Scope| *scope == Scope::School(school.to_owned());
            let all: i64 = told_n(&told, named).iter().sum();
            let of = |scope: &Scope| matches!(scope, Scope::Class(of, _) if of == school);
            let classes: i64 = told_n(&told, of).iter().sum();
            prop_assert!(safe(all - classes), "{school}: {all} less {classes}");
            of_schools += all;
        }
        prop_assert!(safe(whole - of_schools));
        let classes: i64 = told_n(&told, |scope| matches!(scope, Scope::Class(..))).iter().sum();
        prop_assert!(safe(whole - classes));
    }
}
