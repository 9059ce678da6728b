//! Queries over rooms and their sums.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::Code as _;
use domain::poll::{Cell, Counted, RoomState, Sums, TextState, Times, Way, state};
use std::collections::{BTreeMap, BTreeSet};

use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::on_each;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::polls::store::Text;
use crate::polls::{PollId, TextId};
use crate::schema::{poll_group_sums, poll_marks, poll_rooms, poll_sums, poll_texts};

/// Where answers come in.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = poll_rooms)]
pub struct Room {
    /// Its code.
    pub code: String,
    /// The poll.
    pub poll_id: PollId,
    /// Code of what gives a vote in it.
    pub way: String,
    /// The school.
    pub school: Option<String>,
    /// The class.
    pub class: Option<String>,
    /// How many may answer.
    pub invited: Option<i32>,
    /// Minutes in which answers are awaited after it closed.
    pub grace_minutes: i32,
    /// When it closes.
    pub closes_at: Option<NaiveDateTime>,
    /// How many answered.
    pub answered: i32,
    /// The vote whose tokens answer.
    pub consultation_id: Option<ConsultationId>,
}

impl Room {
    /// When it closes, and how long it waits.
    pub fn times(&self) -> Times {
        Times {
            closes_at: self.closes_at.map(|at| at.and_utc()),
            grace_minutes: u32::try_from(self.grace_minutes).unwrap_or(0),
        }
    }

    /// Whether all who may answer have.
    pub fn is_full(&self) -> bool {
        let most = self.invited.filter(|_| self.is_in_class());
        most.is_some_and(|most| self.answered >= most)
    }

    /// Whether it is a class that answers.
    pub fn is_in_class(&self) -> bool {
        Way::from_code(&self.way).is_some_and(Way::is_in_class)
    }

    /// Where it stands.
    pub fn state(&self, now: DateTime<Utc>) -> RoomState {
        state(&self.times(), self.is_full(), now)
    }

    /// Whether answers may come in.
    pub fn takes_answers(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state(now), RoomState::Open | RoomState::Grace)
    }
}

/// A room.
///
/// # Errors
/// `poll_room_unknown`.
pub fn get(unit: &mut Unit<'_>, code: &str) -> Result<Room, Problem> {
    poll_rooms::table
        .find(code)
        .select(Room::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::PollRoomUnknown))
}

/// The rooms of a poll, school by school.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, poll: &PollId) -> Result<Vec<Room>, Problem> {
    Ok(poll_rooms::table
        .filter(poll_rooms::poll_id.eq(poll))
        .order((poll_rooms::school, poll_rooms::class, poll_rooms::code))
        .select(Room::as_select())
        .load(unit.conn)?)
}

/// The code of a room by link that is open, of each of these polls that has one.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_open_links(
    unit: &mut Unit<'_>,
    polls: &[PollId],
) -> Result<BTreeMap<PollId, String>, Problem> {
    let links: Vec<(PollId, String)> = poll_rooms::table
        .filter(poll_rooms::poll_id.eq_any(polls.to_vec()))
        .filter(poll_rooms::way.eq_any([Way::Link.code(), Way::Verified.code()]))
        .filter(poll_rooms::closes_at.gt(unit.now.naive_utc()))
        .order(poll_rooms::closes_at)
        .select((poll_rooms::poll_id, poll_rooms::code))
        .load(unit.conn)?;
    Ok(links.into_iter().collect())
}

/// Writes a room down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, room: &Room) -> Result<(), Problem> {
    diesel::insert_into(poll_rooms::table)
        .values(room)
        .execute(unit.conn)?;
    Ok(())
}

/// Writes down when a room closes.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_end(unit: &mut Unit<'_>, room: &Room) -> Result<(), Problem> {
    diesel::update(poll_rooms::table.find(&room.code))
        .set(poll_rooms::closes_at.eq(room.closes_at))
        .execute(unit.conn)?;
    Ok(())
}

/// Takes a room away with its slips.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete(unit: &mut Unit<'_>, code: &str) -> Result<(), Problem> {
    diesel::delete(poll_marks::table.filter(poll_marks::room.eq(code))).execute(unit.conn)?;
    diesel::delete(poll_rooms::table.find(code)).execute(unit.conn)?;
    Ok(())
}

/// Keeps the marks of slips in the place of those before.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_slips(unit: &mut Unit<'_>, room: &str, marks: &[String]) -> Result<(), Problem> {
    diesel::delete(poll_marks::table.filter(poll_marks::room.eq(room))).execute(unit.conn)?;
    let rows: Vec<_> = marks
        .iter()
        .map(|mark| {
            (
                poll_marks::room.eq(room),
                poll_marks::mark.eq(mark),
                poll_marks::used.eq(false),
            )
        })
        .collect();
    on_each!(unit.conn, conn => diesel::insert_into(poll_marks::table).values(&rows).execute(conn))?;
    Ok(())
}

/// How many slips a room has.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_slips(unit: &mut Unit<'_>, room: &str) -> Result<i64, Problem> {
    Ok(poll_marks::table
        .filter(poll_marks::room.eq(room))
        .count()
        .get_result(unit.conn)?)
}

/// The rooms of a poll that have slips.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_with_slips(unit: &mut Unit<'_>, poll: &PollId) -> Result<BTreeSet<String>, Problem> {
    let codes: Vec<String> = poll_rooms::table
        .inner_join(poll_marks::table.on(poll_marks::room.eq(poll_rooms::code)))
        .filter(poll_rooms::poll_id.eq(poll))
        .filter(poll_rooms::way.eq(Way::Slips.code()))
        .select(poll_rooms::code)
        .distinct()
        .load(unit.conn)?;
    Ok(codes.into_iter().collect())
}

/// Whether a slip of this mark was used; nothing where there is none.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_used(unit: &mut Unit<'_>, room: &str, mark: &str) -> Result<Option<bool>, Problem> {
    Ok(poll_marks::table
        .find((room, mark))
        .select(poll_marks::used)
        .first(unit.conn)
        .optional()?)
}

/// Uses a slip up; whether it was there unused.
///
/// # Errors
/// `storage_unavailable`.
pub fn use_slip(unit: &mut Unit<'_>, room: &str, mark: &str) -> Result<bool, Problem> {
    let unused = poll_marks::table
        .find((room, mark))
        .filter(poll_marks::used.eq(false));
    let used = diesel::update(unused)
        .set(poll_marks::used.eq(true))
        .execute(unit.conn)?;
    Ok(used == 1)
}

/// Notes down that a device or a token answered; whether it had not.
///
/// # Errors
/// `storage_unavailable`.
pub fn note(unit: &mut Unit<'_>, room: &str, mark: &str) -> Result<bool, Problem> {
    let row = (
        poll_marks::room.eq(room),
        poll_marks::mark.eq(mark),
        poll_marks::used.eq(true),
    );
    let noted = on_each!(unit.conn, conn => diesel::insert_into(poll_marks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(noted == 1)
}

/// Counts one more who answered in a room where places are left; whether there was one.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_one(unit: &mut Unit<'_>, room: &Room) -> Result<bool, Problem> {
    let most = room.invited.filter(|_| room.is_in_class());
    let left = poll_rooms::table
        .find(&room.code)
        .filter(poll_rooms::answered.lt(most.unwrap_or(i32::MAX)));
    let counted = diesel::update(left)
        .set(poll_rooms::answered.eq(poll_rooms::answered + 1))
        .execute(unit.conn)?;
    Ok(counted == 1)
}

/// Adds an answer to the sums, and what was written to the texts.
///
/// # Errors
/// `storage_unavailable`.
pub fn add(unit: &mut Unit<'_>, room: &Room, counted: &Counted) -> Result<(), Problem> {
    let cells = || counted.cells.iter().map(ToString::to_string);
    let rows: Vec<_> = cells()
        .map(|cell| {
            (
                poll_sums::room.eq(&room.code),
                poll_sums::cell.eq(cell),
                poll_sums::amount.eq(1),
            )
        })
        .collect();
    on_each!(unit.conn, conn => diesel::insert_into(poll_sums::table)
        .values(&rows)
        .on_conflict((poll_sums::room, poll_sums::cell))
        .do_update()
        .set(poll_sums::amount.eq(poll_sums::amount + 1))
        .execute(conn))?;
    if let Some(group) = &counted.group {
        add_to_group(unit, &room.poll_id, group, cells())?;
    }
    for (question, text) in &counted.texts {
        let row = Text {
            id: TextId::new(unit.chance)?,
            poll_id: room.poll_id.clone(),
            question: question.clone(),
            text: text.clone(),
            state: TextState::Waiting.code().to_owned(),
        };
        diesel::insert_into(poll_texts::table)
            .values(&row)
            .execute(unit.conn)?;
    }
    Ok(())
}

fn add_to_group(
    unit: &mut Unit<'_>,
    poll: &PollId,
    group: &str,
    cells: impl Iterator<Item = String>,
) -> Result<(), Problem> {
    let rows: Vec<_> = cells
        .map(|cell| {
            (
                poll_group_sums::poll_id.eq(poll),
                poll_group_sums::choice.eq(group),
                poll_group_sums::cell.eq(cell),
                poll_group_sums::amount.eq(1),
            )
        })
        .collect();
    let key = (
        poll_group_sums::poll_id,
        poll_group_sums::choice,
        poll_group_sums::cell,
    );
    on_each!(unit.conn, conn => diesel::insert_into(poll_group_sums::table)
        .values(&rows)
        .on_conflict(key)
        .do_update()
        .set(poll_group_sums::amount.eq(poll_group_sums::amount + 1))
        .execute(conn))?;
    Ok(())
}

/// The sums of a room.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_sums(unit: &mut Unit<'_>, room: &str) -> Result<Sums, Problem> {
    let rows: Vec<(String, i32)> = poll_sums::table
        .filter(poll_sums::room.eq(room))
        .select((poll_sums::cell, poll_sums::amount))
        .load(unit.conn)?;
    let sums = rows.into_iter();
    Ok(sums
        .filter_map(|(cell, amount)| Some((Cell::parse(&cell)?, amount.into())))
        .collect())
}

/// The sums of each group of a poll.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_group_sums(
    unit: &mut Unit<'_>,
    poll: &PollId,
) -> Result<BTreeMap<String, Sums>, Problem> {
    let rows: Vec<(String, String, i32)> = poll_group_sums::table
        .filter(poll_group_sums::poll_id.eq(poll))
        .select((
            poll_group_sums::choice,
            poll_group_sums::cell,
            poll_group_sums::amount,
        ))
        .load(unit.conn)?;
    let mut groups: BTreeMap<String, Sums> = BTreeMap::new();
    for (group, cell, amount) in rows {
        if let Some(cell) = Cell::parse(&cell) {
            groups.entry(group).or_default().insert(cell, amount.into());
        }
    }
    Ok(groups)
}

/// Takes away everything of a poll but who asked what and how many answered: its sums, and the marks of what
/// gave an answer.
///
/// # Errors
/// `storage_unavailable`.
pub fn erase(unit: &mut Unit<'_>, poll: &PollId) -> Result<(), Problem> {
    for room in list(unit, poll)? {
        diesel::delete(poll_sums::table.filter(poll_sums::room.eq(&room.code)))
            .execute(unit.conn)?;
        diesel::delete(poll_marks::table.filter(poll_marks::room.eq(&room.code)))
            .execute(unit.conn)?;
    }
    diesel::delete(poll_group_sums::table.filter(poll_group_sums::poll_id.eq(poll)))
        .execute(unit.conn)?;
    Ok(())
}

/// Takes away what was written to questions to which fewer than k wrote: nobody may ever read it.
///
/// # Errors
/// `storage_unavailable`.
pub fn erase_few_texts(unit: &mut Unit<'_>, poll: &PollId, k: i64) -> Result<(), Problem> {
    let written: Vec<(String, i64)> = poll_texts::table
        .filter(poll_texts::poll_id.eq(poll))
        .group_by(poll_texts::question)
        .select((poll_texts::question, diesel::dsl::count_star()))
        .load(unit.conn)?;
    for (question, _) in written.into_iter().filter(|(_, count)| *count < k) {
        let few = poll_texts::table
            .filter(poll_texts::poll_id.eq(poll))
            .filter(poll_texts::question.eq(question));
        diesel::delete(few).execute(unit.conn)?;
    }
    Ok(())
}
