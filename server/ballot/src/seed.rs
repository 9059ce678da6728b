//! The voter's side: a seed on the device, and everything that follows from it.
//!
//! Nothing but the 32 bytes of the seed is kept: tokens, salts and blinding factors are derived
//! anew each time, so the same seed on another phone asks for the same signatures.

use crate::bytes::{Bytes, ConsultationId};
use crate::item::{Item, Vote};
use crate::key::{IssuerPublicKey, MODULUS};
use crate::pss::{self, SALT};
use crate::right::{self, Right};
use core::fmt;
use crypto_bigint::BoxedUint;
use ed25519_dalek::{Signer as _, SigningKey};
use hkdf::Hkdf;
use sha2::Sha256;
use thiserror::Error;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

/// 32 random bytes from which all of a person's tokens follow. Whoever has it can vote as them.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Seed([u8; 32]);

/// Why a signature could not be had from what an issuer sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TokenRefusal {
    /// No usable blinding factor in 256 tries: the key is made to prevent it.
    #[error("the issuer's key cannot be used to blind a message")]
    KeyCannotBlind,
    /// After unblinding, the issuer's public key does not verify the signature.
    #[error("the issuer's signature does not fit its published key")]
    WrongSignature,
}

impl Seed {
    /// From 32 bytes of a good random source.
    #[must_use]
    pub const fn from_entropy(entropy: [u8; 32]) -> Self {
        Self(entropy)
    }

    /// The bytes, to be kept on the device.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The token `index` (from 0) of this seed in one consultation.
    #[must_use]
    pub fn token(&self, consultation: ConsultationId, index: u16) -> Token {
        let mut token = Token {
            secret: SigningKey::from_bytes(&[0; 32]),
            source: Hkdf::new(Some(&consultation.0), &self.0),
            consultation,
            index,
        };
        let mut secret = Zeroizing::new([0_u8; 32]);
        token.expand("trekendesh token secret 1", &[], secret.as_mut());
        token.secret = SigningKey::from_bytes(&secret);
        token
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

/// One right to cast one item. Its public key is what issuers sign without seeing it.
pub struct Token {
    secret: SigningKey,
    source: Hkdf<Sha256>,
    consultation: ConsultationId,
    index: u16,
}

impl Token {
    /// The public key: the token as it will stand in the box.
    #[must_use]
    pub fn public(&self) -> Bytes<32> {
        Bytes(self.secret.verifying_key().to_bytes())
    }

    /// The blinded message to send to this issuer: always the same for the same seed and key.
    ///
    /// # Errors
    /// [`TokenRefusal::KeyCannotBlind`].
    pub fn blind(&self, key: &IssuerPublicKey) -> Result<[u8; MODULUS], TokenRefusal> {
        let mut salt = Zeroizing::new([0_u8; SALT]);
        let owner = key.fingerprint();
        self.expand("trekendesh pss salt 1", &[&owner.0], salt.as_mut());
        let message = token_message(self.consultation, self.public());
        pss::blind(&key.key, &message, &salt, &*self.factor(key)?)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(TokenRefusal::KeyCannotBlind)
    }

    /// The issuer's signature on the token, out of its answer to [`Token::blind`]; verified.
    ///
    /// # Errors
    /// [`TokenRefusal::WrongSignature`] when the answer is not the issuer's signature.
    pub fn finalize(
        &self,
        key: &IssuerPublicKey,
        blind_signature: &[u8; MODULUS],
    ) -> Result<Bytes<MODULUS>, TokenRefusal> {
        let signature: [u8; MODULUS] = pss::unblind(&key.key, blind_signature, &*self.factor(key)?)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(TokenRefusal::WrongSignature)?;
        let message = token_message(self.consultation, self.public());
        if key.verifies(&message, &signature) {
            Ok(Bytes(signature))
        } else {
            Err(TokenRefusal::WrongSignature)
        }
    }

    /// An item to cast: the vote, the issuers' signatures in their published order (an empty
    /// slot for one that is missing), signed by the token.
    #[must_use]
    pub fn cast(&self, vote: Vote, signatures: Vec<Option<Bytes<MODULUS>>>) -> Item {
        let token = self.public();
        let message = vote.message(self.consultation, token);
        Item {
            token,
            index: vote.index,
            value: vote.value,
            sequence: vote.sequence,
            signatures,
            signature: Bytes(self.secret.sign(&message).to_bytes()),
        }
    }

    /// Shows that whoever holds the token may answer in a survey, in this place of it.
    #[must_use]
    pub fn show(&self, place: &str, signatures: Vec<Option<Bytes<MODULUS>>>) -> Right {
        let token = self.public();
        let message = right::message(self.consultation, token, place);
        Right {
            token,
            signatures,
            signature: Bytes(self.secret.sign(&message).to_bytes()),
        }
    }

    /// Signs any bytes with the token, which no device ever does.
    #[cfg(test)]
    pub(crate) fn sign_anything(&self, message: &[u8]) -> Bytes<64> {
        Bytes(self.secret.sign(message).to_bytes())
    }

    /// The blinding factor for one issuer: 128 bits more than the modulus, reduced; drawn again
    /// with the next counter while it cannot blind.
    fn factor(&self, key: &IssuerPublicKey) -> Result<Zeroizing<BoxedUint>, TokenRefusal> {
        let owner = key.fingerprint();
        let mut wide = Zeroizing::new([0_u8; MODULUS + 16]);
        for counter in 0..=u8::MAX {
            let parts: &[&[u8]] = &[&owner.0, &[counter]];
            self.expand("trekendesh blinding 1", parts, wide.as_mut());
            if let Some(r) = pss::blinding_factor(&key.key, wide.as_ref()) {
                return Ok(r);
            }
        }
        Err(TokenRefusal::KeyCannotBlind)
    }

    /// HKDF-Expand with the info `label || 0x00 || index || parts`.
    fn expand(&self, label: &str, parts: &[&[u8]], into: &mut [u8]) {
        let index = self.index.to_be_bytes();
        let info = crate::hash::message(label, &[&index, &parts.concat()]);
        // Fails only above 8160 bytes; then nothing may look like a secret.
        if self.source.expand(&info, into).is_err() {
            into.zeroize();
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.public())
    }
}

/// What issuers sign: it names the consultation and the token, and nothing of a person.
#[must_use]
pub fn token_message(consultation: ConsultationId, token: Bytes<32>) -> Vec<u8> {
    crate::hash::message("trekendesh token 1", &[&consultation.0, &token.0])
}
