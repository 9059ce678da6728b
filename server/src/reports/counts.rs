//! A year in numbers.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use domain::Code as _;
use domain::concern::State;
use domain::measure::{State as MeasureState, days_late};
use domain::quarter::Quarter;
use domain::report::told_of;

use super::store::{self, CountedConcern, CountedEvent};
use super::views::{TopicYear, Totals};
use crate::concerns::{ConcernId, submit};
use crate::meetings::MeetingId;
use crate::places::store::Municipality;
use crate::plans::MeasureId;
use crate::plans::store::Measure;
use crate::plans::store::steps::{self, Step};
use crate::platform::app::Unit;
use crate::platform::clock::hour_on;
use crate::platform::problem::Problem;

/// A count of concerns below this would point at who wrote one.
pub const FEW: u32 = 5;
/// Months of a year.
const MONTHS: usize = 12;

/// The days of a year, or of a part of it, that are counted.
#[derive(Clone, Copy)]
pub struct Period {
    /// The first.
    pub from: NaiveDate,
    /// The last: of the year or the quarter, or today.
    pub until: NaiveDate,
}

impl Period {
    /// A year, up to a day; nothing before it begins.
    pub fn of(year: i32, today: NaiveDate) -> Option<Self> {
        let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
        Self::between(from, NaiveDate::from_ymd_opt(year, 12, 31)?, today)
    }

    /// A quarter, likewise.
    pub fn of_quarter(quarter: Quarter, today: NaiveDate) -> Option<Self> {
        Self::between(quarter.first_day()?, quarter.last_day()?, today)
    }

    fn between(from: NaiveDate, last: NaiveDate, today: NaiveDate) -> Option<Self> {
        let until = last.min(today);
        (from <= until).then_some(Self { from, until })
    }

    /// Whether a day is counted.
    pub fn has(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until
    }

    fn days(&self) -> i64 {
        (self.until - self.from).num_days() + 1
    }
}

/// What happened to each concern, in its order.
pub type Histories = HashMap<ConcernId, Vec<CountedEvent>>;

/// What happened to the concerns of a municipality up to a day.
///
/// # Errors
/// `storage_unavailable`.
pub fn histories(
    unit: &mut Unit<'_>,
    municipality: &str,
    until: NaiveDate,
) -> Result<Histories, Problem> {
    let mut histories = Histories::new();
    for event in store::list_events(unit, municipality, until)? {
        let id = event.concern_id.clone();
        histories.entry(id).or_default().push(event);
    }
    Ok(histories)
}

/// Where a concern with this history stood on the evening of a day.
pub fn state_on(history: &[CountedEvent], day: NaiveDate) -> State {
    let moves = history.iter().filter(|event| event.on_day <= day);
    let last = moves
        .filter_map(|event| event.to_state.as_deref())
        .next_back();
    last.and_then(State::from_code).unwrap_or(State::Received)
}

/// The measures that were owed in a period, each where it stood at its end and with its steps until then.
///
/// # Errors
/// `storage_unavailable`.
pub fn owed(
    unit: &mut Unit<'_>,
    municipality: &str,
    period: Period,
) -> Result<Vec<(Measure, Vec<Step>)>, Problem> {
    let mut rows = store::list_owed(unit, municipality, (period.from, period.until))?;
    let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
    let mut told: HashMap<MeasureId, Vec<Step>> = HashMap::new();
    for step in steps::list(unit, &ids)? {
        if step.on_day <= period.until {
            told.entry(step.measure_id.clone()).or_default().push(step);
        }
    }
    let owed = rows.drain(..).filter_map(|mut row| {
        let steps = told.remove(&row.id)?;
        let last = steps.last()?;
        row.state.clone_from(&last.state);
        row.due_on = last.due_on;
        row.closed_on = row.closed_on.filter(|day| *day <= period.until);
        Some((row, steps))
    });
    Ok(owed.collect())
}

/// The meetings of a municipality that were held in a period, with their kinds.
///
/// # Errors
/// `storage_unavailable`.
pub fn held(
    unit: &mut Unit<'_>,
    municipality: &str,
    period: Period,
) -> Result<Vec<(MeetingId, String)>, Problem> {
    let begin = |day| hour_on(day, 0).unwrap_or(unit.now);
    let next = period.until.succ_opt().unwrap_or(period.until);
    let moments = (begin(period.from), begin(next).min(unit.now));
    let rows = store::list_held(unit, municipality, moments)?;
    Ok(rows.into_iter().map(|(id, kind, _)| (id, kind)).collect())
}

/// The numbers of a period.
///
/// # Errors
/// `storage_unavailable`.
pub fn totals(
    unit: &mut Unit<'_>,
    place: &Municipality,
    period: Period,
) -> Result<Totals, Problem> {
    let days = (period.from, period.until);
    let concerns = store::list_concerns(unit, &place.code, days)?;
    let histories = histories(unit, &place.code, period.until)?;
    let mut totals = moved(&histories, period);
    // A count that grew at once would tell when somebody wrote.
    let today = unit.today();
    let told = |row: &&CountedConcern| period.has(row.received_on) && row.received_on < today;
    let received: Vec<_> = concerns.iter().filter(told).collect();
    totals.received = count(received.len());
    let public = |row: &&CountedConcern| row.public_on.is_some_and(|day| period.has(day));
    totals.published = count(concerns.iter().filter(public).count());
    answered(unit, place, period, &received, &histories, &mut totals)?;
    let held = held(unit, &place.code, period)?;
    totals.meetings = count(held.len());
    totals.sittings = count(held.iter().filter(|(_, kind)| kind == "council").count());
    let meetings: Vec<_> = held.iter().map(|(id, _)| id.clone()).collect();
    let minuted = store::count_minuted(unit, &meetings)?;
    totals.meetings_minuted = u32::try_from(minuted).unwrap_or(u32::MAX);
    let (items, from_residents) = store::count_agenda(unit, &meetings)?;
    totals.agenda_items = u32::try_from(items).unwrap_or(u32::MAX);
    totals.agenda_from_residents = u32::try_from(from_residents).unwrap_or(u32::MAX);
    let due = period.days() / i64::from(place.meeting_days.max(1));
    totals.sittings_due = u32::try_from(due).unwrap_or_default();
    measured(&owed(unit, &place.code, period)?, period, &mut totals);
    Ok(totals)
}

/// How many concerns went each way in a period, each once.
fn moved(histories: &Histories, period: Period) -> Totals {
    let went = |states: &[State]| {
        let codes: Vec<_> = states.iter().map(|state| state.code()).collect();
        let so = |event: &&CountedEvent| {
            let to = event.to_state.as_deref();
            period.has(event.on_day) && to.is_some_and(|to| codes.contains(&to))
        };
        let so = |history: &&Vec<CountedEvent>| history.iter().any(|event| so(&event));
        count(histories.values().filter(so).count())
    };
    let referred = went(&[State::Referred]);
    let accepted = |history: &&Vec<CountedEvent>| {
        let to = |event: &&CountedEvent| {
            let state = event.to_state.as_deref().and_then(State::from_code);
            state.is_some_and(State::is_taken_up)
        };
        let first = history.iter().find(to);
        first.is_some_and(|event| period.has(event.on_day))
    };
    Totals {
        accepted: count(histories.values().filter(accepted).count()),
        declined: went(&[State::Declined]),
        not_ours: went(&[State::NotOurs]),
        merged: went(&[State::Merged]),
        referred: told_of(referred, referred, FEW),
        done: went(&[State::Done, State::PartlyDone]),
        reopened: went(&[State::Reopened]),
        ..Totals::default()
    }
}

/// Whether what was received in a period and is public was answered within the days the council has.
fn answered(
    unit: &mut Unit<'_>,
    place: &Municipality,
    period: Period,
    received: &[&CountedConcern],
    histories: &Histories,
    totals: &mut Totals,
) -> Result<(), Problem> {
    let mut dues: HashMap<NaiveDate, NaiveDate> = HashMap::new();
    for row in received.iter().filter(|row| row.public_on.is_some()) {
        let due = match dues.get(&row.received_on) {
            Some(due) => *due,
            None => {
                let due = submit::answer_due(unit, &place.code, row.received_on)?;
                dues.insert(row.received_on, due);
                due
            }
        };
        let history = histories.get(&row.id).map_or(&[][..], Vec::as_slice);
        let first = history.iter().find(|event| event.kind == "answer");
        match first {
            Some(event) if event.on_day <= due => totals.answered_in_time += 1,
            Some(_) => totals.answered_late += 1,
            None if due < period.until => totals.unanswered += 1,
            None => {}
        }
    }
    Ok(())
}

fn measured(owed: &[(Measure, Vec<Step>)], period: Period, totals: &mut Totals) {
    totals.measures = count(owed.len());
    for (row, steps) in owed {
        match MeasureState::from_code(&row.state) {
            Some(MeasureState::Done) => totals.measures_done += 1,
            Some(MeasureState::PartlyDone) => totals.measures_partly += 1,
            Some(MeasureState::NotDone) => totals.measures_not_done += 1,
            _ if days_late(row.due_on, period.until).is_some() => totals.measures_late += 1,
            _ => {}
        }
        totals.budget += row.budget.unwrap_or(0);
        totals.spent += spent(steps).unwrap_or(0);
    }
}

/// Lekë spent on a measure, as the last of these steps that told says.
pub fn spent(steps: &[Step]) -> Option<i64> {
    steps.iter().rev().find_map(|step| step.spent)
}

/// How many concerns became public in each month of a year, by topic.
pub fn topics(concerns: &[CountedConcern], period: Period) -> Vec<TopicYear> {
    let named: BTreeSet<_> = concerns.iter().map(|row| row.topic.as_str()).collect();
    let year = |topic: &str| {
        let mut months = vec![0_u32; MONTHS];
        let own = concerns.iter().filter(|row| row.topic == topic);
        for day in own.filter_map(|row| row.public_on.filter(|day| period.has(*day))) {
            let place = usize::try_from(day.month0()).unwrap_or_default();
            if let Some(month) = months.get_mut(place) {
                *month += 1;
            }
        }
        let topic = topic.to_owned();
        TopicYear { topic, months }
    };
    let years = named.into_iter().map(year);
    years
        .filter(|one| one.months.iter().any(|count| *count > 0))
        .collect()
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
