//! Bulletins over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::access::Action;
use domain::quarter::Quarter;
use domain::text::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{BulletinList, BulletinPage, DeskBulletin, DeskBulletinList};
use super::{Words, prepare, print, publish, read, store, write};
use crate::codes::Code;
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::places::store::Municipality;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, public_read, read_public};
use crate::platform::texts;
use crate::platform::workshop::heavy;
use crate::platform::write::{Input, Write, write_once};

/// The words of a bulletin that is not published.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteBulletin {
    /// What the secretary says first, 10 to 4,000 characters.
    opening: String,
    /// What the secretary says last, likewise.
    closing: Option<String>,
}

impl Input for WriteBulletin {}

impl WriteBulletin {
    fn parse(&self) -> Result<Words, Problem> {
        let closing = self.closing.as_deref().map(Body::parse).transpose();
        Ok(Words {
            opening: texts::parse("/opening", Body::parse(&self.opening))?,
            closing: texts::parse("/closing", closing)?,
        })
    }
}

/// The bulletins a council published.
#[utoipa::path(
    operation_id = "list_bulletins", tag = "bulletins",
    responses((status = 200, body = BulletinList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/bulletins")]
pub async fn list_bulletins(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let list = read::list(unit, &place)?;
        Ok((place.code, list))
    })
    .await
}

/// A published bulletin.
#[utoipa::path(
    operation_id = "get_bulletin", tag = "bulletins",
    responses((status = 200, body = BulletinPage), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/bulletins/{year}/{quarter}")]
pub async fn get_bulletin(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year, quarter) = path.into_inner();
    let quarter = parse_quarter(&year, &quarter)?;
    public_read(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let page = read::page(unit, &place, quarter)?;
        Ok((place.code, page))
    })
    .await
}

/// A published bulletin as it is printed.
#[utoipa::path(
    operation_id = "get_bulletin_pdf", tag = "bulletins",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/bulletins/{year}/{quarter}.pdf")]
pub async fn get_bulletin_pdf(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year, quarter) = path.into_inner();
    let quarter = parse_quarter(&year, &quarter)?;
    let (_, _, bytes) = read_public(&app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let found = store::find_pdf(unit, &place.code, quarter)?;
        let bytes = found.ok_or_else(|| Problem::new(Code::BulletinUnknown))?;
        Ok((place.code, bytes))
    })
    .await?;
    public_bytes(&request, "application/pdf", bytes)
}

/// The quarters a council may tell of, for the secretary.
#[utoipa::path(
    operation_id = "list_desk_bulletins", tag = "bulletins",
    responses(
        (status = 200, body = DeskBulletinList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/bulletins")]
pub async fn list_desk_bulletins(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let list = app.read(move |unit| {
        let (_, place) = secretary(unit, &signed_in, &slug)?;
        read::desk_list(unit, &place)
    });
    Ok(HttpResponse::Ok().json(list.await?))
}

/// A bulletin at the desk: its words, and what the rows say.
#[utoipa::path(
    operation_id = "get_desk_bulletin", tag = "bulletins",
    responses(
        (status = 200, body = DeskBulletin), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/bulletins/{year}/{quarter}")]
pub async fn get_desk_bulletin(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (slug, year, quarter) = path.into_inner();
    let quarter = parse_quarter(&year, &quarter)?;
    let page = app.read(move |unit| {
        let (_, place) = secretary(unit, &signed_in, &slug)?;
        read::desk_page(unit, &place, quarter)
    });
    Ok(HttpResponse::Ok().json(page.await?))
}

/// Keeps the words of a bulletin that is not published.
#[utoipa::path(
    operation_id = "write_bulletin", tag = "bulletins", request_body = WriteBulletin,
    responses(
        (status = 200, body = DeskBulletin), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[put("/municipalities/{slug}/desk/bulletins/{year}/{quarter}")]
pub async fn write_bulletin(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String, String)>,
    body: Write<WriteBulletin>,
) -> Result<HttpResponse, Problem> {
    let (slug, year, quarter) = path.into_inner();
    let quarter = parse_quarter(&year, &quarter)?;
    let (body, once) = body.split();
    let words = body.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        write(unit, &staff, quarter, &words)
    })
    .await
}

/// Publishes the bulletin of a quarter that is over, with the words as they are kept: from now on it does not
/// change.
#[utoipa::path(
    operation_id = "publish_bulletin", tag = "bulletins",
    responses(
        (status = 201, body = BulletinPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/desk/bulletins/{year}/{quarter}/publication")]
pub async fn publish_bulletin(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String, String)>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    let (slug, year, number) = path.into_inner();
    let quarter = parse_quarter(&year, &number)?;
    let ((), once) = body.split();
    let (place, who) = (slug.clone(), signed_in.clone());
    let prepared = app.read(move |unit| {
        let (staff, _) = secretary(unit, &who, &place)?;
        match prepare(unit, &staff, quarter) {
            // The first answer is given again to whoever asks again.
            Err(problem) if problem.code() == Code::BulletinPublished => Ok(None),
            prepared => prepared.map(Some),
        }
    });
    let prepared = prepared.await?;
    let origin = app.config().origin();
    let printed = heavy(move || {
        let set = |record| -> Result<_, Problem> { Ok((print::print(&record, &origin)?, record)) };
        prepared.map(set).transpose()
    });
    let printed = printed.await??;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        let (pdf, record) = printed.ok_or_else(|| Problem::new(Code::BulletinPublished))?;
        publish(unit, &staff, quarter, &record, pdf)
    })
    .await
}

/// Who writes, and of which place.
fn secretary(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    slug: &str,
) -> Result<(Staff, Municipality), Problem> {
    let staff = staff_at(unit, signed_in, slug, Action::ManagePlan)?;
    let place = places::store::get_municipality(unit, slug)?;
    Ok((staff, place))
}

fn parse_quarter(year: &str, number: &str) -> Result<Quarter, Problem> {
    let year = year
        .parse()
        .ok()
        .filter(|year| (2000..=2100).contains(year));
    let quarter = year.zip(number.parse().ok());
    quarter
        .and_then(|(year, number)| Quarter::new(year, number))
        .ok_or_else(|| Problem::new(Code::BulletinUnknown))
}
