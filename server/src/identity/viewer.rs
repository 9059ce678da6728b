//! Who asks. Every read and write begins with this.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;

use super::{AccountId, SessionId, store, tokens};
use crate::codes::Code;
use crate::platform::app::App;
use crate::platform::problem::Problem;

/// Name of the cookie with the access token.
pub const ACCESS_COOKIE: &str = "__Host-access";

/// Name of the cookie with the refresh token.
pub const REFRESH_COOKIE: &str = "__Host-refresh";

/// Who asks.
#[derive(Clone, Debug)]
pub enum Viewer {
    /// Somebody without an account, or who does not use it.
    Visitor,
    /// Somebody signed in.
    Account(SignedIn),
}

/// Somebody signed in, in a session that is not over.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// The session.
    pub session: SessionId,
}

impl Viewer {
    /// The account, where there is one.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Visitor => None,
            Self::Account(signed_in) => Some(&signed_in.account),
        }
    }

    /// Who is signed in, where somebody is.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        match self {
            Self::Visitor => None,
            Self::Account(signed_in) => Some(signed_in),
        }
    }

    /// The account's id, or nothing: what keeps idempotency keys of different people apart.
    pub fn scope(&self) -> &str {
        self.account().map_or("", AccountId::as_str)
    }
}

impl FromRequest for Viewer {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let token = token_of(request);
        let app = request.app_data::<web::Data<App>>().cloned();
        let refreshable = request.cookie(REFRESH_COOKIE).is_some();
        Box::pin(async move {
            let over = || Problem::new(Code::SessionExpired);
            let (Some(token), Some(app)) = (token, app) else {
                // A browser drops the short cookie by itself: whoever still has the long one is
                // signed in, and must not be taken for a visitor.
                return if refreshable {
                    Err(over())
                } else {
                    Ok(Self::Visitor)
                };
            };
            let (account, session) =
                tokens::read(app.keys(), &token, app.clock().now()).ok_or_else(over)?;
            let asked = session.clone();
            let owner = app
                .read(move |unit| store::find_session_owner(unit, &asked))
                .await?;
            if owner.as_ref() != Some(&account) {
                return Err(over());
            }
            Ok(Self::Account(SignedIn { account, session }))
        })
    }
}

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let viewer = Viewer::from_request(request, payload);
        Box::pin(async move {
            match viewer.await? {
                Viewer::Account(signed_in) => Ok(signed_in),
                Viewer::Visitor => Err(Problem::new(Code::SignInNeeded)),
            }
        })
    }
}

fn token_of(request: &HttpRequest) -> Option<String> {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    bearer.or_else(|| {
        request
            .cookie(ACCESS_COOKIE)
            .map(|cookie| cookie.value().to_owned())
    })
}
