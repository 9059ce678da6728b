//! The numbers of a year's report are those of its rows, whatever the year was like.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection;
use domain::Code as _;
use domain::concern::State;
use domain::measure::State as MeasureState;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng};
use trekendesh::concerns::submit::answer_due;
use trekendesh::places;
use trekendesh::platform::app::Unit;
use trekendesh::platform::clock::hour_on;
use trekendesh::reports::read;
use trekendesh::reports::views::{ReportRecord, Totals};

use super::met::{self, Met};
use super::once::in_a_house;
use super::planned::{Planned, insert_measure, measure};

const YEAR: i32 = 2025;

/// A concern of a generated year.
struct Made {
    id: String,
    received: NaiveDate,
    public: Option<NaiveDate>,
    /// What it became part of, by its place.
    into: Option<usize>,
    /// The day by which it had to be answered.
    due: NaiveDate,
    /// What happened: where it moved, or nothing for an answer, and when.
    events: Vec<(Option<State>, NaiveDate)>,
}

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, month, day).unwrap()
}

/// A day of the year before, of the year, or of the one after.
pub fn some_day(chance: &mut StdRng) -> NaiveDate {
    day(1, 1) - Days::new(300) + Days::new(chance.random_range(0..900))
}

pub fn later(chance: &mut StdRng, than: NaiveDate) -> NaiveDate {
    than + Days::new(chance.random_range(0..60))
}

/// Where a concern goes, in an order the council could take.
fn road(chance: &mut StdRng) -> Vec<State> {
    use State::{
        Declined, Done, InProgress, InReview, Merged, NotOurs, PartlyDone, Planned, Prioritised,
        Published, Referred, Reopened,
    };
    let roads: [&[State]; 10] = [
        &[InReview],
        &[InReview, Published],
        &[Published, Prioritised],
        &[Published, Prioritised, Planned, InProgress, Done],
        &[Published, Prioritised, Planned, InProgress, PartlyDone],
        &[Published, InProgress, Done, Reopened, InProgress, Done],
        &[Published, Prioritised, Declined],
        &[Published, Prioritised, Merged],
        &[Published, NotOurs],
        &[InReview, Referred],
    ];
    let mut road = roads[chance.random_range(0..roads.len())].to_vec();
    if road == [InReview] && chance.random_range(0..3) == 0 {
        road.push(Merged);
    }
    road
}

fn concern(chance: &mut StdRng, name: &str, place: usize) -> Made {
    let received = some_day(chance);
    let (mut on, mut public, mut events) = (received, None, Vec::new());
    for state in road(chance) {
        on = later(chance, on);
        if state == State::Published {
            public = Some(on);
        }
        events.push((Some(state), on));
        if chance.random_range(0..3) == 0 {
            events.push((None, on));
        }
    }
    Made {
        id: format!("{name}{place:06}"),
        received,
        public,
        into: None,
        due: received,
        events,
    }
}

/// What was put first and merged becomes part of one that anybody can read.
fn merge(concerns: &mut [Made]) {
    let merged = |one: &Made| {
        one.events
            .iter()
            .any(|(state, _)| *state == Some(State::Merged))
    };
    let open = |one: &Made| one.public.is_some() && !merged(one);
    let open: Vec<_> = (0..concerns.len())
        .filter(|place| open(&concerns[*place]))
        .collect();
    for (place, one) in concerns.iter_mut().enumerate() {
        if merged(one) && one.public.is_some() && !open.is_empty() {
            one.into = Some(open[place % open.len()]);
        }
    }
}

fn insert_concern(unit: &mut Unit<'_>, code: &str, made: &Made) {
    let public = made
        .public
        .map_or("NULL".to_owned(), |on| format!("'{on}'"));
    let state = made.events.iter().rev().find_map(|(state, _)| *state);
    let state = state.unwrap_or(State::Received).code();
    let (id, received) = (&made.id, made.received);
    let mut sql = format!(
        "INSERT INTO concerns (id, municipality_code, topic, title, text, author_kind, receipt_mark, lat, lon, \
         state, received_on, due_on, updated_on, public_on, shuffle) VALUES ('{id}', '{code}', 'lighting', \
         'Rruga pa drita', 'Prej dy javësh.', 'anonymous', 'mark {id}', 41, 20, '{state}', '{received}', \
         '{received}', '{received}', {public}, 1);"
    );
    for (place, (state, on)) in (1..).zip(&made.events) {
        let (kind, to) = match state {
            Some(state) => ("move", format!("'{}'", state.code())),
            None => ("answer", "NULL".to_owned()),
        };
        sql += &format!(
            "INSERT INTO events (concern_id, position, kind, to_state, text, on_day) VALUES ('{id}', {place}, \
             '{kind}', {to}, 'Po.', '{on}');"
        );
    }
    unit.conn.batch_execute(&sql).unwrap();
}

/// The numbers of the year's concerns, counted by hand over what was made.
fn of_concerns(concerns: &[Made], today: NaiveDate) -> Totals {
    use State::{Declined, Done, InProgress, Merged, NotOurs, PartlyDone, Planned, Prioritised};
    let until = today.min(day(12, 31));
    let within = |on: NaiveDate| day(1, 1) <= on && on <= until;
    let many = |holds: &dyn Fn(&Made) -> bool| {
        u32::try_from(concerns.iter().filter(|one| holds(one)).count()).unwrap()
    };
    let went = |states: &[State]| {
        many(&|one| {
            let there = |(state, on): &(Option<State>, NaiveDate)| {
                within(*on) && state.is_some_and(|state| states.contains(&state))
            };
            one.events.iter().any(there)
        })
    };
    let answered = |when: &dyn Fn(&Made, Option<NaiveDate>) -> bool| {
        many(&|one| {
            let answers = one
                .events
                .iter()
                .filter(|(state, on)| state.is_none() && *on <= until);
            let first = answers.map(|(_, on)| *on).next();
            let counts = within(one.received) && one.received < today && one.public.is_some();
            counts && when(one, first)
        })
    };
    let referred = went(&[State::Referred]);
    Totals {
        received: many(&|one| within(one.received) && one.received < today),
        published: many(&|one| one.public.is_some_and(within)),
        accepted: many(&|one| {
            let up = [Prioritised, Planned, InProgress, PartlyDone, Done];
            let taken = |(state, _): &&(Option<State>, NaiveDate)| {
                state.is_some_and(|state| up.contains(&state))
            };
            one.events
                .iter()
                .find(taken)
                .is_some_and(|(_, on)| within(*on))
        }),
        declined: went(&[Declined]),
        not_ours: went(&[NotOurs]),
        merged: went(&[Merged]),
        referred: (referred == 0 || referred >= 5).then_some(referred),
        done: went(&[Done, PartlyDone]),
        reopened: went(&[State::Reopened]),
        answered_in_time: answered(&|one, on| on.is_some_and(|on| on <= one.due)),
        answered_late: answered(&|one, on| on.is_some_and(|on| on > one.due)),
        unanswered: answered(&|one, on| on.is_none() && one.due < until),
        ..Totals::default()
    }
}

/// The numbers of the year, likewise.
fn by_hand(concerns: &[Made], measures: &[Planned], today: NaiveDate) -> Totals {
    let until = today.min(day(12, 31));
    let owed =
        |one: &&Planned| one.approved <= until && one.closed.is_none_or(|(_, on)| on >= day(1, 1));
    let owed: Vec<_> = measures.iter().filter(owed).collect();
    let ended = |state| {
        let so = |one: &&&Planned| {
            one.closed
                .is_some_and(|(is, on)| is == state && on <= until)
        };
        u32::try_from(owed.iter().filter(so).count()).unwrap()
    };
    let late = |one: &&&Planned| one.closed.is_none_or(|(_, on)| on > until) && one.due < until;
    Totals {
        measures: u32::try_from(owed.len()).unwrap(),
        measures_done: ended(MeasureState::Done),
        measures_partly: ended(MeasureState::PartlyDone),
        measures_not_done: ended(MeasureState::NotDone),
        measures_late: u32::try_from(owed.iter().filter(late).count()).unwrap(),
        budget: owed.iter().map(|one| one.budget).sum(),
        spent: owed
            .iter()
            .filter_map(|one| one.spent.filter(|(_, on)| *on <= until))
            .map(|(spent, _)| spent)
            .sum(),
        ..of_concerns(concerns, today)
    }
}

/// The concerns that were put first by the end and not settled when the year began.
fn put_first(concerns: &[Made], until: NaiveDate) -> BTreeSet<String> {
    let settled = |one: &Made| {
        let before = one.events.iter().filter(|(_, on)| *on < day(1, 1));
        let last = before.filter_map(|(state, _)| *state).next_back();
        last.is_some_and(|last| last.is_final() || last == State::Done)
    };
    let last = |one: &Made, state| {
        let by_then = |(to, on): &&(Option<State>, NaiveDate)| *to == Some(state) && *on <= until;
        one.events.iter().rfind(by_then).map(|(_, on)| *on)
    };
    let mut put: BTreeMap<usize, NaiveDate> = BTreeMap::new();
    for (place, one) in concerns.iter().enumerate() {
        let Some(on) = last(one, State::Prioritised) else {
            continue;
        };
        let into = one.into.filter(|_| last(one, State::Merged).is_some());
        for owed in [Some(place), into].into_iter().flatten() {
            let since = put.entry(owed).or_insert(on);
            *since = on.max(*since);
        }
    }
    let told = put
        .into_iter()
        .filter(|(place, on)| *on >= day(1, 1) || !settled(&concerns[*place]));
    told.map(|(place, _)| concerns[place].id.clone()).collect()
}

fn reconcile(
    record: &ReportRecord,
    concerns: &[Made],
    measures: &[Planned],
    meetings: &[Met],
    today: NaiveDate,
) {
    let until = today.min(day(12, 31));
    let now = hour_on(today, 12).unwrap();
    let totals = Totals {
        sittings_due: 0,
        ..record.totals.clone()
    };
    let rest = by_hand(concerns, measures, today);
    let days = (day(1, 1), until);
    assert_eq!(
        totals,
        met::by_hand(meetings, days, now, !concerns.is_empty(), rest)
    );
    let first: BTreeSet<_> = record.priorities.iter().map(|one| one.id.clone()).collect();
    assert_eq!(first.len(), record.priorities.len(), "each once");
    assert_eq!(first, put_first(concerns, until));
    let months: u32 = record.topics.iter().flat_map(|one| &one.months).sum();
    assert_eq!(months, record.totals.published);
    assert_eq!(
        record.measures.len(),
        usize::try_from(record.totals.measures).unwrap()
    );
}

/// Study G3: no concern that was put first is missing.
#[test]
fn totals_reconcile_to_rows_for_any_generated_year() {
    in_a_house(|unit| {
        let towns = places::store::list_municipalities(unit)?;
        for (seed, town) in (0_u64..).zip(towns.iter().take(24)) {
            let mut chance = StdRng::seed_from_u64(seed);
            let amount = chance.random_range(0..60);
            let mut concerns: Vec<_> = (0..amount)
                .map(|place| concern(&mut chance, &town.code, place))
                .collect();
            merge(&mut concerns);
            for one in &mut concerns {
                one.due = answer_due(unit, &town.code, one.received)?;
            }
            let measures: Vec<_> = (0..chance.random_range(0..20))
                .map(|_| measure(&mut chance))
                .collect();
            let (code, seat) = (&town.code, format!("seat {}", town.code));
            let aims = format!(
                "INSERT INTO objectives (id, municipality_code, year, position, title, text) VALUES \
                 ('objective {code}', '{code}', {YEAR}, 1, 'Shkolla', ''); INSERT INTO seats (id, \
                 municipality_code, institution, role, title) VALUES ('{seat}', '{code}', 'police', 'member', 'P');"
            );
            unit.conn.batch_execute(&aims).unwrap();
            for one in &concerns {
                insert_concern(unit, code, one);
            }
            for one in concerns.iter().filter(|one| one.into.is_some()) {
                let (id, into) = (&one.id, &concerns[one.into.unwrap()].id);
                let sql = format!("UPDATE concerns SET merged_into = '{into}' WHERE id = '{id}'");
                unit.conn.batch_execute(&sql).unwrap();
            }
            for (place, one) in measures.iter().enumerate() {
                insert_measure(unit, code, &seat, &format!("{code}m{place}"), one);
            }
            let meetings = met::some(&mut chance, day(1, 1));
            met::insert(
                unit,
                code,
                &meetings,
                concerns.first().map(|one| one.id.as_str()),
            );
            // On a day in the year, and long after it.
            for today in [day(9, 30), day(12, 31) + Days::new(400)] {
                unit.now = hour_on(today, 12).unwrap();
                let begun = concerns.iter().map(|one| one.received).min();
                if begun.is_none_or(|first| first >= today || chrono::Datelike::year(&first) > YEAR)
                {
                    assert!(read::record(unit, town, YEAR, "").is_err());
                    continue;
                }
                let record = read::record(unit, town, YEAR, "")?;
                reconcile(&record, &concerns, &measures, &meetings, today);
            }
        }
        Ok(())
    });
}
