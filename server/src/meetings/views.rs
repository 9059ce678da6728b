//! Public shapes of meetings. Whether one has begun is for the reader's clock to say: what is read here
//! is kept for a day.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::minutes::views::PublishedMinutes;
use super::residents::views::Places;
use super::store::{AgendaItem, Meeting, Notice};
use crate::concerns::views::{ConcernCard, UnitName};
use crate::plans::views::AnsweringMeasure;
use crate::platform::clock::{day_of, time_of};
use crate::polls::views::NamedPoll;

/// When a meeting is.
#[derive(Serialize, ToSchema)]
pub struct MeetingTime {
    /// The day in Albania.
    pub on: NaiveDate,
    /// When it begins there, hours and minutes.
    pub from: String,
    /// When it ends there.
    pub until: String,
    /// When it begins, UTC.
    pub starts_at: DateTime<Utc>,
    /// When it ends, UTC.
    pub ends_at: DateTime<Utc>,
}

/// A meeting where meetings are not the matter.
#[derive(Serialize, ToSchema)]
pub struct NextMeeting {
    /// Its id.
    pub id: String,
    /// `council`, `hearing`, `youth_forum` or `exchange`.
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// When it is.
    pub time: MeetingTime,
}

/// A meeting in a list.
#[derive(Serialize, ToSchema)]
pub struct MeetingCard {
    /// Its id.
    pub id: String,
    /// `council` (its members meet), `hearing` (everybody may come), `youth_forum` or `exchange` (with other
    /// councils).
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// What it shall lead to.
    pub objective: String,
    /// When it is.
    pub time: MeetingTime,
    /// Where people meet.
    pub place: Option<String>,
    /// Where they meet at a distance.
    pub link: Option<String>,
    /// The unit it is about.
    pub unit: Option<UnitName>,
    /// Code of the topic it is about.
    pub topic: Option<String>,
    /// The year whose promises the council answers for at it, as its report tells them.
    pub answers_for: Option<i32>,
    /// The day it was announced.
    pub announced_on: NaiveDate,
    /// The day it was cancelled.
    pub cancelled_on: Option<NaiveDate>,
}

/// Meetings, the last first.
#[derive(Serialize, ToSchema)]
pub struct MeetingList {
    /// The meetings.
    pub items: Vec<MeetingCard>,
    /// The last day before today on which the council itself met.
    pub last_sitting_on: Option<NaiveDate>,
    /// In how many days it meets at least once, as it says.
    pub meeting_days: i32,
}

/// A meeting in full.
#[derive(Serialize, ToSchema)]
pub struct MeetingPage {
    /// As in a list.
    #[serde(flatten)]
    pub card: MeetingCard,
    /// The municipality's slug.
    pub municipality: String,
    /// How somebody gets in who does not walk, see or hear well.
    pub accessibility: Option<String>,
    /// What is spoken of, in its order.
    pub agenda: Vec<AgendaItemView>,
    /// What the council said of it, the first first.
    pub notices: Vec<MeetingNotice>,
    /// How its places stand, where everybody may come.
    pub places: Option<Places>,
    /// Its minutes, once they are approved.
    pub minutes: Option<PublishedMinutes>,
    /// The approved measures of the plan that keep what it promised, in the order of the agenda.
    pub measures: Vec<AnsweringMeasure>,
}

/// What is spoken of.
#[derive(Serialize, ToSchema)]
pub struct AgendaItemView {
    /// What it is called.
    pub title: String,
    /// More of it; may be empty.
    pub text: String,
    /// The concern of residents it is about.
    pub concern: Option<ConcernCard>,
    /// What was parked before and is taken up again.
    pub resumes: Option<ResumedItem>,
    /// The poll it is about.
    pub poll: Option<NamedPoll>,
}

/// An item of an earlier meeting that was parked.
#[derive(Serialize, ToSchema)]
pub struct ResumedItem {
    /// Id of the meeting.
    pub meeting: String,
    /// The item's place on its agenda, from 1.
    pub item: i32,
}

/// What the council said.
#[derive(Serialize, ToSchema)]
pub struct MeetingNotice {
    /// `announced`, `changed` or `cancelled`.
    pub kind: String,
    /// Why.
    pub text: String,
    /// The institution that said so.
    pub institution: String,
    /// The day.
    pub on: NaiveDate,
}

impl From<&Meeting> for MeetingTime {
    fn from(row: &Meeting) -> Self {
        Self {
            on: day_of(row.starts()),
            from: time_of(row.starts()),
            until: time_of(row.ends()),
            starts_at: row.starts(),
            ends_at: row.ends(),
        }
    }
}

impl From<Meeting> for NextMeeting {
    fn from(row: Meeting) -> Self {
        Self {
            time: (&row).into(),
            id: row.id.to_string(),
            kind: row.kind,
            title: row.title,
        }
    }
}

impl MeetingCard {
    /// A meeting about this unit.
    pub fn new(row: Meeting, unit: Option<UnitName>) -> Self {
        Self {
            time: (&row).into(),
            id: row.id.to_string(),
            kind: row.kind,
            title: row.title,
            objective: row.objective,
            place: row.place,
            link: row.link,
            unit,
            topic: row.topic,
            answers_for: row.answers_for,
            announced_on: row.announced_on,
            cancelled_on: row.cancelled_on,
        }
    }
}

impl AgendaItemView {
    /// An item about this concern, or this poll.
    pub fn new(item: AgendaItem, concern: Option<ConcernCard>, poll: Option<NamedPoll>) -> Self {
        let before = item.parked_meeting.zip(item.parked_position);
        Self {
            title: item.title,
            text: item.text,
            concern,
            resumes: before.map(|(meeting, item)| ResumedItem {
                meeting: meeting.to_string(),
                item,
            }),
            poll,
        }
    }
}

impl From<Notice> for MeetingNotice {
    fn from(row: Notice) -> Self {
        Self {
            kind: row.kind,
            text: row.text,
            institution: row.institution,
            on: row.on_day,
        }
    }
}
