//! How tokens reach a browser, which keeps them where no script can read them, or a program.

use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sessions::{Grant, SESSION_LIFE};
use super::tokens;
use super::viewer::{ACCESS_COOKIE, REFRESH_COOKIE};
use super::views::{AccountView, SessionView};
use crate::codes::Code;
use crate::platform::problem::Problem;

/// How tokens travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transport {
    /// In cookies no script can read.
    #[default]
    Cookie,
    /// In the body.
    Bearer,
}

/// The answer to whoever was granted a session.
pub fn granted(grant: &Grant, view: AccountView, transport: Transport) -> HttpResponse {
    let body = SessionView::new(grant, view, transport == Transport::Bearer);
    let mut answer = HttpResponse::Ok();
    if transport == Transport::Cookie {
        let access = Duration::seconds(tokens::ACCESS_LIFE.num_seconds());
        let refresh = Duration::seconds(SESSION_LIFE.num_seconds());
        answer.cookie(cookie(ACCESS_COOKIE, &grant.access, access));
        answer.cookie(cookie(REFRESH_COOKIE, &grant.refresh, refresh));
    }
    answer.json(body)
}

/// The answer to whoever signed out.
///
/// # Errors
/// `internal` when the cookies cannot be written.
pub fn signed_out() -> Result<HttpResponse, Problem> {
    let mut answer = HttpResponse::NoContent().finish();
    forget_cookies(&mut answer)?;
    Ok(answer)
}

/// Lets the browser forget its tokens.
///
/// # Errors
/// `internal` when the cookies cannot be written.
pub fn forget_cookies(answer: &mut HttpResponse) -> Result<(), Problem> {
    for name in [ACCESS_COOKIE, REFRESH_COOKIE] {
        answer
            .add_cookie(&cookie(name, "", Duration::ZERO))
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
    }
    Ok(())
}

fn cookie<'a>(name: &'a str, value: &'a str, life: Duration) -> Cookie<'a> {
    Cookie::build(name, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(life)
        .finish()
}
