//! The secrets of one installation. They lie beside the database, never in it: whoever steals
//! the database alone can open no receipt, forge no session and send no push.

use std::path::{Path, PathBuf};
use std::{fs, io};

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hmac;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
};

use super::chance::Chance;
use super::files;
use super::problem::Problem;
use crate::codes::Code;

/// How the key of a municipality's roll is called, before its slug.
const ROLL: &str = "roll-";

/// The secrets of one installation.
pub struct Keys {
    folder: PathBuf,
    pepper: hmac::Key,
    seal: RandomizedNonceKey,
    session: Vec<u8>,
    vapid: Vec<u8>,
}

impl Keys {
    /// The files they lie in: the pepper, the key of sessions, the key of pushes.
    pub const FILES: [&str; 3] = ["pepper", "session.pk8", "vapid.pk8"];

    /// Reads the keys in `folder`, making those that are missing.
    ///
    /// # Errors
    /// `internal` when the folder cannot be read or written.
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        files::make_folder(folder).map_err(failed)?;
        let [pepper, session, vapid] = Self::FILES.map(|name| folder.join(name));
        let pepper = keep(&pepper, || Ok(Chance.bytes::<32>()?.to_vec()))?;
        if pepper.len() != 32 {
            return Err(failed(
                "keys/pepper is damaged: put the one of the backup in its place",
            ));
        }
        let pepper = hmac::Key::new(hmac::HMAC_SHA256, &pepper);
        let seal = hmac::sign(&pepper, b"seal");
        Ok(Self {
            folder: folder.to_owned(),
            seal: RandomizedNonceKey::new(&AES_256_GCM, seal.as_ref()).map_err(failed)?,
            pepper,
            session: keep(&session, || {
                Ed25519KeyPair::generate_pkcs8(&Chance.source())
                    .map(|document| document.as_ref().to_vec())
                    .map_err(failed)
            })?,
            vapid: keep(&vapid, || {
                EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &Chance.source())
                    .map(|document| document.as_ref().to_vec())
                    .map_err(failed)
            })?,
        })
    }

    /// Reads the keys in `folder`, making none.
    ///
    /// # Errors
    /// `internal` when one is missing or cannot be read.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        match Self::FILES.iter().find(|name| !folder.join(name).exists()) {
            None => Self::open(folder),
            Some(name) => Err(failed(format!(
                "there is no {name} in {}",
                folder.display()
            ))),
        }
    }

    /// Where the key of a municipality's roll is put, by its slug.
    pub fn roll_file(&self, slug: &str) -> PathBuf {
        self.folder.join(format!("{ROLL}{slug}"))
    }

    /// The names of all keys in a folder: those of every installation, and those of rolls.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn names_in(folder: &Path) -> io::Result<Vec<String>> {
        let mut names: Vec<String> = Self::FILES.map(str::to_owned).into();
        for entry in fs::read_dir(folder)? {
            let name = entry?.file_name().into_string().unwrap_or_default();
            if name.starts_with(ROLL) {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// HMAC-SHA256 of `secret` for one `purpose`, as hexadecimal text: what may be stored of it.
    pub fn mark(&self, purpose: &str, secret: &str) -> String {
        hex(self.tag(purpose, secret).as_ref())
    }

    fn tag(&self, purpose: &str, secret: &str) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.pepper);
        context.update(purpose.as_bytes());
        context.update(&[0]);
        context.update(secret.as_bytes());
        context.sign()
    }

    /// Encrypts a short secret that a later act needs back, as hexadecimal text (AES-256-GCM).
    ///
    /// # Errors
    /// `internal` when encryption fails.
    pub fn seal(&self, secret: &str) -> Result<String, Problem> {
        seal_by(&self.seal, secret)
    }

    /// Decrypts what [`Keys::seal`] encrypted.
    ///
    /// # Errors
    /// `internal` when it was not encrypted with these keys.
    pub fn unseal(&self, sealed: &str) -> Result<String, Problem> {
        unseal_by(&self.seal, sealed)
    }

    /// Encrypts a text under a key made of the pepper and of `secret`, which is kept nowhere: the
    /// database and these keys together do not open it without whoever knows `secret`.
    ///
    /// # Errors
    /// `internal` when encryption fails.
    pub fn seal_under(&self, secret: &str, text: &str) -> Result<String, Problem> {
        seal_by(&self.key_under(secret)?, text)
    }

    /// Decrypts what [`Keys::seal_under`] encrypted under the same `secret`.
    ///
    /// # Errors
    /// `internal` when it was not.
    pub fn unseal_under(&self, secret: &str, sealed: &str) -> Result<String, Problem> {
        unseal_by(&self.key_under(secret)?, sealed)
    }

    fn key_under(&self, secret: &str) -> Result<RandomizedNonceKey, Problem> {
        let key = self.tag("seal under", secret);
        RandomizedNonceKey::new(&AES_256_GCM, key.as_ref()).map_err(failed)
    }

    /// The Ed25519 key that signs sessions (PKCS #8).
    pub fn session(&self) -> &[u8] {
        &self.session
    }

    /// The public half of the session key, raw.
    pub fn session_public(&self) -> Option<Vec<u8>> {
        let pair = Ed25519KeyPair::from_pkcs8(&self.session).ok()?;
        Some(pair.public_key().as_ref().to_vec())
    }

    /// The P-256 key that names this server to push services (RFC 8292, PKCS #8).
    pub fn vapid(&self) -> &[u8] {
        &self.vapid
    }

    /// The public half of the P-256 key: an uncompressed point.
    pub fn vapid_public(&self) -> Option<Vec<u8>> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &self.vapid).ok()?;
        Some(pair.public_key().as_ref().to_vec())
    }
}

/// Bytes as lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

fn seal_by(key: &RandomizedNonceKey, text: &str) -> Result<String, Problem> {
    let mut bytes = text.as_bytes().to_vec();
    let nonce = key
        .seal_in_place_append_tag(Aad::empty(), &mut bytes)
        .map_err(failed)?;
    Ok(format!("{}{}", hex(nonce.as_ref()), hex(&bytes)))
}

fn unseal_by(key: &RandomizedNonceKey, sealed: &str) -> Result<String, Problem> {
    let mut bytes = hex::decode(sealed).map_err(failed)?;
    let (nonce, text) = bytes
        .split_at_mut_checked(NONCE_LEN)
        .ok_or_else(|| failed("sealed text"))?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(failed)?;
    let text = key
        .open_in_place(nonce, Aad::empty(), text)
        .map_err(failed)?;
    String::from_utf8(text.to_vec()).map_err(failed)
}

fn keep(path: &Path, make: impl FnOnce() -> Result<Vec<u8>, Problem>) -> Result<Vec<u8>, Problem> {
    if path.exists() {
        return fs::read(path).map_err(failed);
    }
    let secret = make()?;
    files::write(path, &secret).map_err(failed)?;
    Ok(secret)
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
