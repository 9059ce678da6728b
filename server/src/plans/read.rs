//! Putting plans together, for everybody and for the council.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::measure::{days_late, missed_reports, reached, report_due};

use super::store::parts::{self, Indicator};
use super::store::steps::{self, Step, Value};
use super::store::{self, Measure};
use super::views::{
    AnsweredConcern, AnsweringMeasure, CommitmentView, DeskMeasure, DeskPlan, EvidenceView,
    IndicatorView, MeasurePage, MeasureRow, OpenCommitment, Plan, PlannedObjective, StepView,
    ToldValue,
};
use super::{MeasureId, state_of, twins};
use crate::concerns::ConcernId;
use crate::concerns::store::list_public_concerns;
use crate::councils;
use crate::meetings::{self, MeetingId};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::clock::day_of;
use crate::platform::problem::Problem;

/// What is known of many measures beside their rows.
struct Known {
    supporters: HashMap<MeasureId, Vec<String>>,
    indicators: HashMap<MeasureId, Vec<Indicator>>,
    steps: HashMap<MeasureId, Vec<Step>>,
    /// Where each indicator stands last.
    values: HashMap<(MeasureId, i32), f64>,
    /// Institutions that somebody speaks for.
    held: BTreeSet<String>,
    today: NaiveDate,
}

impl Known {
    fn of(unit: &mut Unit<'_>, rows: &[Measure]) -> Result<Self, Problem> {
        let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
        let values = steps::list_values(unit, &ids)?.into_iter();
        let values = values.map(|one| ((one.measure_id, one.indicator), one.value));
        let held = rows.first().map(|row| row.municipality_code.clone());
        let held = held.map(|code| councils::store::list_held_institutions(unit, &code));
        Ok(Self {
            supporters: grouped(parts::list_supporters(unit, &ids)?),
            indicators: by_measure(parts::list_indicators(unit, &ids)?, |one| &one.measure_id),
            steps: by_measure(steps::list(unit, &ids)?, |one| &one.measure_id),
            values: values.collect(),
            held: held.transpose()?.unwrap_or_default().into_iter().collect(),
            today: unit.today(),
        })
    }

    fn steps(&self, row: &Measure) -> &[Step] {
        self.steps.get(&row.id).map_or(&[], Vec::as_slice)
    }

    fn reports(&self, row: &Measure) -> Vec<NaiveDate> {
        let reports = self.steps(row).iter();
        let reports = reports.filter(|step| step.kind == "reported");
        reports.map(|step| step.on_day).collect()
    }

    /// The last day for the next report of a measure that is owed.
    fn report_due(&self, row: &Measure) -> Result<Option<NaiveDate>, Problem> {
        let last = self.reports(row).last().copied();
        let due = report_due(row.starts_on, last, period(row));
        Ok(state_of(row)?.is_open().then_some(due))
    }

    fn indicators(&self, row: &Measure) -> Vec<IndicatorView> {
        let own = self.indicators.get(&row.id).map_or(&[][..], Vec::as_slice);
        own.iter().map(|one| self.indicator(one)).collect()
    }

    fn indicator(&self, one: &Indicator) -> IndicatorView {
        let told = (one.measure_id.clone(), one.position);
        let value = self.values.get(&told).copied();
        IndicatorView {
            indicator: one.position,
            name: one.name.clone(),
            unit: one.unit.clone(),
            baseline: one.baseline,
            target: one.target,
            value,
            reached: value.map(|value| reached(one.baseline, one.target, value)),
            source: one.source.clone(),
        }
    }

    fn row(&self, row: &Measure) -> Result<MeasureRow, Problem> {
        let open = state_of(row)?.is_open();
        let spent = self.steps(row).iter().rev().find_map(|step| step.spent);
        let ways = self.indicators(row);
        let ways: Vec<f64> = ways.iter().filter_map(|one| one.reached).collect();
        let report_due = self.report_due(row)?;
        Ok(MeasureRow {
            id: row.id.to_string(),
            title: row.title.clone(),
            lead: row.lead.clone(),
            supporters: self.supporters.get(&row.id).cloned().unwrap_or_default(),
            starts_on: row.starts_on,
            due_on: row.due_on,
            state: row.state.clone(),
            days_late: days_late(row.due_on, self.today).filter(|_| open),
            report_late: report_due.is_some_and(|due| due < self.today),
            budget: row.budget,
            spent,
            unresourced: row.budget.is_none() || !self.held.contains(&row.lead),
            reached: mean(&ways),
        })
    }
}

/// The plan of a year as everybody reads it; of the last year there is one of where none is named.
///
/// # Errors
/// `storage_unavailable`.
pub fn plan(unit: &mut Unit<'_>, municipality: &str, year: Option<i32>) -> Result<Plan, Problem> {
    whole(unit, municipality, year, |row| row.approved_on.is_some())
}

/// The plan of a year with its drafts, and what meetings promised beside it.
///
/// # Errors
/// `storage_unavailable`.
pub fn desk_plan(
    unit: &mut Unit<'_>,
    municipality: &str,
    year: Option<i32>,
) -> Result<DeskPlan, Problem> {
    let commitments = meetings::minutes::store::list_commitments(unit, municipality)?;
    let kept: BTreeSet<_> = store::list_kept(unit, municipality)?.into_iter().collect();
    let commitments = commitments
        .into_iter()
        .filter(|(meeting, outcome, _)| !kept.contains(&(meeting.id.clone(), outcome.position)));
    let commitments = commitments.filter_map(|(meeting, outcome, concern)| {
        Some(OpenCommitment {
            item: CommitmentView {
                meeting: meeting.id.to_string(),
                on: day_of(meeting.starts()),
                title: meeting.title,
                item: outcome.position,
            },
            text: outcome.text,
            lead: outcome.lead?,
            due_on: outcome.due_on?,
            concern: concern.map(|id| id.to_string()),
        })
    });
    let commitments = commitments.collect();
    Ok(DeskPlan {
        plan: whole(unit, municipality, year, |_| true)?,
        commitments,
    })
}

/// The year somebody means: where they name none, the last there is a plan of, or this one.
///
/// # Errors
/// `storage_unavailable`.
pub fn year(unit: &mut Unit<'_>, municipality: &str, named: Option<i32>) -> Result<i32, Problem> {
    if let Some(year) = named {
        return Ok(year);
    }
    let last = store::list_years(unit, municipality)?.first().copied();
    Ok(last.unwrap_or_else(|| unit.today().year()))
}

fn whole(
    unit: &mut Unit<'_>,
    municipality: &str,
    year: Option<i32>,
    shown: impl Fn(&Measure) -> bool,
) -> Result<Plan, Problem> {
    let years = store::list_years(unit, municipality)?;
    let year = self::year(unit, municipality, year)?;
    let mut rows = store::list_of_year(unit, municipality, year)?;
    rows.retain(|row| shown(row));
    let known = Known::of(unit, &rows)?;
    let mut objectives = Vec::new();
    for objective in store::list_objectives(unit, municipality, year)? {
        let own = rows.iter().filter(|row| row.objective_id == objective.id);
        objectives.push(PlannedObjective {
            measures: own.map(|row| known.row(row)).collect::<Result<_, _>>()?,
            objective: objective.into(),
        });
    }
    let unanswered = store::list_unanswered(unit, municipality)?;
    Ok(Plan {
        years,
        year,
        objectives,
        unanswered: answered(unit, &unanswered)?,
    })
}

/// Rows of measures in lists.
///
/// # Errors
/// `storage_unavailable`.
pub fn rows(unit: &mut Unit<'_>, rows: &[Measure]) -> Result<Vec<MeasureRow>, Problem> {
    let known = Known::of(unit, rows)?;
    rows.iter().map(|row| known.row(row)).collect()
}

/// The approved measures of a council that are due between two days, and all that are owed; each with the last day
/// for its next report.
///
/// # Errors
/// `storage_unavailable`.
pub fn dated(
    unit: &mut Unit<'_>,
    municipality: &str,
    days: (NaiveDate, NaiveDate),
) -> Result<Vec<(Measure, Option<NaiveDate>)>, Problem> {
    let rows = store::list_dated(unit, municipality, days)?;
    let known = Known::of(unit, &rows)?;
    let dated = rows.into_iter().map(|row| {
        let report_due = known.report_due(&row)?;
        Ok((row, report_due))
    });
    dated.collect()
}

/// The measures that answer a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn answering(
    unit: &mut Unit<'_>,
    concern: &ConcernId,
) -> Result<Vec<AnsweringMeasure>, Problem> {
    let rows = store::list_of_concern(unit, concern)?;
    short(unit, rows)
}

/// The measures that keep what a meeting promised.
///
/// # Errors
/// `storage_unavailable`.
pub fn keeping(unit: &mut Unit<'_>, meeting: &MeetingId) -> Result<Vec<AnsweringMeasure>, Problem> {
    let rows = store::list_of_meeting(unit, meeting)?;
    short(unit, rows)
}

fn short(unit: &mut Unit<'_>, rows: Vec<Measure>) -> Result<Vec<AnsweringMeasure>, Problem> {
    let mut short = Vec::new();
    for row in rows {
        let known = Known::of(unit, std::slice::from_ref(&row))?;
        let steps = told(unit, &known, &row)?.into_iter();
        short.push(AnsweringMeasure {
            id: row.id.to_string(),
            title: row.title,
            lead: row.lead,
            due_on: row.due_on,
            state: row.state,
            last: steps.rev().find(|step| step.kind == "reported"),
            item: row.meeting_position,
        });
    }
    Ok(short)
}

/// A measure in full.
///
/// # Errors
/// `storage_unavailable`.
pub fn page(unit: &mut Unit<'_>, row: Measure) -> Result<MeasurePage, Problem> {
    let known = Known::of(unit, std::slice::from_ref(&row))?;
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let objective = store::get_objective(unit, &row.objective_id)?;
    let concerns = parts::list_concerns(unit, std::slice::from_ref(&row.id))?;
    let concerns: Vec<_> = concerns.into_iter().map(|(_, concern)| concern).collect();
    let until = row.closed_on.unwrap_or(known.today);
    let owed = row.approved_on.is_some();
    let missed = missed_reports(row.starts_on, &known.reports(&row), period(&row), until);
    Ok(MeasurePage {
        row: known.row(&row)?,
        municipality: place.slug,
        objective: objective.into(),
        report_due: known.report_due(&row)?,
        reports_missed: if owed { missed } else { 0 },
        indicators: known.indicators(&row),
        concerns: answered(unit, &concerns)?,
        commitment: commitment(unit, &row)?,
        steps: told(unit, &known, &row)?,
        text: row.text,
        report_days: row.report_days,
        source: row.source,
        overlap: row.overlap,
    })
}

/// A measure in full, with what it may be the same as.
///
/// # Errors
/// `storage_unavailable`.
pub fn desk_page(unit: &mut Unit<'_>, row: Measure) -> Result<DeskMeasure, Problem> {
    Ok(DeskMeasure {
        twins: twins::of(unit, &row)?,
        page: page(unit, row)?,
    })
}

fn commitment(unit: &mut Unit<'_>, row: &Measure) -> Result<Option<CommitmentView>, Problem> {
    let Some((id, item)) = row.meeting_id.clone().zip(row.meeting_position) else {
        return Ok(None);
    };
    let meeting = meetings::store::get(unit, &id)?;
    Ok(Some(CommitmentView {
        meeting: id.to_string(),
        on: day_of(meeting.starts()),
        title: meeting.title,
        item,
    }))
}

fn told(unit: &mut Unit<'_>, known: &Known, row: &Measure) -> Result<Vec<StepView>, Problem> {
    let values = steps::list_values(unit, std::slice::from_ref(&row.id))?;
    let evidence = steps::list_evidence(unit, &row.id)?;
    let step = |step: &Step| {
        let values = values.iter().filter(|one| one.step == step.position);
        let evidence = evidence.iter().filter(|one| one.step == step.position);
        StepView {
            kind: step.kind.clone(),
            state: step.state.clone(),
            text: step.text.clone(),
            due_on: step.due_on,
            spent: step.spent,
            institution: step.institution.clone(),
            on: step.on_day,
            values: values.map(value).collect(),
            evidence: evidence.map(shown).collect(),
        }
    };
    Ok(known.steps(row).iter().map(step).collect())
}

fn value(one: &Value) -> ToldValue {
    ToldValue {
        indicator: one.indicator,
        value: one.value,
    }
}

fn shown(one: &steps::Evidence) -> EvidenceView {
    EvidenceView {
        id: one.id.to_string(),
        kind: one.kind.clone(),
        name: one.name.clone(),
    }
}

/// Concerns as everybody may read them: one that left the public is not named.
fn answered(unit: &mut Unit<'_>, ids: &[ConcernId]) -> Result<Vec<AnsweredConcern>, Problem> {
    let rows = list_public_concerns(unit, ids)?;
    let named = |id: &ConcernId| {
        let row = rows.iter().find(|row| row.id == *id)?;
        Some(AnsweredConcern {
            id: row.id.to_string(),
            title: row.title.clone(),
            status: row.state.clone(),
        })
    };
    Ok(ids.iter().filter_map(named).collect())
}

fn period(row: &Measure) -> u32 {
    u32::try_from(row.report_days).unwrap_or_default()
}

fn mean(ways: &[f64]) -> Option<f64> {
    let count = u32::try_from(ways.len()).ok().filter(|count| *count > 0)?;
    Some(ways.iter().sum::<f64>() / f64::from(count))
}

fn grouped(pairs: Vec<(MeasureId, String)>) -> HashMap<MeasureId, Vec<String>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for (id, one) in pairs {
        groups.entry(id).or_default().push(one);
    }
    groups
}

fn by_measure<T>(rows: Vec<T>, id: impl Fn(&T) -> &MeasureId) -> HashMap<MeasureId, Vec<T>> {
    let mut groups: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        groups.entry(id(&row).clone()).or_default().push(row);
    }
    groups
}
