//! Meetings as calendars take them (RFC 5545).

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};

use super::store::Meeting;
use crate::platform::clock::hour_on;

/// What calendars are served as.
pub const CALENDAR: &str = "text/calendar; charset=utf-8";

/// A calendar of these meetings; `origin` is where their pages are.
pub fn write(name: &str, origin: &str, rows: &[Meeting]) -> String {
    let mut calendar = Calendar::new();
    calendar.name(name);
    for row in rows {
        calendar.push(event(origin, row));
    }
    calendar.done().to_string()
}

/// A meeting. Its stamp is the day it was announced, so that the same meeting is always the same text.
fn event(origin: &str, row: &Meeting) -> Event {
    let page = format!("{origin}/takime/{}", row.id);
    let mut event = Event::new();
    event
        .uid(&format!("{}@trekendesh", row.id))
        .summary(&row.title)
        .description(&format!("{}\n\n{page}", row.objective))
        .url(&page)
        .starts(row.starts())
        .ends(row.ends())
        .sequence(u32::try_from(row.version).unwrap_or(0));
    if let Some(announced) = hour_on(row.announced_on, 0) {
        event.timestamp(announced);
    }
    if let Some(at) = row.place.as_ref().or(row.link.as_ref()) {
        event.location(at);
    }
    event.status(if row.cancelled_on.is_some() {
        EventStatus::Cancelled
    } else {
        EventStatus::Confirmed
    });
    event.done()
}
