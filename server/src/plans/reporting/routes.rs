//! Reports over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use domain::Code as _;
use domain::access::Action;
use domain::seat::Institution;

use super::asked::ReportMeasure;
use super::report;
use crate::codes::Code;
use crate::councils::Staff;
use crate::identity::viewer::SignedIn;
use crate::plans::routes::parse_id;
use crate::plans::store::Measure;
use crate::plans::views::DeskMeasure;
use crate::plans::{MeasureId, open, store};
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Write, write_once};

/// Reports on a measure in the name of the institution that leads it.
#[utoipa::path(
    operation_id = "report_measure", tag = "plans", request_body = ReportMeasure,
    responses(
        (status = 200, body = DeskMeasure), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/measures/{id}/reports")]
pub async fn report_measure(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ReportMeasure>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let (asked, who) = (id.clone(), signed_in.clone());
    // Files are looked at for those alone who may report.
    app.read(move |unit| leads(unit, &who, &asked).map(drop))
        .await?;
    let parsed = body.parse().await?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| leads(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, row)| {
        report(unit, &staff, row, parsed)
    })
    .await
}

/// The measure and the seat from which this person speaks for whoever leads it.
fn leads(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    id: &MeasureId,
) -> Result<(Staff, Measure), Problem> {
    let lead = store::get(unit, id)?.lead;
    let lead = Institution::from_code(&lead)
        .ok_or_else(|| Problem::caused(Code::Internal, format!("lead of {id}")))?;
    open(unit, signed_in, id, Action::Answer(lead))
}
