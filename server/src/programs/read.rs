//! Putting a programme together out of what there is.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::Code as _;
use domain::consultation::Schedule;
use domain::program::{Kind, sittings_due};
use domain::quarter::Quarter;

use super::store;
use super::views::{Program, ProgramItem};
use crate::meetings::store::Meeting;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::clock::time_of;
use crate::platform::problem::Problem;
use crate::{bulletins, consultations, meetings, plans, reports};

/// Quarters of a year.
const QUARTERS: u32 = 4;

/// A year of a council, and the day it is looked at.
struct Year {
    from: NaiveDate,
    until: NaiveDate,
    today: NaiveDate,
}

impl Year {
    fn has(&self, on: NaiveDate, until: Option<NaiveDate>) -> bool {
        on <= self.until && self.from <= until.unwrap_or(on)
    }

    /// An item of a day; done once the day is over.
    fn item(&self, kind: Kind, on: NaiveDate) -> ProgramItem {
        ProgramItem {
            on,
            until: None,
            from: None,
            kind: kind.code(),
            title: None,
            about: None,
            lead: None,
            done: (on < self.today).then_some(true),
        }
    }

    /// Whether something that should be done by a day was, as far as that can be said today.
    fn kept(&self, done: bool, by: NaiveDate) -> Option<bool> {
        (done || by < self.today).then_some(done)
    }
}

/// What a council does in a year.
///
/// # Errors
/// `storage_unavailable`.
pub fn program(unit: &mut Unit<'_>, place: &Municipality, year: i32) -> Result<Program, Problem> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let of = Year {
        from: day(1, 1),
        until: day(12, 31),
        today: unit.today(),
    };
    let mut items = sittings(unit, place, &of)?;
    items.extend(asked(unit, place, &of)?);
    items.extend(measures(unit, place, &of)?);
    items.extend(told(unit, place, &of, year)?);
    items.retain(|item| of.has(item.on, item.until));
    items.sort_by(|one, other| {
        (one.on, &one.from, &one.title).cmp(&(other.on, &other.from, &other.title))
    });
    Ok(Program { year, items })
}

/// What was announced, what minutes named, and what the regulation wants.
fn sittings(
    unit: &mut Unit<'_>,
    place: &Municipality,
    of: &Year,
) -> Result<Vec<ProgramItem>, Problem> {
    let mut rows = meetings::store::list(unit, &place.code)?;
    rows.retain(|row| row.cancelled_on.is_none());
    let days: BTreeSet<_> = rows.iter().map(Meeting::day).collect();
    let sat = rows.iter().filter(|row| row.kind == "council");
    let sat: BTreeSet<_> = sat.map(Meeting::day).collect();
    let held = sat.range(..=of.today).next_back().copied();
    let sat: Vec<_> = sat.range(held.unwrap_or(of.today)..).copied().collect();
    let mut items: Vec<_> = rows
        .iter()
        .map(|row| ProgramItem {
            from: Some(time_of(row.starts())),
            title: Some(row.title.clone()),
            about: Some(row.id.to_string()),
            ..of.item(Kind::Meeting, row.day())
        })
        .collect();
    let set = store::list_next_days(unit, &place.code, (of.from, of.until))?;
    let set = set.into_iter().filter(|day| !days.contains(day));
    items.extend(set.map(|day| ProgramItem {
        done: of.kept(false, day),
        ..of.item(Kind::SittingSet, day)
    }));
    let every = u32::try_from(place.meeting_days).unwrap_or(1);
    let due = sittings_due(&sat, every, of.until).into_iter();
    items.extend(due.map(|day| ProgramItem {
        done: of.kept(false, day),
        ..of.item(Kind::SittingDue, day)
    }));
    Ok(items)
}

/// The phases of each consultation, and the day the council answers for it.
fn asked(
    unit: &mut Unit<'_>,
    place: &Municipality,
    of: &Year,
) -> Result<Vec<ProgramItem>, Problem> {
    let reported = reports::store::list_years(unit, &place.code)?;
    let mut items = Vec::new();
    for row in consultations::store::list(unit, &place.code)? {
        if row.withdrawn_on.is_some() {
            continue;
        }
        let dates = Schedule::from(row.schedule.clone());
        let after = |day: NaiveDate| day + Days::new(1);
        let phases = [
            (
                Kind::Collection,
                dates.collect_from,
                Some(dates.collect_until),
            ),
            (
                Kind::Discussion,
                after(dates.collect_until),
                dates.discuss_until,
            ),
            (
                Kind::Vote,
                after(dates.frozen_after()),
                Some(dates.vote_until),
            ),
            (
                Kind::Planning,
                after(dates.result_until),
                Some(dates.plan_until),
            ),
        ];
        let named = |item: ProgramItem| ProgramItem {
            title: Some(row.question.clone()),
            about: Some(row.id.to_string()),
            ..item
        };
        for (kind, on, until) in phases {
            let Some(until) = until else { continue };
            items.push(named(ProgramItem {
                until: Some(until),
                done: (until < of.today).then_some(true),
                ..of.item(kind, on)
            }));
        }
        let done = reported.iter().any(|(_, on)| *on >= dates.vote_until);
        items.push(named(ProgramItem {
            done: of.kept(done, dates.report_on),
            ..of.item(Kind::Report, dates.report_on)
        }));
    }
    Ok(items)
}

/// When measures are due, and the next report of each that is owed.
fn measures(
    unit: &mut Unit<'_>,
    place: &Municipality,
    of: &Year,
) -> Result<Vec<ProgramItem>, Problem> {
    let mut items = Vec::new();
    for (row, report_due) in plans::read::dated(unit, &place.code, (of.from, of.until))? {
        let named = |item: ProgramItem| ProgramItem {
            title: Some(row.title.clone()),
            about: Some(row.id.to_string()),
            lead: Some(row.lead.clone()),
            ..item
        };
        items.push(named(ProgramItem {
            done: of.kept(row.closed_on.is_some(), row.due_on),
            ..of.item(Kind::MeasureDue, row.due_on)
        }));
        items.extend(report_due.map(|day| {
            named(ProgramItem {
                done: of.kept(false, day),
                ..of.item(Kind::MeasureReport, day)
            })
        }));
    }
    Ok(items)
}

/// The quarters that end in a year, since there is something to tell of.
fn told(
    unit: &mut Unit<'_>,
    place: &Municipality,
    of: &Year,
    year: i32,
) -> Result<Vec<ProgramItem>, Problem> {
    let Some(first) = reports::store::find_first_day(unit, &place.code)? else {
        return Ok(Vec::new());
    };
    let published: BTreeSet<_> = bulletins::store::list(unit, &place.code)?
        .into_iter()
        .filter(|row| row.published_on.is_some())
        .map(|row| (row.year, row.quarter))
        .collect();
    let quarters = [(year - 1, QUARTERS)].into_iter();
    let quarters = quarters.chain((1..QUARTERS).map(|number| (year, number)));
    Ok(quarters
        .filter_map(|(year, number)| {
            let quarter = Quarter::new(year, number)?;
            let last = quarter.last_day().filter(|last| first <= *last)?;
            let key = (year, i32::try_from(number).ok()?);
            Some(ProgramItem {
                about: Some(format!("{year}/{number}")),
                done: of.kept(published.contains(&key), last + Days::new(1)),
                ..of.item(Kind::Bulletin, last + Days::new(1))
            })
        })
        .collect())
}
