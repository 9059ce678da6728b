//! Of whom sums are told: the whole, schools, classes, and the groups of one question.
//!
//! Invariants: nothing is told of fewer than k who answered; a sum less the sums beneath it that are told is
//! nobody, or k at least; groups are told only where everybody is in the whole, and never within a school.

use std::collections::BTreeMap;

use super::answer::Cell;
use super::paper::{Paper, Question};
use super::results::{Shown, Sums, people, show};
use crate::disclosure::suppress;

/// What came in in one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The school and the class; nothing for a link.
    pub class: Option<(String, String)>,
    /// How many answered.
    pub answered: i64,
    /// Their sums.
    pub sums: Sums,
}

/// What came in of one group, over all rooms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The option that was chosen; empty: none.
    pub option: String,
    /// The sums.
    pub sums: Sums,
}

/// Of whom something is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everybody.
    All,
    /// A school.
    School(String),
    /// A class of a school.
    Class(String, String),
    /// Whoever chose this option of the one question; empty: none.
    Group(String),
}

/// What is told of a question of one scope.
#[derive(Debug, Clone, PartialEq)]
pub struct OfScope {
    /// The place of the scope.
    pub scope: usize,
    /// What.
    pub shown: Shown,
}

/// What a poll tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Of whom, and how many of them answered where that is told.
    pub scopes: Vec<(Scope, Option<i64>)>,
    /// Question by question.
    pub questions: Vec<Vec<OfScope>>,
    /// How many answers are in no sum: their places are too small, also together.
    pub withheld: i64,
}

/// What may be told of all that came in.
#[must_use]
pub fn tell(paper: &Paper, k: i64, rooms: &[Collected], groups: &[Group]) -> Told {
    let answered = levels(rooms, k, |room| room.answered);
    let mut scopes: Vec<(Scope, Option<i64>)> = vec![(Scope::All, answered.whole())];
    let schools = by_school(rooms);
    for (school, classes) in &schools {
        let all = classes.iter().filter_map(|place| rooms.get(*place));
        let count = all.map(|room| room.answered).sum();
        scopes.push((Scope::School(school.clone()), Some(count)));
    }
    let of_class = |room: &Collected| {
        let (school, class) = room.class.clone()?;
        Some((Scope::Class(school, class), Some(room.answered)))
    };
    scopes.extend(rooms.iter().filter_map(of_class));
    let first_group = scopes.len();
    scopes.extend(
        groups
            .iter()
            .map(|group| (Scope::Group(group.option.clone()), None)),
    );
    let questions = paper
        .questions
        .iter()
        .map(|question| of_question(question, k, rooms, groups, first_group))
        .collect();
    Told {
        scopes,
        questions,
        withheld: answered.left_out,
    }
}

/// The places of the rooms of each school.
fn by_school(rooms: &[Collected]) -> BTreeMap<String, Vec<usize>> {
    let mut schools: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, room) in rooms.iter().enumerate() {
        if let Some((school, _)) = &room.class {
            schools.entry(school.clone()).or_default().push(place);
        }
    }
    schools
}

/// Which rooms are in which sum.
struct Levels {
    /// Those that are told alone.
    alone: Vec<usize>,
    /// Those in the sum of each school, in the order of their names.
    schools: Vec<Vec<usize>>,
    /// Those in the whole.
    all: Vec<usize>,
    /// How many are in the whole.
    count: i64,
    /// How many are in none.
    left_out: i64,
}

impl Levels {
    fn whole(&self) -> Option<i64> {
        (!self.all.is_empty()).then_some(self.count)
    }
}

/// Sorts rooms into sums, the small ones of a school together where they are enough, else those of all.
fn levels(rooms: &[Collected], k: i64, count: impl Fn(&Collected) -> i64) -> Levels {
    let size = |place: &usize| rooms.get(*place).map_or(0, &count);
    let total = |places: &[usize]| places.iter().map(size).sum::<i64>();
    let mut levels = Levels {
        alone: Vec::new(),
        schools: Vec::new(),
        all: Vec::new(),
        count: 0,
        left_out: 0,
    };
    let linked = |(place, room): (usize, &Collected)| room.class.is_none().then_some(place);
    let mut rest: Vec<usize> = rooms.iter().enumerate().filter_map(linked).collect();
    for places in by_school(rooms).into_values() {
        let (mut told, small): (Vec<usize>, Vec<usize>) =
            places.into_iter().partition(|place| size(place) >= k);
        levels.alone.extend(&told);
        if total(&small) >= k {
            told.extend(small);
        } else {
            rest.extend(small);
        }
        levels.all.extend(&told);
        levels.schools.push(told);
    }
    if total(&rest) >= k {
        levels.all.extend(rest);
    } else {
        levels.left_out = total(&rest);
    }
    levels.count = total(&levels.all);
    levels
}

fn of_question(
    question: &Question,
    k: i64,
    rooms: &[Collected],
    groups: &[Group],
    first_group: usize,
) -> Vec<OfScope> {
    let answered = |sums: &Sums| people(sums, &question.id, Cell::ANSWERED);
    let sorted = levels(rooms, k, |room| answered(&room.sums));
    let told = |scope: usize, sums: &Sums| OfScope {
        scope,
        shown: show(question, sums),
    };
    let mut results = Vec::new();
    if !sorted.all.is_empty() {
        results.push(told(0, &together(rooms, &sorted.all)));
    }
    let schools = (1..).zip(&sorted.schools);
    results.extend(
        schools
            .filter(|(_, places)| !places.is_empty())
            .map(|(scope, places)| told(scope, &together(rooms, places))),
    );
    let first_class = 1 + sorted.schools.len();
    let classes = rooms
        .iter()
        .enumerate()
        .filter(|(_, room)| room.class.is_some());
    results.extend(
        (first_class..)
            .zip(classes)
            .filter(|(_, (place, _))| sorted.alone.contains(place))
            .map(|(scope, (_, room))| told(scope, &room.sums)),
    );
    if sorted.left_out == 0 {
        let counts: Vec<i64> = groups.iter().map(|group| answered(&group.sums)).collect();
        let shown = suppress(&counts, k);
        results.extend(
            (first_group..)
                .zip(groups.iter().zip(shown))
                .filter(|(_, (_, count))| count.is_some_and(|count| count > 0))
                .map(|(scope, (group, _))| told(scope, &group.sums)),
        );
    }
    results
}

fn together(rooms: &[Collected], places: &[usize]) -> Sums {
    let mut sums = Sums::new();
    for room in places.iter().filter_map(|place| rooms.get(*place)) {
        for (cell, amount) in &room.sums {
            *sums.entry(cell.clone()).or_default() += amount;
        }
    }
    sums
}
