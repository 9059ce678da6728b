//! The summary that the law asks for: what became of each concern that residents brought while a
//! consultation collected (law 146/2014).
//!
//! Invariants: it names nothing that is not public on its own page; of everything else it tells how
//! many there are at least, never in which unit, so that what two summaries differ in is nobody.

use std::collections::{BTreeMap, HashMap};

use domain::Code as _;
use domain::concern::State;
use domain::consultation::{Became, Schedule};
use domain::disclosure;
use domain::topic::Class;

use super::store::{self, Candidate, Consultation};
use super::views::{ConsultationSummary, SummedUp, Unseen};
use crate::concerns::ConcernId;
use crate::concerns::moves::state_of;
use crate::concerns::store::{Concern, Event};
use crate::concerns::topics;
use crate::concerns::views::{MergedConcern, UnitName};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::spreadsheet::{csv, harmless};

/// How many concerns are asked about at once: a list of ids may not be longer than the store allows.
const AT_ONCE: usize = 500;

/// Sums up what became of what was received; nothing while it is still being collected.
///
/// # Errors
/// `storage_unavailable`.
pub fn sum_up(unit: &mut Unit<'_>, row: Consultation) -> Result<ConsultationSummary, Problem> {
    let phase = row.phase(unit.today());
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let ready = phase.is_summed_up();
    let (concerns, unseen) = if ready {
        (received(unit, &row)?, count(unit, &row)?)
    } else {
        (Vec::new(), Unseen::default())
    };
    let dates = Schedule::from(row.schedule);
    Ok(ConsultationSummary {
        consultation: row.id.to_string(),
        municipality: place.slug,
        question: row.question,
        phase: phase.code(),
        collect_from: dates.collect_from,
        collect_until: dates.collect_until,
        ready,
        may_change: phase.list_is_open(),
        concerns,
        unseen,
    })
}

/// The summary as CSV, safe to open in a spreadsheet.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn to_csv(summary: ConsultationSummary) -> Result<String, Problem> {
    let headings = [
        "id",
        "title",
        "unit",
        "received_on",
        "became",
        "on",
        "reason",
        "legal_ground",
        "whose",
        "merged_into",
    ];
    let text = |text: Option<String>| text.as_deref().map(harmless).unwrap_or_default();
    let lines = summary.concerns.into_iter().map(|concern| {
        [
            concern.id,
            harmless(&concern.title),
            concern.unit.map(|unit| unit.slug).unwrap_or_default(),
            concern.received_on.to_string(),
            concern.became.to_owned(),
            concern.on.map(|day| day.to_string()).unwrap_or_default(),
            text(concern.reason),
            text(concern.legal_ground),
            text(concern.whose),
            concern.into.map(|into| into.id).unwrap_or_default(),
        ]
    });
    csv(headings, lines)
}

/// All that is public and came in time, or that something was decided of: it may have come before.
fn received(unit: &mut Unit<'_>, row: &Consultation) -> Result<Vec<SummedUp>, Problem> {
    let units = store::list_units(unit, std::slice::from_ref(&row.id))?;
    let units: Vec<String> = units.into_iter().map(|(_, slug)| slug).collect();
    let mut concerns: BTreeMap<_, Concern> = BTreeMap::new();
    for concern in store::list_received(unit, row, &units)? {
        concerns.insert((concern.received_on, concern.id.clone()), concern);
    }
    let mut decided: HashMap<ConcernId, Candidate> = HashMap::new();
    for (candidate, concern) in store::list_candidates(unit, &row.id)? {
        decided.insert(candidate.concern_id.clone(), candidate);
        concerns.insert((concern.received_on, concern.id.clone()), concern);
    }
    let names = places::store::list_units(unit, &row.municipality_code)?;
    let names: HashMap<String, String> = names.into_iter().map(|at| (at.slug, at.name)).collect();
    let concerns: Vec<Concern> = concerns.into_values().collect();
    let mut all = Vec::new();
    for part in concerns.chunks(AT_ONCE) {
        let ids: Vec<ConcernId> = part.iter().map(|concern| concern.id.clone()).collect();
        let into: Vec<ConcernId> = part
            .iter()
            .filter_map(|of| of.merged_into.clone())
            .collect();
        let moves = store::list_moves(unit, &ids)?;
        let into = store::list_public(unit, &into)?;
        for concern in part {
            let candidate = decided.get(&concern.id);
            all.push(summed_up(concern, candidate, &moves, &into, &names)?);
        }
    }
    Ok(all)
}

fn summed_up(
    concern: &Concern,
    candidate: Option<&Candidate>,
    moves: &[Event],
    into: &[Concern],
    names: &HashMap<String, String>,
) -> Result<SummedUp, Problem> {
    let became = Became::of(candidate.map(|of| of.included), state_of(concern)?);
    let led_here = moves
        .iter()
        .rev()
        .filter(|step| {
            candidate.is_none() && became != Became::Undecided && step.concern_id == concern.id
        })
        .find(|step| step.to_state.as_deref() == Some(concern.state.as_str()));
    let said = candidate
        .map(|of| of.reason.clone())
        .or_else(|| led_here.map(|step| step.text.clone()));
    let target = into
        .iter()
        .filter(|_| became == Became::Merged)
        .find(|other| concern.merged_into.as_ref() == Some(&other.id));
    Ok(SummedUp {
        id: concern.id.to_string(),
        title: concern.title.clone(),
        unit: concern.unit.as_ref().and_then(|slug| {
            let name = names.get(slug)?.clone();
            let slug = slug.clone();
            Some(UnitName { slug, name })
        }),
        received_on: concern.received_on,
        became: became.code(),
        reason: said.filter(|text| !text.is_empty()),
        legal_ground: led_here.and_then(|step| step.ground.clone()),
        whose: led_here.and_then(|step| step.whose.clone()),
        on: candidate
            .map(|of| of.on_day)
            .or_else(|| led_here.map(|step| step.on_day)),
        into: target.map(|other| MergedConcern {
            id: other.id.to_string(),
            title: other.title.clone(),
        }),
    })
}

/// How many there are at least of what is not public.
fn count(unit: &mut Unit<'_>, row: &Consultation) -> Result<Unseen, Problem> {
    let (mut waiting, mut returned, mut closed, mut protected) = (0, 0, 0, 0);
    for (topic, state, number) in store::count_unseen(unit, row)? {
        let class = topics::find(&topic)?
            .map(topics::Topic::class)
            .transpose()?;
        let group = match State::from_code(&state) {
            _ if class != Some(Class::Public) => &mut protected,
            Some(State::Referred) => &mut protected,
            Some(State::Returned) => &mut returned,
            Some(State::Declined | State::NotOurs | State::Merged) => &mut closed,
            _ => &mut waiting,
        };
        *group += u64::try_from(number).unwrap_or_default();
    }
    Ok(Unseen {
        waiting: disclosure::told(waiting),
        returned: disclosure::told(returned),
        closed: disclosure::told(closed),
        protected: disclosure::told(protected),
    })
}
