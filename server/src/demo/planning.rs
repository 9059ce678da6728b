//! What the sample's council plans, and what came of it.

use chrono::{Datelike, NaiveDate};
use domain::Code as _;
use domain::measure::State;
use domain::seat::Institution;

use super::Names;
use super::sample::{Sample, SampleMeasure, SampleObjective, SampleOther, SampleReport};
use super::steps::{Step, Timeline, What, missing, staff};
use crate::plans::drafting::{AskedIndicator, AskedMeasure, AskedObjective, asked_commitment};
use crate::plans::reporting::asked::Report;
use crate::plans::reporting::report;
use crate::plans::store::{self, others};
use crate::plans::{self, approving, objectives};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The day on which the year's objectives are written down.
const AIMED: i64 = -200;

/// A measure to be written down, its days in the calendar.
pub(super) struct Measure {
    sample: SampleMeasure,
    starts_on: NaiveDate,
    due_on: NaiveDate,
}

/// What is wanted of the year, and what other plans do.
pub(super) struct Aims {
    year: i32,
    objectives: Vec<SampleObjective>,
    others: Vec<SampleOther>,
}

/// The steps of all measures of the sample.
pub(super) fn steps(timeline: &Timeline, sample: &Sample) -> Vec<Step> {
    let aims = Aims {
        year: timeline.office(0).year(),
        objectives: sample.objectives.clone(),
        others: sample.others.clone(),
    };
    let what = What::Aim(Box::new(aims));
    let mut steps = vec![timeline.step("plani", AIMED, 0, what)];
    for measure in &sample.measures {
        let planned = Measure {
            starts_on: timeline.office_due(measure.starts),
            due_on: timeline.office_due(measure.due),
            sample: measure.clone(),
        };
        let what = What::Plan(Box::new(planned));
        steps.push(timeline.step(&measure.key, measure.day, 9, what));
        for told in &measure.reports {
            let what = What::Report(Box::new(told.clone()));
            steps.push(timeline.step(&measure.key, told.day, 9, what));
        }
    }
    steps
}

/// Writes down what is wanted of the year, and what other plans do.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn aim(unit: &mut Unit<'_>, names: &mut Names, aims: &Aims) -> Result<(), Problem> {
    let by = staff(names, "secretary")?.clone();
    for objective in &aims.objectives {
        let asked = AskedObjective {
            title: objective.title.clone(),
            text: Some(objective.text.clone()),
        };
        let row = objectives::add(unit, &by, aims.year, asked.parse("")?)?;
        names.objectives.insert(objective.key.clone(), row.id);
    }
    for other in &aims.others {
        others::set(unit, &names.municipality, &other.plan, &other.measures)?;
    }
    Ok(())
}

/// Writes a measure down and approves it, where the sample's council did.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn plan(
    unit: &mut Unit<'_>,
    names: &mut Names,
    key: &str,
    measure: &Measure,
) -> Result<(), Problem> {
    let draft = asked(names, measure)?.parse()?;
    let by = staff(names, &measure.sample.by)?.clone();
    let page = plans::add(unit, &by, &draft)?;
    let id = page.page.row.id.parse().map_err(|()| missing(key))?;
    if measure.sample.approved {
        let row = store::get(unit, &id)?;
        approving::approve(unit, &by, row)?;
    }
    names.measures.insert(key.to_owned(), id);
    Ok(())
}

/// Tells how a measure goes.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn tell(
    unit: &mut Unit<'_>,
    names: &Names,
    key: &str,
    told: &SampleReport,
) -> Result<(), Problem> {
    let id = names.measures.get(key).ok_or_else(|| missing(key))?;
    let row = store::get(unit, id)?;
    let said = Report {
        state: State::from_code(&told.state).ok_or_else(|| missing(&told.state))?,
        text: told.text.clone(),
        values: told.values.iter().copied().collect(),
        spent: told.spent,
        evidence: Vec::new(),
    };
    report(unit, staff(names, &told.by)?, row, said).map(drop)
}

fn asked(names: &Names, measure: &Measure) -> Result<AskedMeasure, Problem> {
    let sample = measure.sample.clone();
    let objective = names.objectives.get(&sample.objective);
    let objective = objective.ok_or_else(|| missing(&sample.objective))?;
    let concern = |key: &String| {
        let id = names.concerns.get(key).ok_or_else(|| missing(key))?;
        Ok(id.to_string())
    };
    let commitment = |(key, item): (String, i32)| {
        let id = names.meetings.get(&key).ok_or_else(|| missing(&key))?;
        Ok::<_, Problem>(asked_commitment(id, item))
    };
    let known = Institution::from_code(&sample.lead);
    Ok(AskedMeasure {
        objective: objective.to_string(),
        title: sample.title,
        text: Some(sample.text),
        lead: known
            .ok_or_else(|| missing(&sample.lead))?
            .code()
            .to_owned(),
        supporters: sample.supporters,
        starts_on: measure.starts_on,
        due_on: measure.due_on,
        report_days: Some(sample.report_days),
        budget: sample.budget,
        source: sample.source,
        overlap: None,
        indicators: sample
            .indicators
            .into_iter()
            .map(AskedIndicator::from)
            .collect(),
        concerns: sample
            .concerns
            .iter()
            .map(concern)
            .collect::<Result<_, Problem>>()?,
        commitment: sample.commitment.map(commitment).transpose()?,
    })
}
