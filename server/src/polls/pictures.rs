//! Pictures of questions, made anew like photos of concerns.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use actix_web::{HttpResponse, get, post, web};
use domain::Code as _;
use domain::poll::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::routes::{maker, may_make, parse_id};
use super::views::PollPictureKept;
use super::{PictureId, draft, store};
use crate::codes::Code;
use crate::concerns::photos::{self, NewPhoto};
use crate::identity::viewer::{SignedIn, Viewer};
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// The most pictures of one poll.
const PICTURES: usize = 12;

/// Keeps a picture for a question of a draft, made anew.
#[utoipa::path(
    operation_id = "add_poll_picture", tag = "polls", request_body = AddPicture,
    responses(
        (status = 201, body = PollPictureKept), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/polls/{id}/pictures")]
pub async fn add_poll_picture(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AddPicture>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let may = may_make(&signed_in, &id);
    // Nothing is decoded for those who may not.
    app.read(may.clone()).await?;
    let clean = photos::clean_in_turn(vec![body.photo]).await;
    let clean = clean.map_err(|problem| match problem.code() {
        Code::PhotoRefused => Problem::new(Code::PhotoRefused).detail("/photo"),
        _ => problem,
    })?;
    let bytes = clean.into_iter().map(|photo| photo.into_parts().1).next();
    let bytes = bytes.ok_or_else(|| Problem::field("/photo", "required", None))?;
    let who = signed_in.account.to_string();
    write_once(
        &app,
        once,
        &who,
        StatusCode::CREATED,
        may,
        move |unit, staff| {
            draft(unit, &staff, &id)?;
            if store::list_pictures(unit, &id)?.len() >= PICTURES {
                let most = u32::try_from(PICTURES).ok();
                return Err(Problem::field("/photo", "too_many", most));
            }
            let kept = store::insert_picture(unit, &id, &bytes)?;
            Ok(PollPictureKept {
                id: kept.to_string(),
            })
        },
    )
    .await
}

/// A picture for a question.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPicture {
    /// The picture; what it shows is said with the question.
    photo: NewPhoto,
}

impl Input for AddPicture {
    /// One photo in base64.
    const LIMIT: usize = 12 * 1024 * 1024;
}

/// A picture of a question (JPEG).
#[utoipa::path(
    operation_id = "get_poll_picture", tag = "polls",
    responses(
        (status = 200, content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/poll-pictures/{id}")]
pub async fn get_poll_picture(
    app: web::Data<App>,
    viewer: Viewer,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: PictureId = id.parse().map_err(|()| Problem::new(Code::NotFound))?;
    let (bytes, public) = app
        .read(move |unit| {
            let (poll, bytes) = store::get_picture(unit, &id)?;
            let row = store::get(unit, &poll)?;
            let public = row.state != State::Draft.code();
            let makes = match viewer.signed_in() {
                Some(who) if !public => maker(unit, who, &row.municipality_code)?.is_some(),
                _ => false,
            };
            if public || makes {
                Ok((bytes, public))
            } else {
                Err(Problem::new(Code::NotFound))
            }
        })
        .await?;
    let keep = if public {
        "public, max-age=86400"
    } else {
        "no-store"
    };
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .content_type("image/jpeg")
        .body(bytes))
}
