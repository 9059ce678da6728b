//! When a council meets and hears people: announced with an objective and an agenda, changed and
//! cancelled in public, told of before it begins.

pub mod announcement;
pub mod answers;
pub mod attendance;
pub mod calendar;
pub mod minutes;
mod print;
pub mod read;
pub mod residents;
pub mod routes;
pub mod store;
pub mod views;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Code as _;
use domain::access::Action;
use domain::meeting::{Kind as MeetingKind, LONGEST, Stage, TimeFault, check_time};
use domain::text::Reason;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::concerns::store::{Concern, list_public_concerns};
use crate::councils::{Staff, require_staff};
use crate::identity::viewer::SignedIn;
use crate::notices::push::meetings::{self as news, Turn};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::write::Proof;
use crate::polls;
use announcement::Announcement;
use store::{Meeting, Notice};
use views::MeetingPage;

crate::id! {
    /// A meeting.
    MeetingId
}

impl Proof for Meeting {}

/// The routes of meetings.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_meetings)
        .service(routes::get_calendar)
        .service(attendance::get_attendance)
        .service(routes::announce_meeting)
        .service(routes::get_meeting)
        .service(routes::get_meeting_event)
        .service(routes::get_agenda_pdf)
        .service(routes::change_meeting)
        .service(routes::cancel_meeting)
        .service(answers::routes::list_meeting_answers)
        .service(answers::routes::answer_meeting)
        .service(residents::routes::get_own_part)
        .service(residents::routes::take_place)
        .service(residents::routes::give_place_back)
        .service(minutes::routes::get_minutes)
        .service(minutes::routes::get_minutes_document)
        .service(minutes::routes::get_minutes_pdf)
        .service(minutes::routes::write_minutes)
        .service(minutes::routes::approve_minutes)
        .service(minutes::routes::correct_minutes)
        .service(minutes::routes::list_parked);
}

impl Meeting {
    /// Whether it has not begun and was not cancelled.
    pub fn is_coming(&self, now: DateTime<Utc>) -> bool {
        self.stage(now) == Stage::Coming
    }

    /// How far it is.
    pub fn stage(&self, now: DateTime<Utc>) -> Stage {
        match self.cancelled_on {
            Some(_) => Stage::Cancelled,
            None if now < self.starts() => Stage::Coming,
            None => Stage::Begun,
        }
    }

    /// Whether everybody may come.
    pub fn is_open(&self) -> bool {
        MeetingKind::from_code(&self.kind).is_some_and(MeetingKind::is_open)
    }
}

/// The meeting with this id and the seat from which this person does something with it.
///
/// # Errors
/// `meeting_unknown`, `not_allowed`.
pub fn open(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &MeetingId,
    action: Action,
) -> Result<(Staff, Meeting), Problem> {
    let row = store::get(unit, id)?;
    let staff = require_staff(unit, signed_in, &row.municipality_code, action)?;
    Ok((staff, row))
}

/// Announces a meeting.
///
/// # Errors
/// `fields_invalid` for a time, a unit or a concern.
pub fn announce(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: Announcement,
) -> Result<MeetingPage, Problem> {
    check(unit, staff, &asked, "")?;
    let id = MeetingId::new(unit.chance)?;
    let row = row(id, &staff.municipality, &asked, unit.today(), 0);
    store::insert(unit, &row)?;
    store::set_agenda(unit, &row.id, &asked.agenda)?;
    say(unit, staff, &row, Kind::Announced, "")?;
    news::enqueue(unit, &row, Turn::Announced)?;
    news::enqueue_reminders(unit, &row)?;
    read::page(unit, row)
}

/// Changes a meeting that has not begun, and says why.
///
/// # Errors
/// `meeting_over`, or as [`announce`] with pointers under `/meeting`.
pub fn change(
    unit: &mut Unit<'_>,
    staff: &Staff,
    before: &Meeting,
    asked: &Announcement,
    reason: &Reason,
) -> Result<MeetingPage, Problem> {
    require_coming(unit, before)?;
    check(unit, staff, asked, "/meeting")?;
    let (id, code) = (before.id.clone(), &before.municipality_code);
    let mut row = row(id, code, asked, before.announced_on, before.version + 1);
    (row.taken, row.waiting) = (before.taken, before.waiting);
    residents::move_up(unit, &mut row)?;
    store::set(unit, &row)?;
    store::set_agenda(unit, &row.id, &asked.agenda)?;
    say(unit, staff, &row, Kind::Changed, reason.as_str())?;
    news::enqueue(unit, &row, Turn::Changed)?;
    news::enqueue_reminders(unit, &row)?;
    read::page(unit, row)
}

/// Cancels a meeting that has not begun, and says why.
///
/// # Errors
/// `meeting_over`.
pub fn cancel(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Meeting,
    reason: &Reason,
) -> Result<MeetingPage, Problem> {
    require_coming(unit, &row)?;
    row.cancelled_on = Some(unit.today());
    row.version += 1;
    store::set(unit, &row)?;
    say(unit, staff, &row, Kind::Cancelled, reason.as_str())?;
    news::enqueue(unit, &row, Turn::Cancelled)?;
    read::page(unit, row)
}

fn require_coming(unit: &Unit<'_>, row: &Meeting) -> Result<(), Problem> {
    row.is_coming(unit.now)
        .then_some(())
        .ok_or_else(|| Problem::new(Code::MeetingOver))
}

/// What the rules and the rest of the store say to a meeting as it shall be.
fn check(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: &Announcement,
    at: &str,
) -> Result<(), Problem> {
    check_time(unit.now, asked.starts, asked.ends).map_err(|fault| refusal(at, fault))?;
    if let Some(slug) = &asked.unit {
        places::require_unit(unit, &staff.municipality, slug, &format!("{at}/unit"))?;
    }
    check_concerns(unit, staff, asked, at)?;
    check_polls(unit, staff, asked, at)?;
    check_resumed(unit, staff, asked, at)
}

/// An agenda names public concerns of the place.
fn check_concerns(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: &Announcement,
    at: &str,
) -> Result<(), Problem> {
    let named = asked.agenda.iter().map(|item| item.concern_id.clone());
    let wanted: Vec<_> = named.clone().flatten().collect();
    let public = list_public_concerns(unit, &wanted)?;
    for (place, concern) in named.enumerate() {
        let Some(concern) = concern else { continue };
        let here = |row: &Concern| row.id == concern && row.municipality_code == staff.municipality;
        if !public.iter().any(here) {
            let pointer = format!("{at}/agenda/{place}/concern");
            return Err(Problem::field(&pointer, "concern_unknown", None));
        }
    }
    Ok(())
}

/// It names polls of the place that were sent to the council, each once.
fn check_polls(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: &Announcement,
    at: &str,
) -> Result<(), Problem> {
    let named = asked.agenda.iter().map(|item| item.poll_id.clone());
    let wanted: Vec<_> = named.clone().flatten().collect();
    let sent = polls::store::list_among(unit, &wanted)?;
    let mut seen = BTreeSet::new();
    for (place, poll) in named.enumerate() {
        let Some(poll) = poll else { continue };
        let pointer = format!("{at}/agenda/{place}/poll");
        let here = sent.iter().any(|row| {
            row.id == poll && row.municipality_code == staff.municipality && row.sent_on.is_some()
        });
        if !here {
            return Err(Problem::field(&pointer, "poll_unknown", None));
        }
        if !seen.insert(poll) {
            return Err(Problem::field(&pointer, "repeated", None));
        }
    }
    Ok(())
}

/// It takes up what was parked here, each once.
fn check_resumed(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: &Announcement,
    at: &str,
) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    for (place, item) in asked.agenda.iter().enumerate() {
        let Some(before) = item.parked_meeting.clone().zip(item.parked_position) else {
            continue;
        };
        let pointer = format!("{at}/agenda/{place}/resumes");
        if !minutes::store::is_parked(unit, &staff.municipality, &before.0, before.1)? {
            return Err(Problem::field(&pointer, "parked_unknown", None));
        }
        if !seen.insert(before) {
            return Err(Problem::field(&pointer, "repeated", None));
        }
    }
    Ok(())
}

fn refusal(at: &str, fault: TimeFault) -> Problem {
    let hours = u32::try_from(LONGEST.num_hours()).ok();
    match fault {
        TimeFault::IsOver => Problem::field(&format!("{at}/on"), "day_is_over", None),
        TimeFault::EndsBefore => Problem::field(&format!("{at}/until"), "time_out_of_order", None),
        TimeFault::TooLong => Problem::field(&format!("{at}/until"), "hours_too_many", hours),
    }
}

fn row(
    id: MeetingId,
    municipality: &str,
    asked: &Announcement,
    announced_on: NaiveDate,
    version: i32,
) -> Meeting {
    let asked = asked.clone();
    Meeting {
        id,
        municipality_code: municipality.to_owned(),
        kind: asked.kind.code().to_owned(),
        title: asked.title.into_string(),
        objective: asked.objective.into_string(),
        starts_at: asked.starts.naive_utc(),
        ends_at: asked.ends.naive_utc(),
        place: asked.place,
        link: asked.link,
        unit: asked.unit,
        topic: asked.topic,
        accessibility: asked.accessibility,
        announced_on,
        cancelled_on: None,
        version,
        capacity: asked.capacity,
        taken: 0,
        waiting: 0,
        answers_for: asked.answers_for,
    }
}

/// What a notice says.
#[derive(Clone, Copy)]
enum Kind {
    Announced,
    Changed,
    Cancelled,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Changed => "changed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Says in public and in the log what the council did.
fn say(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Meeting,
    kind: Kind,
    text: &str,
) -> Result<(), Problem> {
    unit.touch(&row.municipality_code);
    let notice = Notice {
        meeting_id: row.id.clone(),
        position: 0,
        kind: kind.code().to_owned(),
        text: text.to_owned(),
        seat_id: staff.seat.clone(),
        institution: staff.institution.code().to_owned(),
        on_day: unit.today(),
    };
    store::insert_notice(unit, notice)?;
    let action = format!("meeting_{}", kind.code());
    audit::append(unit, Some(staff), &action, row.id.as_str())
}
