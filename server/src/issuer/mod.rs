//! One institution's issuer (`trekendesh issuer`): it signs tokens it cannot see, in a process and a
//! folder of its own. The server that relays can neither sign nor learn what is signed.
//!
//! Invariants: a key serves one vote; for a voter the same messages are signed again and no others;
//! nobody new is signed for once a statement was given; a statement is given only after issuing ended;
//! the reveal is given only with a statement, and the private key is destroyed before it leaves.

pub mod messages;
pub mod routes;
mod store;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use ballot::{
    Bytes, ConsultationId, IssuerIdentity, IssuerKey, IssuerPublicKey, Jwk, Statement,
    StatementScope, commitment, from_base64url, to_base64url,
};
use diesel::prelude::*;

use crate::codes::Code;
use crate::platform::chance::Chance;
use crate::platform::clock::Clock;
use crate::platform::files;
use crate::platform::keys::hex;
use crate::platform::problem::Problem;
use messages::{AskAbout, AskKey, AskSignatures, Blinded, IssuerSide};
use store::KeyRow;

/// The most tokens one resident is given.
const MOST_TOKENS: u32 = 12;

/// An institution's keys, and for whom they signed.
pub struct Issuer {
    identity: IssuerIdentity,
    password: String,
    clock: Clock,
    conn: Mutex<SqliteConnection>,
    /// Keys that were read: reading one checks it, which takes time.
    read: Mutex<HashMap<String, Arc<IssuerKey>>>,
}

impl Issuer {
    /// Opens the folder, making what is missing: the file, the identity, and the password that the
    /// server must know.
    ///
    /// # Errors
    /// `internal`, `storage_unavailable`.
    pub fn open(folder: &Path, clock: Clock) -> Result<Self, Problem> {
        files::make_folder(folder).map_err(failed)?;
        let secret = keep(folder, "identity", || Ok(to_base64url(&Chance.bytes::<32>()?)))?;
        let secret = from_base64url(&secret).and_then(|bytes| bytes.try_into().ok());
        let secret: [u8; 32] = secret.ok_or_else(|| failed("the file identity is damaged"))?;
        Ok(Self {
            identity: IssuerIdentity::from_secret(&secret),
            password: keep(folder, "password", || Chance.symbols::<32>())?,
            clock,
            conn: Mutex::new(store::open(folder)?),
            read: Mutex::default(),
        })
    }

    /// Whether somebody knows the password.
    pub fn is_known(&self, password: &str) -> bool {
        verify_slices_are_equal(password.as_bytes(), self.password.as_bytes()).is_ok()
    }

    /// The key of a vote, made where there is none. Issuing never ends earlier than was said before.
    ///
    /// # Errors
    /// `issuing_over` once a statement was given, `fields_invalid`.
    pub fn key(&self, asked: &AskKey) -> Result<IssuerSide, Problem> {
        let id = parse_id(&asked.consultation)?;
        if !(1..=MOST_TOKENS).contains(&asked.tokens) {
            return Err(Problem::field("/tokens", "out_of_range", Some(MOST_TOKENS)));
        }
        let until = asked.issuing_until.naive_utc();
        let mut conn = locked(&self.conn);
        let row = match store::find_key(&mut conn, &asked.consultation)? {
            Some(row) if row.issuing_until >= until => row,
            Some(row) if row.announcement.is_some() => {
                return Err(Problem::new(Code::IssuingOver));
            }
            Some(row) => {
                store::set_issuing_until(&mut conn, &row.consultation_id, until)?;
                row
            }
            None => {
                let row = new_key(asked)?;
                store::insert_key(&mut conn, &row)?;
                row
            }
        };
        Ok(IssuerSide {
            key: public_of(&row)?.to_jwk(),
            identity: self.identity.public(),
            commitment: commitment(id, &reveal_of(&row)?.0),
        })
    }

    /// Signs blinded messages for a voter.
    ///
    /// # Errors
    /// `vote_unknown`, `issuing_over`, `tokens_other` where other messages were signed for them,
    /// `fields_invalid`.
    pub fn sign(&self, asked: &AskSignatures) -> Result<Vec<Blinded>, Problem> {
        let due = self.admit(asked)?;
        let mut chance = Chance.generator()?;
        let sign = |blinded: &Blinded| {
            due.blind_sign(&mut chance, &blinded.0)
                .map(Bytes)
                .map_err(|_unfit| Problem::field("/blinded", "invalid", None))
        };
        asked.blinded.iter().map(sign).collect()
    }

    /// Writes down that this voter asks, before anything is signed.
    fn admit(&self, asked: &AskSignatures) -> Result<Arc<IssuerKey>, Problem> {
        let mut conn = locked(&self.conn);
        let row = store::get_key(&mut conn, &asked.consultation)?;
        if u32::try_from(row.tokens).ok() != u32::try_from(asked.blinded.len()).ok() {
            return Err(Problem::field("/blinded", "out_of_range", None));
        }
        let key = self.private_of(&row)?;
        let hash = hash_of(&asked.blinded);
        match store::find_request(&mut conn, &row.consultation_id, &asked.voter)? {
            Some(before) if before == hash => return Ok(key),
            Some(_) => return Err(Problem::new(Code::TokensOther)),
            None => {}
        }
        if row.announcement.is_some() || self.clock.now().naive_utc() >= row.issuing_until {
            return Err(Problem::new(Code::IssuingOver));
        }
        store::insert_request(&mut conn, &row.consultation_id, &asked.voter, &hash)?;
        Ok(key)
    }

    /// Says for how many it signed, and puts the institution's name to the announcement.
    ///
    /// # Errors
    /// `vote_unknown`, `issuing_open` before the end, `issuing_over` once another announcement was
    /// revealed for.
    pub fn state(&self, asked: &AskAbout) -> Result<Statement, Problem> {
        let mut conn = locked(&self.conn);
        let row = store::get_key(&mut conn, &asked.consultation)?;
        if self.clock.now().naive_utc() < row.issuing_until {
            return Err(Problem::new(Code::IssuingOpen));
        }
        let announcement = asked.announcement.to_string();
        let same = row.announcement.as_ref() == Some(&announcement);
        if row.revealed && !same {
            return Err(Problem::new(Code::IssuingOver));
        }
        store::set_announcement(&mut conn, &row.consultation_id, &announcement)?;
        let accounts = store::count_requests(&mut conn, &row.consultation_id)?;
        let accounts = u32::try_from(accounts).map_err(failed)?;
        let tokens = accounts.saturating_mul(u32::try_from(row.tokens).map_err(failed)?);
        let id = parse_id(&row.consultation_id)?;
        let scope = StatementScope {
            consultation: id,
            key: public_of(&row)?.fingerprint(),
            commitment: commitment(id, &reveal_of(&row)?.0),
            announcement: asked.announcement,
        };
        Ok(self.identity.state(&scope, accounts, tokens))
    }

    /// Gives its part to the beacon. Before it does, its private key is gone.
    ///
    /// # Errors
    /// `vote_unknown`, `issuing_open` without a statement about this announcement.
    pub fn reveal(&self, asked: &AskAbout) -> Result<Bytes<32>, Problem> {
        let mut conn = locked(&self.conn);
        let row = store::get_key(&mut conn, &asked.consultation)?;
        if row.announcement != Some(asked.announcement.to_string()) {
            return Err(Problem::new(Code::IssuingOpen));
        }
        store::set_revealed(&mut conn, &row.consultation_id)?;
        locked(&self.read).remove(&row.consultation_id);
        reveal_of(&row)
    }

    fn private_of(&self, row: &KeyRow) -> Result<Arc<IssuerKey>, Problem> {
        let mut read = locked(&self.read);
        if let Some(key) = read.get(&row.consultation_id) {
            return Ok(key.clone());
        }
        let der = row.private_key.as_ref();
        let der = der.ok_or_else(|| Problem::new(Code::IssuingOver))?;
        let key = Arc::new(IssuerKey::from_pkcs8(der).map_err(failed)?);
        read.insert(row.consultation_id.clone(), key.clone());
        Ok(key)
    }
}

fn new_key(asked: &AskKey) -> Result<KeyRow, Problem> {
    let key = IssuerKey::generate(&mut Chance.generator()?).map_err(failed)?;
    Ok(KeyRow {
        consultation_id: asked.consultation.clone(),
        tokens: i32::try_from(asked.tokens).map_err(failed)?,
        issuing_until: asked.issuing_until.naive_utc(),
        key_modulus: to_base64url(key.public().modulus()),
        private_key: Some(key.to_pkcs8().map_err(failed)?.to_vec()),
        reveal: to_base64url(&Chance.bytes::<32>()?),
        announcement: None,
        revealed: false,
    })
}

fn public_of(row: &KeyRow) -> Result<IssuerPublicKey, Problem> {
    let jwk = Jwk {
        kty: "RSA".to_owned(),
        n: row.key_modulus.clone(),
        e: "AQAB".to_owned(),
    };
    IssuerPublicKey::from_jwk(&jwk).map_err(failed)
}

fn reveal_of(row: &KeyRow) -> Result<Bytes<32>, Problem> {
    let bytes = from_base64url(&row.reveal).and_then(|bytes| bytes.try_into().ok());
    bytes
        .map(Bytes)
        .ok_or_else(|| failed("a reveal is damaged"))
}

/// The bytes of a consultation's id, as the protocol has them.
///
/// # Errors
/// `fields_invalid`.
pub fn parse_id(text: &str) -> Result<ConsultationId, Problem> {
    let bytes = text.as_bytes().try_into();
    bytes
        .map(ConsultationId)
        .map_err(|_unfit| Problem::field("/consultation", "invalid", None))
}

/// What is remembered of what somebody asked.
pub fn hash_of(blinded: &[Blinded]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for message in blinded {
        context.update(&message.0);
    }
    hex(context.finish().as_ref())
}

fn keep(
    folder: &Path,
    name: &str,
    make: impl FnOnce() -> Result<String, Problem>,
) -> Result<String, Problem> {
    let path = folder.join(name);
    if !path.exists() {
        files::write(&path, make()?.as_bytes()).map_err(failed)?;
    }
    let text = std::fs::read_to_string(&path).map_err(failed)?;
    Ok(text.trim().to_owned())
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}

#[cfg(test)]
mod tests;
