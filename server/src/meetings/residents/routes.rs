//! Places at meetings over HTTP.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, delete, get, put, web};

use super::views::{OwnPart, PlaceChanged};
use super::{find, give_back, own, take};
use crate::codes::Code;
use crate::concerns::quotas;
use crate::concerns::routes::device_of;
use crate::identity::viewer::Viewer;
use crate::meetings::routes::parse_id;
use crate::meetings::{MeetingId, store as meetings};
use crate::platform::app::App;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::proof::Gate;
use crate::questions;

/// What the viewer or their device has to do with a meeting.
#[utoipa::path(
    operation_id = "get_own_part", tag = "meetings",
    responses((status = 200, body = OwnPart), (status = 404, body = ProblemBody)),
)]
#[get("/meetings/{id}/mine")]
pub async fn get_own_part(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (id, device) = (parse_id(&id)?, device_of(&request)?);
    let part = app
        .read(move |unit| {
            let row = meetings::get(unit, &id)?;
            let device = device.as_deref();
            Ok(OwnPart {
                place: own(unit, &viewer, device, &row.id)?,
                supported: questions::support::list_own(unit, &viewer, device, &row.id)?,
            })
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(part))
}

/// "Vij": takes a place at a meeting that everybody may come to, or a turn in waiting for one.
#[utoipa::path(
    operation_id = "take_place", tag = "meetings",
    responses(
        (status = 200, body = PlaceChanged), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[put("/meetings/{id}/place")]
pub async fn take_place(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change(&app, viewer, &request, &id, true).await
}

/// Gives a place back, or a turn.
#[utoipa::path(
    operation_id = "give_place_back", tag = "meetings",
    responses(
        (status = 200, body = PlaceChanged), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[delete("/meetings/{id}/place")]
pub async fn give_place_back(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change(&app, viewer, &request, &id, false).await
}

async fn change(
    app: &App,
    viewer: Viewer,
    request: &HttpRequest,
    id: &str,
    wanted: bool,
) -> Result<HttpResponse, Problem> {
    let (id, device) = (parse_id(id)?, device_of(request)?);
    let asked = id.clone();
    let row = app.read(move |unit| find(unit, &asked)).await?;
    pass(app, &viewer, request, device.as_deref(), &row.id).await?;
    let changed = app
        .write(move |unit| {
            let act = if wanted { take } else { give_back };
            act(unit, &viewer, device.as_deref(), &id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(changed))
}

/// Lets it pass as support does, with fewer devices before work is asked for: places are few.
async fn pass(
    app: &App,
    viewer: &Viewer,
    request: &HttpRequest,
    device: Option<&str>,
    id: &MeetingId,
) -> Result<(), Problem> {
    if viewer.account().is_none() && device.is_none() {
        return Err(Problem::new(Code::DeviceNeeded));
    }
    let (gate, network) = (Gate::new(app, request), network(app, request));
    quotas::pass_place(app, &gate, viewer, id.as_str(), &network).await
}
