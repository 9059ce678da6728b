//! Residents who say that they come to a meeting that everybody may come to. One account or device has one
//! place; when all are taken it waits for its turn. What is kept of it is an HMAC of who and which meeting, and
//! who, sealed, so that whoever moves up can be told: the rows do not tell where one person goes.

pub mod check;
pub mod news;
pub mod routes;
pub mod store;
pub mod views;

use domain::room::Room;

use super::MeetingId;
use super::store::{self as meetings, Meeting};
use crate::codes::Code;
use crate::concerns::support::Supporter;
use crate::identity::AccountId;
use crate::identity::viewer::Viewer;
use crate::platform::app::Unit;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;
use store::Row;
use views::{OwnPlace, PlaceChanged};

impl Meeting {
    fn room(&self) -> Room {
        Room {
            capacity: self.capacity,
            taken: self.taken,
            waiting: self.waiting,
        }
    }
}

/// The meeting with this id, where residents may still say that they come.
///
/// # Errors
/// `meeting_unknown`, `meeting_closed`, `meeting_over`.
pub fn find(unit: &mut Unit<'_>, id: &MeetingId) -> Result<Meeting, Problem> {
    let row = meetings::get(unit, id)?;
    if !row.is_open() {
        return Err(Problem::new(Code::MeetingClosed));
    }
    if !row.is_coming(unit.now) {
        return Err(Problem::new(Code::MeetingOver));
    }
    Ok(row)
}

/// Takes a place, or a turn in waiting for one; doing so twice changes nothing.
///
/// # Errors
/// `device_needed` without account and device, or as [`find`].
pub fn take(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    id: &MeetingId,
) -> Result<PlaceChanged, Problem> {
    let mut row = find(unit, id)?;
    let who = Supporter::of(viewer, device).ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
    let mark = mark(unit.keys, &who, id);
    if store::find(unit, id, &mark)?.is_none() {
        let turn = if row.room().has_room() {
            row.taken += 1;
            None
        } else {
            row.waiting += 1;
            Some(store::last_turn(unit, id)? + 1)
        };
        let own = Row {
            meeting_id: id.clone(),
            mark: mark.clone(),
            sealed: who.seal(unit.keys)?,
            turn,
            untold: false,
        };
        store::insert(unit, &own)?;
        settle(unit, &row)?;
    }
    changed(unit, &row, &mark)
}

/// Gives a place back, or a turn; doing so twice changes nothing. Whoever waited longest gets the place.
///
/// # Errors
/// As [`take`].
pub fn give_back(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    id: &MeetingId,
) -> Result<PlaceChanged, Problem> {
    let mut row = find(unit, id)?;
    let who = Supporter::of(viewer, device).ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
    let mark = mark(unit.keys, &who, id);
    leave(unit, &mut row, &mark)?;
    changed(unit, &row, &mark)
}

/// What a viewer or their device has to do with the places of a meeting.
///
/// # Errors
/// `storage_unavailable`.
pub fn own(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    device: Option<&str>,
    id: &MeetingId,
) -> Result<OwnPlace, Problem> {
    match Supporter::of(viewer, device) {
        Some(who) => {
            let mark = mark(unit.keys, &who, id);
            own_by(unit, id, &mark)
        }
        None => Ok(OwnPlace::NONE),
    }
}

/// Lets those who wait move up as far as there is place now, and be told of it. The counts of the row are
/// right then, and not yet written down.
///
/// # Errors
/// `storage_unavailable`.
pub fn move_up(unit: &mut Unit<'_>, row: &mut Meeting) -> Result<(), Problem> {
    let up = row.room().moves_up();
    if up > 0 {
        store::set_moved_up(unit, &row.id, up)?;
        row.taken += up;
        row.waiting -= up;
        news::enqueue(unit, &row.id)?;
    }
    Ok(())
}

/// Gives back every place an account has at meetings that are to come: it is being deleted.
///
/// # Errors
/// `storage_unavailable`.
pub fn give_back_all(unit: &mut Unit<'_>, account: &AccountId) -> Result<(), Problem> {
    let who = Supporter::resident(account);
    for mut row in store::list_with_places(unit)? {
        let mark = mark(unit.keys, &who, &row.id);
        leave(unit, &mut row, &mark)?;
    }
    Ok(())
}

/// Those of these accounts that have a place at a meeting or wait for one.
///
/// # Errors
/// `storage_unavailable`.
pub fn who_comes(
    unit: &mut Unit<'_>,
    id: &MeetingId,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, Problem> {
    let marks: Vec<String> = accounts
        .iter()
        .map(|account| mark(unit.keys, &Supporter::resident(account), id))
        .collect();
    let there = store::list_among(unit, id, &marks)?;
    let pairs = accounts.iter().zip(&marks);
    let coming = pairs.filter(|(_, mark)| there.contains(mark));
    Ok(coming.map(|(account, _)| account.clone()).collect())
}

fn mark(keys: &Keys, who: &Supporter, id: &MeetingId) -> String {
    who.mark_as("place", keys, id.as_str())
}

fn leave(unit: &mut Unit<'_>, row: &mut Meeting, mark: &str) -> Result<(), Problem> {
    let Some(own) = store::find(unit, &row.id, mark)? else {
        return Ok(());
    };
    store::delete(unit, &row.id, mark)?;
    if own.turn.is_some() {
        row.waiting -= 1;
    } else {
        row.taken -= 1;
        move_up(unit, row)?;
    }
    settle(unit, row)
}

fn settle(unit: &mut Unit<'_>, row: &Meeting) -> Result<(), Problem> {
    unit.touch(&row.municipality_code);
    store::set_counts(unit, row)
}

fn changed(unit: &mut Unit<'_>, row: &Meeting, mark: &str) -> Result<PlaceChanged, Problem> {
    Ok(PlaceChanged {
        places: row.into(),
        place: own_by(unit, &row.id, mark)?,
    })
}

fn own_by(unit: &mut Unit<'_>, id: &MeetingId, mark: &str) -> Result<OwnPlace, Problem> {
    let Some(own) = store::find(unit, id, mark)? else {
        return Ok(OwnPlace::NONE);
    };
    let turn = own.turn.map(|turn| store::count_until(unit, id, turn));
    Ok(OwnPlace::of(turn.transpose()?))
}
