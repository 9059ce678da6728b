//! What somebody asks for when they announce, change or cancel a meeting, parsed.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use domain::Code as _;
use domain::meeting::Kind;
use domain::room::MOST;
use domain::text::{Reason, Title};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::store::AgendaItem;
use crate::concerns::ConcernId;
use crate::concerns::topics;
use crate::platform::clock::moment_on;
use crate::platform::problem::Problem;
use crate::platform::texts::{self, parse_address};
use crate::platform::write::Input;
use crate::polls::PollId;

/// The most items an agenda has.
const AGENDA: usize = 30;
/// The first year a council can answer for.
const FIRST_YEAR: i32 = 2000;

/// Announces a meeting, or says how it shall be.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedMeeting {
    /// `council`, `hearing`, `youth_forum` or `exchange`.
    kind: String,
    /// What it is called, 5 to 120 characters.
    title: String,
    /// What it shall lead to, 3 to 1,000 characters.
    objective: String,
    /// The day.
    on: NaiveDate,
    /// When it begins, hours and minutes in Albania.
    #[schema(value_type = String, example = "17:00")]
    #[serde(deserialize_with = "hours_and_minutes")]
    from: NaiveTime,
    /// When it ends, likewise.
    #[schema(value_type = String, example = "19:00")]
    #[serde(deserialize_with = "hours_and_minutes")]
    until: NaiveTime,
    /// Where people meet, 5 to 120 characters. This or `link` is needed.
    place: Option<String>,
    /// Where they meet at a distance, https.
    link: Option<String>,
    /// Slug of the unit it is about.
    unit: Option<String>,
    /// Code of the topic it is about.
    topic: Option<String>,
    /// How somebody gets in who does not walk, see or hear well, 3 to 1,000 characters.
    accessibility: Option<String>,
    /// How many residents there is place for, 1 to 5,000; nothing: as many as come. Only of a meeting that
    /// everybody may come to.
    capacity: Option<i32>,
    /// The year whose promises the council answers for, up to that of the meeting. Only of a meeting that everybody may
    /// come to.
    answers_for: Option<i32>,
    /// What is spoken of, 1 to 30 items in their order.
    agenda: Vec<AskedItem>,
}

/// An item of the agenda.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedItem {
    /// What it is called, 5 to 120 characters.
    title: String,
    /// More of it, 3 to 1,000 characters.
    text: Option<String>,
    /// Id of the public concern it is about.
    concern: Option<String>,
    /// What was parked before and is taken up again.
    resumes: Option<Resumed>,
    /// Id of the poll it is about, which was sent to the council.
    poll: Option<String>,
}

/// An item of an earlier meeting that was parked.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resumed {
    /// Id of the meeting.
    meeting: String,
    /// The item's place on its agenda, from 1.
    item: i32,
}

/// Changes a meeting that has not begun.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMeeting {
    /// As it shall be.
    meeting: AskedMeeting,
    /// Why, 3 to 1,000 characters; public.
    reason: String,
}

/// Cancels a meeting.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelMeeting {
    /// Why, 3 to 1,000 characters; public.
    reason: String,
}

impl Input for AskedMeeting {}
impl Input for ChangeMeeting {}
impl Input for CancelMeeting {}

/// A meeting as it shall be.
#[derive(Clone)]
pub struct Announcement {
    /// What kind it is.
    pub kind: Kind,
    /// What it is called.
    pub title: Title,
    /// What it shall lead to.
    pub objective: Reason,
    /// When it begins.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// Where people meet.
    pub place: Option<String>,
    /// Where they meet at a distance.
    pub link: Option<String>,
    /// Slug of the unit.
    pub unit: Option<String>,
    /// Code of the topic.
    pub topic: Option<String>,
    /// How everybody gets in.
    pub accessibility: Option<String>,
    /// How many residents there is place for.
    pub capacity: Option<i32>,
    /// The year whose promises the council answers for.
    pub answers_for: Option<i32>,
    /// What is spoken of.
    pub agenda: Vec<AgendaItem>,
}

impl AskedMeeting {
    /// The meeting asked for.
    ///
    /// # Errors
    /// `fields_invalid` with pointers under `at`.
    pub fn parse(self, at: &str) -> Result<Announcement, Problem> {
        let field = |name: &str| format!("{at}/{name}");
        let kind = Kind::from_code(&self.kind)
            .ok_or_else(|| Problem::field(&field("kind"), "meeting_kind_unknown", None))?;
        let title = texts::parse(&field("title"), Title::parse(&self.title))?;
        let objective = texts::parse(&field("objective"), Reason::parse(&self.objective))?;
        let place = self.place.as_deref().map(Title::parse).transpose();
        let place = texts::parse(&field("place"), place)?;
        let link = self
            .link
            .map(|link| parse_address(&field("link"), &link))
            .transpose()?;
        if place.is_none() && link.is_none() {
            return Err(Problem::field(&field("place"), "required", None));
        }
        if let Some(topic) = &self.topic
            && topics::find(topic)?.is_none()
        {
            return Err(Problem::field(&field("topic"), "topic_unknown", None));
        }
        let accessibility = self.accessibility.as_deref().map(Reason::parse);
        let accessibility = texts::parse(&field("accessibility"), accessibility.transpose())?;
        let moment = |name, time| {
            moment_on(self.on, time)
                .ok_or_else(|| Problem::field(&field(name), "day_is_over", None))
        };
        Ok(Announcement {
            kind,
            title,
            objective,
            starts: moment("on", self.from)?,
            ends: moment("on", self.until)?,
            place: place.map(Title::into_string),
            link,
            unit: self.unit,
            topic: self.topic,
            accessibility: accessibility.map(Reason::into_string),
            capacity: parse_capacity(&field("capacity"), kind, self.capacity)?,
            answers_for: parse_year(&field("answers_for"), kind, self.on, self.answers_for)?,
            agenda: parse_agenda(&field("agenda"), self.agenda)?,
        })
    }
}

impl ChangeMeeting {
    /// The meeting as it shall be, and why.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<(Announcement, Reason), Problem> {
        let reason = texts::parse("/reason", Reason::parse(&self.reason))?;
        Ok((self.meeting.parse("/meeting")?, reason))
    }
}

impl CancelMeeting {
    /// Why.
    ///
    /// # Errors
    /// `fields_invalid`.
    pub fn parse(self) -> Result<Reason, Problem> {
        texts::parse("/reason", Reason::parse(&self.reason))
    }
}

/// Places are counted where everybody may come.
fn parse_capacity(at: &str, kind: Kind, asked: Option<i32>) -> Result<Option<i32>, Problem> {
    let Some(places) = asked else {
        return Ok(None);
    };
    if !kind.is_open() {
        return Err(Problem::field(at, "not_open_to_all", None));
    }
    if places < 1 {
        return Err(Problem::field(at, "min", Some(1)));
    }
    if places > MOST {
        return Err(Problem::field(at, "max", u32::try_from(MOST).ok()));
    }
    Ok(Some(places))
}

/// A council answers to everybody, and for what has been promised by then (I2).
fn parse_year(
    at: &str,
    kind: Kind,
    on: NaiveDate,
    asked: Option<i32>,
) -> Result<Option<i32>, Problem> {
    let Some(year) = asked else {
        return Ok(None);
    };
    if !kind.is_open() {
        return Err(Problem::field(at, "not_open_to_all", None));
    }
    if year < FIRST_YEAR {
        return Err(Problem::field(at, "min", u32::try_from(FIRST_YEAR).ok()));
    }
    if year > on.year() {
        return Err(Problem::field(at, "max", u32::try_from(on.year()).ok()));
    }
    Ok(Some(year))
}

/// A meeting without an agenda is none (A5).
fn parse_agenda(at: &str, asked: Vec<AskedItem>) -> Result<Vec<AgendaItem>, Problem> {
    if asked.is_empty() {
        return Err(Problem::field(at, "required", None));
    }
    if asked.len() > AGENDA {
        let most = u32::try_from(AGENDA).ok();
        return Err(Problem::field(at, "too_many", most));
    }
    let mut items = Vec::new();
    let mut named = BTreeSet::new();
    for (place, item) in asked.into_iter().enumerate() {
        let at = format!("{at}/{place}");
        let item = item.parse(&at)?;
        let repeats = item.concern_id.clone().is_some_and(|id| !named.insert(id));
        if repeats {
            return Err(Problem::field(&format!("{at}/concern"), "repeated", None));
        }
        items.push(item);
    }
    Ok(items)
}

impl AskedItem {
    fn parse(self, at: &str) -> Result<AgendaItem, Problem> {
        let title = texts::parse(&format!("{at}/title"), Title::parse(&self.title))?;
        let text = self.text.as_deref().map(Reason::parse).transpose();
        let text = texts::parse(&format!("{at}/text"), text)?;
        let unknown = |()| Problem::field(&format!("{at}/concern"), "concern_unknown", None);
        let concern = self.concern.map(|id| id.parse::<ConcernId>());
        let nothing = |()| Problem::field(&format!("{at}/resumes"), "parked_unknown", None);
        let unasked = |()| Problem::field(&format!("{at}/poll"), "poll_unknown", None);
        let poll = self.poll.map(|id| id.parse::<PollId>());
        let meeting = self.resumes.as_ref().map(|before| before.meeting.parse());
        Ok(AgendaItem {
            title: title.into_string(),
            text: text.map(Reason::into_string).unwrap_or_default(),
            concern_id: concern.transpose().map_err(unknown)?,
            parked_meeting: meeting.transpose().map_err(nothing)?,
            parked_position: self.resumes.map(|before| before.item),
            poll_id: poll.transpose().map_err(unasked)?,
        })
    }
}

/// As a field of a form gives it.
fn hours_and_minutes<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveTime, D::Error> {
    let text = String::deserialize(from)?;
    NaiveTime::parse_from_str(&text, "%H:%M").map_err(serde::de::Error::custom)
}
