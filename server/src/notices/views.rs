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
    /// `desk`, `moved`, `published`, `answered`, `fixed` or `message`.
    pub kind: String,
    /// The concern; nothing when it is about the desk.
    pub concern: Option<String>,
    /// The concern's title, or what waits at the desk.
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
    /// Kinds of news that only the inbox tells: `desk`, `moved`, `published`, `answered`, `fixed`; and
    /// `consultations` and `meetings`, which are told on devices alone.
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
