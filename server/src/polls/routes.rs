//! Making and reading polls over HTTP.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use domain::Code as _;
use domain::access::Action;
use domain::poll::{Audience, State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::paper::PollPaper;
use super::views::{PollList, PollPage, PollTemplateList};
use super::{Asked, PollId, read, store, templates};
use crate::codes::Code;
use crate::councils::{Staff, staff_at, staff_of};
use crate::identity::viewer::{SignedIn, Viewer};
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_json, public_read};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// Which polls to list.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PollQuery {
    /// Id of the first poll of a series: those that asked the same.
    series: Option<String>,
}

/// Begins a poll.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakePoll {
    /// Whom it asks: `school` or `survey`.
    kind: String,
    /// The year it is of, 2000 to 2100.
    year: i32,
    /// Id of an earlier poll that asked the same.
    series: Option<String>,
    /// What it asks.
    paper: PollPaper,
}

/// Writes a draft anew.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePoll {
    /// Whom it asks: `school` or `survey`.
    kind: String,
    /// The year it is of, 2000 to 2100.
    year: i32,
    /// What it asks.
    paper: PollPaper,
}

impl Input for MakePoll {
    /// The largest paper in two languages.
    const LIMIT: usize = 512 * 1024;
}
impl Input for ChangePoll {
    /// As above.
    const LIMIT: usize = 512 * 1024;
}

impl ChangePoll {
    fn parse(self) -> Result<Asked, Problem> {
        texts::within("/year", Some(self.year), 2000..=2100)?;
        let kind = Audience::from_code(&self.kind);
        Ok(Asked {
            audience: kind.ok_or_else(|| Problem::field("/kind", "reference_unknown", None))?,
            year: self.year,
            paper: self.paper.draft()?,
        })
    }
}

/// The polls of a municipality that were published, the last year first.
#[utoipa::path(
    operation_id = "list_polls", tag = "polls", params(PollQuery),
    responses((status = 200, body = PollList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/polls")]
pub async fn list_polls(
    app: web::Data<App>,
    slug: web::Path<String>,
    query: web::Query<PollQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, series) = (slug.into_inner(), query.into_inner().series);
    public_read(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let mut rows = store::list(unit, &place.code)?;
        let wanted = |id: &PollId| series.as_ref().is_none_or(|series| id.as_str() == series);
        rows.retain(|row| wanted(&row.series) && row.state != State::Draft.code());
        let items = read::cards(unit, &rows)?;
        Ok((place.code, PollList { items }))
    })
    .await
}

/// The same with drafts, for those who make polls.
#[utoipa::path(
    operation_id = "list_desk_polls", tag = "polls",
    responses(
        (status = 200, body = PollList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/polls")]
pub async fn list_desk_polls(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let items = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ManagePolls)?;
            let rows = store::list(unit, &staff.municipality)?;
            read::cards(unit, &rows)
        })
        .await?;
    Ok(HttpResponse::Ok().json(PollList { items }))
}

/// Papers to begin with.
#[utoipa::path(
    operation_id = "list_poll_templates", tag = "polls",
    responses((status = 200, body = PollTemplateList)),
)]
#[get("/poll-templates")]
pub async fn list_poll_templates(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let items = templates::all()?.to_vec();
    public_json(&request, &PollTemplateList { items })
}

/// Begins a poll: a draft.
#[utoipa::path(
    operation_id = "make_poll", tag = "polls", request_body = MakePoll,
    responses(
        (status = 201, body = PollPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/polls")]
pub async fn make_poll(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<MakePoll>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let again = body.series.as_deref().map(parse_id).transpose()?;
    let asked = ChangePoll {
        kind: body.kind,
        year: body.year,
        paper: body.paper,
    };
    let asked = asked.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePolls);
    write_once(
        &app,
        once,
        &who,
        StatusCode::CREATED,
        may,
        move |unit, staff| super::make(unit, &staff, asked, again.as_ref()),
    )
    .await
}

/// A poll; a draft only for those who make polls.
#[utoipa::path(
    operation_id = "get_poll", tag = "polls",
    responses((status = 200, body = PollPage), (status = 404, body = ProblemBody)),
)]
#[get("/polls/{id}")]
pub async fn get_poll(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let asked = id.clone();
    let row = app.read(move |unit| store::get(unit, &asked)).await?;
    if row.state == State::Draft.code() {
        let signed_in = viewer.signed_in().cloned().ok_or_else(unknown)?;
        let page = app
            .read(move |unit| {
                maker(unit, &signed_in, &row.municipality_code)?.ok_or_else(unknown)?;
                read::page(unit, row)
            })
            .await?;
        return Ok(HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(page));
    }
    public_read(&app, &request, move |unit| {
        let row = store::get(unit, &id)?;
        Ok((row.municipality_code.clone(), read::page(unit, row)?))
    })
    .await
}

/// Writes a draft anew.
#[utoipa::path(
    operation_id = "change_poll", tag = "polls", request_body = ChangePoll,
    responses(
        (status = 200, body = PollPage), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/polls/{id}")]
pub async fn change_poll(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ChangePoll>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let asked = body.parse()?;
    let who = signed_in.account.to_string();
    let may = may_make(&signed_in, &id);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        super::change(unit, &staff, &id, asked)
    })
    .await
}

/// Takes a draft away.
#[utoipa::path(
    operation_id = "remove_poll", tag = "polls",
    responses(
        (status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[delete("/polls/{id}")]
pub async fn remove_poll(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let may = may_make(&signed_in, &id);
    app.write(move |unit| {
        let staff = may(unit)?;
        super::remove(unit, &staff, &id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Publishes a poll: its paper is fixed from now on. One that asks somebody who they are is refused.
#[utoipa::path(
    operation_id = "publish_poll", tag = "polls",
    responses(
        (status = 200, body = PollPage), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/polls/{id}/publication")]
pub async fn publish_poll(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    act(app, signed_in, &id, body, super::publish).await
}

/// Closes a poll: what may be told is public from now on, and the sums are erased.
#[utoipa::path(
    operation_id = "close_poll", tag = "polls",
    responses(
        (status = 200, body = PollPage), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[post("/polls/{id}/closing")]
pub async fn close_poll(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    act(app, signed_in, &id, body, super::close).await
}

/// Sends what a closed poll says to the council, where whoever makes an agenda finds it.
#[utoipa::path(
    operation_id = "send_poll", tag = "polls",
    responses(
        (status = 200, body = PollPage), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[post("/polls/{id}/agenda")]
pub async fn send_poll(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    act(app, signed_in, &id, body, super::send).await
}

async fn act(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: &str,
    body: Write<()>,
    act: fn(&mut Unit<'_>, &Staff, &PollId) -> Result<PollPage, Problem>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(id)?;
    let ((), once) = body.split();
    let who = signed_in.account.to_string();
    let may = may_make(&signed_in, &id);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        act(unit, &staff, &id)
    })
    .await
}

/// Whether somebody makes polls in the municipality of one.
pub fn may_make(
    signed_in: &SignedIn,
    id: &PollId,
) -> impl FnOnce(&mut Unit<'_>) -> Result<Staff, Problem> + Clone + use<> {
    let (signed_in, id) = (signed_in.clone(), id.clone());
    move |unit| {
        let row = store::get(unit, &id)?;
        let staff = maker(unit, &signed_in, &row.municipality_code)?;
        staff.ok_or_else(|| {
            // That there is a draft is nobody else's business.
            let draft = row.state == State::Draft.code();
            Problem::new(if draft {
                Code::PollUnknown
            } else {
                Code::NotAllowed
            })
        })
    }
}

/// The seat somebody makes polls from in a municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn maker(
    unit: &mut Unit<'_>,
    signed_in: &SignedIn,
    municipality: &str,
) -> Result<Option<Staff>, Problem> {
    match staff_of(unit, signed_in, municipality, Action::ManagePolls) {
        Err(problem) if problem.code() == Code::NotAllowed => Ok(None),
        found => found,
    }
}

/// The id of a poll in an address.
///
/// # Errors
/// `poll_unknown`.
pub fn parse_id(text: &str) -> Result<PollId, Problem> {
    text.parse().map_err(|()| unknown())
}

fn unknown() -> Problem {
    Problem::new(Code::PollUnknown)
}
