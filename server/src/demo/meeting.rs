//! When the sample's council met and meets.

use domain::Code as _;
use domain::meeting::Kind;
use domain::text::{Reason, Title};

use super::Names;
use super::sample::{Sample, SampleAgendaItem, SampleMeeting};
use super::steps::{Step, Timeline, What, missing, staff};
use crate::meetings;
use crate::meetings::announcement::Announcement;
use crate::meetings::store::AgendaItem;
use crate::platform::app::Unit;
use crate::platform::clock::moment_on;
use crate::platform::problem::Problem;
use crate::platform::texts::parse;

/// A meeting to be announced, and by whom.
pub(super) struct Meeting {
    announcement: Announcement,
    agenda: Vec<SampleAgendaItem>,
    by: String,
}

/// The steps of all meetings of the sample.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn steps(timeline: &Timeline, sample: &Sample) -> Result<Vec<Step>, Problem> {
    let step = |held: &SampleMeeting| {
        let meeting = Meeting {
            announcement: announcement(timeline, held)?,
            agenda: held.agenda.clone(),
            by: held.by.clone(),
        };
        let what = What::Meet(Box::new(meeting));
        Ok(timeline.step(&held.key, held.announced, 8, what))
    };
    sample.meetings.iter().map(step).collect()
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
        agenda: Vec::new(),
    })
}

/// Announces a meeting.
///
/// # Errors
/// `fields_invalid` where the sample breaks a rule.
pub(super) fn announce(
    unit: &mut Unit<'_>,
    names: &Names,
    meeting: &Meeting,
) -> Result<(), Problem> {
    let item = |item: &SampleAgendaItem| {
        let concern = item.concern.as_ref();
        let id = concern.map(|key| names.concerns.get(key).ok_or_else(|| missing(key)));
        Ok(AgendaItem {
            title: parse("/title", Title::parse(&item.title))?.into_string(),
            text: String::new(),
            concern_id: id.transpose()?.cloned(),
            parked_meeting: None,
            parked_position: None,
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
    meetings::announce(unit, staff(names, &meeting.by)?, announcement).map(drop)
}
