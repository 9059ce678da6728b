//! Shapes of the inbox and of preferences.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::preferences::Preferences;
use super::store::Notice;

/// A line in one's inbox.
#[derive(Serialize, ToSchema)]
pub struct NoticeView {
    /// Its id.
    pub id: String,
    /// `desk`, `moved`, `published`, `answered`, `fixed` or `message`; of a meeting
    /// `meeting_announced`, `meeting_changed`, `meeting_cancelled` or `meeting_day` (it is tomorrow) to members; to
    /// who said that they come `place_changed`, `place_cancelled`, `place_day`, or `place_given`: they have a place now;
    /// to who follows the place `report_published` and `bulletin_published`.
    pub kind: String,
    /// The concern; nothing when it is about a meeting or the desk.
    pub concern: Option<String>,
    /// The meeting.
    pub meeting: Option<String>,
    /// Where to read on of anything else, below the site's origin.
    pub path: Option<String>,
    /// The concern's title, the meeting's with its day, or what waits at the desk.
    pub title: String,
    /// The day.
    pub on: NaiveDate,
    /// Whether it was seen.
    pub read: bool,
}

/// One's inbox, the newest line first.
#[derive(Serialize, ToSchema)]
pub struct Inbox {
    /// The lines.
    pub items: Vec<NoticeView>,
    /// How many were not seen.
    pub unread: i64,
}

/// How somebody wants to be told.
#[derive(Serialize, ToSchema)]
pub struct PreferencesView {
    /// `immediate`, `daily` or `off`.
    pub email: String,
    /// Whether devices are pushed to.
    pub push: bool,
    /// Hour from which nothing is pushed, 0 to 23, in Albania.
    pub quiet_from: i32,
    /// Hour until which nothing is pushed.
    pub quiet_until: i32,
    /// Kinds of news that only the inbox tells: `desk`, `moved`, `published`, `answered`, `fixed`, `meetings`,
    /// `documents`; and `consultations`, which are told on devices alone.
    pub muted: Vec<String>,
}

/// Whether somebody is told of every step of a concern.
#[derive(Serialize, ToSchema)]
pub struct FollowView {
    /// Whether they are.
    pub follows: bool,
}

impl From<Notice> for NoticeView {
    fn from(row: Notice) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            concern: row.concern_id.map(|id| id.to_string()),
            meeting: row.meeting_id.map(|id| id.to_string()),
            path: row.path,
            title: row.title,
            on: row.on_day,
            read: row.seen,
        }
    }
}

impl From<Preferences> for PreferencesView {
    fn from(row: Preferences) -> Self {
        Self {
            email: row.email,
            push: row.push,
            quiet_from: row.quiet_from,
            quiet_until: row.quiet_until,
            muted: row.muted.split_whitespace().map(str::to_owned).collect(),
        }
    }
}
