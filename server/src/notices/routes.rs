//! The inbox, preferences, following and unsubscribing.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{FollowView, Inbox, PreferencesView};
use super::{preferences, store};
use crate::codes::Code;
use crate::concerns::store::get_public_concern;
use crate::concerns::{ConcernId, support};
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// Changes how one is told; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePreferences {
    /// `immediate`, `daily` or `off`.
    email: Option<String>,
    /// Whether devices are pushed to.
    push: Option<bool>,
    /// Hour from which nothing is pushed, 0 to 23, in Albania.
    quiet_from: Option<i32>,
    /// Hour until which nothing is pushed.
    quiet_until: Option<i32>,
    /// Kinds of news that only the inbox tells: `desk`, `moved`, `published`, `answered`, `fixed`; and
    /// `consultations` and `meetings`, which are told on devices alone.
    muted: Option<Vec<String>>,
}

impl Input for ChangePreferences {}

/// One's inbox.
#[utoipa::path(
    operation_id = "get_inbox", tag = "notices",
    responses((status = 200, body = Inbox), (status = 401, body = ProblemBody)),
)]
#[get("/me/inbox")]
pub async fn get_inbox(app: web::Data<App>, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let inbox = app
        .read(move |unit| {
            Ok(Inbox {
                items: store::list_notices(unit, &signed_in.account)?
                    .into_iter()
                    .map(Into::into)
                    .collect(),
                unread: store::count_unseen(unit, &signed_in.account)?,
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(inbox))
}

/// Marks all of one's inbox as seen.
#[utoipa::path(
    operation_id = "mark_inbox_read", tag = "notices",
    responses((status = 204), (status = 401, body = ProblemBody)),
)]
#[post("/me/inbox/read")]
pub async fn mark_inbox_read(
    app: web::Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    app.write(move |unit| store::set_all_seen(unit, &signed_in.account))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// How one is told.
#[utoipa::path(
    operation_id = "get_preferences", tag = "notices",
    responses((status = 200, body = PreferencesView), (status = 401, body = ProblemBody)),
)]
#[get("/me/preferences")]
pub async fn get_preferences(
    app: web::Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    let wishes = app
        .read(move |unit| preferences::get(unit, &signed_in.account))
        .await?;
    Ok(HttpResponse::Ok().json(PreferencesView::from(wishes)))
}

/// Changes how one is told.
#[utoipa::path(
    operation_id = "change_preferences", tag = "notices", request_body = ChangePreferences,
    responses(
        (status = 200, body = PreferencesView), (status = 401, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[patch("/me/preferences")]
pub async fn change_preferences(
    app: web::Data<App>,
    signed_in: SignedIn,
    body: Write<ChangePreferences>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    body.check()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| preferences::get(unit, &signed_in.account);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, mut wishes| {
        wishes.email = body.email.unwrap_or(wishes.email);
        wishes.push = body.push.unwrap_or(wishes.push);
        wishes.quiet_from = body.quiet_from.unwrap_or(wishes.quiet_from);
        wishes.quiet_until = body.quiet_until.unwrap_or(wishes.quiet_until);
        wishes.muted = body.muted.map_or(wishes.muted, |kinds| kinds.join(" "));
        preferences::set(unit, &wishes)?;
        Ok(PreferencesView::from(wishes))
    })
    .await
}

impl ChangePreferences {
    fn check(&self) -> Result<(), Problem> {
        let known = |email: &String| ["immediate", "daily", "off"].contains(&email.as_str());
        if self.email.as_ref().is_some_and(|email| !known(email)) {
            return Err(Problem::field("/email", "preference_unknown", None));
        }
        let mutable = |kind: &String| preferences::MUTABLE.contains(&kind.as_str());
        if self
            .muted
            .as_ref()
            .is_some_and(|kinds| !kinds.iter().all(mutable))
        {
            return Err(Problem::field("/muted", "preference_unknown", None));
        }
        let hours = [
            ("/quiet_from", self.quiet_from),
            ("/quiet_until", self.quiet_until),
        ];
        for (pointer, hour) in hours {
            if hour.is_some_and(|hour| !(0..=23).contains(&hour)) {
                return Err(Problem::field(pointer, "hour_invalid", Some(23)));
            }
        }
        Ok(())
    }
}

/// Is told of every step of a concern.
#[utoipa::path(
    operation_id = "follow_concern", tag = "notices",
    responses((status = 200, body = FollowView), (status = 404, body = ProblemBody)),
)]
#[put("/concerns/{id}/follow")]
pub async fn follow_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    set_follow(app, signed_in, &id, true).await
}

/// Is no longer told of a concern.
#[utoipa::path(
    operation_id = "unfollow_concern", tag = "notices",
    responses((status = 200, body = FollowView), (status = 404, body = ProblemBody)),
)]
#[delete("/concerns/{id}/follow")]
pub async fn unfollow_concern(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    set_follow(app, signed_in, &id, false).await
}

/// Ends the letters of whoever got this address in one (RFC 8058).
#[utoipa::path(
    operation_id = "unsubscribe", tag = "notices",
    responses((status = 204), (status = 404, body = ProblemBody)),
)]
#[post("/unsubscribe/{token}")]
pub async fn unsubscribe(
    app: web::Data<App>,
    token: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let token = token.into_inner();
    app.write(move |unit| preferences::unsubscribe(unit, &token))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn set_follow(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: &str,
    wanted: bool,
) -> Result<HttpResponse, Problem> {
    let id: ConcernId = id
        .parse()
        .map_err(|()| Problem::new(Code::ConcernUnknown))?;
    app.write(move |unit| {
        let row = get_public_concern(unit, &id)?;
        support::set_follows(unit, &row.id, &signed_in.account, wanted)
    })
    .await?;
    Ok(HttpResponse::Ok().json(FollowView { follows: wanted }))
}
