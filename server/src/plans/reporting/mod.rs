//! What whoever leads a measure says of it, and what that means for the concerns it answers.

pub mod asked;
pub mod routes;

use std::collections::BTreeSet;

use domain::Code as _;
use domain::answer::Verdict;
use domain::concern::State as ConcernState;
use domain::measure::{State, became};

use super::store::steps::{self, Evidence, Step};
use super::store::{self, Measure, parts};
use super::views::DeskMeasure;
use super::{EvidenceId, approving, read, state_of};
use crate::audit;
use crate::codes::Code;
use crate::concerns::answers::{self, AnswerConcern};
use crate::concerns::moves;
use crate::concerns::store::{Concern, get_concern};
use crate::councils::Staff;
use crate::notices::measures as news;
use crate::notices::telling::{self, News};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use asked::Report;

/// Writes a report down: the measure stands where it says, and the concerns it answers move along.
///
/// # Errors
/// `measure_not_open`, `fields_invalid` for an indicator that is not there or not told.
pub fn report(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Measure,
    report: Report,
) -> Result<DeskMeasure, Problem> {
    if !state_of(&row)?.is_open() {
        return Err(Problem::new(Code::MeasureNotOpen));
    }
    check_values(unit, &row, &report)?;
    row.state = report.state.code().to_owned();
    row.closed_on = report.state.is_closed().then(|| unit.today());
    store::set(unit, &row)?;
    let step = Step {
        spent: report.spent,
        ..approving::step(unit, staff, &row, "reported", &report.text)
    };
    let values: Vec<_> = report.values.into_iter().collect();
    let position = steps::insert(unit, step, &values)?;
    for (kind, name, bytes) in report.evidence {
        let evidence = Evidence {
            id: EvidenceId::new(unit.chance)?,
            measure_id: row.id.clone(),
            step: position,
            kind: kind.to_owned(),
            name,
        };
        steps::insert_evidence(unit, &evidence, bytes)?;
    }
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "measure_reported", row.id.as_str())?;
    if !report.state.is_closed() {
        let today = unit.today();
        news::enqueue_report(unit, &row, today)?;
    }
    for (_, concern) in parts::list_concerns(unit, std::slice::from_ref(&row.id))? {
        let concern = get_concern(unit, &concern)?;
        carry(unit, staff, &row, &report.text, concern)?;
    }
    read::desk_page(unit, row)
}

/// It tells of its own indicators, and of each before it is closed as done.
fn check_values(unit: &mut Unit<'_>, row: &Measure, report: &Report) -> Result<(), Problem> {
    let ids = std::slice::from_ref(&row.id);
    let own = parts::list_indicators(unit, ids)?;
    let own: BTreeSet<_> = own.into_iter().map(|one| one.position).collect();
    for (place, indicator) in report.values.keys().enumerate() {
        if !own.contains(indicator) {
            let pointer = format!("/values/{place}/indicator");
            return Err(Problem::field(&pointer, "indicator_unknown", None));
        }
    }
    if !matches!(report.state, State::Done | State::PartlyDone) {
        return Ok(());
    }
    let told = steps::list_values(unit, ids)?.into_iter();
    let mut told: BTreeSet<_> = told.map(|value| value.indicator).collect();
    told.extend(report.values.keys().copied());
    if told != own {
        return Err(Problem::field("/values", "required", None));
    }
    Ok(())
}

/// A concern goes on with the measure that answers it: it is under way, the institution's last word is its
/// answer, and it is done when nothing more is owed. Whoever is told of a move is not told of the report too.
fn carry(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Measure,
    text: &str,
    mut concern: Concern,
) -> Result<(), Problem> {
    if !moves::state_of(&concern)?.is_open() {
        return Ok(());
    }
    let mut told = false;
    if matches!(
        moves::state_of(&concern)?,
        ConcernState::Planned | ConcernState::Reopened
    ) {
        concern = moves::move_by_plan(unit, staff, concern, ConcernState::InProgress, text)?;
        told = true;
    }
    let verdict = match state_of(row)? {
        State::Done => Some(Verdict::Done),
        State::PartlyDone => Some(Verdict::PartlyDone),
        _ => None,
    };
    if let Some(verdict) = verdict {
        let answer = AnswerConcern::new(verdict, text);
        concern = answers::publish(unit, staff, concern, &answer)?;
        told = true;
    }
    let all = store::list_of_concern(unit, &concern.id)?;
    let all: Vec<_> = all.iter().map(state_of).collect::<Result<_, _>>()?;
    if let Some(to) = became(&all).filter(|to| to.is_done())
        && moves::state_of(&concern)? == ConcernState::InProgress
    {
        moves::move_by_plan(unit, staff, concern, to, text)?;
        return Ok(());
    }
    if told {
        return Ok(());
    }
    telling::enqueue(unit, &concern, News::Measure)
}
