//! Regulations over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::NaiveDate;
use domain::access::Action;
use domain::text::{Choice, Rules};
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{RegulationList, RegulationPage, RegulationRow, RegulationTemplate};
use super::{Adopted, TEMPLATE, adopt, store};
use crate::codes::Code;
use crate::councils::staff_at;
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_json, public_read};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// Keeps the regulation a council decided on.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptRegulation {
    /// Number of the decision alone, as in "Vendim nr. 2", 1 to 120 characters.
    decision_no: String,
    /// Its day, not after today.
    decided_on: NaiveDate,
    /// What it says, 200 to 60,000 characters; each article begins with a line "Neni N. ...".
    text: String,
}

impl Input for AdoptRegulation {
    /// The longest text, with escapes.
    const LIMIT: usize = 512 * 1024;
}

/// The regulations of a council, the one in force first.
#[utoipa::path(
    operation_id = "list_regulations", tag = "councils",
    responses((status = 200, body = RegulationList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/regulations")]
pub async fn list_regulations(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let rows = store::list(unit, &place.code)?;
        let items = rows.iter().map(RegulationRow::from).collect();
        Ok((place.code, RegulationList { items }))
    })
    .await
}

/// A version of a council's regulation; old ones stay readable.
#[utoipa::path(
    operation_id = "get_regulation", tag = "councils",
    responses((status = 200, body = RegulationPage), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/regulations/{version}")]
pub async fn get_regulation(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, version) = path.into_inner();
    let unknown = |_not_a_number| Problem::new(Code::RegulationUnknown);
    let version = version.parse().map_err(unknown)?;
    public_read(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let row = store::get(unit, &place.code, version)?;
        Ok((place.code, RegulationPage::new(row)))
    })
    .await
}

/// The regulation offered to councils that have none.
#[utoipa::path(
    operation_id = "get_regulation_template", tag = "councils",
    responses((status = 200, body = RegulationTemplate)),
)]
#[get("/regulation-template")]
pub async fn get_regulation_template(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let text = TEMPLATE.to_owned();
    public_json(&request, &RegulationTemplate { text })
}

/// Keeps the regulation a council decided on, in force from now; the one before stays readable.
#[utoipa::path(
    operation_id = "adopt_regulation", tag = "councils", request_body = AdoptRegulation,
    responses(
        (status = 201, body = RegulationPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/regulations")]
pub async fn adopt_regulation(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AdoptRegulation>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let adopted = Adopted {
        decision_no: texts::parse("/decision_no", Choice::parse(&body.decision_no))?,
        decided_on: body.decided_on,
        text: texts::parse("/text", Rules::parse(&body.text))?,
    };
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePapers);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        adopt(unit, &staff, adopted)
    })
    .await
}
