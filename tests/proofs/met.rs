//! The meetings of a generated year, and what a report has to say of them.

use chrono::{Days, NaiveDate, NaiveDateTime, Utc};
use diesel::connection::SimpleConnection;
use rand::RngExt as _;
use rand::rngs::StdRng;
use trekendesh::platform::app::Unit;
use trekendesh::platform::clock::hour_on;
use trekendesh::reports::views::Totals;

/// A meeting.
pub struct Met {
    kind: &'static str,
    starts: NaiveDateTime,
    cancelled: bool,
    /// What is on its agenda: whether each is a concern of residents.
    items: Vec<bool>,
    /// Whether its minutes are written, and whether they are approved.
    minutes: Option<bool>,
}

/// Meetings around a year that begins on a day.
pub fn some(chance: &mut StdRng, first: NaiveDate) -> Vec<Met> {
    let many = chance.random_range(0..20);
    (0..many).map(|_| meeting(chance, first)).collect()
}

/// A meeting of the year before, of the year, or of the one after; in the morning or in the evening.
fn meeting(chance: &mut StdRng, first: NaiveDate) -> Met {
    let on = first - Days::new(300) + Days::new(chance.random_range(0..900));
    let kinds = ["council", "hearing", "youth_forum", "exchange"];
    let items = (0..chance.random_range(1..6)).map(|_| chance.random_range(0..2) == 0);
    let items = items.collect();
    Met {
        kind: kinds[chance.random_range(0..kinds.len())],
        items,
        starts: on
            .and_hms_opt([8, 18][chance.random_range(0..2)], 30, 0)
            .unwrap(),
        cancelled: chance.random_range(0..4) == 0,
        minutes: [None, Some(false), Some(true)][chance.random_range(0..3)],
    }
}

/// Writes them down; `concern` is what residents' items are about.
pub fn insert(unit: &mut Unit<'_>, code: &str, meetings: &[Met], concern: Option<&str>) {
    for (place, one) in meetings.iter().enumerate() {
        insert_one(unit, code, &format!("{code}t{place}"), one, concern);
    }
}

fn insert_one(unit: &mut Unit<'_>, code: &str, id: &str, made: &Met, concern: Option<&str>) {
    let (kind, starts, on) = (made.kind, made.starts, made.starts.date());
    let cancelled = if made.cancelled {
        format!("'{on}'")
    } else {
        "NULL".to_owned()
    };
    let mut sql = format!(
        "INSERT INTO meetings (id, municipality_code, kind, title, objective, starts_at, ends_at, announced_on, \
         cancelled_on, version) VALUES ('{id}', '{code}', '{kind}', 'Takim', 'Dritat.', '{starts}', '{starts}', \
         '{on}', {cancelled}, 0);"
    );
    for (place, born) in (1..).zip(&made.items) {
        let about = concern.filter(|_| *born);
        let about = about.map_or("NULL".to_owned(), |id| format!("'{id}'"));
        sql += &format!(
            "INSERT INTO agenda_items (meeting_id, position, title, text, concern_id) VALUES ('{id}', {place}, \
             'Dritat', '', {about});"
        );
    }
    if let Some(approved) = made.minutes {
        let approved = if approved {
            format!("'{on}', '{{}}'")
        } else {
            "NULL, NULL".to_owned()
        };
        sql += &format!(
            "INSERT INTO minutes (meeting_id, text, closed_on, approved_on, record) VALUES ('{id}', 'U fol.', '{on}', \
             {approved});"
        );
    }
    unit.conn.batch_execute(&sql).unwrap();
}

/// What a report says of these meetings at a moment, counted by hand, beside the rest; `about` says whether residents'
/// items name a concern.
pub fn by_hand(
    met: &[Met],
    (first, last): (NaiveDate, NaiveDate),
    now: chrono::DateTime<Utc>,
    about: bool,
    rest: Totals,
) -> Totals {
    let begin = hour_on(first, 0).unwrap();
    let end = hour_on(last.succ_opt().unwrap(), 0).unwrap().min(now);
    let held = met.iter().filter(|one| {
        let starts = one.starts.and_utc();
        !one.cancelled && begin <= starts && starts < end
    });
    let held: Vec<_> = held.collect();
    let count = |many: usize| u32::try_from(many).unwrap();
    let items = held.iter().flat_map(|one| &one.items);
    Totals {
        meetings: count(held.len()),
        meetings_minuted: count(held.iter().filter(|one| one.minutes == Some(true)).count()),
        sittings: count(held.iter().filter(|one| one.kind == "council").count()),
        agenda_items: count(items.clone().count()),
        agenda_from_residents: count(items.filter(|born| about && **born).count()),
        ..rest
    }
}
