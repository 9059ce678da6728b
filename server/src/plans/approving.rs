//! A measure becomes the council's word: approved, and later changed only with a reason everybody reads.

use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use domain::Code as _;
use domain::access::Action;
use domain::concern::State as ConcernState;
use domain::measure::State;
use domain::text::{Choice, Reason};
use serde::Deserialize;
use utoipa::ToSchema;

use super::drafting::{self, lek};
use super::routes::{parse_id, work_on};
use super::store::steps::{self, Step};
use super::store::{self, Measure, parts};
use super::views::DeskMeasure;
use super::{check_concerns, read, state_of, twins};
use crate::audit;
use crate::codes::Code;
use crate::concerns::moves::{self, MoveConcern};
use crate::concerns::store::{Concern, get_concern};
use crate::councils::Staff;
use crate::identity::viewer::SignedIn;
use crate::notices::measures as news;
use crate::notices::telling::{self, News};
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Input, Write};

/// Gives an approved measure another day or another budget.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMeasure {
    /// The day by which it is done.
    due_on: NaiveDate,
    /// What it costs from now on, lekë; absent: it has no budget.
    budget: Option<i64>,
    /// Where that comes from, 1 to 120 characters.
    source: Option<String>,
    /// Why, 3 to 1,000 characters; public.
    reason: String,
}

impl Input for ChangeMeasure {}

/// A measure as it shall be from now on.
#[derive(Clone)]
pub struct Change {
    due_on: NaiveDate,
    budget: Option<i64>,
    source: Option<String>,
    reason: Reason,
}

impl ChangeMeasure {
    fn parse(self) -> Result<Change, Problem> {
        let source = self.source.as_deref().map(Choice::parse).transpose();
        Ok(Change {
            due_on: self.due_on,
            budget: lek("/budget", self.budget)?,
            source: texts::parse("/source", source)?.map(Choice::into_string),
            reason: texts::parse("/reason", Reason::parse(&self.reason))?,
        })
    }
}

/// Approves a measure: everybody reads it from now on, and the concerns it answers are planned.
#[utoipa::path(
    operation_id = "approve_measure", tag = "plans",
    responses(
        (status = 200, body = DeskMeasure), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/measures/{id}/approval")]
pub async fn approve_measure(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    let ((), once) = body.split();
    let (id, may) = (parse_id(&id)?, Action::ManagePlan);
    work_on(&app, signed_in, id, may, once, move |unit, staff, row| {
        approve(unit, staff, row)
    })
    .await
}

/// Gives an approved measure another day or another budget, with a public reason.
#[utoipa::path(
    operation_id = "change_measure", tag = "plans", request_body = ChangeMeasure,
    responses(
        (status = 200, body = DeskMeasure), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/measures/{id}/changes")]
pub async fn change_measure(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ChangeMeasure>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let change = body.parse()?;
    let (id, may) = (parse_id(&id)?, Action::ManagePlan);
    work_on(&app, signed_in, id, may, once, move |unit, staff, row| {
        self::change(unit, staff, row, change)
    })
    .await
}

/// Approves a draft (G1, J5).
///
/// # Errors
/// `measure_approved`, `fields_invalid` where it lacks an indicator, its day has passed, or it looks like
/// another measure and nothing is said of that.
pub fn approve(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Measure,
) -> Result<DeskMeasure, Problem> {
    if state_of(&row)? != State::Draft {
        return Err(Problem::new(Code::MeasureApproved));
    }
    let ids = std::slice::from_ref(&row.id);
    if parts::list_indicators(unit, ids)?.is_empty() {
        return Err(Problem::field("/indicators", "required", None));
    }
    drafting::check(row.starts_on, row.due_on, unit.today())?;
    let answered = parts::list_concerns(unit, ids)?;
    let answered: Vec<_> = answered.into_iter().map(|(_, concern)| concern).collect();
    check_concerns(unit, &row.municipality_code, &answered)?;
    if row.overlap.is_none() && !twins::of(unit, &row)?.is_empty() {
        return Err(Problem::field("/overlap", "overlap_unexplained", None));
    }
    row.state = State::Planned.code().to_owned();
    row.approved_on = Some(unit.today());
    store::set(unit, &row)?;
    steps::insert(unit, step(unit, staff, &row, "approved", ""), &[])?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "measure_approved", row.id.as_str())?;
    news::enqueue_stages(unit, &row)?;
    news::enqueue_report(unit, &row, row.starts_on)?;
    for concern in answered {
        let concern = get_concern(unit, &concern)?;
        plan(unit, staff, &row, concern)?;
    }
    read::desk_page(unit, row)
}

/// A concern that waited for a plan has one.
fn plan(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Measure,
    concern: Concern,
) -> Result<(), Problem> {
    let waits = matches!(
        moves::state_of(&concern)?,
        ConcernState::Published | ConcernState::Prioritised | ConcernState::Reopened
    );
    if !waits {
        return telling::enqueue(unit, &concern, News::Measure);
    }
    let step = MoveConcern {
        reason: row.title.clone(),
        lead: Some(row.lead.clone()),
        due_on: Some(row.due_on),
        ..MoveConcern::to(ConcernState::Planned)
    };
    moves::move_as_staff(unit, staff, concern, &step).map(drop)
}

/// Changes a measure that is owed.
///
/// # Errors
/// `measure_not_open`, `fields_invalid`.
pub fn change(
    unit: &mut Unit<'_>,
    staff: &Staff,
    mut row: Measure,
    change: Change,
) -> Result<DeskMeasure, Problem> {
    if !state_of(&row)?.is_open() {
        return Err(Problem::new(Code::MeasureNotOpen));
    }
    let moved = row.due_on != change.due_on;
    if moved {
        drafting::check(row.starts_on, change.due_on, unit.today())?;
        row.version += 1;
    }
    row.due_on = change.due_on;
    row.budget = change.budget;
    row.source = change.source;
    store::set(unit, &row)?;
    let said = change.reason.as_str();
    steps::insert(unit, step(unit, staff, &row, "changed", said), &[])?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "measure_changed", row.id.as_str())?;
    if moved {
        news::enqueue_stages(unit, &row)?;
    }
    news::tell_of_concerns(unit, &row, News::Measure)?;
    read::desk_page(unit, row)
}

/// A step of a measure as it is now.
pub fn step(unit: &Unit<'_>, staff: &Staff, row: &Measure, kind: &str, text: &str) -> Step {
    Step {
        measure_id: row.id.clone(),
        position: 0,
        kind: kind.to_owned(),
        state: row.state.clone(),
        text: text.to_owned(),
        due_on: row.due_on,
        spent: None,
        seat_id: staff.seat.clone(),
        institution: staff.institution.code().to_owned(),
        on_day: unit.today(),
    }
}
