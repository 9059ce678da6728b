//! Putting meetings together for whoever asks.

use super::minutes;
use super::store::{self, Meeting};
use super::views::{AgendaItemView, MeetingCard, MeetingList, MeetingPage, NextMeeting};
use crate::concerns;
use crate::concerns::store::list_public_concerns;
use crate::concerns::views::UnitName;
use crate::places;
use crate::places::store::Municipality;
use crate::plans;
use crate::platform::app::Unit;
use crate::platform::clock::{day_of, hour_on};
use crate::platform::problem::Problem;
use crate::polls;

/// The cards of meetings of one municipality, in the same order.
///
/// # Errors
/// `storage_unavailable`.
pub fn cards(
    unit: &mut Unit<'_>,
    municipality: &str,
    rows: Vec<Meeting>,
) -> Result<Vec<MeetingCard>, Problem> {
    let units = places::store::list_units(unit, municipality)?;
    let cards = rows.into_iter().map(|row| {
        let slug = row.unit.as_ref();
        let about = units.iter().find(|place| Some(&place.slug) == slug);
        let name = about.map(|place| UnitName {
            slug: place.slug.clone(),
            name: place.name.clone(),
        });
        MeetingCard::new(row, name)
    });
    Ok(cards.collect())
}

/// The meetings of a municipality, and when its council last met.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, place: &Municipality) -> Result<MeetingList, Problem> {
    let rows = store::list(unit, &place.code)?;
    let today = hour_on(unit.today(), 0).unwrap_or(unit.now);
    let last = store::find_last_sitting(unit, &place.code, today)?;
    Ok(MeetingList {
        items: cards(unit, &place.code, rows)?,
        last_sitting_on: last.map(day_of),
        meeting_days: place.meeting_days,
    })
}

/// The next meetings of a municipality, those of today among them.
///
/// # Errors
/// `storage_unavailable`.
pub fn next(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<NextMeeting>, Problem> {
    let today = hour_on(unit.today(), 0).unwrap_or(unit.now);
    let rows = store::list_next(unit, municipality, today)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// A meeting in full.
///
/// # Errors
/// `storage_unavailable`.
pub fn page(unit: &mut Unit<'_>, row: Meeting) -> Result<MeetingPage, Problem> {
    let municipality = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let items = store::list_agenda(unit, &row.id)?;
    let named: Vec<_> = items
        .iter()
        .filter_map(|item| item.concern_id.clone())
        .collect();
    let rows = list_public_concerns(unit, &named)?;
    let asked: Vec<_> = items
        .iter()
        .filter_map(|item| item.poll_id.clone())
        .collect();
    let polls = polls::read::named(unit, &asked)?;
    let mut concerns = concerns::read::cards(unit, &rows)?;
    let agenda = items.into_iter().map(|item| {
        let about = item.concern_id.as_ref().map(ToString::to_string);
        let place = concerns
            .iter()
            .position(|card| Some(&card.id) == about.as_ref());
        let concern = place.map(|place| concerns.swap_remove(place));
        let asked = item.poll_id.as_ref().map(ToString::to_string);
        let poll = polls.iter().find(|poll| Some(&poll.id) == asked.as_ref());
        let poll = poll.cloned();
        AgendaItemView::new(item, concern, poll)
    });
    let agenda = agenda.collect();
    let notices = store::list_notices(unit, &row.id)?;
    let minutes = minutes::read::published(unit, &row)?;
    let measures = plans::read::keeping(unit, &row.id)?;
    let accessibility = row.accessibility.clone();
    let places = row.is_open().then(|| (&row).into());
    let card = cards(unit, &municipality.code, vec![row])?.pop();
    Ok(MeetingPage {
        card: card.ok_or_else(|| Problem::new(crate::codes::Code::MeetingUnknown))?,
        municipality: municipality.slug,
        accessibility,
        places,
        agenda,
        notices: notices.into_iter().map(Into::into).collect(),
        minutes,
        measures,
    })
}
