//! Where answers come in: classes with slips of paper or a show of hands, and links.

pub mod answers;
pub mod count;
pub mod routes;
mod sheet;
pub mod store;
pub mod views;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::Code as _;
use domain::poll::{RoomCode, RoomState, Slip, State, Way};
use domain::text::Choice;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{PollId, of_place, read, require_open};
use crate::audit;
use crate::codes::Code;
use crate::consultations::{self, ConsultationId};
use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use store::Room;
use views::RoomView;

/// The routes of rooms.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_poll_rooms)
        .service(routes::add_poll_room)
        .service(routes::get_poll_room)
        .service(routes::get_poll_room_results)
        .service(routes::open_poll_room)
        .service(routes::close_poll_room)
        .service(routes::remove_poll_room)
        .service(sheet::print_slips)
        .service(count::watch_poll_room)
        .service(answers::check_slip)
        .service(answers::answer_poll);
}

/// A room as it is asked for.
#[derive(Clone)]
pub struct Asked {
    /// What gives a vote in it.
    pub way: Way,
    /// The vote whose tokens answer.
    pub consultation: Option<ConsultationId>,
    /// The school and the class.
    pub class: Option<(Choice, Choice)>,
    /// How many may answer.
    pub invited: Option<i32>,
    /// Minutes in which answers are awaited after it closed.
    pub grace_minutes: i32,
}

/// Adds a room to a poll that is published.
///
/// # Errors
/// `poll_not_open`, `poll_over`; `fields_invalid` where the class is there already.
pub fn add(
    unit: &mut Unit<'_>,
    staff: &Staff,
    poll: &PollId,
    asked: Asked,
) -> Result<RoomView, Problem> {
    let row = of_place(unit, staff, poll)?;
    require_open(&row)?;
    let (school, class) = asked
        .class
        .map(|(school, class)| (school.into_string(), class.into_string()))
        .unzip();
    if let Some(vote) = &asked.consultation {
        check_question(unit, staff, vote)?;
    }
    let there = store::list(unit, poll)?;
    // A token of each of two votes would be two answers of one resident.
    if asked.consultation.is_some() && there.iter().any(|room| room.consultation_id.is_some()) {
        return Err(Problem::field("/consultation", "repeated", None));
    }
    let same = |room: &Room| school.is_some() && room.school == school && room.class == class;
    if there.iter().any(same) {
        return Err(Problem::field("/class", "repeated", None));
    }
    let room = Room {
        code: RoomCode::from_entropy(unit.chance.bytes()?).to_string(),
        poll_id: poll.clone(),
        way: asked.way.code().to_owned(),
        school,
        class,
        invited: asked.invited,
        grace_minutes: asked.grace_minutes,
        closes_at: None,
        answered: 0,
        consultation_id: asked.consultation,
    };
    store::insert(unit, &room)?;
    audit::append(unit, Some(staff), "poll_room_added", &room.code)?;
    Ok(RoomView::new(&room, &row, false, unit.now))
}

/// Tokens that answer are those of a vote here on one question, of which everybody was given one.
fn check_question(
    unit: &mut Unit<'_>,
    staff: &Staff,
    vote: &ConsultationId,
) -> Result<(), Problem> {
    let unknown = || Problem::field("/consultation", "reference_unknown", None);
    let row = consultations::store::get(unit, vote).map_err(|_unknown| unknown())?;
    let choices = consultations::store::list_choices(unit, vote)?;
    if row.municipality_code == staff.municipality && !choices.is_empty() {
        Ok(())
    } else {
        Err(unknown())
    }
}

/// A room of the municipality of a seat, of a poll that is not closed.
fn of_maker(unit: &mut Unit<'_>, staff: &Staff, code: &str) -> Result<Room, Problem> {
    let room = store::get(unit, code)?;
    let ours = of_place(unit, staff, &room.poll_id);
    require_open(&ours.map_err(|_foreign| Problem::new(Code::PollRoomUnknown))?)?;
    Ok(room)
}

/// Makes the slips of a room that was not opened: those of an earlier sheet are void.
///
/// # Errors
/// `poll_room_opened`; `fields_invalid` where the room has no slips.
pub fn make_slips(
    unit: &mut Unit<'_>,
    staff: &Staff,
    code: &str,
) -> Result<(Room, Vec<Slip>), Problem> {
    let room = ready(of_maker(unit, staff, code)?)?;
    if room.way != Way::Slips.code() {
        return Err(Problem::new(Code::PollRoomUnknown));
    }
    let amount = room.invited.unwrap_or(0);
    let mut slips: Vec<Slip> = Vec::new();
    while i32::try_from(slips.len()).is_ok_and(|made| made < amount) {
        let slip = Slip::from_entropy(unit.chance.bytes()?);
        if !slips.contains(&slip) {
            slips.push(slip);
        }
    }
    let marks = slips.iter().map(|slip| slip_mark(unit, code, slip));
    let marks: Vec<String> = marks.collect();
    store::set_slips(unit, code, &marks)?;
    audit::append(unit, Some(staff), "poll_slips_made", code)?;
    Ok((room, slips))
}

fn ready(room: Room) -> Result<Room, Problem> {
    if room.closes_at.is_none() {
        Ok(room)
    } else {
        Err(Problem::new(Code::PollRoomOpened))
    }
}

/// Opens a room for so long.
///
/// # Errors
/// `poll_room_opened`, `sheet_missing`.
pub fn open(
    unit: &mut Unit<'_>,
    staff: &Staff,
    code: &str,
    time: TimeDelta,
) -> Result<RoomView, Problem> {
    let room = ready(of_maker(unit, staff, code)?)?;
    if room.way == Way::Slips.code() && store::count_slips(unit, code)? == 0 {
        return Err(Problem::new(Code::SheetMissing));
    }
    set_end(unit, staff, room, unit.now + time, "poll_room_opened")
}

/// Closes a room now: answers on their way are still awaited for its grace.
///
/// # Errors
/// `poll_not_open`, `poll_over`.
pub fn close(unit: &mut Unit<'_>, staff: &Staff, code: &str) -> Result<RoomView, Problem> {
    let room = of_maker(unit, staff, code)?;
    match room.state(unit.now) {
        RoomState::Ready => Err(Problem::new(Code::PollNotOpen)),
        RoomState::Open => set_end(unit, staff, room, unit.now, "poll_room_closed"),
        RoomState::Grace | RoomState::Closed => Err(Problem::new(Code::PollOver)),
    }
}

fn set_end(
    unit: &mut Unit<'_>,
    staff: &Staff,
    room: Room,
    at: DateTime<Utc>,
    done: &str,
) -> Result<RoomView, Problem> {
    let room = Room {
        // Whole seconds, as both stores keep them.
        closes_at: Some(at.naive_utc().trunc_subsecs(0)),
        ..room
    };
    store::set_end(unit, &room)?;
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), done, &room.code)?;
    let row = super::store::get(unit, &room.poll_id)?;
    let sheet = room.way == Way::Slips.code();
    Ok(RoomView::new(&room, &row, sheet, unit.now))
}

/// Takes a room away that was never opened.
///
/// # Errors
/// `poll_room_opened`.
pub fn remove(unit: &mut Unit<'_>, staff: &Staff, code: &str) -> Result<(), Problem> {
    let room = ready(of_maker(unit, staff, code)?)?;
    store::delete(unit, &room.code)?;
    audit::append(unit, Some(staff), "poll_room_removed", code)
}

/// What is told of a room that is closed.
///
/// # Errors
/// `poll_not_closed`.
pub fn results(unit: &mut Unit<'_>, code: &str) -> Result<super::views::PollResults, Problem> {
    let room = store::get(unit, code)?;
    if room.state(unit.now) != RoomState::Closed {
        return Err(Problem::new(Code::PollNotClosed));
    }
    let row = super::store::get(unit, &room.poll_id)?;
    if row.state == State::Closed.code() {
        let all = read::results(unit, &row)?;
        return Ok(super::results::of_class(all, &room));
    }
    // A link may be told with classes that are too small alone, and what is told twice can be subtracted.
    if !room.is_in_class() {
        return Err(Problem::new(Code::PollNotClosed));
    }
    super::results::of_room(unit, &row, &room)
}

/// What is kept of a slip.
fn slip_mark(unit: &Unit<'_>, room: &str, slip: &Slip) -> String {
    unit.keys
        .mark("poll slip", &format!("{room} {}", slip.canonical()))
}

/// What is kept of a device that answered.
fn device_mark(unit: &Unit<'_>, room: &str, device: &str) -> String {
    unit.keys.mark("poll device", &format!("{room} {device}"))
}

/// What is kept of a token that answered.
fn token_mark(unit: &Unit<'_>, room: &str, token: &str) -> String {
    unit.keys.mark("poll token", &format!("{room} {token}"))
}
