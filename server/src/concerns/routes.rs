//! Sending, listing, reading and supporting concerns.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use domain::Code as _;
use domain::access::Action;
use domain::concern::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::lists::{self, Filter, Key, Sort};
use super::photos::{self, PhotoId};
use super::submit::{self, SubmitConcern};
use super::together::Together;
use super::views::{ConcernList, ConcernPage, Mine, Received, SupportView};
use super::{ConcernId, query_invalid, quotas, read, store, support};
use crate::codes::Code;
use crate::councils;
use crate::identity::viewer::Viewer;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::proof::Gate;
use crate::platform::public::{finish, kept_json, public_json, public_read, read_public};
use crate::platform::write::{Write, everybody, write_once};

/// Which public concerns to list.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Where they stand.
    status: Option<String>,
    /// Code of the topic.
    topic: Option<String>,
    /// Slug of the unit.
    unit: Option<String>,
    /// Words, with or without their marks.
    q: Option<String>,
    /// `newest` (default), `most_supported`, `random` or `nearest`.
    sort: Option<String>,
    /// With `nearest`: latitude and longitude in degrees, `41.11,20.08`.
    near: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Public concerns of a municipality.
#[utoipa::path(
    operation_id = "list_concerns", tag = "concerns", params(ListQuery),
    responses(
        (status = 200, body = ConcernList), (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/concerns")]
pub async fn list_concerns(
    app: web::Data<App>,
    request: HttpRequest,
    slug: web::Path<String>,
    query: web::Query<ListQuery>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let filter = parse_filter(query.into_inner())?;
    let begins_anywhere = filter.begins_anywhere();
    let list = move |unit: &mut Unit<'_>| {
        let municipality = places::store::get_municipality(unit, &slug)?;
        let page = lists::list_public(unit, &municipality.code, &filter)?;
        let list = ConcernList {
            items: read::cards(unit, &page.rows)?,
            next: page.next.as_ref().map(Key::to_string),
            total: page.total,
        };
        Ok((municipality.code, list))
    };
    if begins_anywhere {
        return public_json(&request, &read_public(&app, list).await?.2);
    }
    public_read(&app, &request, list).await
}

/// Sends a concern.
#[utoipa::path(
    operation_id = "submit_concern", tag = "concerns", request_body = SubmitConcern,
    responses(
        (status = 201, body = Received), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/concerns")]
pub async fn submit_concern(
    app: web::Data<App>,
    request: HttpRequest,
    viewer: Result<Viewer, Problem>,
    slug: web::Path<String>,
    body: Write<SubmitConcern>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (mut body, once) = body.split();
    body.check()?;
    let photos = body.take_photos();
    // A session, good or over, never reaches an anonymous concern.
    let viewer = if body.is_anonymous() {
        let (input, place) = (body.clone(), slug.clone());
        let spot = app.read(move |unit| submit::spot_of(unit, &place, &input));
        quotas::pass_concern(&app, &Gate::new(&app, &request), &spot.await?).await?;
        Viewer::Visitor
    } else {
        viewer?
    };
    let clean = photos::clean_in_turn(photos).await?;
    let who = viewer.scope().to_owned();
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, everybody, move |unit, ()| {
        submit::submit(unit, &viewer, &slug, body, clean)
    })
    .await
}

/// A public concern in full.
#[utoipa::path(
    operation_id = "get_concern", tag = "concerns",
    responses((status = 200, body = ConcernPage), (status = 404, body = ProblemBody)),
)]
#[get("/concerns/{id}")]
pub async fn get_concern(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let device = device_of(&request)?;
    let asked = id.clone();
    let kept = kept_json(&app, &format!("concern {id}"), move |unit| {
        let row = store::get_public_concern(unit, &asked)?;
        let place = row.municipality_code.clone();
        Ok((place, read::page(unit, &row, Mine::default())?))
    })
    .await?;
    if matches!(viewer, Viewer::Visitor) && device.is_none() {
        return Ok(finish(&request, "application/json", &kept));
    }
    let mine = app
        .read(move |unit| {
            let row = store::get_public_concern(unit, &id)?;
            read::mine(unit, &viewer, device.as_deref(), &row)
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .content_type("application/json")
        .body(read::page_of(mine, &kept.plain)?))
}

/// "Edhe unë": shares a concern.
#[utoipa::path(
    operation_id = "support_concern", tag = "concerns",
    responses(
        (status = 200, body = SupportView), (status = 404, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[put("/concerns/{id}/support")]
pub async fn support_concern(
    app: web::Data<App>,
    together: web::Data<Together>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (id, device) = (parse_id(&id)?, device_of(&request)?);
    let place = together.place_of(&app, &id).await?;
    pass_support(&app, &viewer, &request, device.as_deref(), &place).await?;
    let given = together.give(&app, &viewer, device.as_deref(), id.clone());
    let view = match given.await? {
        Some(view) => view,
        None => change_support(&app, viewer, device, id, true).await?,
    };
    Ok(HttpResponse::Ok().json(view))
}

/// Takes "edhe unë" back.
#[utoipa::path(
    operation_id = "withdraw_support", tag = "concerns",
    responses(
        (status = 200, body = SupportView), (status = 404, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[delete("/concerns/{id}/support")]
pub async fn withdraw_support(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (id, device) = (parse_id(&id)?, device_of(&request)?);
    let asked = id.clone();
    let row = app.read(move |unit| support::find(unit, &asked)).await?;
    let place = row.municipality_code;
    pass_support(&app, &viewer, &request, device.as_deref(), &place).await?;
    let view = change_support(&app, viewer, device, id, false).await?;
    Ok(HttpResponse::Ok().json(view))
}

/// A photo of a concern (JPEG).
#[utoipa::path(
    operation_id = "get_photo", tag = "concerns",
    responses(
        (status = 200, content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/photos/{id}")]
pub async fn get_photo(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    photo(app, viewer, &id, false).await
}

/// A photo of a concern, small (JPEG).
#[utoipa::path(
    operation_id = "get_photo_thumb", tag = "concerns",
    responses(
        (status = 200, content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/photos/{id}/thumb")]
pub async fn get_photo_thumb(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    photo(app, viewer, &id, true).await
}

/// Lets support pass, or its taking back.
async fn pass_support(
    app: &App,
    viewer: &Viewer,
    request: &HttpRequest,
    device: Option<&str>,
    municipality: &str,
) -> Result<(), Problem> {
    if viewer.account().is_none() && device.is_none() {
        return Err(Problem::new(Code::DeviceNeeded));
    }
    let (gate, network) = (Gate::new(app, request), network(app, request));
    quotas::pass_support(app, &gate, viewer, municipality, &network).await
}

async fn change_support(
    app: &App,
    viewer: Viewer,
    device: Option<String>,
    id: ConcernId,
    wanted: bool,
) -> Result<SupportView, Problem> {
    app.write(move |unit| {
        let row = support::find(unit, &id)?;
        support::change(unit, &viewer, device.as_deref(), row.id, wanted)
    })
    .await
}

async fn photo(
    app: web::Data<App>,
    viewer: Viewer,
    id: &str,
    small: bool,
) -> Result<HttpResponse, Problem> {
    let id: PhotoId = id.parse().map_err(|()| Problem::new(Code::NotFound))?;
    let (bytes, public) = app
        .read(move |unit| {
            let (concern, bytes) = photos::get_bytes(unit, &id, small)?;
            let row = store::get_concern(unit, &concern)?;
            if row.public_on.is_none() && !may_see(unit, &viewer, &row)? {
                return Err(Problem::new(Code::NotFound));
            }
            Ok((bytes, row.public_on.is_some()))
        })
        .await?;
    let keep = if public {
        "public, max-age=86400"
    } else {
        "no-store"
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"photo.jpg\""))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .content_type("image/jpeg")
        .body(bytes))
}

fn may_see(unit: &mut Unit<'_>, viewer: &Viewer, row: &store::Concern) -> Result<bool, Problem> {
    let Viewer::Account(signed_in) = viewer else {
        return Ok(false);
    };
    if row.account_id.as_ref() == Some(&signed_in.account) {
        return Ok(true);
    }
    match councils::staff_of(unit, signed_in, &row.municipality_code, Action::ReadDesk) {
        Ok(staff) => Ok(staff.is_some()),
        Err(problem) if problem.code() == Code::NotAllowed => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// A state named in an address.
pub(super) fn parse_status(code: Option<&str>) -> Result<Option<State>, Problem> {
    match code {
        None | Some("") => Ok(None),
        Some(code) => Ok(Some(
            State::from_code(code).ok_or_else(|| query_invalid("status"))?,
        )),
    }
}

fn parse_filter(query: ListQuery) -> Result<Filter, Problem> {
    let sort = match query.sort.as_deref() {
        None | Some("newest") => Sort::Newest,
        Some("most_supported") => Sort::MostSupported,
        Some("random") => Sort::Random,
        Some("nearest") => parse_near(query.near.as_deref())?,
        Some(_) => return Err(query_invalid("sort")),
    };
    let after = match query.after.as_deref() {
        None | Some("") => None,
        Some(text) => Some(text.parse()?),
    };
    Ok(Filter {
        status: parse_status(query.status.as_deref())?,
        topic: query.topic.filter(|text| !text.is_empty()),
        unit: query.unit.filter(|text| !text.is_empty()),
        words: query.q.filter(|text| !text.trim().is_empty()),
        sort,
        after,
    })
}

fn parse_near(text: Option<&str>) -> Result<Sort, Problem> {
    let refused = || query_invalid("near");
    let (lat, lon) = text
        .and_then(|text| text.split_once(','))
        .ok_or_else(refused)?;
    let degrees = |text: &str, most: f64| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite() && value.abs() <= most)
            .ok_or_else(refused)
    };
    Ok(Sort::Nearest {
        lat: degrees(lat, 90.0)?,
        lon: degrees(lon, 180.0)?,
    })
}

/// The concern named in an address.
///
/// # Errors
/// `concern_unknown` where it can be none.
pub fn parse_id(text: &str) -> Result<ConcernId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::ConcernUnknown))
}

/// The device's credential: 26 Crockford symbols it made itself.
///
/// # Errors
/// `device_needed` where it is none.
pub fn device_of(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get("x-device") else {
        return Ok(None);
    };
    let symbols = value
        .to_str()
        .ok()
        .and_then(|text| domain::crockford::read::<26>(text).ok())
        .ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
    Ok(Some(crate::platform::keys::hex(&symbols)))
}
