//! Of whom sums are told: the whole, schools, classes, and the groups of one question.
//!
//! Invariants: nothing is told of fewer than k who answered; a sum less the sums beneath it that are told is
//! nobody, or k at least; groups are told only where everybody is in the whole, and never within a school. What is
//! told of a class follows from the class alone. A sum is told only so far that nobody's answer follows from it and
//! the sums beneath it.

use std::collections::BTreeMap;

use super::asking::Asking;
use super::paper::{Kind, Paper};
use super::results::{Shown, Sums};

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
    let answered = |place: usize| rooms.get(place).map_or(0, |room| room.answered);
    let levels = levels(rooms, k, answered, |place| answered(place) >= k);
    let mut scopes: Vec<(Scope, Option<i64>)> = vec![(Scope::All, levels.whole())];
    let schools = by_school(rooms);
    for (school, classes) in &schools {
        let count = classes.iter().map(|place| answered(*place)).sum();
        scopes.push((Scope::School(school.clone()), Some(count)));
    }
    let of_class = |room: &Collected| {
        let (school, class) = room.class.clone()?;
        Some((Scope::Class(school, class), Some(room.answered)))
    };
    scopes.extend(rooms.iter().filter_map(of_class));
    let groups = named(paper, groups);
    let of_group = |group: &Group| (Scope::Group(group.option.clone()), None);
    scopes.extend(groups.iter().map(of_group));
    let mut asking = Asking::new(k, rooms, &groups);
    paper
        .questions
        .iter()
        .for_each(|question| asking.sum_up(question));
    if let Some(by) = &paper.group_by {
        paper
            .questions
            .iter()
            .for_each(|question| asking.tell_groups(question, by));
    }
    Told {
        scopes,
        questions: asking.told(),
        withheld: levels.left_out,
    }
}

/// A group for each option there is, also for one that nobody chose: that there is one tells nothing.
fn named(paper: &Paper, groups: &[Group]) -> Vec<Group> {
    let by = paper
        .questions
        .iter()
        .find(|question| Some(&question.id) == paper.group_by.as_ref());
    let Some((Kind::Single { options }, required)) = by.map(|by| (&by.kind, by.required)) else {
        return Vec::new();
    };
    if groups.is_empty() {
        return Vec::new();
    }
    let none = (!required).then(String::new);
    let group = |option: String| {
        let found = groups.iter().find(|group| group.option == option);
        found.cloned().unwrap_or(Group {
            option,
            sums: Sums::new(),
        })
    };
    options.iter().cloned().chain(none).map(group).collect()
}

/// The places of the rooms of each school.
pub(super) fn by_school(rooms: &[Collected]) -> BTreeMap<String, Vec<usize>> {
    let mut schools: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, room) in rooms.iter().enumerate() {
        if let Some((school, _)) = &room.class {
            schools.entry(school.clone()).or_default().push(place);
        }
    }
    schools
}

/// Which rooms are in which sum.
pub(super) struct Levels {
    /// Those that are told alone.
    pub alone: Vec<usize>,
    /// Those in the sum of each school, in the order of their names.
    pub schools: Vec<Vec<usize>>,
    /// Those in the whole.
    pub all: Vec<usize>,
    /// How many are in the whole.
    pub count: i64,
    /// How many are in none.
    pub left_out: i64,
}

impl Levels {
    fn whole(&self) -> Option<i64> {
        (!self.all.is_empty()).then_some(self.count)
    }
}

/// Sorts rooms into sums, those of a school that are not told alone together where they are enough, else those of all.
pub(super) fn levels(
    rooms: &[Collected],
    k: i64,
    size: impl Fn(usize) -> i64,
    is_told: impl Fn(usize) -> bool,
) -> Levels {
    let total = |places: &[usize]| places.iter().map(|place| size(*place)).sum::<i64>();
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
            places.into_iter().partition(|place| is_told(*place));
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

pub(super) fn together(rooms: &[Collected], places: &[usize]) -> Sums {
    let mut sums = Sums::new();
    for room in places.iter().filter_map(|place| rooms.get(*place)) {
        for (cell, amount) in &room.sums {
            *sums.entry(cell.clone()).or_default() += amount;
        }
    }
    sums
}
