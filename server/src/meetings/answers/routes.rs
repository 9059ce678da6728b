//! What members say before a meeting, over HTTP.

use actix_web::{HttpResponse, get, put, web};
use domain::Code as _;
use domain::access::Action;
use domain::meeting::Answer;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::MeetingAnswers;
use super::{answer, list};
use crate::identity::viewer::SignedIn;
use crate::meetings::open;
use crate::meetings::routes::{parse_id, work_on};
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write};

/// Says whether one's seat will be taken at a meeting.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerMeeting {
    /// `coming`, `remote`, `substitute` or `not_coming`.
    answer: String,
}

impl Input for AnswerMeeting {}

/// What each seat of the council said before a meeting, for its members.
#[utoipa::path(
    operation_id = "list_meeting_answers", tag = "meetings",
    responses(
        (status = 200, body = MeetingAnswers), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/meetings/{id}/answers")]
pub async fn list_meeting_answers(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let answers = app
        .read(move |unit| {
            let (staff, row) = open(unit, &signed_in, &id, Action::ReadDesk)?;
            list(unit, &staff, &row)
        })
        .await?;
    Ok(HttpResponse::Ok().json(answers))
}

/// Says whether one's seat will be taken; the last word counts.
#[utoipa::path(
    operation_id = "answer_meeting", tag = "meetings", request_body = AnswerMeeting,
    responses(
        (status = 200, body = MeetingAnswers), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[put("/meetings/{id}/answer")]
pub async fn answer_meeting(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AnswerMeeting>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let said = Answer::from_code(&body.answer)
        .ok_or_else(|| Problem::field("/answer", "meeting_answer_unknown", None))?;
    let may = Action::ReadDesk;
    work_on(&app, signed_in, &id, may, once, move |unit, staff, row| {
        answer(unit, staff, &row, said)
    })
    .await
}
