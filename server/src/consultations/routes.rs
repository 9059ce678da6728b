//! Consultations over HTTP.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::access::Action;

use super::announcement::{
    AnnounceConsultation, ChooseCandidate, ExtendConsultation, WithdrawConsultation,
};
use super::store::Consultation;
use super::views::{ConsultationList, ConsultationPage, ConsultationSummary};
use super::{ConsultationId, announce, choose, extend, open, read, store, summary, withdraw};
use crate::codes::Code;
use crate::concerns::routes::parse_id as parse_concern;
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, public_read_of_today, read_public};
use crate::platform::write::{Once, Write, write_once};

/// The consultations of a municipality, the last announced first.
#[utoipa::path(
    operation_id = "list_consultations", tag = "consultations",
    responses((status = 200, body = ConsultationList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/consultations")]
pub async fn list_consultations(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let rows = store::list(unit, &place.code)?;
        let items = read::cards(unit, &place.code, rows)?;
        Ok((place.code, ConsultationList { items }))
    })
    .await
}

/// A consultation with its dates, its notices and its list.
#[utoipa::path(
    operation_id = "get_consultation", tag = "consultations",
    responses((status = 200, body = ConsultationPage), (status = 404, body = ProblemBody)),
)]
#[get("/consultations/{id}")]
pub async fn get_consultation(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    public_read_of_today(&app, &request, move |unit| {
        let row = store::get(unit, &id)?;
        let place = row.municipality_code.clone();
        Ok((place, read::page(unit, row)?))
    })
    .await
}

/// What became of each concern that residents brought while a consultation collected (law 146/2014).
#[utoipa::path(
    operation_id = "get_consultation_summary", tag = "consultations",
    responses((status = 200, body = ConsultationSummary), (status = 404, body = ProblemBody)),
)]
#[get("/consultations/{id}/summary")]
pub async fn get_consultation_summary(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    public_read_of_today(&app, &request, move |unit| summary_of(unit, &id)).await
}

/// The same as a table (CSV).
#[utoipa::path(
    operation_id = "get_consultation_summary_csv", tag = "consultations",
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/consultations/{id}/summary.csv")]
pub async fn get_consultation_summary_csv(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let name = format!("attachment; filename=\"{id}.csv\"");
    let (_, _, summary) = read_public(&app, move |unit| summary_of(unit, &id)).await?;
    let table = summary::to_csv(summary)?.into_bytes();
    let mut answer = public_bytes(&request, "text/csv; charset=utf-8", table)?;
    let name = name
        .parse()
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    answer.headers_mut().insert(CONTENT_DISPOSITION, name);
    Ok(answer)
}

fn summary_of(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
) -> Result<(String, ConsultationSummary), Problem> {
    let row = store::get(unit, id)?;
    Ok((row.municipality_code.clone(), summary::sum_up(unit, row)?))
}

/// Announces a consultation: what is asked, what it shall lead to, and when.
#[utoipa::path(
    operation_id = "announce_consultation", tag = "consultations",
    request_body = AnnounceConsultation,
    responses(
        (status = 201, body = ConsultationPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/consultations")]
pub async fn announce_consultation(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AnnounceConsultation>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let asked = body.parse()?;
    let may =
        move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageConsultations);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        announce(unit, &staff, asked)
    })
    .await
}

/// Moves dates that are still to come, with a public notice.
#[utoipa::path(
    operation_id = "extend_consultation", tag = "consultations",
    request_body = ExtendConsultation,
    responses(
        (status = 200, body = ConsultationPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/extensions")]
pub async fn extend_consultation(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ExtendConsultation>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let (later, reason) = body.parse()?;
    change(&app, signed_in, &id, once, move |unit, staff, row| {
        extend(unit, staff, row, later, &reason)
    })
    .await
}

/// Takes a consultation back before its vote, with a public notice.
#[utoipa::path(
    operation_id = "withdraw_consultation", tag = "consultations",
    request_body = WithdrawConsultation,
    responses(
        (status = 200, body = ConsultationPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/withdrawal")]
pub async fn withdraw_consultation(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<WithdrawConsultation>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let reason = body.parse()?;
    change(&app, signed_in, &id, once, move |unit, staff, row| {
        withdraw(unit, staff, row, &reason)
    })
    .await
}

/// Puts a concern on the list of candidates, or leaves it out with a public reason.
#[utoipa::path(
    operation_id = "choose_candidate", tag = "consultations", request_body = ChooseCandidate,
    responses(
        (status = 200, body = ConsultationPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[put("/consultations/{id}/candidates/{concern}")]
pub async fn choose_candidate(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String)>,
    body: Write<ChooseCandidate>,
) -> Result<HttpResponse, Problem> {
    let concern = parse_concern(&path.1)?;
    let (body, once) = body.split();
    let choosing = body.parse()?;
    change(&app, signed_in, &path.0, once, move |unit, staff, row| {
        choose(unit, staff, row, &concern, &choosing)
    })
    .await
}

/// Changes a consultation once, from the seat of the secretary.
async fn change<F>(
    app: &App,
    signed_in: SignedIn,
    id: &str,
    once: Once,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>, &Staff, Consultation) -> Result<ConsultationPage, Problem>
        + Clone
        + Send
        + 'static,
{
    let id = parse_id(id)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id);
    write_once(
        app,
        once,
        &who,
        StatusCode::OK,
        may,
        move |unit, (staff, row)| work(unit, &staff, row),
    )
    .await
}

/// The id of a consultation as it is in addresses.
///
/// # Errors
/// `consultation_unknown`.
pub fn parse_id(text: &str) -> Result<ConsultationId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::ConsultationUnknown))
}
