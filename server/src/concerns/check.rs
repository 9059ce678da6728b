//! What must be so of concerns whatever happened: read a page at a time and compared with what is
//! written beside it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use diesel::sql_types::Text;
use domain::Code as _;
use domain::concern::State;

use super::ConcernId;
use super::store::Concern;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{concerns, events, messages, supports};

/// How many concerns are compared at once.
const PAGE: i64 = 1000;

/// A concern and how many positions of something it has, and the last of them.
type Positions = (ConcernId, i64, Option<i32>);

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    concern_id: String,
}

/// What is counted beside a page of concerns.
struct Beside {
    supports: BTreeMap<(ConcernId, bool), i64>,
    contested: BTreeSet<ConcernId>,
    stands: BTreeMap<ConcernId, String>,
}

/// All that is not so, one line for each; nothing of what anybody wrote.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let mut faults = gaps(unit)?;
    let mut findable = findable(unit)?;
    let mut last: Option<ConcernId> = None;
    loop {
        let mut query = concerns::table
            .order(concerns::id)
            .limit(PAGE)
            .select(Concern::as_select())
            .into_boxed();
        if let Some(last) = last.take() {
            query = query.filter(concerns::id.gt(last));
        }
        let page: Vec<Concern> = query.load(unit.conn)?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        let beside = Beside::of(unit, &page)?;
        for row in &page {
            let times = findable.remove(row.id.as_str()).unwrap_or(0);
            let wrong = beside.wrong(row).into_iter().chain(searched(row, times));
            faults.extend(wrong.map(|what| format!("concern {}: {what}", row.id)));
        }
    }
    faults.extend(
        findable
            .into_keys()
            .map(|id| format!("search: {id} is no concern")),
    );
    Ok(faults)
}

impl Beside {
    fn of(unit: &mut Unit<'_>, page: &[Concern]) -> Result<Self, Problem> {
        let ids: Vec<ConcernId> = page.iter().map(|row| row.id.clone()).collect();
        let counted: Vec<(ConcernId, bool, i64)> = supports::table
            .filter(supports::concern_id.eq_any(ids.clone()))
            .group_by((supports::concern_id, supports::resident))
            .select((supports::concern_id, supports::resident, count_star()))
            .load(unit.conn)?;
        let contested: Vec<ConcernId> = supports::table
            .filter(supports::concern_id.eq_any(ids.clone()))
            .filter(supports::contests.eq(true))
            .select(supports::concern_id)
            .load(unit.conn)?;
        let moves: Vec<(ConcernId, Option<String>)> = events::table
            .filter(events::concern_id.eq_any(ids))
            .filter(events::kind.eq("move"))
            .order((events::concern_id, events::position))
            .select((events::concern_id, events::to_state))
            .load(unit.conn)?;
        Ok(Self {
            supports: counted
                .into_iter()
                .map(|(id, resident, count)| ((id, resident), count))
                .collect(),
            contested: contested.into_iter().collect(),
            stands: moves
                .into_iter()
                .map(|(id, to)| (id, to.unwrap_or_default()))
                .collect(),
        })
    }

    fn wrong(&self, row: &Concern) -> Vec<String> {
        let mut wrong = Vec::new();
        for (resident, said) in [(true, row.residents), (false, row.visitors)] {
            let there = self.supports.get(&(row.id.clone(), resident)).copied();
            let there = there.unwrap_or(0);
            if i64::from(said) != there {
                wrong.push(format!("{said} supports are said, {there} are there"));
            }
        }
        let received = State::Received.code();
        let stands = self.stands.get(&row.id).map_or(received, String::as_str);
        if stands != row.state {
            wrong.push(format!("it is {}, its timeline ends {stands}", row.state));
        }
        let Some(state) = State::from_code(&row.state) else {
            wrong.push(format!("there is no state {}", row.state));
            return wrong;
        };
        if (state == State::Merged) != row.merged_into.is_some() {
            wrong.push("it is merged by half".to_owned());
        }
        if row.awaits_batch && row.public_on.is_some() {
            wrong.push("it is public and waits to be".to_owned());
        }
        if !state.is_done() && self.contested.contains(&row.id) {
            wrong.push("it is contested and not done".to_owned());
        }
        wrong
    }
}

/// What is wrong with how often a search finds it.
fn searched(row: &Concern, times: usize) -> Option<String> {
    let wanted = usize::from(row.state != State::Referred.code());
    (times != wanted).then(|| format!("a search finds it {times} times instead of {wanted}"))
}

/// How often each id is in the search.
fn findable(unit: &mut Unit<'_>) -> Result<BTreeMap<String, usize>, Problem> {
    let rows: Vec<Found> =
        diesel::sql_query("SELECT concern_id FROM concern_search").load(unit.conn)?;
    let mut times = BTreeMap::new();
    for row in rows {
        *times.entry(row.concern_id).or_insert(0) += 1;
    }
    Ok(times)
}

/// Timelines and threads from which something is missing; what was referred lost its words and its answers.
fn gaps(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let steps: Vec<Positions> = events::table
        .inner_join(concerns::table.on(concerns::id.eq(events::concern_id)))
        .filter(concerns::title.ne(""))
        .group_by(events::concern_id)
        .select((events::concern_id, count_star(), max(events::position)))
        .load(unit.conn)?;
    let words: Vec<Positions> = messages::table
        .group_by(messages::concern_id)
        .select((messages::concern_id, count_star(), max(messages::position)))
        .load(unit.conn)?;
    let missing = |name: &'static str, all: Vec<Positions>| {
        all.into_iter()
            .filter(|(_, count, last)| *count != i64::from(last.unwrap_or(0)))
            .map(move |(id, count, _)| format!("concern {id}: {count} {name} with gaps"))
    };
    Ok(missing("steps", steps)
        .chain(missing("messages", words))
        .collect())
}
