//! One question after the other, and what is told of each of everybody, schools, classes and groups.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::Cell;
use super::paper::{Condition, Kind, Question};
use super::results::{Asked, Figure, Figures, figures, people, put_together, show};
use super::scopes::{Collected, Group, OfScope, by_school, levels, together};
use super::spans::Span;
use crate::disclosure::suppress;

/// A sum of more parts is counted; of fewer it is put together of what is told of them, since of the exact sum of a
/// few the parts would follow.
const FEW_PARTS: usize = 3;

/// A question with what is told of it so far.
struct Gone<'a> {
    question: &'a Question,
    /// By the places of the rooms.
    rooms: BTreeMap<Vec<usize>, Figures>,
    /// By the place of the group.
    groups: BTreeMap<usize, Figures>,
    /// What is shown, by the place of the scope.
    shown: BTreeMap<usize, OfScope>,
}

/// The questions of a poll, as far as they were gone through.
pub(super) struct Asking<'a> {
    k: i64,
    rooms: &'a [Collected],
    groups: &'a [Group],
    gone: Vec<Gone<'a>>,
}

impl<'a> Asking<'a> {
    /// Nothing is told yet.
    pub(super) const fn new(k: i64, rooms: &'a [Collected], groups: &'a [Group]) -> Self {
        Self {
            k,
            rooms,
            groups,
            gone: Vec::new(),
        }
    }

    /// Question by question, what is told of whom.
    pub(super) fn told(self) -> Vec<Vec<OfScope>> {
        let gone = self.gone.into_iter();
        gone.map(|gone| gone.shown.into_values().collect())
            .collect()
    }

    /// Tells of a question class by class, then of schools, then of all.
    pub(super) fn sum_up(&mut self, question: &'a Question) {
        let mut gone = Gone {
            question,
            rooms: BTreeMap::new(),
            groups: BTreeMap::new(),
            shown: BTreeMap::new(),
        };
        let schools = by_school(self.rooms);
        let classes = self.rooms.iter().enumerate();
        let classes = classes.filter(|(_, room)| room.class.is_some());
        let mut alone = BTreeSet::new();
        for (scope, (place, _)) in (1 + schools.len()..).zip(classes) {
            let told = self.count(question, &[place], 1);
            if gone.show(scope, vec![place], told) {
                alone.insert(place);
            }
        }
        let answered = |room: &Collected| people(&room.sums, &question.id, Cell::ANSWERED);
        let size = |place: usize| self.rooms.get(place).map_or(0, answered);
        let sorted = levels(self.rooms, self.k, size, |place| alone.contains(&place));
        let sums = (1..).zip(sorted.schools).chain([(0, sorted.all)]);
        for (scope, mut rooms) in sums {
            // In one order, so that a question finds what is told of the same rooms of another.
            rooms.sort_unstable();
            let (told, rest) = rooms.iter().partition(|place| alone.contains(place));
            let sum = self.sum(&mut gone, &rooms, told, rest);
            gone.show(scope, rooms, sum);
        }
        self.gone.push(gone);
    }

    /// Tells of a question group by group, where everybody is in the whole.
    pub(super) fn tell_groups(&mut self, question: &Question, by: &str) {
        if self.whole(&question.id).is_none() {
            return;
        }
        let tell = |(place, group): (usize, &Group)| {
            let asked = match &question.only_if {
                Some(condition) => {
                    let before = self.gone(&condition.question)?;
                    after(before.question, before.groups.get(&place)?, condition)
                }
                None => in_group(self.gone(by)?.question, self.whole(by)?, group),
            };
            let told = figures(question, &group.sums, &asked, 1, self.k)?;
            Some((show(question, &told)?, told))
        };
        let told: Vec<_> = self.groups.iter().enumerate().map(tell).collect();
        // A group of nobody is as small as one of one.
        let counts = told
            .iter()
            .map(|told| told.as_ref().map_or(1, |(shown, _)| shown.n));
        let kept = suppress(&counts.collect::<Vec<_>>(), self.k);
        let classes = self.rooms.iter().filter(|room| room.class.is_some());
        let first = 1 + by_school(self.rooms).len() + classes.count();
        let gone = self
            .gone
            .iter_mut()
            .find(|gone| gone.question.id == question.id);
        let Some(gone) = gone else {
            return;
        };
        for (place, (told, kept)) in told.into_iter().zip(kept).enumerate() {
            if let Some((shown, told)) = told.filter(|_| kept.is_some()) {
                let scope = first + place;
                gone.shown.insert(scope, OfScope { scope, shown });
                gone.groups.insert(place, told);
            }
        }
    }

    /// What may be told of rooms of which some are told alone.
    fn sum(
        &self,
        gone: &mut Gone<'a>,
        rooms: &[usize],
        told: Vec<usize>,
        rest: Vec<usize>,
    ) -> Option<Figures> {
        if told.is_empty() || told.len() > FEW_PARTS {
            return self.count(gone.question, rooms, told.len());
        }
        let mut parts: Vec<Vec<usize>> = told.into_iter().map(|place| vec![place]).collect();
        if !rest.is_empty() {
            let counted = self.count(gone.question, &rest, 1)?;
            gone.rooms.insert(rest.clone(), counted);
            parts.push(rest);
        }
        let parts: Option<Vec<_>> = parts.iter().map(|part| gone.rooms.get(part)).collect();
        put_together(&parts?)
    }

    /// What may be told of the answers of rooms, counted.
    fn count(&self, question: &Question, rooms: &[usize], parts: usize) -> Option<Figures> {
        if rooms.is_empty() {
            return None;
        }
        let there = rooms.iter().filter_map(|place| self.rooms.get(*place));
        let asked = match &question.only_if {
            None => Asked::all(there.map(|room| room.answered).sum()),
            Some(condition) => {
                let before = self.gone(&condition.question)?;
                after(before.question, before.rooms.get(rooms)?, condition)
            }
        };
        figures(
            question,
            &together(self.rooms, rooms),
            &asked,
            parts,
            self.k,
        )
    }

    fn gone(&self, id: &str) -> Option<&Gone<'a>> {
        self.gone.iter().find(|gone| gone.question.id == id)
    }

    /// What is told of a question of all, where everybody is among them.
    fn whole(&self, id: &str) -> Option<&Figures> {
        let taken = self.rooms.iter().filter(|room| room.answered > 0).count();
        let mut rooms = self.gone(id)?.rooms.iter();
        rooms
            .find(|(rooms, _)| rooms.len() == taken)
            .map(|(_, whole)| whole)
    }
}

impl Gone<'_> {
    /// Shows what is told of a scope; whether anything is.
    fn show(&mut self, scope: usize, rooms: Vec<usize>, told: Option<Figures>) -> bool {
        let Some(told) = told else {
            return false;
        };
        let shown = show(self.question, &told);
        let is_shown = shown.is_some();
        if let Some(shown) = shown {
            self.shown.insert(scope, OfScope { scope, shown });
            self.rooms.insert(rooms, told);
        }
        is_shown
    }
}

/// Those who gave one of the answers that a condition names.
fn after(question: &Question, before: &Figures, condition: &Condition) -> Asked {
    let values: Vec<String> = match &question.kind {
        Kind::Single { options } | Kind::Multiple { options, .. } => options.clone(),
        _ => (1..=3).map(|value: i64| value.to_string()).collect(),
    };
    let line = before.lines.first().into_iter().flatten();
    let named = values
        .iter()
        .zip(line)
        .filter(|(value, _)| condition.options.contains(value));
    of_figures(
        before,
        &named.map(|(_, figure)| *figure).collect::<Vec<_>>(),
    )
}

/// Those of a group.
fn in_group(question: &Question, by: &Figures, group: &Group) -> Asked {
    let Kind::Single { options } = &question.kind else {
        return Asked::all(0);
    };
    let line = by.lines.first().into_iter().flatten();
    let mut chose = options
        .iter()
        .zip(line)
        .filter(|(option, _)| **option == group.option);
    of_figures(
        by,
        &[chose.next().map_or(by.skipped, |(_, figure)| *figure)],
    )
}

fn of_figures(before: &Figures, figures: &[Figure]) -> Asked {
    let percent: i64 = figures.iter().map(|figure| figure.percent).sum();
    let spans = figures.iter().map(|figure| figure.span);
    Asked {
        n: before.n,
        figure: Figure {
            percent: percent.min(100),
            span: spans.fold(Span::known(0), Span::and),
        },
    }
}
