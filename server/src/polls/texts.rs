//! Reading what was written in a poll: once it is closed, and only where as many wrote as are shown.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, get, put, web};
use domain::Code as _;
use domain::poll::{State, TextState};
use serde::Deserialize;
use utoipa::ToSchema;

use super::TextId;
use super::routes::{maker, may_make, parse_id};
use super::store::{self, Poll};
use super::views::{PollText, PollTextList};
use crate::audit;
use crate::codes::Code;
use crate::councils::Staff;
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// Says whether a text is shown.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeText {
    /// `published` or `declined`.
    state: String,
}

impl Input for JudgeText {}

/// What was written in a closed poll, for those who make polls; of a question to which fewer wrote than are
/// shown, nothing.
#[utoipa::path(
    operation_id = "list_poll_texts", tag = "polls",
    responses(
        (status = 200, body = PollTextList), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[get("/polls/{id}/texts")]
pub async fn list_poll_texts(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let may = may_make(&signed_in, &id);
    let list = app
        .read(move |unit| {
            may(unit)?;
            let row = store::get(unit, &id)?;
            require_closed(&row)?;
            let items = store::list_texts(unit, &row.id)?
                .into_iter()
                .map(|text| PollText {
                    id: text.id.to_string(),
                    question: text.question,
                    text: text.text,
                    state: text.state,
                });
            Ok(PollTextList {
                items: items.collect(),
            })
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(list))
}

/// Says of a text whether it is shown with the results.
#[utoipa::path(
    operation_id = "judge_poll_text", tag = "polls", request_body = JudgeText,
    responses(
        (status = 200, body = PollText), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/poll-texts/{id}")]
pub async fn judge_poll_text(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<JudgeText>,
) -> Result<HttpResponse, Problem> {
    let unknown = || Problem::new(Code::TextUnknown);
    let id: TextId = id.parse().map_err(|()| unknown())?;
    let (body, once) = body.split();
    let judged = TextState::from_code(&body.state).filter(|state| *state != TextState::Waiting);
    let judged = judged.ok_or_else(|| Problem::field("/state", "reference_unknown", None))?;
    let who = signed_in.account.to_string();
    let wanted = id.clone();
    let may = move |unit: &mut Unit<'_>| {
        let text = store::get_text(unit, &wanted)?;
        let row = store::get(unit, &text.poll_id)?;
        maker(unit, &signed_in, &row.municipality_code)?.ok_or_else(unknown)
    };
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        judge(unit, &staff, &id, judged)
    })
    .await
}

fn judge(
    unit: &mut Unit<'_>,
    staff: &Staff,
    id: &TextId,
    judged: TextState,
) -> Result<PollText, Problem> {
    let text = store::get_text(unit, id)?;
    let row = store::get(unit, &text.poll_id)?;
    require_closed(&row)?;
    store::set_text(unit, id, judged.code())?;
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), "poll_text_judged", id.as_str())?;
    Ok(PollText {
        id: text.id.to_string(),
        question: text.question,
        text: text.text,
        state: judged.code().to_owned(),
    })
}

/// Words may be read once a poll is closed: closing left nothing to which fewer wrote than are shown.
fn require_closed(row: &Poll) -> Result<(), Problem> {
    if row.state == State::Closed.code() {
        Ok(())
    } else {
        Err(Problem::new(Code::PollNotClosed))
    }
}
