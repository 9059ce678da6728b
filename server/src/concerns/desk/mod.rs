//! The desk: where members see what came, decide, answer and write to authors.

pub mod denials;
pub mod queue;
pub mod referral;
pub mod routes;
pub mod store;
pub mod views;

use domain::Code as _;
use domain::access::{Action, Visibility, may};
use domain::concern::{Actor, State, allowed_for, needs};
use domain::seat::Institution;
use domain::text::Message as MessageText;

use super::moves::{class_of, state_of};
use super::store::{Concern, Message};
use super::views::Mine;
use super::{ConcernId, read, threads};
use crate::audit;
use crate::codes::Code;
use crate::councils::{Staff, staff_of};
use crate::identity::viewer::SignedIn;
use crate::notices::telling::{self, News};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::texts;
use store::Note;
use views::{DeskMove, DeskPage};

/// A concern and the seat from which somebody deals with it.
///
/// # Errors
/// `concern_unknown` for those without a seat there, as if it did not exist.
pub fn open(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &ConcernId,
    action: Action,
) -> Result<(Staff, Concern), Problem> {
    let row = super::store::get_concern(unit, id)?;
    if state_of(&row)? == State::Referred {
        // Only a count remains of what was handed to a protected mechanism (K1).
        return Err(Problem::new(Code::ConcernUnknown));
    }
    let staff = staff_of(unit, signed_in, &row.municipality_code, action)?
        .ok_or_else(|| Problem::new(Code::ConcernUnknown))?;
    Ok((staff, row))
}

/// A concern as a seat sees it.
///
/// # Errors
/// `storage_unavailable`.
pub fn page(unit: &mut Unit<'_>, staff: &Staff, row: &Concern) -> Result<DeskPage, Problem> {
    let state = state_of(row)?;
    let lead = row.lead.as_deref().and_then(Institution::from_code);
    let moves = allowed_for(state, class_of(row)?, Actor::Seat(staff.as_seat()), lead);
    let readable: Vec<Visibility> = Visibility::ALL
        .iter()
        .copied()
        .filter(|visibility| may(Action::ReadNotes(*visibility), staff.as_seat()))
        .collect();
    Ok(DeskPage {
        concern: read::page(unit, row, Mine::default())?,
        desk: views::DeskFacts::new(row, unit.today(), class_of(row)?),
        notes: store::list_notes(unit, &row.id, &readable, staff.institution)?
            .into_iter()
            .map(Into::into)
            .collect(),
        messages: super::store::list_messages(unit, &row.id)?
            .into_iter()
            .map(Into::into)
            .collect(),
        has_thread: row.receipt_mark.is_some() || row.account_id.is_some(),
        may_answer: state.takes_answers()
            && may(Action::Answer(staff.institution), staff.as_seat()),
        may_assign: may(Action::Assign, staff.as_seat()),
        may_write_to_author: may(Action::WriteToAuthor, staff.as_seat()),
        allowed_moves: moves
            .into_iter()
            .map(|to| DeskMove {
                to: to.code(),
                needs: needs(state, to).iter().map(|need| need.code()).collect(),
            })
            .collect(),
    })
}

/// Says which institution takes care of a concern.
///
/// # Errors
/// `storage_unavailable`.
pub fn assign(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Concern,
    institution: Option<Institution>,
) -> Result<Concern, Problem> {
    row.assigned = institution.map(|institution| institution.code().to_owned());
    super::store::set_concern(unit, &row)?;
    audit::append(unit, Some(staff), "assigned", row.id.as_str())?;
    Ok(row)
}

/// Writes a note among members.
///
/// # Errors
/// `fields_invalid`.
pub fn note(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Concern,
    visibility: Visibility,
    text: &str,
) -> Result<(), Problem> {
    let text = texts::parse("/text", MessageText::parse(text))?;
    store::insert_note(
        unit,
        Note {
            concern_id: row.id.clone(),
            position: 0,
            seat_id: staff.seat.to_string(),
            institution: staff.institution.code().to_owned(),
            visibility: visibility.code().to_owned(),
            text: text.as_str().to_owned(),
            on_day: unit.today(),
        },
    )?;
    audit::append(unit, Some(staff), "note_written", row.id.as_str())
}

/// Writes to the author in the council's name.
///
/// # Errors
/// `thread_closed`, `fields_invalid`.
pub fn write_to_author(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Concern,
    text: &str,
) -> Result<(), Problem> {
    let reachable = row.receipt_mark.is_some() || row.account_id.is_some();
    if !reachable || !threads::takes_messages(row) {
        return Err(Problem::new(Code::ThreadClosed));
    }
    let text = texts::parse("/text", MessageText::parse(text))?;
    super::store::insert_message(
        unit,
        Message {
            concern_id: row.id.clone(),
            position: 0,
            side: "council".to_owned(),
            institution: Some(staff.institution.code().to_owned()),
            text: text.as_str().to_owned(),
            on_day: unit.today(),
        },
    )?;
    audit::append(unit, Some(staff), "wrote_to_author", row.id.as_str())?;
    telling::enqueue(unit, row, News::Message)
}
