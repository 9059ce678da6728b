//! Signing in and out, and one's own account.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use domain::sign_in::{CODE_LASTS_SECONDS, RESEND_AFTER_SECONDS};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sessions::{Grant, Refreshed, SESSION_LIFE};
use super::sign_in::{self, Outcome};
use super::store::{self, Account};
use super::viewer::{ACCESS_COOKIE, REFRESH_COOKIE, SignedIn};
use super::views::{AccountView, CodeSent, SessionView};
use super::{sessions, tokens};
use crate::codes::Code;
use crate::concerns;
use crate::councils;
use crate::notices::push;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::limits::Limit;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// Codes to one address: enough for a clumsy evening, too few to try codes by the thousand.
const CODES_PER_ADDRESS: Limit = Limit {
    name: "codes per address",
    times: 6,
    seconds: 900,
};
/// Codes asked for from one network: a whole school, or a provider that shares one address.
const CODES_PER_NETWORK: Limit = Limit {
    name: "codes per network",
    times: 1_000,
    seconds: 900,
};
/// Tries at one address, whatever codes it was sent.
const TRIES_PER_ADDRESS: Limit = Limit {
    name: "tries per address",
    times: 30,
    seconds: 900,
};

/// Tries from one network, so that guesses at ever new addresses end too.
const TRIES_PER_NETWORK: Limit = Limit {
    name: "tries per network",
    times: 1_000,
    seconds: 900,
};

/// Asks for a sign-in code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskForCode {
    /// Where to send it.
    email: String,
    /// Language of the mail, `sq` or `en`.
    #[serde(default)]
    language: Option<String>,
}

/// Signs in with the code from the mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The address the code went to.
    email: String,
    /// The code: 8 symbols, typed however.
    code: String,
    /// Language of a new account, `sq` or `en`.
    #[serde(default)]
    language: Option<String>,
    /// `cookie` for browsers (default), `bearer` for programs.
    #[serde(default)]
    transport: Transport,
}

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

/// Asks for the next pair of tokens; a browser sends nothing, its cookie is enough.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token of a program.
    refresh_token: Option<String>,
}

/// Changes one's own account; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAccount {
    /// The name others see; empty removes it.
    display_name: Option<String>,
    /// `sq` or `en`.
    language: Option<String>,
    /// Where one lives.
    home: Option<ChangeHome>,
}

/// Where one lives.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeHome {
    /// Slug of the municipality.
    municipality: String,
    /// Slug of the unit.
    unit: Option<String>,
}

impl Input for AskForCode {}
impl Input for SignIn {}
impl Input for Option<Refresh> {}
impl Input for ChangeAccount {}

/// Sends a sign-in code; the answer is the same for known and unknown addresses.
#[utoipa::path(
    operation_id = "send_sign_in_code", tag = "identity", request_body = AskForCode,
    responses(
        (status = 202, body = CodeSent), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[post("/sign-in/codes")]
pub async fn send_sign_in_code(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<AskForCode>,
) -> Result<HttpResponse, Problem> {
    let email = sign_in::parse_email(&body.email)?;
    let language = parse_language(body.language.as_deref())?;
    let now = app.clock().now();
    app.limits()
        .take(CODES_PER_NETWORK, &network(&app, &request), now)?;
    app.limits().take(CODES_PER_ADDRESS, &email, now)?;
    app.write(move |unit| sign_in::send_code(unit, &email, language))
        .await?;
    Ok(HttpResponse::Accepted().json(CodeSent {
        expires_in: CODE_LASTS_SECONDS,
        resend_in: RESEND_AFTER_SECONDS,
    }))
}

/// Signs in with a code.
#[utoipa::path(
    operation_id = "create_session", tag = "identity", request_body = SignIn,
    responses(
        (status = 200, body = SessionView), (status = 401, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[post("/sign-in/sessions")]
pub async fn create_session(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<SignIn>,
) -> Result<HttpResponse, Problem> {
    let email = sign_in::parse_email(&body.email)?;
    let language = parse_language(body.language.as_deref())?;
    let now = app.clock().now();
    app.limits()
        .take(TRIES_PER_NETWORK, &network(&app, &request), now)?;
    app.limits().take(TRIES_PER_ADDRESS, &email, now)?;
    let (body, _) = body.split();
    let outcome = app
        .write(
            move |unit| match sign_in::try_code(unit, &email, &body.code, language)? {
                Outcome::Wrong => Ok(None),
                Outcome::SignedIn(grant) => Ok(Some((own_view(unit, &grant.account)?, grant))),
            },
        )
        .await?;
    let (view, grant) = outcome.ok_or_else(sign_in::wrong)?;
    Ok(granted(&grant, view, body.transport))
}

/// Exchanges the refresh token for the next pair of tokens.
#[utoipa::path(
    operation_id = "refresh_session", tag = "identity", request_body = Option<Refresh>,
    responses((status = 200, body = SessionView), (status = 401, body = ProblemBody)),
)]
#[post("/sessions/refresh")]
pub async fn refresh_session(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<Option<Refresh>>,
) -> Result<HttpResponse, Problem> {
    let (body, _) = body.split();
    let from_body = body.and_then(|body| body.refresh_token);
    let transport = if from_body.is_some() {
        Transport::Bearer
    } else {
        Transport::Cookie
    };
    let token = from_body
        .or_else(|| {
            request
                .cookie(REFRESH_COOKIE)
                .map(|cookie| cookie.value().to_owned())
        })
        .unwrap_or_default();
    let outcome = app
        .write(move |unit| match sessions::refresh(unit, &token)? {
            Refreshed::Refused => Ok(None),
            Refreshed::Granted(grant) => Ok(Some((own_view(unit, &grant.account)?, grant))),
        })
        .await?;
    let Some((view, grant)) = outcome else {
        let mut refusal = actix_web::ResponseError::error_response(&sessions::over());
        forget_cookies(&mut refusal)?;
        return Ok(refusal);
    };
    Ok(granted(&grant, view, transport))
}

/// Signs out here.
#[utoipa::path(
    operation_id = "delete_current_session", tag = "identity",
    responses((status = 204), (status = 401, body = ProblemBody)),
)]
#[delete("/sessions/current")]
pub async fn delete_current_session(
    app: web::Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    app.write(move |unit| store::delete_session(unit, &signed_in.session))
        .await?;
    signed_out()
}

/// Signs out everywhere.
#[utoipa::path(
    operation_id = "delete_sessions", tag = "identity",
    responses((status = 204), (status = 401, body = ProblemBody)),
)]
#[delete("/sessions")]
pub async fn delete_sessions(
    app: web::Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    app.write(move |unit| store::delete_sessions_of(unit, &signed_in.account))
        .await?;
    signed_out()
}

/// One's own account.
#[utoipa::path(
    operation_id = "get_account", tag = "identity",
    responses((status = 200, body = AccountView), (status = 401, body = ProblemBody)),
)]
#[get("/me")]
pub async fn get_account(
    app: web::Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    let view = app
        .read(move |unit| {
            let account = store::get_account(unit, &signed_in.account)?;
            own_view(unit, &account)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Changes one's own account.
#[utoipa::path(
    operation_id = "change_account", tag = "identity", request_body = ChangeAccount,
    responses(
        (status = 200, body = AccountView), (status = 401, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[patch("/me")]
pub async fn change_account(
    app: web::Data<App>,
    signed_in: SignedIn,
    body: Write<ChangeAccount>,
) -> Result<HttpResponse, Problem> {
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    write_once(&app, once, &who, StatusCode::OK, move |unit| {
        let mut account = store::get_account(unit, &signed_in.account)?;
        apply(unit, &mut account, body)?;
        store::set_account(unit, &account)?;
        own_view(unit, &account)
    })
    .await
}

/// Deletes one's own account. What was sent anonymously is not touched: nothing ties it to one.
#[utoipa::path(
    operation_id = "delete_account", tag = "identity",
    responses((status = 204), (status = 401, body = ProblemBody)),
)]
#[delete("/me")]
pub async fn delete_account(
    app: web::Data<App>,
    signed_in: SignedIn,
) -> Result<HttpResponse, Problem> {
    app.write(move |unit| {
        concerns::support::withdraw_all(unit, &signed_in.account)?;
        concerns::store::delete_author(unit, &signed_in.account)?;
        push::store::delete_subscriptions_of(unit, &signed_in.account)?;
        store::delete_account(unit, &signed_in.account)
    })
    .await?;
    signed_out()
}

fn apply(unit: &mut Unit<'_>, account: &mut Account, change: ChangeAccount) -> Result<(), Problem> {
    if let Some(name) = change.display_name {
        account.display_name = match name.trim() {
            "" => None,
            name => Some(super::parse_display_name(name)?),
        };
    }
    if let Some(language) = change.language {
        account.language = parse_language(Some(&language))?.to_owned();
    }
    if let Some(home) = change.home {
        let municipality = places::store::get_municipality(unit, &home.municipality)?;
        if let Some(slug) = &home.unit {
            places::require_unit(unit, &municipality.code, slug, "/home/unit")?;
        }
        account.home_municipality = Some(municipality.code);
        account.home_unit = home.unit;
    }
    Ok(())
}

fn own_view(unit: &mut Unit<'_>, account: &Account) -> Result<AccountView, Problem> {
    let home = match &account.home_municipality {
        Some(code) => Some(places::store::get_municipality_by_code(unit, code)?.slug),
        None => None,
    };
    let seats = councils::own_seats(unit, &account.id)?;
    Ok(AccountView::new(account.clone(), home, seats))
}

fn parse_language(language: Option<&str>) -> Result<&'static str, Problem> {
    match language {
        None | Some("sq") => Ok("sq"),
        Some("en") => Ok("en"),
        Some(_) => Err(Problem::field("/language", "language_unknown", None)),
    }
}

fn granted(grant: &Grant, view: AccountView, transport: Transport) -> HttpResponse {
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

fn signed_out() -> Result<HttpResponse, Problem> {
    let mut answer = HttpResponse::NoContent().finish();
    forget_cookies(&mut answer)?;
    Ok(answer)
}

fn forget_cookies(answer: &mut HttpResponse) -> Result<(), Problem> {
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
