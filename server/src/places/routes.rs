//! Reading places.

use actix_web::{HttpRequest, HttpResponse, get, web};

use super::views::{MunicipalityList, MunicipalityPage, Point, Tiles};
use super::{seed, store};
use crate::codes::Code;
use crate::concerns;
use crate::concerns::topics;
use crate::consultations;
use crate::meetings;
use crate::platform::app::App;
use crate::platform::kept::COUNTRY;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, public_read, public_read_of_today};

/// All 61 municipalities, in Albanian alphabetical order.
#[utoipa::path(
    operation_id = "list_municipalities", tag = "places",
    responses((status = 200, body = MunicipalityList)),
)]
#[get("/municipalities")]
pub async fn list_municipalities(
    app: web::Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    public_read(&app, &request, |unit| {
        let rows = store::list_municipalities(unit)?;
        let items = rows.into_iter().map(Into::into).collect();
        Ok((COUNTRY.to_owned(), MunicipalityList { items }))
    })
    .await
}

/// One municipality: its units, topics, help lines and numbers.
#[utoipa::path(
    operation_id = "get_municipality", tag = "places",
    responses((status = 200, body = MunicipalityPage), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}")]
pub async fn get_municipality(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let tiles = app.config().tile_url.clone().map(|url| Tiles {
        url,
        attribution: app.config().tile_attribution.clone(),
    });
    public_read_of_today(&app, &request, move |unit| {
        let row = store::get_municipality(unit, &slug)?;
        let units = store::list_units(unit, &row.code)?;
        let page = MunicipalityPage {
            label: Point {
                lat: row.label_lat,
                lon: row.label_lon,
            },
            units: units.into_iter().map(Into::into).collect(),
            topics: topics::all()?,
            answer_days: row.answer_days,
            help_lines: topics::help_lines()?,
            counts: concerns::lists::count_public(unit, &row.code)?,
            asks: consultations::read::open(unit, &row.code)?,
            meetings: meetings::read::next(unit, &row.code)?,
            tiles,
            municipality: row.clone().into(),
        };
        Ok((row.code, page))
    })
    .await
}

/// Outlines of all municipalities (GeoJSON).
#[utoipa::path(
    operation_id = "get_municipality_outlines", tag = "places",
    responses((status = 200, content_type = "application/geo+json", body = String)),
)]
#[get("/geo/municipalities")]
pub async fn get_municipality_outlines(request: HttpRequest) -> Result<HttpResponse, Problem> {
    public_bytes(&request, "application/geo+json", seed::OUTLINES.into())
}

/// Outlines of a municipality's units where they are known, else its own outline (GeoJSON).
#[utoipa::path(
    operation_id = "get_unit_outlines", tag = "places",
    responses(
        (status = 200, content_type = "application/geo+json", body = String),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/outlines")]
pub async fn get_unit_outlines(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let row = app
        .read(move |unit| store::get_municipality(unit, &slug))
        .await?;
    let outlines = if row.slug == "elbasan" {
        seed::ELBASAN_UNITS.into()
    } else {
        own_outline(&row.code)?
    };
    public_bytes(&request, "application/geo+json", outlines)
}

fn own_outline(code: &str) -> Result<Vec<u8>, Problem> {
    let failed = |cause: serde_json::Error| Problem::caused(Code::Internal, cause);
    let mut all: serde_json::Value = serde_json::from_str(seed::OUTLINES).map_err(failed)?;
    if let Some(features) = all
        .get_mut("features")
        .and_then(serde_json::Value::as_array_mut)
    {
        features.retain(|feature| {
            feature
                .pointer("/properties/code")
                .is_some_and(|value| value == code)
        });
    }
    serde_json::to_vec(&all).map_err(failed)
}
