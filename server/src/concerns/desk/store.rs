//! Queries of the desk.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::dsl::{count, count_star, max};
use diesel::prelude::*;
use domain::Code as _;
use domain::access::Visibility;
use domain::concern::State;
use domain::seat::Institution;

use crate::concerns::ConcernId;
use crate::concerns::search::{self, Query};
use crate::concerns::store::Concern;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{concerns, events, messages, notes};

/// How many concerns a page of the queue has.
pub const PAGE: usize = 50;

/// Which concerns the desk shows, and how.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Standing here; nothing: all that are open.
    pub status: Option<State>,
    /// On this topic.
    pub topic: Option<String>,
    /// In this unit.
    pub unit: Option<String>,
    /// In the care of this institution.
    pub institution: Option<String>,
    /// Only what is past its day.
    pub overdue: bool,
    /// With these words.
    pub words: Option<String>,
    /// In this order.
    pub sort: QueueSort,
    /// After this key.
    pub after: Option<QueueKey>,
}

/// Where a page of the queue ended.
#[derive(Clone, Debug)]
pub struct QueueKey {
    /// Whether the concern was answered: those that were come last when ordered by their day.
    pub answered: bool,
    /// The day the queue is ordered by.
    pub day: NaiveDate,
    /// The id, which decides between equals.
    pub id: ConcernId,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueueSort {
    /// What waits for an answer first, by the day it must be answered.
    #[default]
    Due,
    /// The day it came, the first first.
    Oldest,
    /// The day it came, the last first.
    Newest,
}

/// A page of the queue, and one concern more when there is another page.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_queue(
    unit: &mut Unit<'_>,
    municipality: &str,
    queue: &Queue,
) -> Result<Vec<Concern>, Problem> {
    let query = filtered(unit, municipality, queue);
    let query = match queue.sort {
        QueueSort::Due => query.order((
            concerns::verdict.is_not_null(),
            concerns::due_on,
            concerns::id,
        )),
        QueueSort::Oldest => query.order((concerns::received_on, concerns::id)),
        QueueSort::Newest => query.order((concerns::received_on.desc(), concerns::id)),
    };
    let query = match &queue.after {
        None => query,
        Some(key) => after(query, queue.sort, key.clone()),
    };
    let beyond = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
    Ok(query
        .limit(beyond)
        .select(Concern::as_select())
        .load(unit.conn)?)
}

fn after(query: Query, sort: QueueSort, key: QueueKey) -> Query {
    let QueueKey { answered, day, id } = key;
    match sort {
        QueueSort::Due => {
            let later = concerns::due_on
                .gt(day)
                .or(concerns::due_on.eq(day).and(concerns::id.gt(id)));
            if answered {
                query.filter(concerns::verdict.is_not_null()).filter(later)
            } else {
                query.filter(concerns::verdict.is_not_null().or(later))
            }
        }
        QueueSort::Oldest => query.filter(
            concerns::received_on
                .gt(day)
                .or(concerns::received_on.eq(day).and(concerns::id.gt(id))),
        ),
        QueueSort::Newest => query.filter(
            concerns::received_on
                .lt(day)
                .or(concerns::received_on.eq(day).and(concerns::id.gt(id))),
        ),
    }
}

fn filtered(unit: &Unit<'_>, municipality: &str, queue: &Queue) -> Query {
    let mut query = concerns::table
        .filter(concerns::municipality_code.eq(municipality.to_owned()))
        .filter(concerns::state.ne(State::Referred.code()))
        .into_boxed();
    query = match queue.status {
        Some(state) => query.filter(concerns::state.eq(state.code())),
        None => query.filter(concerns::state.eq_any(open_states())),
    };
    if let Some(topic) = queue.topic.clone() {
        query = query.filter(concerns::topic.eq(topic));
    }
    if let Some(slug) = queue.unit.clone() {
        query = query.filter(concerns::unit.eq(slug));
    }
    if let Some(institution) = queue.institution.clone() {
        query = query.filter(concerns::assigned.eq(institution));
    }
    if queue.overdue {
        query = query
            .filter(concerns::due_on.lt(unit.today()))
            .filter(concerns::verdict.is_null())
            .filter(concerns::state.eq_any(open_states()));
    }
    if let Some(words) = &queue.words {
        query = search::narrow(unit, query, words);
    }
    query
}

/// The states in which a concern is not dealt with yet.
pub fn open_states() -> Vec<&'static str> {
    State::ALL
        .iter()
        .filter(|state| state.is_open())
        .map(|state| state.code())
        .collect()
}

/// How many concerns of a municipality stand where.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_states(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<BTreeMap<String, i64>, Problem> {
    let rows: Vec<(String, i64)> = concerns::table
        .filter(concerns::municipality_code.eq(municipality))
        .group_by(concerns::state)
        .select((concerns::state, count_star()))
        .load(unit.conn)?;
    Ok(rows.into_iter().collect())
}

/// Which of these concerns had their last message from the author.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_author_wrote_last(
    unit: &mut Unit<'_>,
    ids: &[ConcernId],
) -> Result<BTreeSet<ConcernId>, Problem> {
    let last = |side: &'static str, unit: &mut Unit<'_>| {
        messages::table
            .filter(messages::concern_id.eq_any(ids.to_vec()))
            .filter(messages::side.eq(side))
            .group_by(messages::concern_id)
            .select((messages::concern_id, max(messages::position)))
            .load::<(ConcernId, Option<i32>)>(unit.conn)
    };
    let council: BTreeMap<ConcernId, Option<i32>> = last("council", unit)?.into_iter().collect();
    Ok(last("author", unit)?
        .into_iter()
        .filter(|(id, position)| council.get(id).is_none_or(|other| position > other))
        .map(|(id, _)| id)
        .collect())
}

/// How much authors sent the desk on one day, as far as it still waits there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// New concerns.
    pub received: i64,
    /// Concerns their authors mended.
    pub mended: i64,
    /// Concerns whose authors wrote, also to contest that they are done.
    pub written: i64,
}

/// What authors sent the desk of a municipality on a day.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_arrivals(
    unit: &mut Unit<'_>,
    municipality: &str,
    day: NaiveDate,
) -> Result<Arrivals, Problem> {
    let here = || concerns::table.filter(concerns::municipality_code.eq(municipality.to_owned()));
    Ok(Arrivals {
        received: here()
            .filter(concerns::state.eq(State::Received.code()))
            .filter(concerns::received_on.eq(day))
            .count()
            .get_result(unit.conn)?,
        mended: count_mended(unit, municipality, day)?,
        written: here()
            .inner_join(messages::table.on(messages::concern_id.eq(concerns::id)))
            .filter(messages::side.eq("author"))
            .filter(messages::on_day.eq(day))
            .select(count(concerns::id).aggregate_distinct())
            .get_result(unit.conn)?,
    })
}

/// The concerns that their authors mended on a day and that still wait for the council.
fn count_mended(unit: &mut Unit<'_>, municipality: &str, day: NaiveDate) -> Result<i64, Problem> {
    let waits = State::InReview.code();
    Ok(concerns::table
        .inner_join(events::table.on(events::concern_id.eq(concerns::id)))
        .filter(concerns::municipality_code.eq(municipality))
        .filter(concerns::state.eq(waits))
        .filter(events::kind.eq("move"))
        .filter(events::seat_id.is_null())
        .filter(events::to_state.eq(waits))
        .filter(events::on_day.eq(day))
        .select(count(concerns::id).aggregate_distinct())
        .get_result(unit.conn)?)
}

/// How many notes a concern has, whoever may read them.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_notes(unit: &mut Unit<'_>, id: &ConcernId) -> Result<usize, Problem> {
    let count: i64 = notes::table
        .filter(notes::concern_id.eq(id))
        .count()
        .get_result(unit.conn)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// A note among members.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = notes)]
pub struct Note {
    /// The concern.
    pub concern_id: ConcernId,
    /// Its place among the notes, from 1.
    pub position: i32,
    /// The seat that wrote.
    pub seat_id: String,
    /// The institution it spoke for.
    pub institution: String,
    /// `members` or `secretariat`.
    pub visibility: String,
    /// What was written.
    pub text: String,
    /// The day it was written.
    pub on_day: NaiveDate,
}

/// The notes on a concern of these visibilities, in their order; of those for one institution
/// only this one's.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_notes(
    unit: &mut Unit<'_>,
    id: &ConcernId,
    visible: &[Visibility],
    institution: Institution,
) -> Result<Vec<Note>, Problem> {
    let codes = visible.iter().map(|visibility| visibility.code());
    let own = notes::visibility
        .ne(Visibility::Institution.code())
        .or(notes::institution.eq(institution.code()));
    Ok(notes::table
        .filter(notes::concern_id.eq(id))
        .filter(notes::visibility.eq_any(codes))
        .filter(own)
        .order(notes::position)
        .select(Note::as_select())
        .load(unit.conn)?)
}

/// Adds a note; the position is given here.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_note(unit: &mut Unit<'_>, mut note: Note) -> Result<(), Problem> {
    let last: Option<i32> = notes::table
        .filter(notes::concern_id.eq(&note.concern_id))
        .select(diesel::dsl::max(notes::position))
        .first(unit.conn)?;
    note.position = last.unwrap_or(0) + 1;
    diesel::insert_into(notes::table)
        .values(&note)
        .execute(unit.conn)?;
    Ok(())
}
