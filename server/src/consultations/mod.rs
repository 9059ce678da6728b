//! What a council asks its residents: announced with its dates, moved by the clock, extended or taken
//! back in public, with a list of candidates that says why somebody's concern is not on it.

pub mod announcement;
pub mod read;
pub mod routes;
pub mod store;
pub mod summary;
pub mod views;

use chrono::NaiveDate;
use domain::Code as _;
use domain::access::Action;
use domain::consultation::{COLLECT_WORKING_DAYS, COLLECT_WORKING_DAYS_EXTENDED};
use domain::consultation::{DateRefusal, Fault, Phase, Schedule};
use domain::text::Reason;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::concerns::store::{self as concerns, Concern};
use crate::councils::{Staff, require_staff};
use crate::identity::viewer::SignedIn;
use crate::notices::push::consultations::{self as news, Turn};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::write::Proof;
use announcement::{Announcement, Choosing};
use store::{Candidate, Consultation, Notice, Terms};
use views::ConsultationPage;

crate::id! {
    /// A consultation.
    ConsultationId
}

impl Proof for Consultation {}

/// The routes of consultations.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_consultations)
        .service(routes::announce_consultation)
        .service(routes::get_consultation)
        .service(routes::get_consultation_summary)
        .service(routes::get_consultation_summary_csv)
        .service(routes::extend_consultation)
        .service(routes::withdraw_consultation)
        .service(routes::choose_candidate);
}

impl Consultation {
    /// Where it stands on a day.
    pub fn phase(&self, today: NaiveDate) -> Phase {
        if self.withdrawn_on.is_some() {
            return Phase::Withdrawn;
        }
        Schedule::from(self.schedule.clone()).phase(today)
    }
}

/// The consultation with this id and the seat this person works on it from.
///
/// # Errors
/// `consultation_unknown`, `not_allowed`.
pub fn open(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &ConsultationId,
) -> Result<(Staff, Consultation), Problem> {
    let row = store::get(unit, id)?;
    let place = &row.municipality_code;
    let staff = require_staff(unit, signed_in, place, Action::ManageConsultations)?;
    Ok((staff, row))
}

/// Announces a consultation.
///
/// # Errors
/// `fields_invalid` for a date or a unit.
pub fn announce(
    unit: &mut Unit<'_>,
    staff: &Staff,
    asked: Announcement,
) -> Result<ConsultationPage, Problem> {
    let today = unit.today();
    for (place, slug) in asked.units.iter().enumerate() {
        places::require_unit(unit, &staff.municipality, slug, &format!("/units/{place}"))?;
    }
    let holidays = places::store::list_holidays(unit, &staff.municipality, today)?;
    asked.schedule.check(today, &holidays).map_err(refusal)?;
    let row = Consultation {
        id: ConsultationId::new(unit.chance)?,
        municipality_code: staff.municipality.clone(),
        question: asked.question.into_string(),
        objective: asked.objective.into_string(),
        explanation: asked.explanation.into_string(),
        school: asked.school.map(|name| name.into_string()),
        announced_on: today,
        schedule: asked.schedule.into(),
        withdrawn_on: None,
    };
    store::insert(unit, &row)?;
    store::insert_units(unit, &row.id, &asked.units)?;
    store::insert_documents(unit, &row.id, &asked.documents)?;
    store::insert_choices(unit, &row.id, &asked.choices)?;
    say(unit, staff, &row, Kind::Announced, "")?;
    news::enqueue(unit, &row.id, Turn::Announced)?;
    read::page(unit, row)
}

/// Moves dates of a consultation that are still to come, and says why.
///
/// # Errors
/// `fields_invalid` for a date, `consultation_over` once taken back.
pub fn extend(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Consultation,
    later: Schedule,
    reason: &Reason,
) -> Result<ConsultationPage, Problem> {
    let today = unit.today();
    if row.withdrawn_on.is_some() {
        return Err(Problem::new(Code::ConsultationOver));
    }
    let now = Schedule::from(row.schedule.clone());
    let from = row.announced_on;
    let holidays = places::store::list_holidays(unit, &row.municipality_code, from)?;
    now.check_extension(&later, today, &holidays)
        .map_err(refusal)?;
    row.schedule = later.into();
    store::set(unit, &row)?;
    say(unit, staff, &row, Kind::Extended, reason.as_str())?;
    read::page(unit, row)
}

/// Takes a consultation back before its vote, and says why.
///
/// # Errors
/// `consultation_over`.
pub fn withdraw(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Consultation,
    reason: &Reason,
) -> Result<ConsultationPage, Problem> {
    let today = unit.today();
    if !row.phase(today).may_be_withdrawn() {
        return Err(Problem::new(Code::ConsultationOver));
    }
    row.withdrawn_on = Some(today);
    store::set(unit, &row)?;
    say(unit, staff, &row, Kind::Withdrawn, reason.as_str())?;
    news::enqueue(unit, &row.id, Turn::Withdrawn)?;
    read::page(unit, row)
}

/// Puts a concern on the list of candidates or leaves it out; leaving out needs a reason. What the
/// institutions say of it stays as it was where nothing else is said.
///
/// # Errors
/// `list_not_used` where choices are voted on, `list_frozen` once the vote has begun, `concern_unknown` where it is not public in this place,
/// `fields_invalid` without a reason.
pub fn choose(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: Consultation,
    id: &ConcernId,
    choosing: &Choosing,
) -> Result<ConsultationPage, Problem> {
    let today = unit.today();
    if !store::list_choices(unit, &row.id)?.is_empty() {
        return Err(Problem::new(Code::ListNotUsed));
    }
    if !row.phase(today).list_is_open() {
        return Err(Problem::new(Code::ListFrozen));
    }
    if !choosing.included && choosing.reason.is_none() {
        return Err(Problem::field("/reason", "required", None));
    }
    let concern = eligible(unit, &row, id)?;
    let before = store::find_candidate(unit, &row.id, &concern.id)?;
    let before = before.map(|candidate| candidate.terms);
    let reason = choosing.reason.as_ref();
    let candidate = Candidate {
        consultation_id: row.id.clone(),
        concern_id: concern.id,
        included: choosing.included,
        reason: reason.map(ToString::to_string).unwrap_or_default(),
        on_day: today,
        terms: choosing.terms(before.unwrap_or_default()),
    };
    store::set_candidate(unit, &candidate)?;
    unit.touch(&row.municipality_code);
    let subject = said_of(&candidate);
    let action = if candidate.included {
        "candidate_included"
    } else {
        "candidate_left_out"
    };
    audit::append(unit, Some(staff), action, &subject)?;
    read::page(unit, row)
}

/// What the log keeps of a decision: also the terms, since they move a concern up or down.
fn said_of(candidate: &Candidate) -> String {
    let Terms {
        severity,
        frequency,
        harm,
    } = candidate.terms;
    let of = format!("{} {}", candidate.consultation_id, candidate.concern_id);
    format!("{of} severity {severity}, frequency {frequency}, harm {harm}")
}

/// A concern that may be voted on here: public, on its own, and of this place.
fn eligible(unit: &mut Unit<'_>, row: &Consultation, id: &ConcernId) -> Result<Concern, Problem> {
    let unknown = || Problem::new(Code::ConcernUnknown);
    let concern = concerns::get_public_concern(unit, id)?;
    if concern.municipality_code != row.municipality_code || concern.merged_into.is_some() {
        return Err(unknown());
    }
    let units = store::list_units(unit, std::slice::from_ref(&row.id))?;
    let here = concern.unit.as_ref();
    let within = units.is_empty() || units.iter().any(|(_, slug)| Some(slug) == here);
    within.then_some(concern).ok_or_else(unknown)
}

/// What a notice says.
#[derive(Clone, Copy)]
enum Kind {
    Announced,
    Extended,
    Withdrawn,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Extended => "extended",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Says in public and in the log what the council did.
fn say(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Consultation,
    kind: Kind,
    text: &str,
) -> Result<(), Problem> {
    unit.touch(&row.municipality_code);
    let notice = Notice {
        consultation_id: row.id.clone(),
        position: 0,
        kind: kind.code().to_owned(),
        text: text.to_owned(),
        seat_id: staff.seat.clone(),
        institution: staff.institution.code().to_owned(),
        on_day: unit.today(),
    };
    store::insert_notice(unit, notice)?;
    let action = format!("consultation_{}", kind.code());
    audit::append(unit, Some(staff), &action, row.id.as_str())
}

fn refusal(refused: DateRefusal) -> Problem {
    let limit = match refused.fault {
        Fault::TooShort => Some(COLLECT_WORKING_DAYS),
        Fault::TooLong => Some(COLLECT_WORKING_DAYS_EXTENDED),
        _ => None,
    };
    let pointer = format!("/dates/{}", refused.mark.code());
    Problem::field(&pointer, fault_code(refused.fault), limit)
}

fn fault_code(fault: Fault) -> &'static str {
    match fault {
        Fault::IsOver => "day_is_over",
        Fault::OutOfOrder => "day_out_of_order",
        Fault::TooShort => "days_too_few",
        Fault::TooLong => "days_too_many",
        Fault::Shortened => "day_shortened",
        Fault::Unmoved => "day_unmoved",
        Fault::Fixed => "day_fixed",
    }
}
