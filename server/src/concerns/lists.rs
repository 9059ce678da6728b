//! Lists of public concerns: filtered, in one of four orders, a page at a time by key.

use std::fmt::{Display, Formatter};
use std::str::FromStr;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::Code as _;
use domain::concern::State;

use super::ConcernId;
use super::search::{self, Query};
use super::store::Concern;
use crate::identity::AccountId;
use crate::places::views::ConcernCounts;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::concerns;

/// How many concerns a page has.
pub const PAGE: usize = 20;
/// How many concerns the nearest-first order shows in all: more are a walk away no more.
const NEAREST: i64 = 60;

/// Which concerns somebody wants to see, and how.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Standing here.
    pub status: Option<State>,
    /// On this topic.
    pub topic: Option<String>,
    /// In this unit.
    pub unit: Option<String>,
    /// With these words.
    pub words: Option<String>,
    /// In this order.
    pub sort: Sort,
    /// After this key.
    pub after: Option<Key>,
}

impl Filter {
    /// Whether the same question has another answer each time: the random order's first page.
    pub fn begins_anywhere(&self) -> bool {
        self.sort == Sort::Random && self.after.is_none()
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Sort {
    /// The day of publication, the last first.
    #[default]
    Newest,
    /// Support by residents, the most first.
    MostSupported,
    /// No order that means anything: around the ring of the concerns' drawn numbers, beginning
    /// somewhere else each time.
    Random,
    /// Distance from a point in degrees, the nearest first.
    Nearest {
        /// Latitude.
        lat: f64,
        /// Longitude.
        lon: f64,
    },
}

/// Where a page ended: the ordered value and the id.
#[derive(Clone, Debug)]
pub struct Key {
    /// The value the list is ordered by.
    pub value: String,
    /// The id, which decides between equals.
    pub id: ConcernId,
}

impl Display for Key {
    fn fmt(&self, words: &mut Formatter<'_>) -> std::fmt::Result {
        write!(words, "{}_{}", self.value, self.id)
    }
}

impl FromStr for Key {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let refused = || super::query_invalid("after");
        let (value, id) = text.rsplit_once('_').ok_or_else(refused)?;
        Ok(Self {
            value: value.to_owned(),
            id: id.parse().map_err(|()| refused())?,
        })
    }
}

/// One page of a list.
pub struct Page {
    /// The concerns.
    pub rows: Vec<Concern>,
    /// Where the next page begins.
    pub next: Option<Key>,
    /// How many concerns the filter finds in all.
    pub total: i64,
}

/// A page of the public concerns of a municipality.
///
/// # Errors
/// `query_invalid` for a key of another order, `storage_unavailable`.
pub fn list_public(unit: &mut Unit<'_>, code: &str, filter: &Filter) -> Result<Page, Problem> {
    let total = visible(unit, code, filter).count().get_result(unit.conn)?;
    let query = visible(unit, code, filter);
    if let Sort::Nearest { lat, lon } = filter.sort {
        return nearest(unit, query, total, lat, lon);
    }
    let from = match key_of::<Ring>(filter.after.as_ref()) {
        Ok(Some((ring, _))) => ring.from,
        _ => unit.chance.number()?,
    };
    let rows = ordered(query, filter, from)?
        .limit(beyond_page())
        .select(Concern::as_select())
        .load(unit.conn)?;
    Ok(page(rows, total, |last| match filter.sort {
        Sort::MostSupported => last.residents.to_string(),
        Sort::Random => Ring {
            from,
            at: last.shuffle,
        }
        .to_string(),
        Sort::Newest | Sort::Nearest { .. } => last
            .public_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
    }))
}

/// How far a random order has come: where the walk began, and where it is.
struct Ring {
    from: i32,
    at: i32,
}

impl Display for Ring {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.from, self.at)
    }
}

impl FromStr for Ring {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (from, at) = text.split_once('-').unwrap_or((text, ""));
        Ok(Self {
            from: from.parse()?,
            at: at.parse()?,
        })
    }
}

fn ordered(query: Query, filter: &Filter, from: i32) -> Result<Query, Problem> {
    use crate::schema::concerns::dsl::{id, public_on, residents, shuffle};
    Ok(match filter.sort {
        Sort::Newest | Sort::Nearest { .. } => {
            let query = query.order((public_on.desc(), id));
            match key_of::<NaiveDate>(filter.after.as_ref())? {
                None => query,
                Some((day, last)) => {
                    query.filter(public_on.lt(day).or(public_on.eq(day).and(id.gt(last))))
                }
            }
        }
        Sort::MostSupported => {
            let query = query.order((residents.desc(), id));
            match key_of::<i32>(filter.after.as_ref())? {
                None => query,
                Some((count, last)) => {
                    query.filter(residents.lt(count).or(residents.eq(count).and(id.gt(last))))
                }
            }
        }
        Sort::Random => {
            let query = query.order((shuffle.lt(from), shuffle, id));
            let Some((Ring { at, .. }, last)) = key_of::<Ring>(filter.after.as_ref())? else {
                return Ok(query);
            };
            let further = shuffle.gt(at).or(shuffle.eq(at).and(id.gt(last)));
            if at < from {
                query.filter(shuffle.lt(from).and(further))
            } else {
                query.filter(shuffle.lt(from).or(further))
            }
        }
    })
}

fn nearest(
    unit: &mut Unit<'_>,
    query: Query,
    total: i64,
    lat: f64,
    lon: f64,
) -> Result<Page, Problem> {
    // At this latitude a degree of longitude is three quarters of a degree of latitude. The store
    // orders by the square of the distance, from an index alone where nothing else is asked for.
    let (north, east) = (|| concerns::lat - lat, || concerns::lon - lon);
    let far = north() * north() + east() * east() * 0.5625;
    let ids: Vec<ConcernId> = query
        .order((far, concerns::id))
        .limit(NEAREST)
        .select(concerns::id)
        .load(unit.conn)?;
    let mut rows: Vec<Concern> = concerns::table
        .filter(concerns::id.eq_any(ids.clone()))
        .select(Concern::as_select())
        .load(unit.conn)?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(Page {
        rows,
        next: None,
        total,
    })
}

/// A page of what an account sent under its name or display name, the newest first.
///
/// # Errors
/// `query_invalid` for a key of another list, `storage_unavailable`.
pub fn list_own(
    unit: &mut Unit<'_>,
    account: &AccountId,
    after: Option<&Key>,
) -> Result<Page, Problem> {
    use crate::schema::concerns::dsl::{account_id, id, received_on};
    let own = concerns::table.filter(account_id.eq(account));
    let total = own.count().get_result(unit.conn)?;
    let mut query = own.order((received_on.desc(), id)).into_boxed();
    if let Some((day, last)) = key_of::<NaiveDate>(after)? {
        query = query.filter(received_on.lt(day).or(received_on.eq(day).and(id.gt(last))));
    }
    let rows = query
        .limit(beyond_page())
        .select(Concern::as_select())
        .load(unit.conn)?;
    Ok(page(rows, total, |last| last.received_on.to_string()))
}

/// How many public concerns a municipality has.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_public(unit: &mut Unit<'_>, code: &str) -> Result<ConcernCounts, Problem> {
    let rows: Vec<(String, Option<String>, i64)> = concerns::table
        .filter(concerns::municipality_code.eq(code))
        .filter(concerns::public_on.is_not_null())
        .filter(concerns::merged_into.is_null())
        .group_by((concerns::state, concerns::verdict))
        .select((concerns::state, concerns::verdict, count_star()))
        .load(unit.conn)?;
    let sum = |wanted: &dyn Fn(&str, bool) -> bool| {
        rows.iter()
            .filter(|(state, verdict, _)| wanted(state, verdict.is_some()))
            .map(|(_, _, count)| count)
            .sum()
    };
    Ok(ConcernCounts {
        open: sum(&|state, _| State::from_code(state).is_some_and(State::is_open)),
        answered: sum(&|_, answered| answered),
        done: sum(&|state, _| state == State::Done.code() || state == State::PartlyDone.code()),
    })
}

/// The public concerns of a municipality that the filter names, in no order.
pub fn visible(unit: &Unit<'_>, code: &str, filter: &Filter) -> Query {
    let mut query = concerns::table
        .filter(concerns::municipality_code.eq(code.to_owned()))
        .filter(concerns::public_on.is_not_null())
        .filter(concerns::merged_into.is_null())
        .into_boxed();
    if let Some(state) = filter.status {
        query = query.filter(concerns::state.eq(state.code()));
    }
    if let Some(topic) = filter.topic.clone() {
        query = query.filter(concerns::topic.eq(topic));
    }
    if let Some(slug) = filter.unit.clone() {
        query = query.filter(concerns::unit.eq(slug));
    }
    match &filter.words {
        Some(words) => search::narrow(unit, query, words),
        None => query,
    }
}

fn key_of<T: FromStr>(after: Option<&Key>) -> Result<Option<(T, ConcernId)>, Problem> {
    let Some(key) = after else {
        return Ok(None);
    };
    let value = key
        .value
        .parse()
        .map_err(|_unparsed| super::query_invalid("after"))?;
    Ok(Some((value, key.id.clone())))
}

fn beyond_page() -> i64 {
    i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1)
}

fn page(mut rows: Vec<Concern>, total: i64, value: impl Fn(&Concern) -> String) -> Page {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| Key {
        value: value(last),
        id: last.id.clone(),
    });
    Page { rows, next, total }
}
