//! Questions over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use domain::text::{Question as QuestionText, Reason};
use serde::Deserialize;
use utoipa::ToSchema;

use super::floor::FloorId;
use super::views::WaitingQuestionList;
use super::views::{QuestionList, QuestionReceived, QuestionSettled, QuestionView};
use super::{Asked, QuestionId, answer, ask, moderate, open_to_answer, open_to_settle};
use super::{parse_name, read};
use crate::codes::Code;
use crate::concerns::routes::parse_id as parse_concern;
use crate::consultations::routes::parse_id as parse_consultation;
use crate::consultations::{self, store as consultations_store};
use crate::identity::viewer::{SignedIn, Viewer};
use crate::platform::app::{App, Unit};
use crate::platform::limits::Limit;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::proof::Gate;
use crate::platform::public::public_read;
use crate::platform::texts;
use crate::platform::write::{Input, Write, everybody, write_once};

/// Questions under one name.
const BY_ACCOUNT: Limit = Limit {
    name: "questions of an account",
    times: 20,
    seconds: 3600,
};

/// Asks a question.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskQuestion {
    /// What to ask, 3 to 600 characters.
    text: String,
    /// The candidate it is about; nothing: the whole consultation.
    about: Option<String>,
    /// A name to be shown with it, for who is signed in; nothing: anonymous, tied to no account.
    name: Option<String>,
}

/// Publishes a question or declines it.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleQuestion {
    /// Whether everybody shall read it.
    publish: bool,
    /// Why not, 3 to 1,000 characters; public. Needed where it is declined.
    reason: Option<String>,
}

/// Answers a question.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    /// The answer, 10 to 4,000 characters.
    text: String,
}

impl Input for AskQuestion {}
impl Input for SettleQuestion {}
impl Input for AnswerQuestion {}

impl AskQuestion {
    fn parse(self) -> Result<Asked, Problem> {
        Ok(Asked {
            about: self.about.as_deref().map(parse_concern).transpose()?,
            text: texts::parse("/text", QuestionText::parse(&self.text))?,
            name: self.name.as_deref().map(parse_name).transpose()?,
        })
    }
}

/// Asks a question in the discussion of a consultation. It is public once the secretary publishes it.
#[utoipa::path(
    operation_id = "ask_question", tag = "questions", request_body = AskQuestion,
    responses(
        (status = 201, body = QuestionReceived), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/questions")]
pub async fn ask_question(
    app: web::Data<App>,
    request: HttpRequest,
    viewer: Result<Viewer, Problem>,
    id: web::Path<String>,
    body: Write<AskQuestion>,
) -> Result<HttpResponse, Problem> {
    let id = parse_consultation(&id)?;
    let (body, once) = body.split();
    let asked = body.parse()?;
    let at = FloorId::Consultation(id);
    let viewer = voice(&app, &request, viewer, asked.name.is_some(), &at).await?;
    let who = viewer.scope().to_owned();
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, everybody, move |unit, ()| {
        ask(unit, &viewer, &at, asked)
    })
    .await
}

/// Who asks a question, and may ask so much. A session, good or over, never reaches an anonymous one.
///
/// # Errors
/// `session_expired` and `too_many_requests` with a name, `proof_needed` without, or as [`FloorId::open`].
pub async fn voice(
    app: &App,
    request: &HttpRequest,
    viewer: Result<Viewer, Problem>,
    named: bool,
    at: &FloorId,
) -> Result<Viewer, Problem> {
    if named {
        let viewer = viewer?;
        if let Some(account) = viewer.account() {
            app.take(BY_ACCOUNT, account.as_str()).await?;
        }
        return Ok(viewer);
    }
    let at = at.clone();
    let place = app.read(move |unit| Ok(at.open(unit)?.municipality().to_owned()));
    pass_anonymous(app, &Gate::new(app, request), &place.await?).await?;
    Ok(Viewer::Visitor)
}

/// Lets a question without a name pass: few in a minute in its municipality, then with work.
async fn pass_anonymous(app: &App, gate: &Gate, municipality: &str) -> Result<(), Problem> {
    let minute = Limit {
        name: "anonymous questions in a municipality",
        times: app.config().proof_after,
        seconds: 60,
    };
    let purpose = format!("questions {municipality}");
    gate.pass(&purpose, &[(minute, municipality)]).await
}

/// The public questions of a consultation with what institutions answered.
#[utoipa::path(
    operation_id = "list_questions", tag = "questions",
    responses((status = 200, body = QuestionList), (status = 404, body = ProblemBody)),
)]
#[get("/consultations/{id}/questions")]
pub async fn list_questions(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_consultation(&id)?;
    public_read(&app, &request, move |unit| {
        let row = consultations_store::get(unit, &id)?;
        let at = FloorId::Consultation(id);
        Ok((row.municipality_code, read::list(unit, &at)?))
    })
    .await
}

/// The questions that wait for the secretary, from the days before today.
#[utoipa::path(
    operation_id = "list_waiting_questions", tag = "questions",
    responses(
        (status = 200, body = WaitingQuestionList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/consultations/{id}/questions/waiting")]
pub async fn list_waiting_questions(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_consultation(&id)?;
    let list = app
        .read(move |unit| {
            consultations::open(unit, &signed_in, &id)?;
            read::waiting(unit, &FloorId::Consultation(id))
        })
        .await?;
    Ok(HttpResponse::Ok().json(list))
}

/// Publishes a question, or declines it with a public reason. One that is public can be taken down so.
#[utoipa::path(
    operation_id = "settle_question", tag = "questions", request_body = SettleQuestion,
    responses(
        (status = 200, body = QuestionSettled), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/questions/{id}/moderation")]
pub async fn settle_question(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<SettleQuestion>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let reason = body.reason.as_deref().map(Reason::parse).transpose();
    let reason = texts::parse("/reason", reason)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open_to_settle(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, rows)| {
        moderate(unit, &staff, rows, body.publish, reason.as_ref())
    })
    .await
}

/// Answers a public question in the name of one's institution, instead of what it answered before.
#[utoipa::path(
    operation_id = "answer_question", tag = "questions", request_body = AnswerQuestion,
    responses(
        (status = 200, body = QuestionView), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[put("/questions/{id}/answers")]
pub async fn answer_question(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AnswerQuestion>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open_to_answer(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, rows)| {
        answer(unit, &staff, rows, &body.text)
    })
    .await
}

/// The question named in an address.
///
/// # Errors
/// `question_unknown` where it can be none.
pub fn parse_id(text: &str) -> Result<QuestionId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::QuestionUnknown))
}
