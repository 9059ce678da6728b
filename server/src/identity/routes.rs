//! Signing in and out, and one's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use domain::sign_in::{CODE_LASTS_SECONDS, RESEND_AFTER_SECONDS};
use serde::Deserialize;
use utoipa::ToSchema;

use super::cookies::{Transport, forget_cookies, granted, signed_out};
use super::sessions::{self, Refreshed};
use super::sign_in::{self, Outcome};
use super::store::{self, Account};
use super::viewer::{REFRESH_COOKIE, SignedIn};
use super::views::{AccountView, CodeSent, SessionView};
use crate::concerns;
use crate::councils;
use crate::eligibility;
use crate::meetings;
use crate::notices::push;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::limits::Limit;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};
use crate::questions;

/// Codes asked for from one network: a whole school, or a provider that shares one address.
const CODES_PER_NETWORK: Limit = Limit {
    name: "codes per network",
    times: 1_000,
    seconds: 900,
};
/// Codes asked for one address from one network: what others do elsewhere does not count here.
const CODES_PER_ADDRESS: Limit = Limit {
    name: "codes per address and network",
    times: 10,
    seconds: 900,
};
/// Codes tried from one network without a ticket that could succeed. Whoever holds one is counted
/// by it alone.
const BLIND_TRIES: Limit = Limit {
    name: "tries without a ticket",
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
    /// What this device got when it asked for the code.
    ticket: String,
    /// The code: 8 symbols, typed however.
    code: String,
    /// Language of a new account, `sq` or `en`.
    #[serde(default)]
    language: Option<String>,
    /// `cookie` for browsers (default), `bearer` for programs.
    #[serde(default)]
    transport: Transport,
}

/// Asks for the next pair of tokens; a browser sends nothing, its cookie is enough.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token of a program.
    refresh_token: Option<String>,
}

/// Changes one's own account; what is absent stays.
#[derive(Clone, Deserialize, ToSchema)]
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
#[derive(Clone, Deserialize, ToSchema)]
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
    let network = network(&app, &request);
    app.take(CODES_PER_NETWORK, &network).await?;
    let both = format!("{email} {network}");
    app.take(CODES_PER_ADDRESS, &both).await?;
    let ticket = app
        .write(move |unit| sign_in::ask(unit, &email, language))
        .await?;
    Ok(HttpResponse::Accepted().json(CodeSent {
        ticket,
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
    let (body, _) = body.split();
    let (asked, ticket) = (email.clone(), body.ticket.clone());
    let can_succeed = app
        .read(move |unit| sign_in::holds_good_ticket(unit, &asked, &ticket))
        .await?;
    if !can_succeed {
        app.take(BLIND_TRIES, &network(&app, &request)).await?;
        return Err(sign_in::wrong());
    }
    let outcome = app
        .write(move |unit| {
            let (ticket, code) = (&body.ticket, &body.code);
            match sign_in::try_code(unit, &email, ticket, code, language)? {
                Outcome::Wrong => Ok(None),
                Outcome::SignedIn(grant) => Ok(Some((own_view(unit, &grant.account)?, grant))),
            }
        })
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
    write_once(
        &app,
        once,
        &who,
        StatusCode::OK,
        move |unit| store::get_account(unit, &signed_in.account),
        move |unit, mut account| {
            apply(unit, &mut account, body)?;
            store::set_account(unit, &account)?;
            own_view(unit, &account)
        },
    )
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
        meetings::residents::give_back_all(unit, &signed_in.account)?;
        concerns::support::withdraw_all(unit, &signed_in.account)?;
        concerns::store::delete_author(unit, &signed_in.account)?;
        questions::support::withdraw_all(unit, &signed_in.account)?;
        questions::store::delete_author(unit, &signed_in.account)?;
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
    let verifications = eligibility::routes::own(unit, &account.id)?;
    Ok(AccountView::new(
        account.clone(),
        home,
        seats,
        verifications,
    ))
}

fn parse_language(language: Option<&str>) -> Result<&'static str, Problem> {
    match language {
        None | Some("sq") => Ok("sq"),
        Some("en") => Ok("en"),
        Some(_) => Err(Problem::field("/language", "language_unknown", None)),
    }
}
