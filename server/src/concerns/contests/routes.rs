//! Contesting together that a concern is done.

use actix_web::{HttpResponse, delete, put, web};

use super::views::ContestView;
use crate::concerns::{contests, quotas, routes::parse_id};
use crate::identity::viewer::SignedIn;
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};

/// Says, as one who supports a concern, that what was called done is not.
#[utoipa::path(
    operation_id = "contest_concern", tag = "concerns",
    responses(
        (status = 200, body = ContestView), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[put("/concerns/{id}/contest")]
pub async fn contest_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change(app, signed_in, &id, true).await
}

/// Takes back that what was called done is not.
#[utoipa::path(
    operation_id = "withdraw_contest", tag = "concerns",
    responses(
        (status = 200, body = ContestView), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[delete("/concerns/{id}/contest")]
pub async fn withdraw_contest(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    change(app, signed_in, &id, false).await
}

async fn change(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: &str,
    wanted: bool,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(id)?;
    quotas::pass_account(&app, &signed_in.account).await?;
    let view = app
        .write(move |unit| contests::change(unit, &signed_in.account, &id, wanted))
        .await?;
    Ok(HttpResponse::Ok().json(view))
}
