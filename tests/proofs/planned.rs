//! The measures of a generated year.

use chrono::{Days, NaiveDate};
use diesel::connection::SimpleConnection;
use domain::Code as _;
use domain::measure::State as MeasureState;
use rand::RngExt as _;
use rand::rngs::StdRng;
use trekendesh::platform::app::Unit;

use super::reports::{later, some_day};

/// A measure of a generated year.
pub struct Planned {
    pub approved: NaiveDate,
    pub due: NaiveDate,
    pub closed: Option<(MeasureState, NaiveDate)>,
    pub budget: i64,
    pub spent: Option<(i64, NaiveDate)>,
}

/// A measure, open or closed.
pub fn measure(chance: &mut StdRng) -> Planned {
    let approved = some_day(chance);
    let due = approved + Days::new(chance.random_range(1..200));
    let closes = chance.random_range(0..2) == 0;
    let states = [
        MeasureState::Done,
        MeasureState::PartlyDone,
        MeasureState::NotDone,
    ];
    let closed = closes.then(|| (states[chance.random_range(0..3)], later(chance, approved)));
    let spent = chance.random_range(0..2) == 0;
    let spent = spent.then(|| {
        let on = closed.map_or_else(|| later(chance, approved), |(_, on)| on);
        (chance.random_range(0..1_000_000), on)
    });
    Planned {
        approved,
        due,
        closed,
        budget: chance.random_range(0..5_000_000),
        spent,
    }
}

/// Writes it down with its steps.
pub fn insert_measure(unit: &mut Unit<'_>, code: &str, seat: &str, id: &str, made: &Planned) {
    let state = made
        .closed
        .map_or(MeasureState::Planned, |(state, _)| state);
    let (state, approved, due, budget) = (state.code(), made.approved, made.due, made.budget);
    let closed = made
        .closed
        .map_or("NULL".to_owned(), |(_, on)| format!("'{on}'"));
    let mut sql = format!(
        "INSERT INTO measures (id, municipality_code, objective_id, title, text, lead, starts_on, due_on, \
         report_days, budget, state, approved_on, closed_on, version) VALUES ('{id}', '{code}', 'objective {code}', \
         'Patrullë', '', 'police', '{approved}', '{due}', 90, {budget}, '{state}', '{approved}', {closed}, 0);"
    );
    let mut step = |place: u32, kind: &str, state: &str, spent: &str, on: NaiveDate| {
        sql += &format!(
            "INSERT INTO measure_steps (measure_id, position, kind, state, text, due_on, spent, seat_id, institution, \
             on_day) VALUES ('{id}', {place}, '{kind}', '{state}', '', '{due}', {spent}, '{seat}', 'police', '{on}');"
        );
    };
    step(1, "approved", "planned", "NULL", approved);
    if let Some((spent, on)) = made.spent {
        step(2, "reported", "in_progress", &spent.to_string(), on);
    }
    if let Some((state, on)) = made.closed {
        step(3, "reported", state.code(), "NULL", on);
    }
    unit.conn.batch_execute(&sql).unwrap();
}
