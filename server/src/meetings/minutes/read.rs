//! Putting minutes together, for the council and for everybody.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use chrono::NaiveDate;
use domain::Code as _;
use domain::meeting::Answer;
use domain::minutes::{Presence, has_quorum};
use domain::seat::Institution;

use super::store::{self, NamedSeat, OutcomeRow};
use super::views::{
    Discussion, MinutesDraft, MinutesRecord, ParkedItem, ParkedItems, PublishedMinutes,
    RecordedItem, RecordedOutcome, RecordedSeat,
};
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::councils::SeatId;
use crate::meetings::answers;
use crate::meetings::store::{self as meetings, Meeting};
use crate::platform::app::Unit;
use crate::platform::clock::{day_of, time_of};
use crate::platform::keys::hex;
use crate::platform::problem::Problem;
use crate::polls;

/// SHA-256 of a document, hexadecimal.
pub fn hash(record: &str) -> String {
    hex(digest(&SHA256, record.as_bytes()).as_ref())
}

/// What everybody reads of a meeting's minutes, once they are approved.
///
/// # Errors
/// `storage_unavailable`, `internal` where the document does not parse.
pub fn published(unit: &mut Unit<'_>, row: &Meeting) -> Result<Option<PublishedMinutes>, Problem> {
    let Some(minutes) = store::find(unit, &row.id)? else {
        return Ok(None);
    };
    let Some((approved_on, text)) = minutes.approved_on.zip(minutes.record) else {
        return Ok(None);
    };
    let corrections = store::list_corrections(unit, &row.id)?;
    Ok(Some(PublishedMinutes {
        hash: hash(&text),
        record: serde_json::from_str(&text)
            .map_err(|cause| Problem::caused(Code::Internal, cause))?,
        approved_on,
        corrections: corrections.into_iter().map(Into::into).collect(),
    }))
}

/// The document of approved minutes, byte for byte.
///
/// # Errors
/// `minutes_missing`.
pub fn document(unit: &mut Unit<'_>, row: &Meeting) -> Result<String, Problem> {
    let record = store::find(unit, &row.id)?.and_then(|minutes| minutes.record);
    record.ok_or_else(|| Problem::new(Code::MinutesMissing))
}

/// Minutes as members read them while they are written: where nothing is written yet, the meeting with the
/// seats as they said before.
///
/// # Errors
/// `storage_unavailable`.
pub fn draft(unit: &mut Unit<'_>, row: &Meeting) -> Result<MinutesDraft, Problem> {
    let minutes = store::find(unit, &row.id)?;
    Ok(MinutesDraft {
        record: record(unit, row)?,
        approved_on: minutes.and_then(|minutes| minutes.approved_on),
    })
}

/// The document out of what is written so far.
///
/// # Errors
/// `storage_unavailable`.
pub fn record(unit: &mut Unit<'_>, row: &Meeting) -> Result<MinutesRecord, Problem> {
    let minutes = store::find(unit, &row.id)?;
    let mut outcomes: HashMap<i32, OutcomeRow> = store::list_outcomes(unit, &row.id)?
        .into_iter()
        .map(|outcome| (outcome.position, outcome))
        .collect();
    let agenda = meetings::list_agenda(unit, &row.id)?;
    let items = (1..).zip(agenda).map(|(position, item)| RecordedItem {
        title: item.title,
        concern: item.concern_id.map(|id| id.to_string()),
        outcome: outcomes.remove(&position).map(recorded),
    });
    let items = items.collect();
    let attendance = seats(unit, row)?;
    let taken =
        |seat: &&RecordedSeat| Presence::from_code(&seat.presence).is_some_and(Presence::counts);
    let present = attendance.iter().filter(taken).count();
    Ok(MinutesRecord {
        meeting: row.id.to_string(),
        title: row.title.clone(),
        on: day_of(row.starts()),
        from: time_of(row.starts()),
        place: row.place.clone(),
        items,
        present,
        quorum: has_quorum(present, attendance.len()),
        attendance,
        text: minutes
            .as_ref()
            .map(|minutes| minutes.text.clone())
            .unwrap_or_default(),
        next_on: minutes.as_ref().and_then(|minutes| minutes.next_on),
        closed_on: minutes.map(|minutes| minutes.closed_on),
    })
}

/// The items that wait for the next meeting.
///
/// # Errors
/// `storage_unavailable`.
pub fn parked(unit: &mut Unit<'_>, municipality: &str) -> Result<ParkedItems, Problem> {
    let rows = store::list_parked(unit, municipality)?.into_iter();
    let items = rows.map(|(meeting, item, row)| ParkedItem {
        meeting: meeting.to_string(),
        item,
        title: row.title,
        text: row.text,
        concern: row.concern_id.map(|id| id.to_string()),
        poll: row.poll_id.map(|id| id.to_string()),
    });
    Ok(ParkedItems {
        items: items.collect(),
        polls: polls::read::waiting(unit, municipality)?,
    })
}

/// Where a concern was or will be spoken of, and what became of it.
///
/// # Errors
/// `storage_unavailable`.
pub fn discussions(unit: &mut Unit<'_>, concern: &ConcernId) -> Result<Vec<Discussion>, Problem> {
    let rows = store::list_discussions(unit, concern)?.into_iter();
    let told = rows.map(|(row, outcome)| Discussion {
        meeting: row.into(),
        outcome: outcome.map(recorded),
    });
    Ok(told.collect())
}

fn recorded(row: OutcomeRow) -> RecordedOutcome {
    RecordedOutcome {
        kind: row.kind,
        text: row.text,
        lead: row.lead,
        due_on: row.due_on,
    }
}

/// Where an institution stands among all: the three first, then the others as they are named everywhere.
pub fn rank(institution: &str) -> Option<usize> {
    Institution::ALL
        .iter()
        .position(|one| one.code() == institution)
}

/// The seats a council had on a day, those of the three institutions first, then the others in the order in which they
/// are named everywhere.
///
/// # Errors
/// `storage_unavailable`.
pub fn ordered_seats(
    unit: &mut Unit<'_>,
    municipality: &str,
    day: NaiveDate,
) -> Result<Vec<NamedSeat>, Problem> {
    let mut seats = store::list_seats(unit, municipality, day)?;
    seats.sort_by_key(|seat| rank(&seat.institution));
    Ok(seats)
}

/// The seats that were there to be taken: as it is written down, or those of the day, as they said before.
fn seats(unit: &mut Unit<'_>, row: &Meeting) -> Result<Vec<RecordedSeat>, Problem> {
    let written: HashMap<_, _> = store::list_attendance(unit, &row.id)?
        .into_iter()
        .map(|one| (one.seat_id, one.presence))
        .collect();
    let said: HashMap<_, _> = answers::store::list(unit, &row.id)?
        .into_iter()
        .filter_map(|(seat, answer)| Some((seat, Answer::from_code(&answer)?.expected())))
        .collect();
    let expected = |seat: &SeatId| said.get(seat).copied().unwrap_or(Presence::Absent);
    let seats = ordered_seats(unit, &row.municipality_code, row.day())?.into_iter();
    Ok(seats
        .filter(|seat| written.is_empty() || written.contains_key(&seat.id))
        .map(|seat| RecordedSeat {
            presence: written
                .get(&seat.id)
                .cloned()
                .unwrap_or_else(|| expected(&seat.id).code().to_owned()),
            seat: seat.id.to_string(),
            institution: seat.institution,
            title: seat.title,
        })
        .collect())
}
