//! Priorities over HTTP.

use std::ops::RangeInclusive;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::count_views::PriorityList;
use super::priorities::{priorities, take_up};
use crate::codes::Code;
use crate::concerns::desk::views::MovedMany;
use crate::consultations::ConsultationId;
use crate::consultations::open;
use crate::identity::viewer::SignedIn;
use crate::places::store::get_municipality;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::public_read;
use crate::platform::write::{Input, Write, write_once};

/// How many can be taken up at once.
const FIRST: RangeInclusive<u32> = 1..=20;

/// Takes up the first of a ranking.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeUpPriorities {
    /// How many, 1 to 20.
    first: u32,
}

impl Input for TakeUpPriorities {}

/// What residents put first in the last counted vote.
#[utoipa::path(
    operation_id = "get_priorities", tag = "ballots",
    responses((status = 200, body = PriorityList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/priorities")]
pub async fn get_priorities(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read(&app, &request, move |unit| {
        let place = get_municipality(unit, &slug)?;
        let priorities = priorities(unit, &place.code)?;
        Ok((place.code, PriorityList { priorities }))
    })
    .await
}

/// Makes priorities of the first concerns of a counted ranking; those that cannot move are named.
#[utoipa::path(
    operation_id = "take_up_priorities", tag = "ballots", request_body = TakeUpPriorities,
    responses(
        (status = 200, body = MovedMany), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/priorities")]
pub async fn take_up_priorities(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<TakeUpPriorities>,
) -> Result<HttpResponse, Problem> {
    let id: ConsultationId = id
        .parse()
        .map_err(|()| Problem::new(Code::ConsultationUnknown))?;
    let (body, once) = body.split();
    if !FIRST.contains(&body.first) {
        let limit = Some(*FIRST.end());
        return Err(Problem::field("/first", "out_of_range", limit));
    }
    let first = usize::try_from(body.first).unwrap_or(1);
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id);
    write_once(
        &app,
        once,
        &who,
        StatusCode::OK,
        may,
        move |unit, (staff, row)| take_up(unit, &staff, &row, first),
    )
    .await
}
