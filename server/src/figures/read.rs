//! What residents say beside what institutions counted.

use std::collections::BTreeMap;

use chrono::Datelike as _;

use super::store::{self, Figure};
use super::views::{FigureView, SaidInYear, Series, TopicFigures};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The topics of a municipality of which something was counted.
///
/// # Errors
/// `storage_unavailable`.
pub fn by_topic(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<TopicFigures>, Problem> {
    let mut said: BTreeMap<(String, i32), SaidInYear> = BTreeMap::new();
    let empty = |year| SaidInYear {
        year,
        concerns: 0,
        supporters: 0,
        prioritised: 0,
    };
    for (topic, day, residents, visitors) in store::list_said(unit, municipality)? {
        let year = day.year();
        let one = said.entry((topic, year)).or_insert_with(|| empty(year));
        one.concerns += 1;
        one.supporters += u32::try_from(residents + visitors).unwrap_or_default();
    }
    for (topic, day) in store::list_put_first(unit, municipality)? {
        let year = day.year();
        let one = said.entry((topic, year)).or_insert_with(|| empty(year));
        one.prioritised += 1;
    }
    let mut of_topic: BTreeMap<String, Vec<SaidInYear>> = BTreeMap::new();
    for ((topic, _), one) in said {
        of_topic.entry(topic).or_default().push(one);
    }
    let rows = store::list(unit, municipality)?;
    let topics = rows.chunk_by(|one, other| one.topic == other.topic);
    let topics = topics.filter_map(|rows| {
        let topic = rows.first()?.topic.clone();
        Some(TopicFigures {
            said: of_topic.remove(&topic).unwrap_or_default(),
            counted: series(rows),
            topic,
        })
    });
    Ok(topics.collect())
}

fn series(rows: &[Figure]) -> Vec<Series> {
    let same = |one: &Figure, other: &Figure| {
        one.institution == other.institution && one.name == other.name
    };
    rows.chunk_by(same)
        .filter_map(|rows| {
            let first = rows.first()?;
            Some(Series {
                institution: first.institution.clone(),
                name: first.name.clone(),
                values: rows.iter().map(FigureView::from).collect(),
            })
        })
        .collect()
}
