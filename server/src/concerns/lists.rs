//! Lists of public concerns: filtered, in one of four orders, a page at a time by key.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::Code as _;
use domain::concern::State;

use super::ConcernId;
use super::search::{self, Query};
use super::store::Concern;
use crate::places::views::ConcernCounts;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::concerns;

/// How many concerns a page has.
pub const PAGE: usize = 20;
/// How many concerns the nearest-first order shows in all.
const NEAREST: usize = 60;

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
    let from = match key::<Ring>(filter) {
        Ok(Some((ring, _))) => ring.from,
        _ => unit.chance.number()?,
    };
    let rows = ordered(query, filter, from)?
        .limit(beyond_page())
        .select(Concern::as_select())
        .load(unit.conn)?;
    Ok(page(rows, total, filter.sort, from))
}

/// How far a random order has come: where the walk began, and where it is.
struct Ring {
    from: i32,
    at: i32,
}

impl std::fmt::Display for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.from, self.at)
    }
}

impl std::str::FromStr for Ring {
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
            match key::<NaiveDate>(filter)? {
                None => query,
                Some((day, last)) => {
                    query.filter(public_on.lt(day).or(public_on.eq(day).and(id.gt(last))))
                }
            }
        }
        Sort::MostSupported => {
            let query = query.order((residents.desc(), id));
            match key::<i32>(filter)? {
                None => query,
                Some((count, last)) => {
                    query.filter(residents.lt(count).or(residents.eq(count).and(id.gt(last))))
                }
            }
        }
        Sort::Random => {
            let query = query.order((shuffle.lt(from), shuffle, id));
            let Some((Ring { at, .. }, last)) = key::<Ring>(filter)? else {
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
    let mut places: Vec<(ConcernId, f64, f64)> = query
        .select((concerns::id, concerns::lat, concerns::lon))
        .load(unit.conn)?;
    // At this latitude a degree of longitude is three quarters of a degree of latitude.
    let far =
        |(_, to_lat, to_lon): &(ConcernId, f64, f64)| (to_lat - lat).hypot((to_lon - lon) * 0.75);
    places.sort_by(|a, b| far(a).total_cmp(&far(b)).then_with(|| a.0.cmp(&b.0)));
    places.truncate(NEAREST);
    let ids: Vec<ConcernId> = places.into_iter().map(|(id, ..)| id).collect();
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

fn key<T: std::str::FromStr>(filter: &Filter) -> Result<Option<(T, ConcernId)>, Problem> {
    let Some(key) = &filter.after else {
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

fn page(mut rows: Vec<Concern>, total: i64, sort: Sort, from: i32) -> Page {
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| Key {
        value: match sort {
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
        },
        id: last.id.clone(),
    });
    Page { rows, next, total }
}
