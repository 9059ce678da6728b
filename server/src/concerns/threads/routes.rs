//! Opening and writing to a thread. A receipt travels in the body only.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::receipt::Receipt;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::concerns::lists::{self, Key};
use crate::concerns::routes::parse_id;
use crate::concerns::views::{ConcernList, Thread};
use crate::concerns::{read, threads};
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::limits::Limit;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// Receipts looked up from one network, 1,000 a second. 100 random bits need no help against guessing:
/// a million networks that all guess so fast for a year try 3 * 10^16 receipts, and with ten million
/// in use one of them is met with a probability of 3 * 10^-7. It is the server's work that is limited.
const LOOK_UPS: Limit = Limit {
    name: "receipts",
    times: 60_000,
    seconds: 60,
};

/// Opens a thread.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenReceipt {
    /// The receipt, typed however.
    receipt: String,
}

/// Writes to a thread with its receipt.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteWithReceipt {
    /// The receipt, typed however.
    receipt: String,
    /// What to say, up to 4,000 characters.
    text: String,
}

/// Writes to the thread of one's own concern.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteMessage {
    /// What to say, up to 4,000 characters.
    text: String,
}

impl Input for OpenReceipt {}
impl Input for WriteWithReceipt {}
impl Input for WriteMessage {}

/// Opens the thread that a receipt belongs to.
#[utoipa::path(
    operation_id = "open_receipt", tag = "threads", request_body = OpenReceipt,
    responses((status = 200, body = Thread), (status = 404, body = ProblemBody)),
)]
#[post("/receipts/open")]
pub async fn open_receipt(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<OpenReceipt>,
) -> Result<HttpResponse, Problem> {
    let receipt = receipt_of(&app, &request, &body.receipt).await?;
    let thread = app
        .read(move |unit| {
            let row = threads::open_with_receipt(unit, &receipt)?;
            read::thread(unit, &row)
        })
        .await?;
    Ok(HttpResponse::Ok().json(thread))
}

/// Writes to the council through a receipt.
#[utoipa::path(
    operation_id = "write_with_receipt", tag = "threads", request_body = WriteWithReceipt,
    responses(
        (status = 201, body = Thread), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/receipts/messages")]
pub async fn write_with_receipt(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<WriteWithReceipt>,
) -> Result<HttpResponse, Problem> {
    let receipt = receipt_of(&app, &request, &body.receipt).await?;
    let (WriteWithReceipt { text, .. }, once) = body.split();
    let may = move |unit: &mut Unit<'_>| threads::open_with_receipt(unit, &receipt);
    write_once(
        &app,
        once,
        "",
        StatusCode::CREATED,
        may,
        move |unit, row| threads::write_as_author(unit, &row, &text),
    )
    .await
}

/// Which of one's own concerns to list.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OwnQuery {
    /// `next` of the page before.
    after: Option<String>,
}

/// The concerns one sent under a name, the newest first.
#[utoipa::path(
    operation_id = "list_own_concerns", tag = "threads", params(OwnQuery),
    responses(
        (status = 200, body = ConcernList), (status = 400, body = ProblemBody),
        (status = 401, body = ProblemBody),
    ),
)]
#[get("/me/concerns")]
pub async fn list_own_concerns(
    app: web::Data<App>,
    signed_in: SignedIn,
    query: web::Query<OwnQuery>,
) -> Result<HttpResponse, Problem> {
    let after = query.into_inner().after.filter(|text| !text.is_empty());
    let after: Option<Key> = after.map(|text| text.parse()).transpose()?;
    let list = app
        .read(move |unit| {
            let page = lists::list_own(unit, &signed_in.account, after.as_ref())?;
            Ok(ConcernList {
                items: read::cards(unit, &page.rows)?,
                next: page.next.as_ref().map(Key::to_string),
                total: page.total,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(list))
}

/// The thread of a concern one sent under a name.
#[utoipa::path(
    operation_id = "open_own_concern", tag = "threads",
    responses((status = 200, body = Thread), (status = 404, body = ProblemBody)),
)]
#[get("/me/concerns/{id}")]
pub async fn open_own_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let thread = app
        .read(move |unit| {
            let row = threads::open_own(unit, &signed_in, &id)?;
            read::thread(unit, &row)
        })
        .await?;
    Ok(HttpResponse::Ok().json(thread))
}

/// Writes to the council on a concern one sent under a name.
#[utoipa::path(
    operation_id = "write_on_own_concern", tag = "threads", request_body = WriteMessage,
    responses(
        (status = 201, body = Thread), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/me/concerns/{id}/messages")]
pub async fn write_on_own_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<WriteMessage>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| threads::open_own(unit, &signed_in, &id);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, row| {
        threads::write_as_author(unit, &row, &body.text)
    })
    .await
}

/// The receipt somebody typed. A slip of the finger is told by its check symbol and counts for nothing.
pub(super) async fn receipt_of(
    app: &App,
    request: &HttpRequest,
    typed: &str,
) -> Result<Receipt, Problem> {
    let receipt = threads::read_receipt(typed)?;
    app.take(LOOK_UPS, &network(app, request)).await?;
    Ok(receipt)
}
