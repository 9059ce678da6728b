//! Reading the map.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Deserialize;
use utoipa::IntoParams;

use super::list_cells as list;
use super::views::CellList;
use crate::concerns::lists::Filter;
use crate::concerns::routes::parse_status;
use crate::places;
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::public_read;

/// Which public concerns the map shows.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CellQuery {
    /// Where they stand.
    status: Option<String>,
    /// Code of the topic.
    topic: Option<String>,
    /// Slug of the unit.
    unit: Option<String>,
    /// Words, with or without their marks.
    q: Option<String>,
}

/// All public concerns of a municipality by the place they are shown at.
#[utoipa::path(
    operation_id = "list_cells", tag = "concerns", params(CellQuery),
    responses(
        (status = 200, body = CellList), (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/cells")]
pub async fn list_cells(
    app: web::Data<App>,
    request: HttpRequest,
    slug: web::Path<String>,
    query: web::Query<CellQuery>,
) -> Result<HttpResponse, Problem> {
    let (slug, query) = (slug.into_inner(), query.into_inner());
    let filter = Filter {
        status: parse_status(query.status.as_deref())?,
        topic: query.topic.filter(|text| !text.is_empty()),
        unit: query.unit.filter(|text| !text.is_empty()),
        words: query.q.filter(|text| !text.trim().is_empty()),
        ..Filter::default()
    };
    public_read(&app, &request, move |unit| {
        let municipality = places::store::get_municipality(unit, &slug)?;
        let cells = list(unit, &municipality.code, &filter)?;
        Ok((municipality.code, CellList::from(cells)))
    })
    .await
}
