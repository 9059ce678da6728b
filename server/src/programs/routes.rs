//! Programmes over HTTP.

use actix_web::{HttpRequest, HttpResponse, get, web};

use super::views::Program;
use super::{calendar, read};
use crate::codes::Code;
use crate::meetings::calendar::CALENDAR;
use crate::places;
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, public_read_of_today, read_public};
use crate::reports::routes::year_of;

/// What a council does in a year: its meetings, consultations, measures, bulletins and reports.
#[utoipa::path(
    operation_id = "get_program", tag = "programs",
    responses((status = 200, body = Program), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/programs/{year}")]
pub async fn get_program(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = path.into_inner();
    let year = year_of(&year).ok_or_else(|| Problem::new(Code::NotFound))?;
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let program = read::program(unit, &place, year)?;
        Ok((place.code, program))
    })
    .await
}

/// The same as a calendar that programs follow (RFC 5545), in Albanian.
#[utoipa::path(
    operation_id = "get_program_calendar", tag = "programs",
    responses(
        (status = 200, content_type = "text/calendar", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/programs/{year}.ics")]
pub async fn get_program_calendar(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = path.into_inner();
    let year = year_of(&year).ok_or_else(|| Problem::new(Code::NotFound))?;
    let (_, name, program) = read_public(&app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let program = read::program(unit, &place, year)?;
        Ok((place.full_name, program))
    })
    .await?;
    let text = calendar::write(&name, &app.config().origin(), &program)?;
    public_bytes(&request, CALENDAR, text.into_bytes())
}
