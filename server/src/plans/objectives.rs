//! Objectives of a year, written by whoever writes the plan.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, post, put, web};
use domain::access::Action;

use super::drafting::{AddObjective, AskedObjective, ObjectiveWords};
use super::store::{self, Objective};
use super::views::ObjectiveView;
use super::{ObjectiveId, open_objective};
use crate::audit;
use crate::codes::Code;
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Write, write_once};

/// Adds an objective to a year of the plan.
#[utoipa::path(
    operation_id = "add_objective", tag = "plans", request_body = AddObjective,
    responses(
        (status = 201, body = ObjectiveView), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/objectives")]
pub async fn add_objective(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AddObjective>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    texts::within("/year", Some(body.year), 2000..=2100)?;
    let words = body.objective.parse("/objective")?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        add(unit, &staff, body.year, words).map(ObjectiveView::from)
    })
    .await
}

/// Changes the words of an objective.
#[utoipa::path(
    operation_id = "change_objective", tag = "plans", request_body = AskedObjective,
    responses(
        (status = 200, body = ObjectiveView), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/objectives/{id}")]
pub async fn change_objective(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AskedObjective>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let words = body.parse("")?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open_objective(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(
        &app,
        once,
        &who,
        status,
        may,
        move |unit, (staff, mut row)| {
            row.title = words.title;
            row.text = words.text;
            store::set_objective(unit, &row)?;
            unit.touch(&row.municipality_code);
            audit::append(unit, Some(&staff), "objective_changed", row.id.as_str())?;
            Ok(ObjectiveView::from(row))
        },
    )
    .await
}

/// Takes away an objective that no measure is for.
#[utoipa::path(
    operation_id = "remove_objective", tag = "plans",
    responses(
        (status = 204), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[delete("/objectives/{id}")]
pub async fn remove_objective(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    app.write(move |unit| {
        let (staff, row) = open_objective(unit, &signed_in, &id)?;
        if store::count_of_objective(unit, &row.id)? > 0 {
            return Err(Problem::new(Code::ObjectiveInUse));
        }
        store::delete_objective(unit, &row.id)?;
        unit.touch(&row.municipality_code);
        audit::append(unit, Some(&staff), "objective_removed", row.id.as_str())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Writes an objective down.
///
/// # Errors
/// `storage_unavailable`.
pub fn add(
    unit: &mut Unit<'_>,
    staff: &Staff,
    year: i32,
    words: ObjectiveWords,
) -> Result<Objective, Problem> {
    let row = Objective {
        id: ObjectiveId::new(unit.chance)?,
        municipality_code: staff.municipality.clone(),
        year,
        position: 0,
        title: words.title,
        text: words.text,
    };
    let row = store::insert_objective(unit, row)?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "objective_added", row.id.as_str())?;
    Ok(row)
}

fn parse_id(text: &str) -> Result<ObjectiveId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::ObjectiveUnknown))
}
