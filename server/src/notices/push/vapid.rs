//! Who sends: this server's name for push services, signed (RFC 8292, VAPID).

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderValue;
use serde_json::json;

use crate::codes::Code;
use crate::platform::chance::Chance;
use crate::platform::config::Config;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;

/// How long a token is good for; RFC 8292 allows 24 hours.
const GOOD_FOR: TimeDelta = TimeDelta::hours(12);
/// A token with less than this left is signed anew.
const RENEWED_BEFORE: TimeDelta = TimeDelta::hours(6);

/// Signs this server's name.
pub struct Vapid {
    pair: EcdsaKeyPair,
    public: String,
    contact: String,
}

/// A signed name, good for one push service.
#[derive(Clone, Debug)]
pub struct Token {
    /// The value of the `Authorization` header, shared by all messages.
    pub header: HeaderValue,
    expires: DateTime<Utc>,
}

impl Token {
    /// Whether it can be used for a while yet; a clock that was set back makes it useless too.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        let left = self.expires - now;
        left > RENEWED_BEFORE && left <= GOOD_FOR
    }
}

impl Vapid {
    /// With the installation's key.
    ///
    /// # Errors
    /// `internal` when the key cannot be read.
    pub fn new(keys: &Keys, config: &Config) -> Result<Self, Problem> {
        Ok(Self {
            pair: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, keys.vapid())
                .map_err(failed)?,
            public: public_key(keys)?,
            contact: contact(config),
        })
    }

    /// Signs a token for the push service at `origin` (with its port).
    ///
    /// # Errors
    /// `internal` when signing fails.
    pub fn sign(&self, origin: &str, now: DateTime<Utc>) -> Result<Token, Problem> {
        let expires = now + GOOD_FOR;
        let head = json!({"typ": "JWT", "alg": "ES256"});
        let claims = json!({"aud": origin, "exp": expires.timestamp(), "sub": self.contact});
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(head), part(claims));
        let signature = self
            .pair
            .sign(&Chance.source(), signed.as_bytes())
            .map_err(failed)?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        let header = format!("vapid t={signed}.{signature}, k={}", self.public);
        Ok(Token {
            header: HeaderValue::try_from(header).map_err(failed)?,
            expires,
        })
    }
}

/// The key browsers subscribe with: an uncompressed P-256 point in base64url.
///
/// # Errors
/// `internal` when the key cannot be read.
pub fn public_key(keys: &Keys) -> Result<String, Problem> {
    keys.vapid_public()
        .map(|point| URL_SAFE_NO_PAD.encode(point))
        .ok_or_else(|| failed("vapid key"))
}

/// Whom a push service may write to: the public address, else the sender of our letters.
fn contact(config: &Config) -> String {
    match &config.public_url {
        Some(url) if url.starts_with("https://") => url.trim_end_matches('/').to_owned(),
        _ => {
            let mailbox: Option<lettre::message::Mailbox> = config.mail_from.parse().ok();
            let address = mailbox.map_or_else(String::new, |mailbox| mailbox.email.to_string());
            format!("mailto:{address}")
        }
    }
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
