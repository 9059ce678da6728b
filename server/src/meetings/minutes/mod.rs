//! Minutes: written after a meeting, which closes it; approved, locked and published; put right only by
//! dated corrections beside them.

pub mod asked;
pub mod check;
pub mod read;
pub mod routes;
pub mod store;
pub mod views;

use chrono::NaiveDate;
use domain::Code as _;
use domain::minutes::{OutcomeFault, Presence, check_outcome};
use domain::text::Reason;

use super::MeetingId;
use super::store::Meeting;
use super::views::MeetingPage;
use crate::audit;
use crate::codes::Code;
use crate::councils::{SeatId, Staff};
use crate::notices::push::meetings::{self as news, Turn};
use crate::platform::app::Unit;
use crate::platform::clock::day_of;
use crate::platform::problem::Problem;
use asked::{Decided, Written};
use store::{Correction, Minutes, OutcomeRow, PresenceRow};
use views::MinutesDraft;

/// What the log calls the approval of minutes.
const APPROVED: &str = "minutes_approved";

/// Writes the minutes of a meeting that has begun, and closes it. Until they are approved they are
/// written anew.
///
/// # Errors
/// `meeting_not_held`, `minutes_locked`, `fields_invalid` where an item has no outcome.
pub fn write(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Meeting,
    written: &Written,
) -> Result<MinutesDraft, Problem> {
    let before = open(unit, row)?;
    let met_on = day_of(row.starts());
    let items = super::store::list_agenda(unit, &row.id)?.len();
    check_outcomes(&written.outcomes, items, met_on)?;
    if written.next_on.is_some_and(|next| next <= met_on) {
        return Err(Problem::field("/next_on", "day_out_of_order", None));
    }
    let present = attendance(unit, row, &written.attendance)?;
    let decided = (1..).zip(&written.outcomes).map(|(position, decided)| {
        let binds = decided.kind == domain::minutes::Outcome::Commitment;
        let lead = decided.lead.map(|lead| lead.code().to_owned());
        OutcomeRow {
            meeting_id: row.id.clone(),
            position,
            kind: decided.kind.code().to_owned(),
            text: decided.text.to_string(),
            lead: lead.filter(|_| binds),
            due_on: decided.due_on.filter(|_| binds),
        }
    });
    let minutes = Minutes {
        meeting_id: row.id.clone(),
        text: written.text.to_string(),
        next_on: written.next_on,
        closed_on: before.map_or_else(|| unit.today(), |before| before.closed_on),
        approved_on: None,
        record: None,
    };
    store::set(unit, &minutes, present, decided.collect())?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "minutes_written", row.id.as_str())?;
    read::draft(unit, row)
}

/// Approves minutes: from now on they are the document everybody reads, and its hash lies in the log.
///
/// # Errors
/// `meeting_not_held`, `minutes_missing`, `minutes_locked`.
pub fn approve(unit: &mut Unit<'_>, staff: &Staff, row: Meeting) -> Result<MeetingPage, Problem> {
    if open(unit, &row)?.is_none() {
        return Err(Problem::new(Code::MinutesMissing));
    }
    let record = read::record(unit, &row)?;
    let record =
        serde_json::to_string(&record).map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let today = unit.today();
    store::set_approved(unit, &row.id, today, &record)?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), APPROVED, &approval(&row.id, &record))?;
    news::enqueue(unit, &row, Turn::Minutes)?;
    super::read::page(unit, row)
}

/// Puts approved minutes right, beside them.
///
/// # Errors
/// `minutes_not_approved`.
pub fn correct(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: Meeting,
    text: &Reason,
) -> Result<MeetingPage, Problem> {
    let minutes = store::find(unit, &row.id)?;
    if minutes.is_none_or(|minutes| minutes.approved_on.is_none()) {
        return Err(Problem::new(Code::MinutesNotApproved));
    }
    let correction = Correction {
        meeting_id: row.id.clone(),
        position: 0,
        text: text.to_string(),
        seat_id: staff.seat.clone(),
        institution: staff.institution.code().to_owned(),
        on_day: unit.today(),
    };
    store::insert_correction(unit, correction)?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "minutes_corrected", row.id.as_str())?;
    super::read::page(unit, row)
}

/// What the log says of an approval.
fn approval(id: &MeetingId, record: &str) -> String {
    format!("{id} {}", read::hash(record))
}

/// The minutes of a meeting that was held, where they may still be written.
fn open(unit: &mut Unit<'_>, row: &Meeting) -> Result<Option<Minutes>, Problem> {
    if row.cancelled_on.is_some() || unit.now < row.starts() {
        return Err(Problem::new(Code::MeetingNotHeld));
    }
    let minutes = store::find(unit, &row.id)?;
    let locked = |minutes: &Minutes| minutes.approved_on.is_some();
    if minutes.as_ref().is_some_and(locked) {
        return Err(Problem::new(Code::MinutesLocked));
    }
    Ok(minutes)
}

/// Each item has one outcome, and each commitment a lead and a day.
fn check_outcomes(outcomes: &[Decided], items: usize, met_on: NaiveDate) -> Result<(), Problem> {
    if outcomes.len() > items {
        let most = u32::try_from(items).ok();
        return Err(Problem::field("/outcomes", "too_many", most));
    }
    for (place, decided) in outcomes.iter().enumerate() {
        let refused = |fault| {
            let (name, code) = match fault {
                OutcomeFault::NeedsLead => ("lead", "required"),
                OutcomeFault::NeedsDay => ("due_on", "required"),
                OutcomeFault::TooSoon => ("due_on", "day_out_of_order"),
            };
            Problem::field(&format!("/outcomes/{place}/{name}"), code, None)
        };
        let leads = decided.lead.is_some();
        check_outcome(decided.kind, leads, decided.due_on, met_on).map_err(refused)?;
    }
    if outcomes.len() < items {
        let first = outcomes.len();
        return Err(Problem::field(
            &format!("/outcomes/{first}"),
            "required",
            None,
        ));
    }
    Ok(())
}

/// A row for every seat of the council: one that is not named was absent.
fn attendance(
    unit: &mut Unit<'_>,
    row: &Meeting,
    named: &[(SeatId, Presence)],
) -> Result<Vec<PresenceRow>, Problem> {
    let seats = store::list_seats(unit, &row.municipality_code, row.day())?;
    for (place, (seat, _)) in named.iter().enumerate() {
        let pointer = format!("/attendance/{place}/seat");
        if !seats.iter().any(|known| known.id == *seat) {
            return Err(Problem::field(&pointer, "seat_unknown", None));
        }
        if named.iter().take(place).any(|(other, _)| other == seat) {
            return Err(Problem::field(&pointer, "repeated", None));
        }
    }
    let presence = |seat: &SeatId| {
        let found = named.iter().find(|(known, _)| known == seat);
        found.map_or(Presence::Absent, |(_, presence)| *presence)
    };
    Ok(seats
        .into_iter()
        .map(|seat| PresenceRow {
            meeting_id: row.id.clone(),
            presence: presence(&seat.id).code().to_owned(),
            seat_id: seat.id,
        })
        .collect())
}
