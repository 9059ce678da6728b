//! What a push says is encrypted for the browser alone (RFC 8291 in aes128gcm, RFC 8188). The
//! crate `ece` knows the format, AWS-LC does the arithmetic: 3 times faster than its OpenSSL.

use std::any::Any;
use std::sync::Once;

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, ParsedPublicKey, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::encoding::{AsBigEndian, EcPrivateKeyBin};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use ece::crypto::{Cryptographer, EcKeyComponents, LocalKeyPair, RemotePublicKey};

use crate::codes::Code;
use crate::platform::chance::Chance;
use crate::platform::problem::Problem;

/// Bytes of a P-256 point in its uncompressed form.
const POINT: usize = 65;
/// Bytes of a browser's authentication secret (RFC 8291, section 3.2).
const AUTH: usize = 16;

/// The keys a browser gave for its subscription (RFC 8291, section 2).
#[derive(Clone, Debug)]
pub struct BrowserKeys {
    point: Vec<u8>,
    auth: Vec<u8>,
}

impl BrowserKeys {
    /// Keys of the right length.
    pub fn new(point: Vec<u8>, auth: Vec<u8>) -> Option<Self> {
        (point.len() == POINT && auth.len() == AUTH).then_some(Self { point, auth })
    }

    /// Whether the first is a point on the curve; encrypting checks that too.
    pub fn is_on_curve(&self) -> bool {
        ParsedPublicKey::try_from(UnparsedPublicKey::new(&ECDH_P256, &self.point)).is_ok()
    }

    /// Encrypts a message that only this browser can read.
    ///
    /// # Errors
    /// `internal` when the arithmetic fails.
    pub fn encrypt(&self, message: &[u8]) -> Result<Vec<u8>, Problem> {
        static BACKEND: Once = Once::new();
        // Nobody else sets one in this process, and a second one would do the same.
        BACKEND.call_once(|| drop(ece::crypto::set_cryptographer(&AwsLc)));
        ece::encrypt(&self.point, &self.auth, message)
            .map_err(|cause| Problem::caused(Code::Internal, cause))
    }
}

/// The arithmetic behind `ece`, by AWS-LC.
#[derive(Debug)]
pub struct AwsLc;

/// A key pair with its public point, which is asked for twice.
struct Pair {
    private: PrivateKey,
    public: Vec<u8>,
}
struct Point(Vec<u8>);

fn failed(_: impl std::fmt::Display) -> ece::Error {
    ece::Error::CryptoError
}

impl RemotePublicKey for Point {
    fn as_raw(&self) -> ece::Result<Vec<u8>> {
        Ok(self.0.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Pair {
    fn boxed(private: PrivateKey) -> ece::Result<Box<dyn LocalKeyPair>> {
        let public = private.compute_public_key().map_err(failed)?;
        let public = public.as_ref().to_vec();
        Ok(Box::new(Self { private, public }))
    }
}

impl LocalKeyPair for Pair {
    fn pub_as_raw(&self) -> ece::Result<Vec<u8>> {
        Ok(self.public.clone())
    }

    fn raw_components(&self) -> ece::Result<EcKeyComponents> {
        let private: EcPrivateKeyBin<'_> = self.private.as_be_bytes().map_err(failed)?;
        let private = private.as_ref().to_vec();
        Ok(EcKeyComponents::new(private, self.pub_as_raw()?))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

impl Cryptographer for AwsLc {
    fn generate_ephemeral_keypair(&self) -> ece::Result<Box<dyn LocalKeyPair>> {
        Pair::boxed(Chance.exchange_key().map_err(failed)?)
    }

    fn import_key_pair(&self, parts: &EcKeyComponents) -> ece::Result<Box<dyn LocalKeyPair>> {
        Pair::boxed(PrivateKey::from_private_key(&ECDH_P256, parts.private_key()).map_err(failed)?)
    }

    fn import_public_key(&self, raw: &[u8]) -> ece::Result<Box<dyn RemotePublicKey>> {
        Ok(Box::new(Point(raw.to_vec())))
    }

    fn compute_ecdh_secret(
        &self,
        remote: &dyn RemotePublicKey,
        local: &dyn LocalKeyPair,
    ) -> ece::Result<Vec<u8>> {
        let pair: Option<&Pair> = local.as_any().downcast_ref();
        let pair = pair.ok_or(ece::Error::CryptoError)?;
        let point = UnparsedPublicKey::new(&ECDH_P256, remote.as_raw()?);
        agree(&pair.private, point, ece::Error::CryptoError, |secret| {
            Ok(secret.to_vec())
        })
    }

    fn hkdf_sha256(
        &self,
        salt: &[u8],
        secret: &[u8],
        info: &[u8],
        len: usize,
    ) -> ece::Result<Vec<u8>> {
        let mut out = vec![0; len];
        Salt::new(HKDF_SHA256, salt)
            .extract(secret)
            .expand(&[info], Length(len))
            .and_then(|okm| okm.fill(&mut out))
            .map_err(failed)?;
        Ok(out)
    }

    fn aes_gcm_128_encrypt(&self, key: &[u8], iv: &[u8], data: &[u8]) -> ece::Result<Vec<u8>> {
        let mut bytes = data.to_vec();
        aes_key(key)?
            .seal_in_place_append_tag(nonce(iv)?, Aad::empty(), &mut bytes)
            .map_err(failed)?;
        Ok(bytes)
    }

    fn aes_gcm_128_decrypt(
        &self,
        key: &[u8],
        iv: &[u8],
        ciphertext_and_tag: &[u8],
    ) -> ece::Result<Vec<u8>> {
        let mut bytes = ciphertext_and_tag.to_vec();
        let plain = aes_key(key)?
            .open_in_place(nonce(iv)?, Aad::empty(), &mut bytes)
            .map_err(failed)?;
        Ok(plain.to_vec())
    }

    fn random_bytes(&self, dest: &mut [u8]) -> ece::Result<()> {
        for chunk in dest.chunks_mut(AUTH) {
            let random: [u8; AUTH] = Chance.bytes().map_err(failed)?;
            chunk
                .iter_mut()
                .zip(random)
                .for_each(|(to, from)| *to = from);
        }
        Ok(())
    }
}

fn aes_key(key: &[u8]) -> ece::Result<LessSafeKey> {
    UnboundKey::new(&AES_128_GCM, key)
        .map(LessSafeKey::new)
        .map_err(failed)
}

fn nonce(iv: &[u8]) -> ece::Result<Nonce> {
    Nonce::try_assume_unique_for_key(iv).map_err(failed)
}
