//! A seat's papers, read.

use chrono::{Days, NaiveDate};
use domain::Code as _;
use domain::concern::State;
use domain::report::told_of;
use domain::seat::Paper;

use super::store::{self, Acknowledgement, RoleText};
use super::views::{
    Decision, Handover, OwnTraining, PaperSeat, Preparedness, RegulationPaper, RolePaper,
    SeatPapers, SeatState,
};
use crate::councils::regulations::{self, store::Regulation};
use crate::councils::store::{Holder, Seat, Seated, list_seats};
use crate::councils::trainings;
use crate::councils::{HolderId, SeatId};
use crate::meetings::minutes::read::rank;
use crate::meetings::minutes::store::OutcomeRow;
use crate::meetings::store::Meeting;
use crate::places;
use crate::plans;
use crate::platform::app::Unit;
use crate::platform::clock::{day_of, hour_on};
use crate::platform::problem::Problem;
use crate::reports::counts::FEW;

/// For how many days back a handover tells what was decided.
const YEAR: u64 = 365;

/// What whoever sits in a seat finds there.
///
/// # Errors
/// `storage_unavailable`.
pub fn papers(unit: &mut Unit<'_>, seat: Seat, holder: Holder) -> Result<SeatPapers, Problem> {
    let place = places::store::get_municipality_by_code(unit, &seat.municipality_code)?;
    let read = store::list_acknowledgements(unit, std::slice::from_ref(&holder.id))?;
    let read_on = |paper, version| read_on(&read, &holder.id, paper, version);
    let role = role_text(unit, &seat.id)?.map(|row| RolePaper {
        acknowledged_on: read_on(Paper::Role, row.version),
        version: row.version,
        text: row.text,
        written_on: row.written_on,
    });
    let regulation = regulations::store::find_last(unit, &place.code)?;
    let regulation = regulation.map(|row| RegulationPaper {
        decision: (&row).into(),
        acknowledged_on: read_on(Paper::Regulation, row.version),
    });
    let mut handover = handover(unit, &seat)?;
    handover.acknowledged_on = read_on(Paper::Handover, 0);
    let learned = trainings::store::list_of_holder(unit, &holder.id)?;
    Ok(SeatPapers {
        seat: paper_seat(seat, &holder, place.slug),
        handover,
        role,
        regulation,
        trainings: learned.into_iter().map(OwnTraining::from).collect(),
    })
}

fn paper_seat(seat: Seat, holder: &Holder, municipality: String) -> PaperSeat {
    PaperSeat {
        id: seat.id.to_string(),
        municipality,
        institution: seat.institution,
        role: seat.role,
        title: seat.title,
        chairs: seat.chairs,
        substitute: holder.substitute,
        since: holder.from_on,
        letter_no: holder.letter_no.clone(),
        letter_on: holder.letter_on,
        term_until: holder.term_until,
    }
}

/// What a seat is there for, as it was last written.
///
/// # Errors
/// `storage_unavailable`.
pub fn role_text(unit: &mut Unit<'_>, seat: &SeatId) -> Result<Option<RoleText>, Problem> {
    Ok(store::list_role_texts(unit, std::slice::from_ref(seat))?.pop())
}

/// Codes of what somebody in a seat has not read yet, in the order in which it is best read.
///
/// # Errors
/// `storage_unavailable`.
pub fn unread(unit: &mut Unit<'_>, seat: &Seat, holder: &Holder) -> Result<Vec<Paper>, Problem> {
    let read = store::list_acknowledgements(unit, std::slice::from_ref(&holder.id))?;
    let role = role_text(unit, &seat.id)?.map(|row| row.version);
    let regulation = regulations::store::find_last(unit, &seat.municipality_code)?;
    let versions = [
        (Paper::Handover, Some(0)),
        (Paper::Role, role),
        (Paper::Regulation, regulation.map(|row| row.version)),
    ];
    let unread = versions.into_iter().filter(|(paper, version)| {
        version.is_some_and(|version| read_on(&read, &holder.id, *paper, version).is_none())
    });
    Ok(unread.map(|(paper, _)| paper).collect())
}

fn read_on(
    read: &[Acknowledgement],
    holder: &HolderId,
    paper: Paper,
    version: i32,
) -> Option<NaiveDate> {
    let is = |row: &&Acknowledgement| {
        row.holder_id == *holder && row.paper == paper.code() && row.version == version
    };
    read.iter().find(is).map(|row| row.on_day)
}

/// What goes on at a seat and what was decided: it is the institution's, whoever holds the seat (A7, A8).
fn handover(unit: &mut Unit<'_>, seat: &Seat) -> Result<Handover, Problem> {
    let (code, institution) = (&seat.municipality_code, &seat.institution);
    let mut led = plans::store::list_open(unit, code)?;
    let kept = plans::store::list_kept(unit, code)?;
    led.retain(|row| row.lead == *institution);
    let since = unit.today() - Days::new(YEAR);
    let since = hour_on(since, 0).unwrap_or(unit.now);
    let decided = store::list_decisions(unit, code, since)?;
    let promised = decided.iter().filter(|(meeting, row, _)| {
        let kept = kept.contains(&(meeting.id.clone(), row.position));
        row.lead.as_ref() == Some(institution) && !kept
    });
    let waits = [
        State::InReview,
        State::Published,
        State::Prioritised,
        State::Reopened,
    ];
    let waits = waits.map(|state| state.code());
    let waiting = store::count_assigned(unit, code, institution, &waits)?;
    let referred = u32::try_from(store::count_referred(unit, code)?).unwrap_or(u32::MAX);
    Ok(Handover {
        measures: plans::read::rows(unit, &led)?,
        commitments: promised.map(decision).collect(),
        decisions: decided.iter().map(decision).collect(),
        waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
        referred: told_of(referred, referred, FEW),
        acknowledged_on: None,
    })
}

fn decision((meeting, row, title): &(Meeting, OutcomeRow, String)) -> Decision {
    Decision {
        meeting: meeting.id.to_string(),
        on: day_of(meeting.starts()),
        item: row.position,
        title: title.clone(),
        kind: row.kind.clone(),
        text: row.text.clone(),
        lead: row.lead.clone(),
        due_on: row.due_on,
    }
}

/// What is known of the papers of a council's seats.
struct Known {
    read: Vec<Acknowledgement>,
    roles: Vec<RoleText>,
    regulation: Option<Regulation>,
    trained: Vec<HolderId>,
    today: NaiveDate,
}

impl Known {
    fn of(unit: &mut Unit<'_>, code: &str, seated: &[Seated]) -> Result<Self, Problem> {
        let holders: Vec<_> = seated
            .iter()
            .filter_map(|one| Some(one.holder.as_ref()?.0.id.clone()))
            .collect();
        let seats: Vec<_> = seated.iter().map(|one| one.seat.id.clone()).collect();
        Ok(Self {
            read: store::list_acknowledgements(unit, &holders)?,
            roles: store::list_role_texts(unit, &seats)?,
            regulation: regulations::store::find_last(unit, code)?,
            trained: trainings::store::list_among(unit, &holders)?,
            today: unit.today(),
        })
    }

    fn state(&self, one: Seated) -> SeatState {
        let holder = one.holder.map(|(holder, _)| holder);
        let role = self.roles.iter().find(|role| role.seat_id == one.seat.id);
        let read_on = |paper, version: Option<i32>| {
            read_on(&self.read, &holder.as_ref()?.id, paper, version?)
        };
        let regulation = self.regulation.as_ref().map(|row| row.version);
        let term_until = holder.as_ref().and_then(|holder| holder.term_until);
        SeatState {
            role_read_on: read_on(Paper::Role, role.map(|role| role.version)),
            regulation_read_on: read_on(Paper::Regulation, regulation),
            handover_read_on: read_on(Paper::Handover, Some(0)),
            trained: holder
                .as_ref()
                .is_some_and(|holder| self.trained.contains(&holder.id)),
            since: holder.as_ref().map(|holder| holder.from_on),
            term_until,
            term_over: term_until.is_some_and(|until| until < self.today),
            id: one.seat.id.to_string(),
            institution: one.seat.institution,
            role: one.seat.role,
            title: one.seat.title,
            chairs: one.seat.chairs,
            substitute: one.substitute.is_some(),
            role_text: role.map(|role| role.text.clone()),
        }
    }
}

/// The seats of a council with their papers; whoever only sets it up has none.
///
/// # Errors
/// `storage_unavailable`.
pub fn states(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<SeatState>, Problem> {
    let mut seated = list_seats(unit, municipality)?;
    seated.retain(|one| one.seat.role != "administrator");
    seated.sort_by_key(|one| rank(&one.seat.institution));
    let known = Known::of(unit, municipality, &seated)?;
    Ok(seated.into_iter().map(|one| known.state(one)).collect())
}

/// How many of those who sit in a council know how it works.
pub fn preparedness(states: &[SeatState]) -> Preparedness {
    let held = states.iter().filter(|one| one.since.is_some());
    let count = |is: &dyn Fn(&SeatState) -> bool| held.clone().filter(|one| is(one)).count();
    Preparedness {
        held: held.clone().count(),
        regulation_read: count(&|one| one.regulation_read_on.is_some()),
        role_read: count(&|one| one.role_read_on.is_some()),
        trained: count(&|one| one.trained),
    }
}
