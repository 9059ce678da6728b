//! From the sums of a poll to what may be told of them.

use domain::Code as _;
use domain::poll::{Collected, Group, Scope, Told, Way, tell};

use super::read;
use super::rooms::store::{self as rooms, Room};
use super::store::Poll;
use super::views::{
    PartResults, PollResults, PollScope, QuestionResults, ScopeResults, ValueShare,
};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// What is told of a whole poll.
///
/// # Errors
/// `storage_unavailable`.
pub fn of_poll(unit: &mut Unit<'_>, row: &Poll, all: &[Room]) -> Result<PollResults, Problem> {
    let groups = rooms::list_group_sums(unit, &row.id)?;
    let groups = groups
        .into_iter()
        .map(|(option, sums)| Group { option, sums })
        .collect::<Vec<_>>();
    tell_of(unit, row, all, &groups)
}

/// What is told of one room alone.
///
/// # Errors
/// `storage_unavailable`.
pub fn of_room(unit: &mut Unit<'_>, row: &Poll, room: &Room) -> Result<PollResults, Problem> {
    tell_of(unit, row, std::slice::from_ref(room), &[])
}

/// What a closed poll tells of one class; of a link it tells all.
pub fn of_class(mut all: PollResults, room: &Room) -> PollResults {
    let class = (room.school.as_deref(), room.class.as_deref());
    if class.0.is_none() {
        return all;
    }
    let is_it = |scope: &PollScope| {
        scope.kind == "class" && (Some(scope.name.as_str()), scope.class.as_deref()) == class
    };
    let place = all.scopes.iter().position(is_it);
    all.answered = room.answered.into();
    all.invited = room.invited.map(i64::from);
    all.hands = hands(std::slice::from_ref(room));
    all.withheld = 0;
    all.scopes.retain(is_it);
    for question in &mut all.questions {
        question.texts.clear();
        question
            .results
            .retain(|result| Some(result.scope) == place);
        for result in &mut question.results {
            result.scope = 0;
        }
    }
    all
}

fn tell_of(
    unit: &mut Unit<'_>,
    row: &Poll,
    all: &[Room],
    groups: &[Group],
) -> Result<PollResults, Problem> {
    let (paper, k) = (read::paper(row)?.as_paper()?, read::k(row, all)?);
    let mut collected = Vec::new();
    for room in all.iter().filter(|room| room.answered > 0) {
        collected.push(Collected {
            class: room.school.clone().zip(room.class.clone()),
            answered: room.answered.into(),
            sums: rooms::list_sums(unit, &room.code)?,
        });
    }
    let told = tell(&paper, k, &collected, groups);
    let opened = all.iter().filter(|room| room.closes_at.is_some());
    let ids = paper.questions.into_iter().map(|question| question.id);
    Ok(PollResults {
        k,
        exact: false,
        source: None,
        answered: collected.iter().map(|room| room.answered).sum(),
        invited: opened.map(|room| room.invited.map(i64::from)).sum(),
        hands: hands(all),
        withheld: told.withheld,
        scopes: scopes(&told),
        questions: ids
            .zip(told.questions)
            .map(|(id, results)| QuestionResults {
                id,
                results: results.into_iter().map(shown).collect(),
                texts: Vec::new(),
            })
            .collect(),
    })
}

fn hands(rooms: &[Room]) -> i64 {
    let shown = rooms.iter().filter(|room| room.way == Way::Hands.code());
    shown.map(|room| i64::from(room.answered)).sum()
}

fn scopes(told: &Told) -> Vec<PollScope> {
    let scopes = told.scopes.iter().map(|(scope, answered)| {
        let (kind, name, class) = match scope {
            Scope::All => ("all", String::new(), None),
            Scope::School(school) => ("school", school.clone(), None),
            Scope::Class(school, class) => ("class", school.clone(), Some(class.clone())),
            Scope::Group(option) => ("group", option.clone(), None),
        };
        PollScope {
            kind: kind.to_owned(),
            name,
            class,
            answered: *answered,
        }
    });
    scopes.collect()
}

fn shown(of: domain::poll::OfScope) -> ScopeResults {
    let parts = of.shown.parts.into_iter().map(|part| {
        let [mean, low, high] = part.mean.map_or([None; 3], |figures| figures.map(Some));
        PartResults {
            id: part.id,
            values: part
                .values
                .into_iter()
                .map(|(id, percent)| ValueShare { id, percent })
                .collect(),
            mean,
            low,
            high,
        }
    });
    ScopeResults {
        scope: of.scope,
        n: of.shown.n,
        skipped: of.shown.skipped,
        step: of.shown.step,
        parts: parts.collect(),
    }
}
