//! What a server asks an issuer, and what it is answered: JSON between processes, no public API.

use ballot::{Bytes, Jwk, MODULUS};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::platform::write::Input;

/// A blinded message or its signature.
pub type Blinded = Bytes<MODULUS>;

/// Asks for the key of a vote; asked again, for the same key and a later end.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AskKey {
    /// The consultation.
    pub consultation: String,
    /// Tokens of one resident.
    pub tokens: u32,
    /// When issuing ends.
    pub issuing_until: DateTime<Utc>,
}

/// The public side of an issuer in one vote.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSide {
    /// Its RSA key for this vote.
    pub key: Jwk,
    /// Its Ed25519 key, the same in every vote.
    pub identity: Bytes<32>,
    /// What it will reveal, hashed.
    pub commitment: Bytes<32>,
}

/// Asks for signatures on blinded messages.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AskSignatures {
    /// The consultation.
    pub consultation: String,
    /// For whom, under a name that means nothing elsewhere.
    pub voter: String,
    /// One for each token.
    pub blinded: Vec<Blinded>,
}

/// Asks to close issuing and to put a name to the announcement, or to reveal once that is done.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AskAbout {
    /// The consultation.
    pub consultation: String,
    /// The hash over everything fixed before anybody casts.
    pub announcement: Bytes<32>,
}

impl Input for AskKey {}
impl Input for AskSignatures {}
impl Input for AskAbout {}
