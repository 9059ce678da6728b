//! A programme as calendars take it (RFC 5545), in Albanian.

use std::collections::BTreeMap;

use chrono::Days;
use icalendar::{Calendar, Component as _, Event, EventLike as _};

use super::views::{Program, ProgramItem};
use crate::notices::texts::text;
use crate::platform::problem::Problem;

/// A calendar of a programme; `origin` is where its pages are.
///
/// # Errors
/// `internal` when a word is missing.
pub fn write(name: &str, origin: &str, program: &Program) -> Result<String, Problem> {
    let mut calendar = Calendar::new();
    calendar.name(&format!("{name}, {}", program.year));
    for item in &program.items {
        calendar.push(event(origin, item)?);
    }
    Ok(calendar.done().to_string())
}

/// An item takes its whole days: the hour of a meeting is in the calendar of meetings, which says when it moves.
fn event(origin: &str, item: &ProgramItem) -> Result<Event, Problem> {
    let kind = text("sq", &format!("program-{}", item.kind), &BTreeMap::new())?;
    let about = item.about.as_deref();
    let quarter = about.filter(|_| item.kind == "bulletin");
    let title = item.title.as_deref().or(quarter);
    let mut event = Event::new();
    event
        .uid(&match about {
            Some(about) => format!("{}-{}@trekendesh", item.kind, about.replace('/', "-")),
            None => format!("{}-{}@trekendesh", item.kind, item.on),
        })
        .summary(&title.map_or_else(|| kind.clone(), |title| format!("{kind}: {title}")))
        .starts(item.on)
        .ends(item.until.unwrap_or(item.on) + Days::new(1));
    // The same programme is always the same text.
    if let Some(stamp) = item.on.and_hms_opt(0, 0, 0) {
        event.timestamp(stamp.and_utc());
    }
    if let Some(page) = page_of(item.kind, about) {
        event.url(&format!("{origin}{page}"));
    }
    Ok(event.done())
}

/// The path of the page of what an item is about.
fn page_of(kind: &str, about: Option<&str>) -> Option<String> {
    let folder = match kind {
        "meeting" => "takime",
        "collection" | "discussion" | "vote" | "planning" | "report" => "konsultime",
        "measure_report" | "measure_due" => "masat",
        "bulletin" => "buletini",
        _ => return None,
    };
    about.map(|about| format!("/{folder}/{about}"))
}
