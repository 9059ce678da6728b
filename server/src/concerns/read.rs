//! Putting a concern together for whoever asks.

use std::collections::{BTreeSet, HashMap};

use super::store::{self, Concern};
use super::support::{self, Supporter};
use super::views::{
    ConcernCard, ConcernPage, MergedConcern, Mine, Thread, TimelineEntry, UnitName,
};
use super::{ConcernId, contests, photos};
use crate::codes::Code;
use crate::identity::viewer::Viewer;
use crate::meetings;
use crate::places;
use crate::plans;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The cards of several concerns, in the same order.
///
/// # Errors
/// `storage_unavailable`.
pub fn cards(unit: &mut Unit<'_>, rows: &[Concern]) -> Result<Vec<ConcernCard>, Problem> {
    let mut names = HashMap::new();
    let places: BTreeSet<&String> = rows.iter().map(|row| &row.municipality_code).collect();
    for place in places {
        for row in places::store::list_units(unit, place)? {
            names.insert((place, row.slug), row.name);
        }
    }
    let ids: Vec<ConcernId> = rows.iter().map(|row| row.id.clone()).collect();
    let heads = photos::list_heads(unit, &ids)?;
    let answers = store::list_answers(unit, &ids)?;
    Ok(rows
        .iter()
        .map(|row| {
            let named = row.unit.as_ref().and_then(|slug| {
                let name = names.get(&(&row.municipality_code, slug.clone()))?.clone();
                Some(UnitName {
                    slug: slug.clone(),
                    name,
                })
            });
            let photo = heads.iter().find(|head| head.concern_id == row.id);
            let own = answers.iter().filter(|answer| answer.concern_id == row.id);
            ConcernCard::new(row, named, photo, own)
        })
        .collect())
}

/// A concern in full.
///
/// # Errors
/// `storage_unavailable`.
pub fn page(unit: &mut Unit<'_>, row: &Concern, mine: Mine) -> Result<ConcernPage, Problem> {
    let municipality = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let card = cards(unit, std::slice::from_ref(row))?
        .pop()
        .unwrap_or_else(|| ConcernCard::new(row, None, None, std::iter::empty()));
    let heads = photos::list_heads(unit, std::slice::from_ref(&row.id))?;
    let events = store::list_events(unit, &row.id)?;
    let merged = store::list_merged_into(unit, &row.id)?;
    Ok(ConcernPage {
        card,
        municipality: municipality.slug,
        text: row.text.clone(),
        photos: heads.iter().map(Into::into).collect(),
        timeline: std::iter::once(TimelineEntry::received(row.received_on))
            .chain(events.into_iter().map(Into::into))
            .collect(),
        merged: merged
            .into_iter()
            .filter(|other| other.public_on.is_some())
            .map(|other| MergedConcern {
                id: other.id.to_string(),
                title: other.title,
            })
            .collect(),
        discussions: meetings::minutes::read::discussions(unit, &row.id)?,
        measures: plans::read::answering(unit, &row.id)?,
        contest: contests::progress(unit, row)?,
        mine,
    })
}

/// The page of somebody, made from the one for nobody, which is kept for all.
///
/// # Errors
/// `internal` where the page given is none for nobody.
pub fn page_of(mine: Mine, of_nobody: &[u8]) -> Result<Vec<u8>, Problem> {
    let end = |mine: Mine| {
        serde_json::to_string(&mine)
            .map(|json| format!("{json}}}").into_bytes())
            .map_err(|cause| Problem::caused(Code::Internal, cause))
    };
    let shared = of_nobody
        .strip_suffix(end(Mine::default())?.as_slice())
        .ok_or_else(|| Problem::caused(Code::Internal, "the viewer's part is not the last"))?;
    Ok([shared, end(mine)?.as_slice()].concat())
}

/// What the viewer has to do with a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn mine(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    row: &Concern,
) -> Result<Mine, Problem> {
    let account = viewer.account();
    Ok(Mine {
        supported: match Supporter::of(viewer, device) {
            Some(supporter) => support::supports(unit, &supporter, &row.id)?,
            None => false,
        },
        follows: match account {
            Some(account) => support::follows(unit, &row.id, account)?,
            None => false,
        },
        author: account.is_some() && row.account_id.as_ref() == account,
        contests: contests::contests(unit, viewer, row)?,
    })
}

/// The author's side of a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn thread(unit: &mut Unit<'_>, row: &Concern) -> Result<Thread, Problem> {
    let mine = Mine {
        author: true,
        ..Mine::default()
    };
    Ok(Thread {
        concern: page(unit, row, mine)?,
        messages: store::list_messages(unit, &row.id)?
            .into_iter()
            .map(Into::into)
            .collect(),
        can_reply: super::threads::takes_messages(row),
        answer_due_on: row.due_on,
        may_contest: !row.contested && super::moves::may_contest(row)?,
    })
}
