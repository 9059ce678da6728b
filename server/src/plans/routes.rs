//! Plans over HTTP.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use domain::access::Action;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::drafting::AskedMeasure;
use super::store::{self, Measure, steps};
use super::views::{DeskMeasure, DeskPlan, MeasurePage, Plan};
use super::{EvidenceId, MeasureId, add, open, print, read, redraft, remove};
use crate::codes::Code;
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_print, public_read_of_today};
use crate::platform::write::{Once, Write, write_once};

/// Which year's plan.
#[derive(Deserialize, IntoParams)]
pub struct OfYear {
    /// The year; where none is named, the last there is a plan of.
    pub year: Option<i32>,
}

/// What a council does in a year: objectives, measures, how they stand today.
#[utoipa::path(
    operation_id = "list_measures", tag = "plans", params(OfYear),
    responses((status = 200, body = Plan), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/measures")]
pub async fn list_measures(
    app: web::Data<App>,
    slug: web::Path<String>,
    asked: web::Query<OfYear>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = (slug.into_inner(), asked.year);
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let plan = read::plan(unit, &place.code, year)?;
        Ok((place.code, plan))
    })
    .await
}

/// A measure in full, with what it answers, who promised it and what came of it.
#[utoipa::path(
    operation_id = "get_measure", tag = "plans",
    responses((status = 200, body = MeasurePage), (status = 404, body = ProblemBody)),
)]
#[get("/measures/{id}")]
pub async fn get_measure(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    public_read_of_today(&app, &request, move |unit| {
        let row = store::get_public(unit, &id)?;
        let place = row.municipality_code.clone();
        Ok((place, read::page(unit, row)?))
    })
    .await
}

/// A measure's sheet with the reports of how it goes, as it is printed.
#[utoipa::path(
    operation_id = "get_measure_sheet", tag = "plans",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/measures/{id}/sheet.pdf")]
pub async fn get_measure_sheet(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (origin, today) = (app.config().origin(), app.clock().today());
    let work = move |unit: &mut Unit<'_>| {
        let row = store::get_public(unit, &id)?;
        let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
        Ok((place.code, (place.full_name, read::page(unit, row)?)))
    };
    public_print(&app, &request, work, move |(name, page)| {
        print::sheet(name, page, today, &origin)
    })
    .await
}

/// What shows a step of a measure: a photo (JPEG) or a document (PDF).
#[utoipa::path(
    operation_id = "get_evidence", tag = "plans",
    responses(
        (status = 200, content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/measures/{id}/evidence/{evidence}")]
pub async fn get_evidence(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, evidence) = path.into_inner();
    let id = parse_id(&id)?;
    let unknown = |()| Problem::new(Code::EvidenceUnknown);
    let evidence: EvidenceId = evidence.parse().map_err(unknown)?;
    let (row, bytes) = app
        .read(move |unit| {
            let row = store::get_public(unit, &id)?;
            steps::get_evidence(unit, &row.id, &evidence)
        })
        .await?;
    let (kind, name) = match row.kind.as_str() {
        "photo" => ("image/jpeg", "photo.jpg"),
        _ => ("application/pdf", "document.pdf"),
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .content_type(kind)
        .body(bytes))
}

/// The plan of a year with its drafts, and what meetings promised and no measure keeps yet.
#[utoipa::path(
    operation_id = "get_plan", tag = "plans", params(OfYear),
    responses(
        (status = 200, body = DeskPlan), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/plan")]
pub async fn get_plan(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    asked: web::Query<OfYear>,
) -> Result<HttpResponse, Problem> {
    let year = asked.year;
    let plan = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ReadDesk)?;
            read::desk_plan(unit, &staff.municipality, year)
        })
        .await?;
    Ok(HttpResponse::Ok().json(plan))
}

/// A measure as the council sees it, also as a draft.
#[utoipa::path(
    operation_id = "get_desk_measure", tag = "plans",
    responses(
        (status = 200, body = DeskMeasure), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/desk/measures/{id}")]
pub async fn get_desk_measure(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let page = app
        .read(move |unit| {
            let (_, row) = open(unit, &signed_in, &id, Action::ReadDesk)?;
            read::desk_page(unit, row)
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Writes a measure down as a draft.
#[utoipa::path(
    operation_id = "add_measure", tag = "plans", request_body = AskedMeasure,
    responses(
        (status = 201, body = DeskMeasure), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/measures")]
pub async fn add_measure(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AskedMeasure>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let draft = body.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        add(unit, &staff, &draft)
    })
    .await
}

/// Writes a draft anew.
#[utoipa::path(
    operation_id = "change_draft", tag = "plans", request_body = AskedMeasure,
    responses(
        (status = 200, body = DeskMeasure), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[put("/measures/{id}")]
pub async fn change_draft(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AskedMeasure>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let draft = body.parse()?;
    let (id, may) = (parse_id(&id)?, Action::ManagePlan);
    work_on(&app, signed_in, id, may, once, move |unit, staff, row| {
        redraft(unit, staff, row, &draft)
    })
    .await
}

/// Takes a draft away.
#[utoipa::path(
    operation_id = "remove_draft", tag = "plans",
    responses(
        (status = 204), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[delete("/measures/{id}")]
pub async fn remove_draft(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    app.write(move |unit| {
        let (staff, row) = open(unit, &signed_in, &id, Action::ManagePlan)?;
        remove(unit, &staff, &row)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Does something with a measure, once.
///
/// # Errors
/// `measure_unknown`, `not_allowed`, and what `work` refuses.
pub async fn work_on<F, T>(
    app: &App,
    signed_in: SignedIn,
    id: MeasureId,
    action: Action,
    once: Once,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>, &Staff, Measure) -> Result<T, Problem> + Clone + Send + 'static,
    T: Serialize + Send + 'static,
{
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id, action);
    let status = StatusCode::OK;
    write_once(app, once, &who, status, may, move |unit, (staff, row)| {
        work(unit, &staff, row)
    })
    .await
}

/// The id of a measure as it is in addresses.
///
/// # Errors
/// `measure_unknown`.
pub fn parse_id(text: &str) -> Result<MeasureId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::MeasureUnknown))
}
