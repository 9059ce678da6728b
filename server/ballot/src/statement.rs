//! What an institution puts its name to after issuing, with a key that sees what it signs.

use crate::bytes::{Bytes, ConsultationId};
use crate::item::verified;
use core::fmt;
use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};

/// How many accounts were given how many tokens, signed by the institution's identity.
///
/// Signed after issuing closed and before any reveal: from then on the announcement is fixed,
/// and nobody could yet foresee which concern a token will rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Verified residents who were given tokens.
    pub accounts: u32,
    /// Tokens signed.
    pub tokens: u32,
    /// Ed25519 by the institution's identity.
    pub signature: Bytes<64>,
}

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementScope {
    /// The consultation.
    pub consultation: ConsultationId,
    /// [`crate::IssuerPublicKey::fingerprint`] of the issuer's key.
    pub key: Bytes<32>,
    /// The issuer's commitment.
    pub commitment: Bytes<32>,
    /// [`crate::BallotBox::announcement`].
    pub announcement: Bytes<32>,
}

impl StatementScope {
    fn message(&self, accounts: u32, tokens: u32) -> Vec<u8> {
        crate::hash::message(
            "trekendesh statement 1",
            &[
                &self.consultation.0,
                &accounts.to_be_bytes(),
                &tokens.to_be_bytes(),
                &self.key.0,
                &self.commitment.0,
                &self.announcement.0,
            ],
        )
    }

    /// Whether the institution with this identity made this statement about this.
    #[must_use]
    pub fn is_stated(&self, identity: Bytes<32>, statement: &Statement) -> bool {
        let message = self.message(statement.accounts, statement.tokens);
        verified(identity, &message, statement.signature)
    }
}

/// An institution's own signing key. It never signs blindly. Wiped from memory when dropped.
pub struct IssuerIdentity(SigningKey);

impl IssuerIdentity {
    /// From 32 secret bytes of a good random source.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    /// The half to publish.
    #[must_use]
    pub fn public(&self) -> Bytes<32> {
        Bytes(self.0.verifying_key().to_bytes())
    }

    /// States how many accounts were given how many tokens.
    #[must_use]
    pub fn state(&self, scope: &StatementScope, accounts: u32, tokens: u32) -> Statement {
        let message = scope.message(accounts, tokens);
        Statement {
            accounts,
            tokens,
            signature: Bytes(self.0.sign(&message).to_bytes()),
        }
    }
}

impl fmt::Debug for IssuerIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerIdentity({})", self.public())
    }
}
