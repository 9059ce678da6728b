//! What people hear of meetings: of those everybody may come to, whoever follows the municipality, the unit
//! or the topic, and whoever said that they come; of all, the members of the council. What becomes of a meeting is
//! told at once, and that it is near a week, a day and two hours before it begins; each once. Devices hear all of
//! it; the inbox and letters tell members, and those who come, what they must know to be there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::Code as _;
use domain::meeting::{Kind, Reminder};
use serde::{Deserialize, Serialize};

use super::SubscriptionId;
use super::delivery::{Audience, Story};
use super::fanout::{self, STRETCH, WORTH};
use super::store::{self, Followed};
use crate::councils;
use crate::identity::AccountId;
use crate::meetings::store::{self as meetings, Meeting};
use crate::meetings::{MeetingId, residents};
use crate::notices::telling;
use crate::platform::app::Unit;
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "meeting news";
/// What preferences call all of it.
pub const NAME: &str = "meetings";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The council meets.
    Announced,
    /// It meets otherwise.
    Changed,
    /// It does not meet.
    Cancelled,
    /// It met, and its minutes are there.
    Minutes,
    /// It meets in a week.
    Week,
    /// It meets in a day.
    Day,
    /// It meets in two hours.
    Hours,
}

impl Turn {
    /// Its name in pushes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Announced => "meeting_announced",
            Self::Changed => "meeting_changed",
            Self::Cancelled => "meeting_cancelled",
            Self::Minutes => "meeting_minutes",
            Self::Week => "meeting_week",
            Self::Day => "meeting_day",
            Self::Hours => "meeting_hours",
        }
    }

    /// Whether members read of it in their inbox and their letters too.
    pub fn is_written(self) -> bool {
        self.guests_kind().is_some() || self == Self::Announced
    }

    /// What inboxes call it for those who said that they come, where they are told.
    pub fn guests_kind(self) -> Option<&'static str> {
        match self {
            Self::Changed => Some("place_changed"),
            Self::Cancelled => Some("place_cancelled"),
            Self::Day => Some("place_day"),
            Self::Announced | Self::Minutes | Self::Week | Self::Hours => None,
        }
    }

    /// Whether it says that one may come.
    pub fn invites(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Minutes)
    }

    fn reminder(self) -> Option<Reminder> {
        match self {
            Self::Week => Some(Reminder::Week),
            Self::Day => Some(Reminder::Day),
            Self::Hours => Some(Reminder::Hours),
            Self::Announced | Self::Changed | Self::Cancelled | Self::Minutes => None,
        }
    }

    fn of(reminder: Reminder) -> Self {
        match reminder {
            Reminder::Week => Self::Week,
            Reminder::Day => Self::Day,
            Reminder::Hours => Self::Hours,
        }
    }
}

/// A turn of a meeting as it was then.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Tale {
    /// Which meeting.
    pub meeting: MeetingId,
    /// What happened.
    pub turn: Turn,
    /// Of which version of it that is told.
    pub version: i32,
}

impl Tale {
    fn of(row: &Meeting, turn: Turn) -> Self {
        Self {
            meeting: row.id.clone(),
            turn,
            version: row.version,
        }
    }

    /// Until when it is worth telling.
    fn until(&self, row: &Meeting, now: DateTime<Utc>) -> DateTime<Utc> {
        match self.turn.reminder() {
            Some(reminder) => reminder.until(row.starts()),
            None if matches!(self.turn, Turn::Cancelled | Turn::Minutes) => now + WORTH,
            None => row.starts().min(now + WORTH),
        }
    }

    /// Whether it is still so: what changed since is told by the change.
    pub fn holds(&self, row: &Meeting, now: DateTime<Utc>) -> bool {
        row.version == self.version && now < self.until(row, now)
    }
}

/// What finding listeners needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    tale: Tale,
    after: Option<SubscriptionId>,
}

/// Lets the devices hear whom it concerns.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, row: &Meeting, turn: Turn) -> Result<(), Problem> {
    let now = unit.now;
    enqueue_task(unit, Tale::of(row, turn), None, now)
}

/// Lets them hear before it begins, as often as there is time for.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_reminders(unit: &mut Unit<'_>, row: &Meeting) -> Result<(), Problem> {
    for reminder in Reminder::ALL {
        let due = reminder.due(row.starts());
        if unit.now < due {
            enqueue_task(unit, Tale::of(row, Turn::of(*reminder)), None, due)?;
        }
    }
    Ok(())
}

/// Finds some listeners, writes down where to go on, and takes the piece away.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = meetings::get(unit, &task.tale.meeting)?;
    if !task.tale.holds(&row, unit.now) {
        return Ok(());
    }
    let until = task.tale.until(&row, unit.now);
    let story = Story::Meeting(task.tale.clone());
    let members = members(unit, &row)?;
    if task.after.is_none() {
        let members: Vec<_> = members.iter().cloned().collect();
        write_to(unit, task.tale.turn, &row, &members)?;
        tell_devices_of(unit, &task.tale, &row, &members)?;
        residents::news::enqueue_guests(unit, &task.tale)?;
    }
    let found = followers(unit, &row, task.after.as_ref())?;
    let more = found.len() > STRETCH;
    let stretch: Vec<_> = found.into_iter().take(STRETCH).collect();
    let last = stretch.last().map(|(device, _)| device.clone());
    // A member's device has heard, and hears as such; of what concerns those who come, theirs too.
    let mut told = members;
    if task.tale.turn.guests_kind().is_some() {
        let accounts: Vec<_> = stretch.iter().filter_map(|(_, who)| who.clone()).collect();
        told.extend(residents::who_comes(unit, &row.id, &accounts)?);
    }
    let heard =
        |account: &Option<AccountId>| account.as_ref().is_some_and(|who| told.contains(who));
    let devices = stretch.into_iter().filter(|(_, account)| !heard(account));
    let devices: Vec<_> = devices.map(|(device, _)| device).collect();
    fanout::enqueue_pages(unit, &story, Audience::Public, &devices, until)?;
    if more {
        let now = unit.now;
        enqueue_task(unit, task.tale, last, now)?;
    }
    Ok(())
}

/// Puts into the members' inboxes what they must know to be there, and letters on their way.
fn write_to(
    unit: &mut Unit<'_>,
    turn: Turn,
    row: &Meeting,
    members: &[AccountId],
) -> Result<(), Problem> {
    if !turn.is_written() {
        return Ok(());
    }
    let item = residents::news::item(row, turn.name(), NAME);
    for account in members {
        telling::tell(unit, account, &item)?;
    }
    Ok(())
}

/// Lets the devices of these accounts hear, as long as it is worth it.
///
/// # Errors
/// `storage_unavailable`.
pub fn tell_devices_of(
    unit: &mut Unit<'_>,
    tale: &Tale,
    row: &Meeting,
    accounts: &[AccountId],
) -> Result<(), Problem> {
    let devices = store::list_subscriptions_of(unit, accounts)?;
    let until = tale.until(row, unit.now);
    let story = Story::Meeting(tale.clone());
    fanout::enqueue_pages(unit, &story, Audience::Account, &devices, until)
}

/// Who sits in the council.
///
/// # Errors
/// `storage_unavailable`.
pub fn members(unit: &mut Unit<'_>, row: &Meeting) -> Result<BTreeSet<AccountId>, Problem> {
    let members = councils::store::list_members(unit, &row.municipality_code)?;
    Ok(members.into_iter().collect())
}

/// The next devices that follow what it is about, one stretch and one more, each once.
fn followers(
    unit: &mut Unit<'_>,
    row: &Meeting,
    after: Option<&SubscriptionId>,
) -> Result<BTreeMap<SubscriptionId, Option<AccountId>>, Problem> {
    let mut found = BTreeMap::new();
    if !Kind::from_code(&row.kind).is_some_and(Kind::is_open) {
        return Ok(found);
    }
    let code = &row.municipality_code;
    let mut reasons = vec![("municipality", code.clone())];
    reasons.extend(
        row.unit
            .as_ref()
            .map(|slug| ("unit", format!("{code}/{slug}"))),
    );
    reasons.extend(
        row.topic
            .as_ref()
            .map(|topic| ("topic", format!("{code}/{topic}"))),
    );
    let most = i64::try_from(STRETCH + 1).unwrap_or(i64::MAX);
    for (kind, subject) in reasons {
        let kind = kind.to_owned();
        found.extend(store::list_followers(
            unit,
            &Followed { kind, subject },
            after,
            most,
        )?);
    }
    Ok(found)
}

fn enqueue_task(
    unit: &mut Unit<'_>,
    tale: Tale,
    after: Option<SubscriptionId>,
    due: DateTime<Utc>,
) -> Result<(), Problem> {
    let from = after.as_ref().map_or("", SubscriptionId::as_str);
    let (id, version, turn) = (&tale.meeting, tale.version, tale.turn.name());
    let dedup = format!("{id} {version} {turn} {from}");
    outbox::enqueue(unit, KIND, &Task { tale, after }, &dedup, due)
}
