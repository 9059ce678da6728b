//! What members say before a meeting: whether their seat will be taken.

pub mod routes;
pub mod store;
pub mod views;

use std::collections::HashMap;

use domain::Code as _;
use domain::meeting::Answer;

use super::store::Meeting;
use super::{minutes, require_coming};
use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use views::{MeetingAnswer, MeetingAnswers};

/// Says whether a seat will be taken; the last word counts.
///
/// # Errors
/// `meeting_over`.
pub fn answer(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Meeting,
    answer: Answer,
) -> Result<MeetingAnswers, Problem> {
    require_coming(unit, row)?;
    store::set(unit, &row.id, &staff.seat, answer.code())?;
    list(unit, staff, row)
}

/// What each seat of the council said.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, staff: &Staff, row: &Meeting) -> Result<MeetingAnswers, Problem> {
    let mut said: HashMap<_, _> = store::list(unit, &row.id)?.into_iter().collect();
    let seats = minutes::read::ordered_seats(unit, &row.municipality_code, row.day())?;
    let items = seats.into_iter().map(|seat| MeetingAnswer {
        answer: said.remove(&seat.id),
        own: seat.id == staff.seat,
        institution: seat.institution,
        title: seat.title,
    });
    Ok(MeetingAnswers {
        items: items.collect(),
    })
}
