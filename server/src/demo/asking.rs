//! What the sample's council asks its residents.

use chrono::TimeDelta;
use domain::calendar::due_on;
use domain::consultation::Schedule;
use domain::text::{Body, Reason, Title};

use super::Names;
use super::sample::{Sample, SampleCandidate, SampleConsultation};
use super::steps::{Step, Timeline, What, missing, staff};
use crate::concerns::ConcernId;
use crate::consultations::announcement::{Announcement, Choosing};
use crate::consultations::{self, store};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts::parse;

/// A consultation to be announced, and by whom.
pub(super) struct Asking {
    announcement: Announcement,
    by: String,
}

/// Whether a concern is voted on, and who says so.
pub(super) struct Choice {
    consultation: String,
    by: String,
    choosing: Choosing,
}

/// The steps of all consultations of the sample.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn steps(timeline: &Timeline, sample: &Sample) -> Result<Vec<Step>, Problem> {
    let mut steps = Vec::new();
    for asked in &sample.consultations {
        let announcement = announcement(timeline, asked)?;
        let by = asked.by.clone();
        let what = What::Ask(Box::new(Asking { announcement, by }));
        steps.push(timeline.step(&asked.key, asked.announced, 6, what));
        for candidate in &asked.candidates {
            let what = What::Choose(choice(asked, candidate)?);
            steps.push(timeline.step(&candidate.concern, candidate.day, 7, what));
        }
    }
    Ok(steps)
}

fn announcement(timeline: &Timeline, asked: &SampleConsultation) -> Result<Announcement, Problem> {
    let from = timeline.office(asked.announced);
    let collect_until = due_on(from, asked.collect_working_days, timeline.holidays());
    let discuss_until = collect_until + TimeDelta::days(asked.discuss_days);
    let vote_until = discuss_until + TimeDelta::days(asked.vote_days);
    let result_until = vote_until + TimeDelta::days(asked.result_days);
    let plan_until = result_until + TimeDelta::days(asked.plan_days);
    Ok(Announcement {
        question: parse("/question", Title::parse(&asked.question))?,
        objective: parse("/objective", Reason::parse(&asked.objective))?,
        explanation: parse("/explanation", Body::parse(&asked.explanation))?,
        units: Vec::new(),
        school: None,
        documents: Vec::new(),
        choices: Vec::new(),
        schedule: Schedule {
            collect_from: from,
            collect_until,
            discuss_until: Some(discuss_until),
            vote_until,
            result_until,
            plan_until,
            report_on: plan_until + TimeDelta::days(asked.report_days),
        },
    })
}

fn choice(asked: &SampleConsultation, candidate: &SampleCandidate) -> Result<Choice, Problem> {
    let reason = candidate.reason.as_deref().map(Reason::parse).transpose();
    Ok(Choice {
        consultation: asked.key.clone(),
        by: asked.by.clone(),
        choosing: Choosing {
            included: candidate.included,
            reason: parse("/reason", reason)?,
            severity: candidate.severity,
            frequency: candidate.frequency,
            harm: candidate.harm,
        },
    })
}

/// Announces a consultation.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn ask(
    unit: &mut Unit<'_>,
    names: &mut Names,
    key: &str,
    asking: &Asking,
) -> Result<(), Problem> {
    let by = staff(names, &asking.by)?.clone();
    let page = consultations::announce(unit, &by, asking.announcement.clone())?;
    let id = page.card.id.parse().map_err(|()| missing(key))?;
    names.consultations.insert(key.to_owned(), id);
    Ok(())
}

/// Puts a concern on the list or leaves it out.
///
/// # Errors
/// `concern_unknown` where it is not public.
pub(super) fn choose(
    unit: &mut Unit<'_>,
    names: &Names,
    concern: &ConcernId,
    choice: &Choice,
) -> Result<(), Problem> {
    let id = names.consultations.get(&choice.consultation);
    let row = store::get(unit, id.ok_or_else(|| missing(&choice.consultation))?)?;
    let by = staff(names, &choice.by)?;
    consultations::choose(unit, by, row, concern, &choice.choosing).map(drop)
}
