//! An issuer's RSA key: made for one consultation, used once, published as a JWK.

use crate::bytes::{Bytes, from_base64url, to_base64url};
use crate::hash::labelled;
use core::fmt;
use crypto_bigint::{BoxedUint, Resize as _};
use rand_core::CryptoRng;
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use rsa::signature::Verifier as _;
use rsa::traits::PublicKeyParts as _;
use rsa::{PrivateKey, PublicKey, hazmat::rsa_decrypt_and_check, pss};
use serde::{Deserialize, Serialize};
use sha2::Sha384;
use thiserror::Error;
use zeroize::Zeroizing;

/// Bytes of the modulus, of a blinded message and of a signature: RSA-2048.
pub const MODULUS: usize = 256;
const BITS: u32 = 2048;
const EXPONENT: u32 = 65537;

/// Why something is not an issuer's key, or cannot be signed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyRefusal {
    /// Not an RSA key that could be read.
    #[error("this is not an RSA key")]
    Unreadable,
    /// The modulus does not have exactly 2048 bits, or is even.
    #[error("the modulus is not an odd number of 2048 bits")]
    Modulus,
    /// Another public exponent than 65537.
    #[error("the public exponent is not 65537")]
    Exponent,
    /// The blinded message is not below the modulus, or zero.
    #[error("the blinded message does not belong to this key")]
    BlindedMessage,
    /// The key could not be made or used: no randomness, or a fault while computing.
    #[error("the operation with the private key failed")]
    Failed,
}

/// The public half of an issuer's key, as JWK. Invariant: odd, exactly 2048 bits, e = 65537.
///
/// Why the exponent is pinned: an issuer who picks `e` with `e | phi(n)` maps all blinded
/// messages with the same `e`-th residue class together and could sort people by it. With one
/// big prime for everyone, such a key could sign one message in 65537, and is noticed at once.
#[derive(Clone)]
pub struct IssuerPublicKey {
    pub(crate) key: PublicKey,
    verifying: pss::VerifyingKey<Sha384>,
    modulus: [u8; MODULUS],
}

/// An RSA public key as published: `{"kty": "RSA", "n": …, "e": "AQAB"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwk {
    /// Always `RSA`.
    pub kty: String,
    /// The modulus, base64url.
    pub n: String,
    /// The exponent, base64url.
    pub e: String,
}

impl IssuerPublicKey {
    /// Reads a published key.
    ///
    /// # Errors
    /// [`KeyRefusal`] for everything but an odd modulus of exactly 2048 bits with e = 65537.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, KeyRefusal> {
        if jwk.kty != "RSA" {
            return Err(KeyRefusal::Unreadable);
        }
        if from_base64url(&jwk.e).ok_or(KeyRefusal::Unreadable)? != [1, 0, 1] {
            return Err(KeyRefusal::Exponent);
        }
        let n = from_base64url(&jwk.n).ok_or(KeyRefusal::Unreadable)?;
        Self::from_modulus(&n.try_into().map_err(|_unfit| KeyRefusal::Modulus)?)
    }

    /// The key with this modulus and the one exponent.
    ///
    /// # Errors
    /// [`KeyRefusal::Modulus`] when it is even or its highest bit is not set.
    pub fn from_modulus(modulus: &[u8; MODULUS]) -> Result<Self, KeyRefusal> {
        let n = BoxedUint::from_be_slice(modulus, BITS).map_err(|_unfit| KeyRefusal::Modulus)?;
        if n.bit_width_vartime() != BITS {
            return Err(KeyRefusal::Modulus);
        }
        // Refuses an even modulus too.
        let key =
            PublicKey::new(n, BoxedUint::from(EXPONENT)).map_err(|_unfit| KeyRefusal::Modulus)?;
        Ok(Self {
            verifying: pss::VerifyingKey::new(key.clone()),
            key,
            modulus: *modulus,
        })
    }

    /// As it is published.
    #[must_use]
    pub fn to_jwk(&self) -> Jwk {
        Jwk {
            kty: "RSA".to_owned(),
            n: to_base64url(&self.modulus),
            e: "AQAB".to_owned(),
        }
    }

    /// The modulus, 256 bytes, most significant first.
    #[must_use]
    pub const fn modulus(&self) -> &[u8; MODULUS] {
        &self.modulus
    }

    /// SHA-256 of the modulus with its label: what people compare, and what statements sign.
    #[must_use]
    pub fn fingerprint(&self) -> Bytes<32> {
        Bytes(labelled("trekendesh issuer key 1", &[&self.modulus]))
    }

    /// Whether the issuer signed this message: RSASSA-PSS, SHA-384, 48 bytes of salt.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; MODULUS]) -> bool {
        pss::Signature::try_from(signature.as_slice())
            .is_ok_and(|signature| self.verifying.verify(message, &signature).is_ok())
    }
}

impl PartialEq for IssuerPublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.modulus == other.modulus
    }
}

impl Eq for IssuerPublicKey {}

impl fmt::Debug for IssuerPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerPublicKey({})", self.fingerprint())
    }
}

/// An issuer's private key for one consultation. It signs what it cannot see, so nothing else
/// may ever be signed with it. Wiped from memory when dropped.
pub struct IssuerKey {
    private: PrivateKey,
    public: IssuerPublicKey,
}

impl IssuerKey {
    /// A fresh key.
    ///
    /// # Errors
    /// [`KeyRefusal::Failed`] when `rng` gives nothing that leads to a key.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Result<Self, KeyRefusal> {
        let private = PrivateKey::new(rng, MODULUS * 8).map_err(|_unfit| KeyRefusal::Failed)?;
        Self::from_private(private)
    }

    /// Reads a key from PKCS#8 (DER).
    ///
    /// # Errors
    /// [`KeyRefusal`] when it is not a private RSA-2048 key with e = 65537 whose parts belong
    /// together.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyRefusal> {
        let private = PrivateKey::from_pkcs8_der(der).map_err(|_unfit| KeyRefusal::Unreadable)?;
        private
            .validate()
            .map_err(|_unfit| KeyRefusal::Unreadable)?;
        Self::from_private(private)
    }

    /// The key as PKCS#8 (DER), to be kept encrypted by the caller; the copy wipes itself.
    ///
    /// # Errors
    /// [`KeyRefusal::Failed`] when it cannot be encoded.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyRefusal> {
        let document = self
            .private
            .to_pkcs8_der()
            .map_err(|_unfit| KeyRefusal::Failed)?;
        Ok(Zeroizing::new(document.as_bytes().to_vec()))
    }

    /// The key itself, for tests that forge.
    #[cfg(test)]
    pub(crate) const fn private(&self) -> &PrivateKey {
        &self.private
    }

    fn from_private(private: PrivateKey) -> Result<Self, KeyRefusal> {
        if private.e() != &BoxedUint::from(EXPONENT) {
            return Err(KeyRefusal::Exponent);
        }
        let modulus = private.n_bytes().into_vec();
        let modulus = modulus.try_into().map_err(|_unfit| KeyRefusal::Modulus)?;
        let public = IssuerPublicKey::from_modulus(&modulus)?;
        Ok(Self { private, public })
    }

    /// The half to publish.
    #[must_use]
    pub const fn public(&self) -> &IssuerPublicKey {
        &self.public
    }

    /// Signs a blinded message without seeing it. `rng` blinds the computation against timing
    /// and the result is checked before it leaves, so that a fault cannot give the key away.
    ///
    /// # Errors
    /// [`KeyRefusal::BlindedMessage`] when it is zero or not below the modulus;
    /// [`KeyRefusal::Failed`] when the computation fails.
    pub fn blind_sign<R: CryptoRng + ?Sized>(
        &self,
        rng: &mut R,
        blinded: &[u8; MODULUS],
    ) -> Result<[u8; MODULUS], KeyRefusal> {
        let number =
            BoxedUint::from_be_slice(blinded, BITS).map_err(|_unfit| KeyRefusal::BlindedMessage)?;
        if number.is_zero().into() || number >= self.private.n().as_ref() {
            return Err(KeyRefusal::BlindedMessage);
        }
        let signed = rsa_decrypt_and_check(&self.private, Some(rng), &number)
            .map_err(|_unfit| KeyRefusal::Failed)?
            .resize_unchecked(BITS);
        signed
            .to_be_bytes()
            .into_vec()
            .try_into()
            .map_err(|_unfit| KeyRefusal::Failed)
    }
}

impl fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerKey({})", self.public.fingerprint())
    }
}
