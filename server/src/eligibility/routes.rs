//! Eligibility over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, web};
use chrono::Datelike;
use domain::access::Action;
use domain::activation::{ActivationCode, BATCH};
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Batch, Verification};
use super::views::{ActivationBatch, ActivationBatchList, VerificationView};
use super::{BatchId, letters, make_codes, revoke, verify, verify_shown};
use crate::codes::Code;
use crate::councils::{Staff, staff_at, staff_of};
use crate::identity::AccountId;
use crate::identity::sign_in::parse_email;
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::limits::Limit;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, ShownOnce, Write, everybody, write_once};

/// Codes typed by one account: a letter holds one, and who guesses would need far more.
const TRIES: Limit = Limit {
    name: "activation codes of an account",
    times: 10,
    seconds: 3600,
};

/// Makes letters with codes.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeCodes {
    /// Slug of the unit.
    unit: String,
    /// The year for which they verify: this one or the next.
    year: i32,
    /// How many, 1 to 2,000.
    amount: u32,
}

/// Verifies oneself.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UseCode {
    /// The code from the letter.
    code: String,
}

/// Verifies somebody at the desk.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyResident {
    /// Where they sign in.
    email: String,
    /// Slug of the unit they live in.
    unit: String,
    /// This year or the next.
    year: i32,
}

impl Input for MakeCodes {}
impl Input for UseCode {}
impl Input for VerifyResident {}

/// The letters of a municipality: how many for which unit and year, and how many were used.
#[utoipa::path(
    operation_id = "list_activation_batches", tag = "eligibility",
    responses((status = 200, body = ActivationBatchList), (status = 403, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/activation-batches")]
pub async fn list_activation_batches(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let list = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ManageCodes)?;
            let rows = store::list_batches(unit, &staff.municipality)?;
            let items = rows.into_iter().map(Into::into).collect();
            Ok(ActivationBatchList { items })
        })
        .await?;
    Ok(HttpResponse::Ok().json(list))
}

/// Makes codes and answers with the letters to print, a page each. They are shown this once: whoever
/// loses them revokes the batch and makes another.
#[utoipa::path(
    operation_id = "make_activation_codes", tag = "eligibility", request_body = MakeCodes,
    responses(
        (status = 201, content_type = "application/pdf", body = String),
        (status = 403, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/activation-batches")]
pub async fn make_activation_codes(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<MakeCodes>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (asked, once) = body.split();
    if !(1..=BATCH).contains(&asked.amount) {
        return Err(Problem::field("/amount", "out_of_range", Some(BATCH)));
    }
    let origin = app.config().origin();
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageCodes);
    let made = ShownOnce::default();
    let shown = made.clone();
    let work = move |unit: &mut Unit<'_>, staff: Staff| {
        check_year(unit, asked.year)?;
        let (batch, codes) = make_codes(unit, &staff, &asked.unit, asked.year, asked.amount)?;
        let letter = letter(unit, &batch, origin)?;
        shown.show((letter, codes));
        Ok(ActivationBatch::from(batch))
    };
    write_once(&app, once, &who, StatusCode::CREATED, may, work).await?;
    let (letter, codes) = made.take().ok_or_else(|| Problem::new(Code::LettersMade))?;
    let pages = web::block(move || letters::print(&letter, &codes))
        .await
        .map_err(|cause| Problem::caused(Code::Internal, cause))??;
    Ok(HttpResponse::Created()
        .content_type("application/pdf")
        .insert_header(("content-disposition", "attachment; filename=\"letra.pdf\""))
        .insert_header(("cache-control", "no-store"))
        .body(pages))
}

/// Takes back the codes of a batch that nobody has used yet.
#[utoipa::path(
    operation_id = "revoke_activation_codes", tag = "eligibility",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/activation-batches/{id}")]
pub async fn revoke_activation_codes(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let unknown = || Problem::new(Code::NotFound);
    let id: BatchId = id.parse().map_err(|()| unknown())?;
    app.write(move |unit| {
        let batch = store::get_batch(unit, &id)?;
        let place = &batch.municipality_code;
        let staff = staff_of(unit, &signed_in, place, Action::ManageCodes)?;
        revoke(unit, &staff.ok_or_else(unknown)?, &batch)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Verifies oneself with the code from a letter.
#[utoipa::path(
    operation_id = "verify_with_code", tag = "eligibility", request_body = UseCode,
    responses(
        (status = 200, body = VerificationView), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[post("/me/verifications")]
pub async fn verify_with_code(
    app: web::Data<App>,
    signed_in: SignedIn,
    body: Write<UseCode>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    app.take(TRIES, signed_in.account.as_str()).await?;
    let code = ActivationCode::parse(&body.code)
        .map_err(|_refusal| Problem::field("/code", "activation_code_invalid", None))?;
    let who = signed_in.account.to_string();
    write_once(
        &app,
        once,
        &who,
        StatusCode::OK,
        everybody,
        move |unit, ()| {
            let row = verify(unit, &signed_in.account, &code)?;
            view(unit, row)
        },
    )
    .await
}

/// Verifies somebody who showed a clerk who they are and where they live.
#[utoipa::path(
    operation_id = "verify_at_desk", tag = "eligibility", request_body = VerifyResident,
    responses(
        (status = 201, body = VerificationView), (status = 403, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/verifications")]
pub async fn verify_at_desk(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<VerifyResident>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let email = parse_email(&body.email)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::VerifyResident);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff: Staff| {
        check_year(unit, body.year)?;
        let row = verify_shown(unit, &staff, &email, &body.unit, body.year)?;
        view(unit, row)
    })
    .await
}

/// The verifications of an account, for its owner.
///
/// # Errors
/// `storage_unavailable`.
pub fn own(unit: &mut Unit<'_>, account: &AccountId) -> Result<Vec<VerificationView>, Problem> {
    let rows = store::list_verifications(unit, account)?;
    rows.into_iter().map(|row| view(unit, row)).collect()
}

/// A verification with its municipality, for its owner.
///
/// # Errors
/// `storage_unavailable`.
pub fn view(unit: &mut Unit<'_>, row: Verification) -> Result<VerificationView, Problem> {
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    Ok(VerificationView::new(row, place.slug))
}

fn letter(unit: &mut Unit<'_>, batch: &Batch, origin: String) -> Result<letters::Letter, Problem> {
    let place = places::store::get_municipality_by_code(unit, &batch.municipality_code)?;
    let units = places::store::list_units(unit, &batch.municipality_code)?;
    let named = units.into_iter().find(|row| row.slug == batch.unit);
    Ok(letters::Letter {
        municipality: place.full_name,
        unit: named.map_or_else(String::new, |row| row.name),
        year: batch.year,
        origin,
    })
}

fn check_year(unit: &Unit<'_>, year: i32) -> Result<(), Problem> {
    let now = unit.today().year();
    (now..=now + 1)
        .contains(&year)
        .then_some(())
        .ok_or_else(|| Problem::field("/year", "out_of_range", None))
}
