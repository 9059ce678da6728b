//! The desk over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, put, web};
use domain::Code as _;
use domain::access::{Action, Visibility};
use domain::concern::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::denials::{self, Asked};
use super::store::{Queue, QueueKey, QueueSort};
use super::views::{DeskList, DeskPage, MovedMany};
use crate::concerns::answers::{self, AnswerConcern};
use crate::concerns::moves::{self, MoveConcern, parse_institution};
use crate::concerns::routes::parse_id;
use crate::concerns::{desk, query_invalid, store};
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Once, Write, write_once};

/// Which concerns the desk shows.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct QueueQuery {
    /// Where they stand; absent: all that are open.
    status: Option<String>,
    /// Code of the topic.
    topic: Option<String>,
    /// Slug of the unit.
    unit: Option<String>,
    /// In the care of this institution.
    institution: Option<String>,
    /// Only what is past its day.
    #[serde(default)]
    overdue: bool,
    /// Words, with or without their marks.
    q: Option<String>,
    /// `due` (default), `oldest` or `newest`.
    sort: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Gives a concern into the care of an institution.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignConcern {
    /// The institution; nothing takes it back.
    institution: Option<String>,
}

/// Writes a note among members.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteNote {
    /// The note, up to 4,000 characters.
    text: String,
    /// `members`, `institution` (those who speak for the writer's) or `secretariat`.
    visibility: String,
}

/// Writes to the author.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteToAuthor {
    /// The message, up to 4,000 characters.
    text: String,
}

/// Moves many concerns alike.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveMany {
    /// The concerns, at most 100.
    ids: Vec<String>,
    /// The move.
    #[serde(rename = "move")]
    step: MoveConcern,
}

impl Input for AssignConcern {}
impl Input for WriteNote {}
impl Input for WriteToAuthor {}
impl Input for MoveMany {}

/// The queue of a council.
#[utoipa::path(
    operation_id = "list_desk_concerns", tag = "desk", params(QueueQuery),
    responses((status = 200, body = DeskList), (status = 403, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/desk/concerns")]
pub async fn list_desk_concerns(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    query: web::Query<QueueQuery>,
) -> Result<HttpResponse, Problem> {
    let queue = parse_queue(query.into_inner())?;
    let (reader, asked) = (signed_in.clone(), Asked::Queue(slug.to_string()));
    let list = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ReadDesk)?;
            desk::queue::list(unit, &staff, &queue)
        })
        .await;
    let list = denials::noting(&app, reader, asked, list).await?;
    Ok(HttpResponse::Ok().json(list))
}

/// A concern as a member sees it.
#[utoipa::path(
    operation_id = "get_desk_concern", tag = "desk",
    responses((status = 200, body = DeskPage), (status = 404, body = ProblemBody)),
)]
#[get("/desk/concerns/{id}")]
pub async fn get_desk_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let page = denials::read_page(&app, signed_in.clone(), id.clone()).await;
    let page = denials::noting(&app, signed_in, Asked::Concern(id), page).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Moves a concern.
#[utoipa::path(
    operation_id = "move_concern", tag = "desk", request_body = MoveConcern,
    responses(
        (status = 200, body = DeskPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/concerns/{id}/moves")]
pub async fn move_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<MoveConcern>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    at_desk(
        app,
        signed_in,
        &id,
        once,
        Action::Move,
        move |unit, staff, row| moves::move_as_staff(unit, staff, row, &body).map(drop),
    )
    .await
}

/// Answers a concern in the name of one's institution.
#[utoipa::path(
    operation_id = "answer_concern", tag = "desk", request_body = AnswerConcern,
    responses(
        (status = 200, body = DeskPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/concerns/{id}/answers")]
pub async fn answer_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AnswerConcern>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    at_desk(
        app,
        signed_in,
        &id,
        once,
        Action::ReadDesk,
        move |unit, staff, row| answers::publish(unit, staff, row, &body).map(drop),
    )
    .await
}

/// Gives a concern into the care of an institution.
#[utoipa::path(
    operation_id = "assign_concern", tag = "desk", request_body = AssignConcern,
    responses(
        (status = 200, body = DeskPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/concerns/{id}/assignment")]
pub async fn assign_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AssignConcern>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let institution = parse_institution(body.institution.as_deref(), "/institution")?;
    at_desk(
        app,
        signed_in,
        &id,
        once,
        Action::Assign,
        move |unit, staff, row| desk::assign(unit, staff, row, institution).map(drop),
    )
    .await
}

/// Writes a note among members.
#[utoipa::path(
    operation_id = "write_note", tag = "desk", request_body = WriteNote,
    responses(
        (status = 200, body = DeskPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/concerns/{id}/notes")]
pub async fn write_note(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<WriteNote>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let visibility = Visibility::from_code(&body.visibility)
        .ok_or_else(|| Problem::field("/visibility", "visibility_unknown", None))?;
    let action = Action::WriteNote(visibility);
    at_desk(
        app,
        signed_in,
        &id,
        once,
        action,
        move |unit, staff, row| desk::note(unit, staff, &row, visibility, &body.text),
    )
    .await
}

/// Writes to the author of a concern in the council's name.
#[utoipa::path(
    operation_id = "write_to_author", tag = "desk", request_body = WriteToAuthor,
    responses(
        (status = 200, body = DeskPage), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/concerns/{id}/messages")]
pub async fn write_to_author(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<WriteToAuthor>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    at_desk(
        app,
        signed_in,
        &id,
        once,
        Action::WriteToAuthor,
        move |unit, staff, row| desk::write_to_author(unit, staff, &row, &body.text),
    )
    .await
}

/// Moves many concerns alike; what cannot move stays and is named.
#[utoipa::path(
    operation_id = "move_many_concerns", tag = "desk", request_body = MoveMany,
    responses(
        (status = 200, body = MovedMany), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/desk/moves")]
pub async fn move_many_concerns(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<MoveMany>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    if body.ids.len() > 100 {
        return Err(Problem::field("/ids", "too_many", Some(100)));
    }
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::MoveMany);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        desk::queue::move_many(unit, &staff, body.ids, &body.step)
    })
    .await
}

/// Does something with one concern from a seat, once, and answers with the concern after it.
async fn at_desk<F>(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: &str,
    once: Once,
    action: Action,
    act: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(&mut Unit<'_>, &Staff, store::Concern) -> Result<(), Problem>
        + Clone
        + Send
        + 'static,
{
    let id = parse_id(id)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| desk::open(unit, &signed_in, &id, action);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, row)| {
        let id = row.id.clone();
        act(unit, &staff, row)?;
        let row = store::get_concern(unit, &id)?;
        desk::page(unit, &staff, &row)
    })
    .await
}

fn parse_queue(query: QueueQuery) -> Result<Queue, Problem> {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let status = match filled(query.status) {
        None => None,
        Some(code) => Some(State::from_code(&code).ok_or_else(|| query_invalid("status"))?),
    };
    let sort = match query.sort.as_deref() {
        None | Some("due") => QueueSort::Due,
        Some("oldest") => QueueSort::Oldest,
        Some("newest") => QueueSort::Newest,
        Some(_) => return Err(query_invalid("sort")),
    };
    let after = match filled(query.after) {
        None => None,
        Some(text) => Some(parse_after(&text)?),
    };
    Ok(Queue {
        status,
        topic: filled(query.topic),
        unit: filled(query.unit),
        institution: filled(query.institution),
        overdue: query.overdue,
        words: filled(query.q),
        sort,
        after,
    })
}

fn parse_after(text: &str) -> Result<QueueKey, Problem> {
    let key = || {
        let (answered, rest) = text.split_once('_')?;
        let (day, id) = rest.split_once('_')?;
        Some(QueueKey {
            answered: answered == "1",
            day: day.parse().ok()?,
            id: id.parse().ok()?,
        })
    };
    key().ok_or_else(|| query_invalid("after"))
}
