//! Putting a year together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::Code as _;
use domain::concern::State;
use domain::measure::{State as MeasureState, days_late, missed_reports};
use domain::report::{Verdict, carries_over, verdict};

use super::counts::{self, Histories, Period};
use super::store;
use super::views::{
    HeldMeetings, LastWord, ReportList, ReportPage, ReportRecord, ReportYear, ReportedConcern,
    ReportedIndicator, ReportedMeasure, ReportedSeat, Totals,
};
use crate::codes::Code;
use crate::concerns::store::{Concern, get_concern, list_events, list_public_concerns};
use crate::concerns::{ConcernId, contests};
use crate::meetings::MeetingId;
use crate::meetings::attendance::sat;
use crate::meetings::minutes::read::{hash, ordered_seats};
use crate::meetings::minutes::store::list_presences;
use crate::places;
use crate::places::store::Municipality;
use crate::plans::MeasureId;
use crate::plans::store::parts::{self, Indicator};
use crate::plans::store::steps::{self, Step};
use crate::plans::store::{Measure, get_objective};
use crate::platform::app::Unit;
use crate::platform::clock::hour_on;
use crate::platform::problem::Problem;

/// The day of a council's first concern, from the day after: before that it would tell when somebody wrote.
///
/// # Errors
/// `storage_unavailable`.
pub fn first_day(unit: &mut Unit<'_>, place: &Municipality) -> Result<Option<NaiveDate>, Problem> {
    let (first, today) = (store::find_first_day(unit, &place.code)?, unit.today());
    Ok(first.filter(|first| *first < today))
}

/// The years a council answers for: from its first concern on.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, place: &Municipality) -> Result<ReportList, Problem> {
    let this = year_of(unit.today());
    let first = first_day(unit, place)?.map_or(this, year_of);
    let published: HashMap<_, _> = store::list_years(unit, &place.code)?.into_iter().collect();
    let items = (first..=this).rev().map(|year| ReportYear {
        year,
        published_on: published.get(&year).copied(),
    });
    Ok(ReportList {
        items: items.collect(),
    })
}

/// The report of a year: as it was published, or as it would be today.
///
/// # Errors
/// `report_unknown` for a year that has not begun or was before the council's first concern.
pub fn page(unit: &mut Unit<'_>, place: &Municipality, year: i32) -> Result<ReportPage, Problem> {
    if let Some(row) = store::find(unit, &place.code, year)? {
        return Ok(ReportPage {
            hash: Some(hash(&row.record)),
            record: serde_json::from_str(&row.record)
                .map_err(|cause| Problem::caused(Code::Internal, cause))?,
            published_on: Some(row.published_on),
        });
    }
    Ok(ReportPage {
        record: record(unit, place, year, "")?,
        published_on: None,
        hash: None,
    })
}

/// The document out of the rows of today.
///
/// # Errors
/// `report_unknown`.
pub fn record(
    unit: &mut Unit<'_>,
    place: &Municipality,
    year: i32,
    foreword: &str,
) -> Result<ReportRecord, Problem> {
    let unknown = || Problem::new(Code::ReportUnknown);
    let first = first_day(unit, place)?;
    let known = first.is_some_and(|first| year_of(first) <= year);
    let period = Period::of(year, unit.today()).filter(|_| known);
    let period = period.ok_or_else(unknown)?;
    let before =
        Period::of(year - 1, unit.today()).map(|period| counts::totals(unit, place, period));
    let owed = counts::owed(unit, &place.code, period)?;
    let days = (period.from, period.until);
    let concerns = store::list_concerns(unit, &place.code, days)?;
    let held = counts::held(unit, &place.code, period)?;
    Ok(ReportRecord {
        municipality: place.slug.clone(),
        name: place.full_name.clone(),
        year,
        until: period.until,
        foreword: foreword.to_owned(),
        priorities: priorities(unit, place, period, &owed)?,
        measures: measures(unit, period, &owed)?,
        seats: seats(unit, place, period, &held, &owed)?,
        meetings: kinds(&held),
        topics: counts::topics(&concerns, period),
        totals: counts::totals(unit, place, period)?,
        before: before.transpose()?.unwrap_or_else(Totals::default),
    })
}

/// Every public concern that was put first until the end of a period and was not settled before it began.
fn priorities(
    unit: &mut Unit<'_>,
    place: &Municipality,
    period: Period,
    owed: &[(Measure, Vec<Step>)],
) -> Result<Vec<ReportedConcern>, Problem> {
    let histories = counts::histories(unit, &place.code, period.until)?;
    let first = put_first(unit, &histories, period)?;
    let ids: Vec<_> = first.keys().cloned().collect();
    let rows = list_public_concerns(unit, &ids)?;
    let units = places::store::list_units(unit, &place.code)?;
    let answered = answering(unit, owed)?;
    let mut told = Vec::new();
    for row in rows {
        let own: Vec<_> = answered.get(&row.id).cloned().unwrap_or_default();
        let late = owed
            .iter()
            .any(|(measure, _)| own.contains(&measure.id) && is_late(measure, period));
        let on = first.get(&row.id).copied().unwrap_or(period.from);
        let named = units
            .iter()
            .find(|one| Some(&one.slug) == row.unit.as_ref());
        let mut one = concern(unit, &row, &histories, period, late)?;
        one.unit = named.map(|one| one.name.clone());
        one.prioritised_on = on;
        one.carried = on < period.from;
        one.measures = own.iter().map(ToString::to_string).collect();
        told.push(one);
    }
    let place_of = |one: &ReportedConcern| {
        let code = Verdict::from_code(&one.verdict);
        Verdict::ALL
            .iter()
            .position(|verdict| Some(*verdict) == code)
    };
    told.sort_by_key(|one| (place_of(one), one.prioritised_on, one.id.clone()));
    Ok(told)
}

/// What was put first and is still owed in a period, and since when; what took another in is owed in its place.
fn put_first(
    unit: &mut Unit<'_>,
    histories: &Histories,
    period: Period,
) -> Result<BTreeMap<ConcernId, NaiveDate>, Problem> {
    let eve = period.from.pred_opt().unwrap_or(period.from);
    let history = |id: &ConcernId| histories.get(id).map_or(&[][..], Vec::as_slice);
    let state = |id: &ConcernId, day| counts::state_on(history(id), day);
    let mut put: BTreeMap<_, _> = histories
        .iter()
        .filter_map(|(id, history)| {
            let mut put = history
                .iter()
                .filter(|event| is_to(event, State::Prioritised));
            Some((id.clone(), put.next_back()?.on_day))
        })
        .collect();
    let mut owed: Vec<_> = put.clone().into_iter().collect();
    while let Some((id, on)) = owed.pop() {
        if state(&id, period.until) == State::Merged
            && let Some(into) = get_concern(unit, &id)?.merged_into
        {
            let since = put.entry(into.clone()).or_insert(on);
            *since = on.max(*since);
            owed.push((into, on));
        }
    }
    put.retain(|id, on| period.has(*on) || carries_over(verdict(state(id, eve), false)));
    Ok(put)
}

fn concern(
    unit: &mut Unit<'_>,
    row: &Concern,
    histories: &Histories,
    period: Period,
    late: bool,
) -> Result<ReportedConcern, Problem> {
    let history = histories.get(&row.id).map_or(&[][..], Vec::as_slice);
    let state = counts::state_on(history, period.until);
    let events = list_events(unit, &row.id)?;
    let spoken = events.into_iter().rev().find(|event| {
        let said = event.institution.is_some() && !event.text.is_empty();
        said && event.on_day <= period.until
    });
    Ok(ReportedConcern {
        id: row.id.to_string(),
        title: row.title.clone(),
        topic: row.topic.clone(),
        unit: None,
        prioritised_on: period.from,
        carried: false,
        status: state.code().to_owned(),
        verdict: verdict(state, late).code().to_owned(),
        answer: spoken.map(|event| LastWord {
            institution: event.institution,
            text: event.text,
            on: event.on_day,
        }),
        merged_into: row.merged_into.as_ref().map(ToString::to_string),
        measures: Vec::new(),
        supporters: row.residents + row.visitors,
        contests: contests::store::count(unit, &row.id)?,
    })
}

/// Which measures answer each concern.
fn answering(
    unit: &mut Unit<'_>,
    owed: &[(Measure, Vec<Step>)],
) -> Result<HashMap<ConcernId, Vec<MeasureId>>, Problem> {
    let ids: Vec<_> = owed.iter().map(|(row, _)| row.id.clone()).collect();
    let mut answering: HashMap<_, Vec<_>> = HashMap::new();
    for (measure, concern) in parts::list_concerns(unit, &ids)? {
        answering.entry(concern).or_default().push(measure);
    }
    Ok(answering)
}

fn measures(
    unit: &mut Unit<'_>,
    period: Period,
    owed: &[(Measure, Vec<Step>)],
) -> Result<Vec<ReportedMeasure>, Problem> {
    let mut told = Vec::new();
    for (row, own) in owed {
        let ids = std::slice::from_ref(&row.id);
        let places: BTreeSet<_> = own.iter().map(|step| step.position).collect();
        let mut values = steps::list_values(unit, ids)?;
        values.retain(|value| places.contains(&value.step));
        let last = |indicator: &Indicator| {
            let told = values.iter().rev();
            let mut told = told.filter(|value| value.indicator == indicator.position);
            told.next().map(|value| value.value)
        };
        let indicators = parts::list_indicators(unit, ids)?;
        let indicators = indicators.into_iter().map(|one| ReportedIndicator {
            value: last(&one),
            name: one.name,
            unit: one.unit,
            baseline: one.baseline,
            target: one.target,
        });
        let reports = own.iter().filter(|step| step.kind == "reported");
        let reports: Vec<_> = reports.map(|step| step.on_day).collect();
        let days = u32::try_from(row.report_days).unwrap_or_default();
        let until = row.closed_on.unwrap_or(period.until);
        told.push(ReportedMeasure {
            id: row.id.to_string(),
            title: row.title.clone(),
            objective: get_objective(unit, &row.objective_id)?.title,
            lead: row.lead.clone(),
            due_on: row.due_on,
            state: row.state.clone(),
            days_late: days_late(row.due_on, period.until).filter(|_| is_late(row, period)),
            reports_missed: missed_reports(row.starts_on, &reports, days, until),
            budget: row.budget,
            spent: counts::spent(own),
            indicators: indicators.collect(),
        });
    }
    Ok(told)
}

/// Whether a measure, as it stood at the end of a period, was late then.
pub fn is_late(row: &Measure, period: Period) -> bool {
    let open = MeasureState::from_code(&row.state).is_some_and(MeasureState::is_open);
    open && days_late(row.due_on, period.until).is_some()
}

fn seats(
    unit: &mut Unit<'_>,
    place: &Municipality,
    period: Period,
    held: &[(MeetingId, String)],
    owed: &[(Measure, Vec<Step>)],
) -> Result<Vec<ReportedSeat>, Problem> {
    let from = hour_on(period.from, 0).unwrap_or(unit.now);
    let mut rows = list_presences(unit, &place.code, from)?;
    rows.retain(|(_, meeting, _)| held.iter().any(|(id, _)| id == meeting));
    let ids: Vec<_> = held.iter().map(|(id, _)| id.clone()).collect();
    let mut led = store::list_commitments(unit, &ids)?;
    // A measure that keeps what a meeting promised is that commitment.
    let own = owed.iter().filter(|(row, _)| row.meeting_id.is_none());
    led.extend(own.map(|(row, _)| row.lead.clone()));
    let there = ordered_seats(unit, &place.code, period.until)?;
    let seats = sat(there, &rows).into_iter().map(|seat| {
        let led = led.iter().filter(|lead| **lead == seat.institution);
        let commitments = led.count();
        ReportedSeat {
            silent: seat.taken == 0 || commitments == 0,
            institution: seat.institution,
            title: seat.title,
            sittings: seat.sittings,
            taken: seat.taken,
            commitments,
        }
    });
    Ok(seats.collect())
}

fn kinds(held: &[(MeetingId, String)]) -> Vec<HeldMeetings> {
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, kind) in held {
        *kinds.entry(kind).or_default() += 1;
    }
    let told = kinds.into_iter().map(|(kind, held)| HeldMeetings {
        kind: kind.to_owned(),
        held,
    });
    told.collect()
}

fn is_to(event: &store::CountedEvent, state: State) -> bool {
    event.to_state.as_deref() == Some(state.code())
}

fn year_of(day: NaiveDate) -> i32 {
    chrono::Datelike::year(&day)
}
