//! Putting a quarter together, out of what is public today.

use std::collections::HashMap;

use domain::Code as _;
use domain::concern::State;
use domain::measure::State as MeasureState;
use domain::quarter::Quarter;

use super::read::period;
use super::store::Bulletin;
use super::views::{
    BulletinConcern, BulletinConsultation, BulletinMeasure, BulletinMeeting, BulletinRecord,
    BulletinTotals,
};
use crate::concerns::ConcernId;
use crate::concerns::store::{Concern, list_public_concerns};
use crate::consultations;
use crate::meetings::store::{self as meetings, Meeting};
use crate::places;
use crate::places::store::Municipality;
use crate::plans::store::Measure;
use crate::plans::store::steps::Step;
use crate::platform::app::Unit;
use crate::platform::clock::{day_of, time_of};
use crate::platform::problem::Problem;
use crate::reports::counts::{self, Histories, Period, state_on};
use crate::reports::read::is_late;
use crate::reports::store::CountedEvent;

/// How many concerns one query asks for.
const PAGE: usize = 500;
/// What becomes of measures, in the order in which it is told.
const TURNS: [&str; 5] = ["done", "partly_done", "begun", "late", "not_done"];

/// The document out of the rows of today, with the secretary's words where they are written.
///
/// # Errors
/// `bulletin_unknown`.
pub fn record(
    unit: &mut Unit<'_>,
    place: &Municipality,
    quarter: Quarter,
    words: Option<&Bulletin>,
) -> Result<BulletinRecord, Problem> {
    let period = period(unit, place, quarter)?;
    let named = (quarter.year(), quarter.number());
    let mut record = BulletinRecord::empty(place, named, period);
    if let Some(words) = words {
        record.opening.clone_from(&words.opening);
        record.closing.clone_from(&words.closing);
    }
    let histories = counts::histories(unit, &place.code, period.until)?;
    let public = public(unit, &histories, period)?;
    let stands = |states: &[State], row: &Concern| stood(&histories, row, states, period);
    let done = [State::Done, State::PartlyDone];
    let going = [State::Planned, State::InProgress];
    record.done = concerns(unit, place, &public, |row| stands(&done, row))?;
    record.taken_up = concerns(unit, place, &public, |row| stands(&going, row))?;
    record.measures = measures(&counts::owed(unit, &place.code, period)?, period);
    for (id, _) in counts::held(unit, &place.code, period)? {
        record.held.push(meeting(meetings::get(unit, &id)?));
    }
    let now = unit.now;
    let coming = meetings::list_next(unit, &place.code, now)?;
    let coming = coming.into_iter().filter(|row| row.starts() > now);
    record.to_come = coming.map(meeting).collect();
    record.consultations = voted(unit, place, period)?;
    record.totals = totals(unit, place, period, &record)?;
    let answered = public.iter().filter(|row| {
        let said = |event: &CountedEvent| event.kind == "answer" && period.has(event.on_day);
        history(&histories, row).iter().any(said)
    });
    record.totals.answered = count(answered.count());
    Ok(record)
}

/// The public concerns to which something happened in a period.
fn public(
    unit: &mut Unit<'_>,
    histories: &Histories,
    period: Period,
) -> Result<Vec<Concern>, Problem> {
    let happened = |events: &[CountedEvent]| events.iter().any(|event| period.has(event.on_day));
    let mut ids: Vec<&ConcernId> = histories
        .iter()
        .filter(|(_, events)| happened(events))
        .map(|(id, _)| id)
        .collect();
    ids.sort();
    let mut public = Vec::new();
    for page in ids.chunks(PAGE) {
        let page: Vec<_> = page.iter().map(|id| (*id).clone()).collect();
        public.extend(list_public_concerns(unit, &page)?);
    }
    Ok(public)
}

fn history<'a>(histories: &'a Histories, row: &Concern) -> &'a [CountedEvent] {
    histories.get(&row.id).map_or(&[][..], Vec::as_slice)
}

/// The move that brought a concern into one of these states in a period, where it was in none of them before and
/// still was at the end.
fn stood<'a>(
    histories: &'a Histories,
    row: &Concern,
    states: &[State],
    period: Period,
) -> Option<&'a CountedEvent> {
    let history = history(histories, row);
    let among = |state: State| states.contains(&state);
    if !among(state_on(history, period.until)) {
        return None;
    }
    let moves = history.iter().filter(|event| event.to_state.is_some());
    let known = |event: &CountedEvent| event.to_state.as_deref().and_then(State::from_code);
    let mut since = None;
    for event in moves {
        let there = known(event).is_some_and(among);
        since = since.filter(|_| there).or(there.then_some(event));
    }
    since.filter(|event| period.has(event.on_day))
}

/// Those of these concerns that a move speaks for, in its order.
fn concerns<'a>(
    unit: &mut Unit<'_>,
    place: &Municipality,
    public: &[Concern],
    told: impl Fn(&Concern) -> Option<&'a CountedEvent>,
) -> Result<Vec<BulletinConcern>, Problem> {
    let units = places::store::list_units(unit, &place.code)?;
    let units: HashMap<_, _> = units
        .iter()
        .map(|one| (one.slug.as_str(), one.name.as_str()))
        .collect();
    let mut named: Vec<_> = public
        .iter()
        .filter_map(|row| {
            let event = told(row)?;
            let unit = row.unit.as_deref().and_then(|slug| units.get(slug));
            Some(BulletinConcern {
                id: row.id.to_string(),
                title: row.title.clone(),
                topic: row.topic.clone(),
                unit: unit.map(|name| (*name).to_owned()),
                status: event.to_state.clone().unwrap_or_default(),
                on: event.on_day,
            })
        })
        .collect();
    named.sort_by_key(|one| (one.on, one.id.clone()));
    Ok(named)
}

fn measures(owed: &[(Measure, Vec<Step>)], period: Period) -> Vec<BulletinMeasure> {
    let told = owed.iter().filter_map(|(row, steps)| {
        Some(BulletinMeasure {
            id: row.id.to_string(),
            title: row.title.clone(),
            lead: row.lead.clone(),
            due_on: row.due_on,
            turn: turn(row, steps, period)?.to_owned(),
        })
    });
    let mut told: Vec<_> = told.collect();
    told.sort_by_key(|one| TURNS.iter().position(|turn| *turn == one.turn));
    told
}

/// What there is to tell of a measure, as it stood at the end of a period.
fn turn(row: &Measure, steps: &[Step], period: Period) -> Option<&'static str> {
    match MeasureState::from_code(&row.state)? {
        MeasureState::Done => Some("done"),
        MeasureState::PartlyDone => Some("partly_done"),
        MeasureState::NotDone => Some("not_done"),
        _ if is_late(row, period) => Some("late"),
        MeasureState::InProgress => {
            let going = |step: &&Step| step.state == MeasureState::InProgress.code();
            let begun = steps.iter().find(going)?;
            period.has(begun.on_day).then_some("begun")
        }
        _ => None,
    }
}

fn meeting(row: Meeting) -> BulletinMeeting {
    let starts = row.starts();
    BulletinMeeting {
        id: row.id.to_string(),
        title: row.title,
        kind: row.kind,
        on: day_of(starts),
        from: time_of(starts),
        place: row.place,
    }
}

/// The consultations whose vote ended in a period.
fn voted(
    unit: &mut Unit<'_>,
    place: &Municipality,
    period: Period,
) -> Result<Vec<BulletinConsultation>, Problem> {
    let today = unit.today();
    let rows = consultations::store::list(unit, &place.code)?.into_iter();
    let mut voted: Vec<_> = rows
        .filter(|row| row.withdrawn_on.is_none())
        .map(|row| BulletinConsultation {
            id: row.id.to_string(),
            question: row.question,
            voted_until: domain::consultation::Schedule::from(row.schedule).vote_until,
        })
        .filter(|one| period.has(one.voted_until) && one.voted_until < today)
        .collect();
    voted.sort_by_key(|one| (one.voted_until, one.id.clone()));
    Ok(voted)
}

/// The numbers the year's report has too, and how many are named. How many were handed to a protected mechanism is
/// not among them: beside those of the year, those of its quarters would tell of few.
fn totals(
    unit: &mut Unit<'_>,
    place: &Municipality,
    period: Period,
    record: &BulletinRecord,
) -> Result<BulletinTotals, Problem> {
    let counted = counts::totals(unit, place, period)?;
    let turns = |wanted: &[&str]| {
        let so = |one: &&BulletinMeasure| wanted.contains(&one.turn.as_str());
        count(record.measures.iter().filter(so).count())
    };
    Ok(BulletinTotals {
        received: counted.received,
        published: counted.published,
        answered: 0,
        done: count(record.done.len()),
        reopened: counted.reopened,
        meetings: counted.meetings,
        measures_begun: turns(&["begun"]),
        measures_done: turns(&["done", "partly_done"]),
        measures_late: turns(&["late"]),
    })
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
