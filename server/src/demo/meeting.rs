//! When the sample's council met and meets.

use chrono::Datelike;
use domain::Code as _;
use domain::meeting::Kind;
use domain::minutes::{Outcome, Presence};
use domain::seat::Institution;
use domain::text::{Protocol, Reason, Title};

use super::Names;
use super::sample::{Sample, SampleAgendaItem, SampleMeeting, SampleMinutes, SampleOutcome};
use super::steps::{Step, Timeline, What, missing, staff};
use crate::identity::viewer::Viewer;
use crate::meetings;
use crate::meetings::announcement::Announcement;
use crate::meetings::minutes::asked::{Decided, Written};
use crate::meetings::residents;
use crate::meetings::store::{self, AgendaItem};
use crate::platform::app::Unit;
use crate::platform::clock::moment_on;
use crate::platform::problem::Problem;
use crate::platform::texts::parse;

/// Days after a meeting on which its minutes are approved.
const APPROVAL: i64 = 7;

/// Minutes to be written and approved, and by whom.
pub(super) struct Minutes {
    present: Vec<String>,
    written: Written,
    by: String,
}

/// A meeting to be announced, and by whom.
pub(super) struct Meeting {
    announcement: Announcement,
    agenda: Vec<SampleAgendaItem>,
    coming: usize,
    by: String,
}

/// The steps of all meetings of the sample.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn steps(timeline: &Timeline, sample: &Sample) -> Result<Vec<Step>, Problem> {
    let mut steps = Vec::new();
    for held in &sample.meetings {
        let meeting = Meeting {
            announcement: announcement(timeline, held)?,
            agenda: held.agenda.clone(),
            coming: held.coming,
            by: held.by.clone(),
        };
        let what = What::Meet(Box::new(meeting));
        steps.push(timeline.step(&held.key, held.announced, 8, what));
        if let Some(minutes) = &held.minutes {
            let minutes = Minutes {
                present: minutes.present.clone(),
                written: written(timeline, minutes)?,
                by: held.by.clone(),
            };
            let what = What::Minute(Box::new(minutes));
            steps.push(timeline.step(&held.key, held.day + APPROVAL, 8, what));
        }
    }
    Ok(steps)
}

fn written(timeline: &Timeline, minutes: &SampleMinutes) -> Result<Written, Problem> {
    let decided = |outcome: &SampleOutcome| {
        Ok(Decided {
            kind: Outcome::from_code(&outcome.kind).ok_or_else(|| missing(&outcome.kind))?,
            text: parse("/text", Reason::parse(&outcome.text))?,
            lead: outcome.lead.as_deref().and_then(Institution::from_code),
            due_on: outcome.due.map(|due| timeline.office_due(due)),
        })
    };
    Ok(Written {
        attendance: Vec::new(),
        outcomes: minutes
            .outcomes
            .iter()
            .map(decided)
            .collect::<Result<_, Problem>>()?,
        text: parse("/text", Protocol::parse(&minutes.text))?,
        next_on: minutes.next.map(|day| timeline.office_due(day)),
    })
}

fn announcement(timeline: &Timeline, held: &SampleMeeting) -> Result<Announcement, Problem> {
    let on = timeline.office_due(held.day);
    let moment = |time| moment_on(on, time).ok_or_else(|| missing(&held.key));
    let accessibility = held.accessibility.as_deref().map(Reason::parse).transpose();
    Ok(Announcement {
        kind: Kind::from_code(&held.kind).ok_or_else(|| missing(&held.kind))?,
        title: parse("/title", Title::parse(&held.title))?,
        objective: parse("/objective", Reason::parse(&held.objective))?,
        starts: moment(held.from)?,
        ends: moment(held.until)?,
        place: Some(held.place.clone()),
        link: None,
        unit: held.unit.clone(),
        topic: held.topic.clone(),
        accessibility: parse("/accessibility", accessibility)?.map(Reason::into_string),
        capacity: held.capacity,
        answers_for: held.answers.then(|| on.year()),
        agenda: Vec::new(),
    })
}

/// Announces a meeting.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn announce(
    unit: &mut Unit<'_>,
    names: &mut Names,
    key: &str,
    meeting: &Meeting,
) -> Result<(), Problem> {
    let item = |item: &SampleAgendaItem| {
        let concern = item.concern.as_ref();
        let id = concern.map(|key| names.concerns.get(key).ok_or_else(|| missing(key)));
        let before = item.resumes.as_ref();
        let before = before.map(|(key, _)| names.meetings.get(key).ok_or_else(|| missing(key)));
        Ok(AgendaItem {
            title: parse("/title", Title::parse(&item.title))?.into_string(),
            text: String::new(),
            concern_id: id.transpose()?.cloned(),
            parked_meeting: before.transpose()?.cloned(),
            parked_position: item.resumes.as_ref().map(|(_, place)| *place),
            poll_id: None,
        })
    };
    let announcement = Announcement {
        agenda: meeting
            .agenda
            .iter()
            .map(item)
            .collect::<Result<_, Problem>>()?,
        ..meeting.announcement.clone()
    };
    let page = meetings::announce(unit, staff(names, &meeting.by)?, announcement)?;
    let id = page.card.id.parse().map_err(|()| missing(key))?;
    for number in 0..meeting.coming {
        let device = format!("sample device {number}");
        residents::take(unit, &Viewer::Visitor, Some(&device), &id)?;
    }
    names.meetings.insert(key.to_owned(), id);
    Ok(())
}

/// Writes minutes and approves them.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn minute(
    unit: &mut Unit<'_>,
    names: &Names,
    key: &str,
    minutes: &Minutes,
) -> Result<(), Problem> {
    let id = names.meetings.get(key).ok_or_else(|| missing(key))?;
    let row = store::get(unit, id)?;
    let by = staff(names, &minutes.by)?;
    let there = |member: &String| Ok((staff(names, member)?.seat.clone(), Presence::Present));
    let written = Written {
        attendance: minutes
            .present
            .iter()
            .map(there)
            .collect::<Result<_, Problem>>()?,
        ..minutes.written.clone()
    };
    meetings::minutes::write(unit, by, &row, &written)?;
    meetings::minutes::approve(unit, by, row).map(drop)
}
