//! Reports over HTTP.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::access::Action;
use domain::text::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{ReportList, ReportPage};
use super::{prepare, print, publish, read, store, table};
use crate::codes::Code;
use crate::councils::staff_at;
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::kept::Finished;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{finish, kept_json, public_bytes, public_read_of_today, read_public};
use crate::platform::texts;
use crate::platform::workshop::heavy;
use crate::platform::write::{Input, Write, write_once};

/// Publishes the report of a year that is over.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishReport {
    /// What the council says to it, 10 to 4,000 characters.
    foreword: String,
}

impl Input for PublishReport {}

/// The years a council answers for.
#[utoipa::path(
    operation_id = "list_reports", tag = "reports",
    responses((status = 200, body = ReportList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/reports")]
pub async fn list_reports(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let list = read::list(unit, &place)?;
        Ok((place.code, list))
    })
    .await
}

/// The report of a year: as it was published, or as it would be today.
#[utoipa::path(
    operation_id = "get_report", tag = "reports",
    responses((status = 200, body = ReportPage), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/reports/{year}")]
pub async fn get_report(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = path.into_inner();
    let kept = kept_page(&app, slug, &year).await?;
    Ok(finish(&request, "application/json", &kept))
}

/// The document of a published report, as its hash is taken.
#[utoipa::path(
    operation_id = "get_report_document", tag = "reports",
    responses(
        (status = 200, content_type = "application/json", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/reports/{year}.json")]
pub async fn get_report_document(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    published(
        &app,
        path.into_inner(),
        &request,
        "application/json",
        |unit, code, year| {
            let row = store::find(unit, code, year)?;
            Ok(row.map(|row| row.record.into_bytes()))
        },
    )
    .await
}

/// A published report as it is printed.
#[utoipa::path(
    operation_id = "get_report_pdf", tag = "reports",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/reports/{year}.pdf")]
pub async fn get_report_pdf(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    published(
        &app,
        path.into_inner(),
        &request,
        "application/pdf",
        store::find_pdf,
    )
    .await
}

/// What became of every concern that was put first, as a table.
#[utoipa::path(
    operation_id = "get_report_table", tag = "reports",
    responses(
        (status = 200, content_type = "text/csv", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/reports/{year}.csv")]
pub async fn get_report_table(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = path.into_inner();
    let kept = kept_page(&app, slug, &year).await?;
    let page: ReportPage = serde_json::from_slice(&kept.plain)
        .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    let lines = table::priorities(&page.record)?;
    public_bytes(&request, "text/csv; charset=utf-8", lines.into_bytes())
}

/// Publishes the report of a year that is over: from now on it does not change.
#[utoipa::path(
    operation_id = "publish_report", tag = "reports", request_body = PublishReport,
    responses(
        (status = 201, body = ReportPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/reports/{year}/publication")]
pub async fn publish_report(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String)>,
    body: Write<PublishReport>,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = path.into_inner();
    let year = parse_year(&year)?;
    let (body, once) = body.split();
    let foreword = texts::parse("/foreword", Body::parse(&body.foreword))?;
    let (place, who) = (slug.clone(), signed_in.clone());
    let prepared = app.read(move |unit| {
        let staff = staff_at(unit, &who, &place, Action::ManagePlan)?;
        match prepare(unit, &staff, year, &foreword) {
            // The first answer is given again to whoever asks again.
            Err(problem) if problem.code() == Code::ReportPublished => Ok(None),
            prepared => prepared.map(Some),
        }
    });
    let prepared = prepared.await?;
    let printed = heavy(move || {
        let set = |record| -> Result<_, Problem> { Ok((print::print(&record)?, record)) };
        prepared.map(set).transpose()
    });
    let printed = printed.await??;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        let (pdf, record) = printed.ok_or_else(|| Problem::new(Code::ReportPublished))?;
        publish(unit, &staff, &record, &pdf)
    })
    .await
}

/// The report of a year as JSON: put together once a day until something changes, whatever is added to its address.
async fn kept_page(app: &App, slug: String, year: &str) -> Result<Arc<Finished>, Problem> {
    let year = parse_year(year)?;
    let name = format!("{} report {slug} {year}", app.clock().today());
    kept_json(app, &name, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let page = read::page(unit, &place, year)?;
        Ok((place.code, page))
    })
    .await
}

/// What there is of a published report.
async fn published<F>(
    app: &App,
    (slug, year): (String, String),
    request: &HttpRequest,
    kind: &str,
    find: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>, &str, i32) -> Result<Option<Vec<u8>>, Problem>
        + Clone
        + Send
        + 'static,
{
    let year = parse_year(&year)?;
    let (_, _, bytes) = read_public(app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let found = find(unit, &place.code, year)?;
        let bytes = found.ok_or_else(|| Problem::new(Code::ReportUnknown))?;
        Ok((place.code, bytes))
    })
    .await?;
    public_bytes(request, kind, bytes)
}

fn parse_year(text: &str) -> Result<i32, Problem> {
    year_of(text).ok_or_else(|| Problem::new(Code::ReportUnknown))
}

/// The year in an address, where a council could have one.
pub fn year_of(text: &str) -> Option<i32> {
    let year = text.parse().ok();
    year.filter(|year| (2000..=2100).contains(year))
}
