//! What the council does about what worries people: objectives of a year, measures with one lead, and what
//! came of them.

pub mod approving;
pub mod drafting;
pub mod objectives;
mod print;
pub mod read;
pub mod reporting;
pub mod routes;
pub mod sheet;
pub mod store;
pub mod twins;
pub mod views;

use domain::Code as _;
use domain::access::Action;
use domain::measure::{State, Thresholds};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::concerns::store::{Concern, list_public_concerns};
use crate::concerns::{ConcernId, moves};
use crate::councils::{Staff, require_staff, staff_of};
use crate::identity::viewer::SignedIn;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::write::Proof;
use drafting::Draft;
use store::Measure;
use store::parts;
use views::DeskMeasure;

crate::id! {
    /// An objective of a year.
    ObjectiveId
}

crate::id! {
    /// A measure.
    MeasureId
}

crate::id! {
    /// What shows a step of a measure.
    EvidenceId
}

impl Proof for Measure {}
impl Proof for store::Objective {}

/// The routes of plans.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_measures)
        .service(sheet::routes::export_measures)
        .service(routes::get_measure)
        .service(routes::get_measure_sheet)
        .service(routes::get_evidence)
        .service(routes::get_plan)
        .service(routes::get_desk_measure)
        .service(routes::add_measure)
        .service(routes::change_draft)
        .service(routes::remove_draft)
        .service(approving::approve_measure)
        .service(approving::change_measure)
        .service(reporting::routes::report_measure)
        .service(objectives::add_objective)
        .service(objectives::change_objective)
        .service(objectives::remove_objective)
        .service(twins::list_other_measures)
        .service(twins::set_other_measures)
        .service(sheet::routes::import_measures);
}

/// Where a measure stands.
///
/// # Errors
/// `internal` when the stored state is unknown.
pub fn state_of(row: &Measure) -> Result<State, Problem> {
    State::from_code(&row.state)
        .ok_or_else(|| Problem::caused(Code::Internal, format!("measure {}", row.id)))
}

/// After how many days others hear that a measure of a municipality is late.
pub fn thresholds(place: &Municipality) -> Thresholds {
    Thresholds {
        chair: u32::try_from(place.late_chair_days).unwrap_or_default(),
        public: u32::try_from(place.late_public_days).unwrap_or_default(),
    }
}

/// The measure with this id and the seat from which this person does something with it; a draft is nothing
/// to those who are not of the council.
///
/// # Errors
/// `measure_unknown`, `not_allowed`.
pub fn open(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &MeasureId,
    action: Action,
) -> Result<(Staff, Measure), Problem> {
    let row = store::get(unit, id)?;
    let staff = staff_of(unit, signed_in, &row.municipality_code, action)?;
    match staff {
        Some(staff) => Ok((staff, row)),
        None if row.approved_on.is_none() => Err(Problem::new(Code::MeasureUnknown)),
        None => Err(Problem::new(Code::NotAllowed)),
    }
}

/// The objective with this id, for whoever writes the plan.
///
/// # Errors
/// `objective_unknown`, `not_allowed`.
pub fn open_objective(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &ObjectiveId,
) -> Result<(Staff, store::Objective), Problem> {
    let row = store::get_objective(unit, id)?;
    let action = Action::ManagePlan;
    let staff = require_staff(unit, signed_in, &row.municipality_code, action)?;
    Ok((staff, row))
}

/// Writes a measure down as a draft.
///
/// # Errors
/// `fields_invalid` for an objective, a concern or a commitment that is not there.
pub fn add(unit: &mut Unit<'_>, staff: &Staff, draft: &Draft) -> Result<DeskMeasure, Problem> {
    check(unit, staff, draft)?;
    let id = MeasureId::new(unit.chance)?;
    let row = row(id, &staff.municipality, draft);
    store::insert(unit, &row)?;
    set_parts(unit, &row, draft)?;
    audit::append(unit, Some(staff), "measure_drafted", row.id.as_str())?;
    read::desk_page(unit, row)
}

/// Writes a draft anew.
///
/// # Errors
/// `measure_approved`, or as [`add`].
pub fn redraft(
    unit: &mut Unit<'_>,
    staff: &Staff,
    before: Measure,
    draft: &Draft,
) -> Result<DeskMeasure, Problem> {
    require_draft(&before)?;
    check(unit, staff, draft)?;
    let row = row(before.id, &staff.municipality, draft);
    store::set(unit, &row)?;
    set_parts(unit, &row, draft)?;
    audit::append(unit, Some(staff), "measure_redrafted", row.id.as_str())?;
    read::desk_page(unit, row)
}

/// Takes a draft away.
///
/// # Errors
/// `measure_approved`.
pub fn remove(unit: &mut Unit<'_>, staff: &Staff, row: &Measure) -> Result<(), Problem> {
    require_draft(row)?;
    store::delete(unit, &row.id)?;
    audit::append(unit, Some(staff), "measure_removed", row.id.as_str())
}

fn require_draft(row: &Measure) -> Result<(), Problem> {
    if row.approved_on.is_some() {
        return Err(Problem::new(Code::MeasureApproved));
    }
    Ok(())
}

/// What a draft names is there, in its own municipality.
fn check(unit: &mut Unit<'_>, staff: &Staff, draft: &Draft) -> Result<(), Problem> {
    let unknown = || Problem::field("/objective", "objective_unknown", None);
    match store::get_objective(unit, &draft.objective) {
        Ok(row) if row.municipality_code == staff.municipality => {}
        Ok(_) => return Err(unknown()),
        Err(problem) if problem.code() == Code::ObjectiveUnknown => return Err(unknown()),
        Err(problem) => return Err(problem),
    }
    check_concerns(unit, &staff.municipality, &draft.concerns)?;
    let Some((meeting, item)) = &draft.commitment else {
        return Ok(());
    };
    let unknown = || Problem::field("/commitment", "commitment_unknown", None);
    let lead = store::find_commitment(unit, &staff.municipality, meeting, *item)?;
    let lead = lead.ok_or_else(unknown)?;
    if lead != draft.lead.code() {
        return Err(Problem::field("/lead", "lead_differs", None));
    }
    Ok(())
}

/// A measure answers public concerns of its place that are owed something.
///
/// # Errors
/// `fields_invalid` with the concern's place.
pub fn check_concerns(
    unit: &mut Unit<'_>,
    municipality: &str,
    ids: &[ConcernId],
) -> Result<(), Problem> {
    let public = list_public_concerns(unit, ids)?;
    for (place, id) in ids.iter().enumerate() {
        let pointer = format!("/concerns/{place}");
        let here = |row: &&Concern| row.id == *id && row.municipality_code == municipality;
        let row = public.iter().find(here);
        let row = row.ok_or_else(|| Problem::field(&pointer, "concern_unknown", None))?;
        if !moves::state_of(row)?.is_open() {
            return Err(Problem::field(&pointer, "is_closed", None));
        }
    }
    Ok(())
}

fn set_parts(unit: &mut Unit<'_>, row: &Measure, draft: &Draft) -> Result<(), Problem> {
    let counted = (1..)
        .zip(&draft.indicators)
        .map(|(position, one)| one.row(&row.id, position));
    let counted: Vec<_> = counted.collect();
    parts::set(unit, &row.id, &draft.supporters, &counted, &draft.concerns)
}

fn row(id: MeasureId, municipality: &str, draft: &Draft) -> Measure {
    let draft = draft.clone();
    let (meeting_id, meeting_position) = draft.commitment.unzip();
    Measure {
        id,
        municipality_code: municipality.to_owned(),
        objective_id: draft.objective,
        title: draft.title,
        text: draft.text,
        lead: draft.lead.code().to_owned(),
        starts_on: draft.starts_on,
        due_on: draft.due_on,
        report_days: draft.report_days,
        budget: draft.budget,
        source: draft.source,
        overlap: draft.overlap,
        meeting_id,
        meeting_position,
        state: State::Draft.code().to_owned(),
        approved_on: None,
        closed_on: None,
        version: 0,
    }
}
