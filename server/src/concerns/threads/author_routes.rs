//! What authors may do with their concern beyond writing: mend what was returned, contest what
//! was called done.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::routes::receipt_of;
use crate::concerns::routes::parse_id;
use crate::concerns::threads;
use crate::concerns::views::Thread;
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// Mends a returned concern through its receipt.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MendWithReceipt {
    /// The receipt, typed however.
    receipt: String,
    /// The mended title, 5 to 120 characters.
    title: String,
    /// The mended text, 10 to 4,000 characters.
    text: String,
}

/// Contests, through a receipt, that a concern is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContestWithReceipt {
    /// The receipt, typed however.
    receipt: String,
    /// What is still wrong, for the council to read in the thread: 3 to 1,000 characters.
    reason: String,
}

/// Mends one's own returned concern.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MendConcern {
    /// The mended title, 5 to 120 characters.
    title: String,
    /// The mended text, 10 to 4,000 characters.
    text: String,
}

/// Contests that one's own concern is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContestConcern {
    /// What is still wrong, for the council to read in the thread: 3 to 1,000 characters.
    reason: String,
}

impl Input for MendWithReceipt {}
impl Input for ContestWithReceipt {}
impl Input for MendConcern {}
impl Input for ContestConcern {}

/// Mends a returned concern and sends it back, through its receipt.
#[utoipa::path(
    operation_id = "mend_with_receipt", tag = "threads", request_body = MendWithReceipt,
    responses(
        (status = 200, body = Thread), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[post("/receipts/corrections")]
pub async fn mend_with_receipt(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<MendWithReceipt>,
) -> Result<HttpResponse, Problem> {
    let receipt = receipt_of(&app, &request, &body.receipt).await?;
    let (body, once) = body.split();
    let may = move |unit: &mut Unit<'_>| threads::open_with_receipt(unit, &receipt);
    write_once(&app, once, "", StatusCode::OK, may, move |unit, row| {
        threads::mend(unit, row, &body.title, &body.text)
    })
    .await
}

/// Says, through a receipt, that what was called done is not.
#[utoipa::path(
    operation_id = "contest_with_receipt", tag = "threads", request_body = ContestWithReceipt,
    responses(
        (status = 200, body = Thread), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[post("/receipts/contests")]
pub async fn contest_with_receipt(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<ContestWithReceipt>,
) -> Result<HttpResponse, Problem> {
    let receipt = receipt_of(&app, &request, &body.receipt).await?;
    let (ContestWithReceipt { reason, .. }, once) = body.split();
    let may = move |unit: &mut Unit<'_>| threads::open_with_receipt(unit, &receipt);
    write_once(&app, once, "", StatusCode::OK, may, move |unit, row| {
        threads::contest(unit, row, &reason)
    })
    .await
}

/// Mends one's own returned concern and sends it back.
#[utoipa::path(
    operation_id = "mend_own_concern", tag = "threads", request_body = MendConcern,
    responses(
        (status = 200, body = Thread), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/me/concerns/{id}/corrections")]
pub async fn mend_own_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<MendConcern>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| threads::open_own(unit, &signed_in, &id);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, row| {
        threads::mend(unit, row, &body.title, &body.text)
    })
    .await
}

/// Says that one's own concern, called done, is not.
#[utoipa::path(
    operation_id = "contest_own_concern", tag = "threads", request_body = ContestConcern,
    responses(
        (status = 200, body = Thread), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/me/concerns/{id}/contests")]
pub async fn contest_own_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ContestConcern>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| threads::open_own(unit, &signed_in, &id);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, row| {
        threads::contest(unit, row, &body.reason)
    })
    .await
}
