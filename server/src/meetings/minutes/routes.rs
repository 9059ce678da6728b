//! Minutes over HTTP.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::access::Action;

use super::asked::{CorrectMinutes, WriteMinutes};
use super::read;
use super::views::{MinutesDraft, MinutesRecord, ParkedItems};
use super::{approve, correct, write};
use crate::codes::Code;
use crate::councils::staff_at;
use crate::identity::viewer::SignedIn;
use crate::meetings::routes::{parse_id, work_on};
use crate::meetings::views::MeetingPage;
use crate::meetings::{open, print, store};
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, public_print};
use crate::platform::write::Write;

/// The minutes of a meeting as members read them while they are written.
#[utoipa::path(
    operation_id = "get_minutes", tag = "meetings",
    responses(
        (status = 200, body = MinutesDraft), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/minutes")]
pub async fn get_minutes(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let draft = app
        .read(move |unit| {
            let (_, row) = open(unit, &signed_in, &id, Action::ReadDesk)?;
            read::draft(unit, &row)
        })
        .await?;
    Ok(HttpResponse::Ok().json(draft))
}

/// Approved minutes as a document; SHA-256 of these bytes is its hash.
#[utoipa::path(
    operation_id = "get_minutes_document", tag = "meetings",
    responses(
        (status = 200, body = MinutesRecord), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/minutes.json")]
pub async fn get_minutes_document(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let record = app
        .read(move |unit| {
            let row = store::get(unit, &id)?;
            read::document(unit, &row)
        })
        .await?;
    public_bytes(&request, "application/json", record.into_bytes())
}

/// Approved minutes as they are printed, with what was put right since.
#[utoipa::path(
    operation_id = "get_minutes_pdf", tag = "meetings",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/minutes.pdf")]
pub async fn get_minutes_pdf(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let origin = app.config().origin();
    let work = move |unit: &mut Unit<'_>| {
        let row = store::get(unit, &id)?;
        let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
        let minutes = read::published(unit, &row)?;
        let minutes = minutes.ok_or_else(|| Problem::new(Code::MinutesMissing))?;
        Ok((place.code, (place.full_name, minutes)))
    };
    public_print(&app, &request, work, move |(name, minutes)| {
        print::minutes(name, minutes, &origin)
    })
    .await
}

/// Writes the minutes of a meeting that has begun, which closes it, or writes them anew until they are
/// approved.
#[utoipa::path(
    operation_id = "write_minutes", tag = "meetings", request_body = WriteMinutes,
    responses(
        (status = 200, body = MinutesDraft), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[put("/meetings/{id}/minutes")]
pub async fn write_minutes(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<WriteMinutes>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let written = body.parse()?;
    let may = Action::ManageMeetings;
    work_on(&app, signed_in, &id, may, once, move |unit, staff, row| {
        write(unit, staff, &row, &written)
    })
    .await
}

/// Approves minutes: they are published, and change no more.
#[utoipa::path(
    operation_id = "approve_minutes", tag = "meetings",
    responses(
        (status = 200, body = MeetingPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[post("/meetings/{id}/minutes/approval")]
pub async fn approve_minutes(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    let ((), once) = body.split();
    let may = Action::ManageMeetings;
    work_on(&app, signed_in, &id, may, once, move |unit, staff, row| {
        approve(unit, staff, row)
    })
    .await
}

/// Puts approved minutes right, beside them, with the day.
#[utoipa::path(
    operation_id = "correct_minutes", tag = "meetings", request_body = CorrectMinutes,
    responses(
        (status = 200, body = MeetingPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/meetings/{id}/minutes/corrections")]
pub async fn correct_minutes(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<CorrectMinutes>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let text = body.parse()?;
    let may = Action::ManageMeetings;
    work_on(&app, signed_in, &id, may, once, move |unit, staff, row| {
        correct(unit, staff, row, &text)
    })
    .await
}

/// What was parked and waits for the next meeting.
#[utoipa::path(
    operation_id = "list_parked", tag = "meetings",
    responses(
        (status = 200, body = ParkedItems), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/parked")]
pub async fn list_parked(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let parked = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ReadDesk)?;
            read::parked(unit, &staff.municipality)
        })
        .await?;
    Ok(HttpResponse::Ok().json(parked))
}
