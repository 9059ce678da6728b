//! Questions before meetings over HTTP, and which of them residents want to hear answered.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, put, web};
use domain::access::Action;
use domain::text::Question as QuestionText;
use serde::Deserialize;
use utoipa::ToSchema;

use super::floor::FloorId;
use super::routes::{parse_id, voice};
use super::views::{QuestionList, QuestionReceived, WaitingQuestionList};
use super::{Asked, QuestionId, ask, parse_name, read, support};
use crate::codes::Code;
use crate::concerns::quotas;
use crate::concerns::routes::device_of;
use crate::concerns::views::SupportView;
use crate::identity::viewer::{SignedIn, Viewer};
use crate::meetings::routes::parse_id as parse_meeting;
use crate::meetings::{self, store as meetings_store};
use crate::platform::app::App;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::proof::Gate;
use crate::platform::public::public_read;
use crate::platform::texts;
use crate::platform::write::{Input, Write, everybody, write_once};

/// Asks a question before a meeting.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskBeforeMeeting {
    /// What to ask, 3 to 600 characters.
    text: String,
    /// A name to be shown with it, for who is signed in; nothing: anonymous, tied to no account.
    name: Option<String>,
}

impl Input for AskBeforeMeeting {}

impl AskBeforeMeeting {
    fn parse(self) -> Result<Asked, Problem> {
        Ok(Asked {
            about: None,
            text: texts::parse("/text", QuestionText::parse(&self.text))?,
            name: self.name.as_deref().map(parse_name).transpose()?,
        })
    }
}

/// Asks a question before a meeting that everybody may come to. It is public once the secretary publishes it.
#[utoipa::path(
    operation_id = "ask_before_meeting", tag = "questions", request_body = AskBeforeMeeting,
    responses(
        (status = 201, body = QuestionReceived), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[post("/meetings/{id}/questions")]
pub async fn ask_before_meeting(
    app: web::Data<App>,
    request: HttpRequest,
    viewer: Result<Viewer, Problem>,
    id: web::Path<String>,
    body: Write<AskBeforeMeeting>,
) -> Result<HttpResponse, Problem> {
    let id = parse_meeting(&id)?;
    let (body, once) = body.split();
    let asked = body.parse()?;
    let at = FloorId::Meeting(id);
    let viewer = voice(&app, &request, viewer, asked.name.is_some(), &at).await?;
    let who = viewer.scope().to_owned();
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, everybody, move |unit, ()| {
        ask(unit, &viewer, &at, asked)
    })
    .await
}

/// The public questions before a meeting with what institutions answered, in no order of support.
#[utoipa::path(
    operation_id = "list_meeting_questions", tag = "questions",
    responses((status = 200, body = QuestionList), (status = 404, body = ProblemBody)),
)]
#[get("/meetings/{id}/questions")]
pub async fn list_meeting_questions(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_meeting(&id)?;
    public_read(&app, &request, move |unit| {
        let row = meetings_store::get(unit, &id)?;
        let at = FloorId::Meeting(id);
        Ok((row.municipality_code, read::list(unit, &at)?))
    })
    .await
}

/// The questions before a meeting that wait for the secretary, from the days before today.
#[utoipa::path(
    operation_id = "list_waiting_meeting_questions", tag = "questions",
    responses(
        (status = 200, body = WaitingQuestionList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/questions/waiting")]
pub async fn list_waiting_meeting_questions(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_meeting(&id)?;
    let list = app
        .read(move |unit| {
            meetings::open(unit, &signed_in, &id, Action::ManageMeetings)?;
            read::waiting(unit, &FloorId::Meeting(id))
        })
        .await?;
    Ok(HttpResponse::Ok().json(list))
}

/// Says that one wants to hear the answer to a question before a meeting.
#[utoipa::path(
    operation_id = "support_question", tag = "questions",
    responses(
        (status = 200, body = SupportView), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[put("/questions/{id}/support")]
pub async fn support_question(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change_support(&app, viewer, &request, parse_id(&id)?, true).await
}

/// Takes that back.
#[utoipa::path(
    operation_id = "withdraw_question_support", tag = "questions",
    responses(
        (status = 200, body = SupportView), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[delete("/questions/{id}/support")]
pub async fn withdraw_question_support(
    app: web::Data<App>,
    viewer: Viewer,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change_support(&app, viewer, &request, parse_id(&id)?, false).await
}

async fn change_support(
    app: &App,
    viewer: Viewer,
    request: &HttpRequest,
    id: QuestionId,
    wanted: bool,
) -> Result<HttpResponse, Problem> {
    let device = device_of(request)?;
    if viewer.account().is_none() && device.is_none() {
        return Err(Problem::new(Code::DeviceNeeded));
    }
    let asked = id.clone();
    let (_, place) = app.read(move |unit| support::find(unit, &asked)).await?;
    let (gate, network) = (Gate::new(app, request), network(app, request));
    quotas::pass_support(app, &gate, &viewer, &place, &network).await?;
    let view = app
        .write(move |unit| support::change(unit, &viewer, device.as_deref(), &id, wanted))
        .await?;
    Ok(HttpResponse::Ok().json(view))
}
