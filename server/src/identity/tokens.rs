//! Access tokens: JSON Web Tokens signed with Ed25519 (RFC 8037), good for a quarter of an hour.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::{AccountId, SessionId};
use crate::codes::Code;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;

/// How long an access token is good for.
pub const ACCESS_LIFE: TimeDelta = TimeDelta::minutes(15);

const ISSUER: &str = "trekendesh";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    sub: String,
    sid: String,
    iat: i64,
    exp: i64,
}

/// Signs an access token.
///
/// # Errors
/// `internal` when signing fails.
pub fn sign(
    keys: &Keys,
    account: &AccountId,
    session: &SessionId,
    now: DateTime<Utc>,
) -> Result<String, Problem> {
    let claims = Claims {
        iss: ISSUER.to_owned(),
        sub: account.to_string(),
        sid: session.to_string(),
        iat: now.timestamp(),
        exp: (now + ACCESS_LIFE).timestamp(),
    };
    jsonwebtoken::encode(
        &Header::new(Algorithm::EdDSA),
        &claims,
        &EncodingKey::from_ed_der(keys.session()),
    )
    .map_err(|cause| Problem::caused(Code::Internal, cause))
}

/// Reads an access token; `None` for everything that is not ours and of now.
pub fn read(keys: &Keys, token: &str, now: DateTime<Utc>) -> Option<(AccountId, SessionId)> {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    // The time is checked below, against our own clock.
    validation.validate_exp = false;
    let key = DecodingKey::from_ed_der(&keys.session_public()?);
    let read = jsonwebtoken::decode::<Claims>(token, &key, &validation).ok()?;
    // There is one key. A token that names another, or says anything else in its head, is not ours.
    if read.header != Header::new(Algorithm::EdDSA) {
        return None;
    }
    let claims = read.claims;
    let now = now.timestamp();
    if claims.exp <= now || claims.iat > now + 60 {
        return None;
    }
    Some((claims.sub.parse().ok()?, claims.sid.parse().ok()?))
}
