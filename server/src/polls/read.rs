//! Putting polls together for whoever asks.

use diesel::prelude::*;
use domain::Code as _;
use domain::poll::{Audience, State};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::paper::PollPaper;
use super::rooms::{self, store::Room};
use super::store::{self, Poll};
use super::views::{
    NamedPoll, PollAtCouncil, PollCard, PollItem, PollOutcome, PollPage, PollResults,
};
use super::{PollId, views};
use crate::codes::Code;
use crate::meetings::minutes::store::OutcomeRow;
use crate::meetings::store::Meeting;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{agenda_items, meetings, minutes, outcomes};

/// What is kept as a document.
///
/// # Errors
/// `internal` when it cannot be written.
pub fn written(document: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(document).map_err(|cause| Problem::caused(Code::Internal, cause))
}

fn kept<T: DeserializeOwned>(document: &str) -> Result<T, Problem> {
    serde_json::from_str(document).map_err(|cause| Problem::caused(Code::Internal, cause))
}

/// The paper of a poll.
///
/// # Errors
/// `internal` when it cannot be read.
pub fn paper(row: &Poll) -> Result<PollPaper, Problem> {
    kept(&row.paper)
}

/// Whom a poll asks.
///
/// # Errors
/// `internal` when its code is none.
pub fn audience(row: &Poll) -> Result<Audience, Problem> {
    Audience::from_code(&row.audience)
        .ok_or_else(|| Problem::caused(Code::Internal, "a poll asks nobody"))
}

/// What is told of the answers of a closed poll, with the texts that may be shown.
///
/// # Errors
/// `poll_not_closed`.
pub fn results(unit: &mut Unit<'_>, row: &Poll) -> Result<PollResults, Problem> {
    let document = row.results.as_ref();
    let document = document.ok_or_else(|| Problem::new(Code::PollNotClosed))?;
    let mut results: PollResults = kept(document)?;
    for text in store::list_published_texts(unit, &row.id)? {
        let asked = results
            .questions
            .iter_mut()
            .find(|question| question.id == text.question);
        if let Some(question) = asked {
            question.texts.push(text.text);
        }
    }
    Ok(results)
}

/// Polls in short, in the same order.
///
/// # Errors
/// `internal` when a paper cannot be read.
pub fn cards(unit: &mut Unit<'_>, rows: &[Poll]) -> Result<Vec<PollCard>, Problem> {
    let open = rows.iter().filter(|row| row.state == State::Open.code());
    let ids: Vec<PollId> = open.map(|row| row.id.clone()).collect();
    let links = rooms::store::list_open_links(unit, &ids)?;
    let cards = rows.iter().map(|row| card(row, links.get(&row.id)));
    cards.collect()
}

fn card(row: &Poll, open_link: Option<&String>) -> Result<PollCard, Problem> {
    Ok(PollCard {
        id: row.id.to_string(),
        kind: row.audience.clone(),
        title: paper(row)?.title,
        year: row.year,
        series: row.series.to_string(),
        state: row.state.clone(),
        institution: row.institution.clone(),
        published_on: row.published_on,
        closed_on: row.closed_on,
        source: row.source.clone(),
        answered: row.answered,
        open_link: open_link.cloned(),
    })
}

/// The least number of answers of which anything is shown: in a class it is that of pupils, whoever sits in it.
///
/// # Errors
/// `internal`.
pub fn k(row: &Poll, rooms: &[Room]) -> Result<i64, Problem> {
    if rooms.iter().any(Room::is_in_class) {
        return Ok(Audience::School.k());
    }
    Ok(audience(row)?.k())
}

/// A poll in full.
///
/// # Errors
/// `storage_unavailable`.
pub fn page(unit: &mut Unit<'_>, row: Poll) -> Result<PollPage, Problem> {
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let card = cards(unit, std::slice::from_ref(&row))?.pop();
    Ok(PollPage {
        card: card.ok_or_else(|| Problem::new(Code::PollUnknown))?,
        municipality: place.slug,
        paper: paper(&row)?,
        k: k(&row, &rooms::store::list(unit, &row.id)?)?,
        council: PollAtCouncil {
            sent_on: row.sent_on,
            items: at_council(unit, &row.id)?,
        },
    })
}

/// Where a poll was on an agenda, and what became of it once that is approved.
fn at_council(unit: &mut Unit<'_>, id: &PollId) -> Result<Vec<PollItem>, Problem> {
    let rows: Vec<(Meeting, i32, String)> = agenda_items::table
        .inner_join(meetings::table.on(meetings::id.eq(agenda_items::meeting_id)))
        .filter(agenda_items::poll_id.eq(id))
        .filter(meetings::cancelled_on.is_null())
        .order((meetings::starts_at, agenda_items::position))
        .select((
            Meeting::as_select(),
            agenda_items::position,
            agenda_items::title,
        ))
        .load(unit.conn)?;
    let decided: Vec<OutcomeRow> = outcomes::table
        .inner_join(minutes::table.on(minutes::meeting_id.eq(outcomes::meeting_id)))
        .filter(outcomes::meeting_id.eq_any(rows.iter().map(|(meeting, ..)| meeting.id.clone())))
        .filter(minutes::approved_on.is_not_null())
        .select(OutcomeRow::as_select())
        .load(unit.conn)?;
    let items = rows.into_iter().map(|(meeting, position, title)| {
        let outcome = decided
            .iter()
            .find(|one| one.meeting_id == meeting.id && one.position == position);
        PollItem {
            starts_at: meeting.starts(),
            meeting_id: meeting.id.to_string(),
            meeting_title: meeting.title,
            position,
            title,
            outcome: outcome.map(|one| PollOutcome {
                kind: one.kind.clone(),
                text: one.text.clone(),
                lead: one.lead.clone(),
                due_on: one.due_on,
            }),
        }
    });
    Ok(items.collect())
}

/// The polls of a municipality that were sent to the council and are on no agenda.
///
/// # Errors
/// `storage_unavailable`.
pub fn waiting(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<NamedPoll>, Problem> {
    let taken_up = store::list_on_agendas(unit, municipality)?;
    let rows = store::list(unit, municipality)?.into_iter();
    rows.filter(|row| row.sent_on.is_some() && !taken_up.contains(&row.id))
        .map(|row| {
            Ok(NamedPoll {
                id: row.id.to_string(),
                title: paper(&row)?.title,
            })
        })
        .collect()
}

/// The polls among these, by their ids, as an agenda names them.
///
/// # Errors
/// `storage_unavailable`.
pub fn named(unit: &mut Unit<'_>, ids: &[PollId]) -> Result<Vec<views::NamedPoll>, Problem> {
    store::list_among(unit, ids)?
        .iter()
        .map(|row| {
            Ok(NamedPoll {
                id: row.id.to_string(),
                title: paper(row)?.title,
            })
        })
        .collect()
}
