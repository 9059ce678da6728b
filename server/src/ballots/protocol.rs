//! Between our rows and the protocol's bytes.

use ballot::{Bytes, ConcernId, ConsultationId, Issuer, Item, Jwk, MODULUS, Root, Statement};
use serde::de::DeserializeOwned;

use super::box_store::{Ballot, BoxRoot};
use super::store::VoteIssuer;
use crate::codes::Code;
use crate::consultations::ConsultationId as OurConsultation;
use crate::platform::problem::Problem;

/// The bytes of a consultation's id: its 16 symbols.
///
/// # Errors
/// `internal` for an id that is none.
pub fn consultation_id(id: &OurConsultation) -> Result<ConsultationId, Problem> {
    Ok(ConsultationId(bytes_of(id.as_str())?))
}

/// The bytes of a concern's id: its 16 symbols.
///
/// # Errors
/// `internal` for an id that is none.
pub fn concern_id(id: &str) -> Result<ConcernId, Problem> {
    Ok(ConcernId(bytes_of(id)?))
}

/// Our id of a concern of the protocol.
pub fn text_of(id: ConcernId) -> String {
    String::from_utf8_lossy(&id.0).into_owned()
}

fn bytes_of(id: &str) -> Result<[u8; 16], Problem> {
    id.as_bytes()
        .try_into()
        .map_err(|_unfit| damaged("an id of another length"))
}

/// An issuer as the announcement has it; its statement is still to come.
///
/// # Errors
/// `internal` for a row that is damaged.
pub fn issuer(row: &VoteIssuer) -> Result<Issuer, Problem> {
    Ok(Issuer {
        name: row.name.clone(),
        key: Jwk {
            kty: "RSA".to_owned(),
            n: row.key_modulus.clone(),
            e: "AQAB".to_owned(),
        },
        identity: fixed(&row.identity)?,
        commitment: fixed(&row.commitment)?,
        reveal: None,
        statement: Statement {
            accounts: 0,
            tokens: 0,
            signature: Bytes([0; 64]),
        },
    })
}

/// An item as a row.
pub fn row_of(id: &OurConsultation, item: &Item) -> Ballot {
    let slots = item.signatures.iter().map(|slot| {
        slot.as_ref()
            .map_or_else(|| "-".to_owned(), ToString::to_string)
    });
    Ballot {
        consultation_id: id.clone(),
        token: hex::encode(item.token.0),
        concern_index: i32::from(item.index),
        value: i32::from(item.value),
        sequence: i32::try_from(item.sequence).unwrap_or(i32::MAX),
        signatures: slots.collect::<Vec<_>>().join(" "),
        signature: item.signature.to_string(),
    }
}

/// A row as an item.
///
/// # Errors
/// `internal` for a row that is damaged.
pub fn item_of(row: &Ballot) -> Result<Item, Problem> {
    let slot = |text: &str| match text {
        "-" => Ok(None),
        text => fixed::<MODULUS>(text).map(Some),
    };
    Ok(Item {
        token: token_of(&row.token)?,
        index: row.concern_index.try_into().map_err(damaged)?,
        value: row.value.try_into().map_err(damaged)?,
        sequence: row.sequence.try_into().map_err(damaged)?,
        signatures: row
            .signatures
            .split(' ')
            .map(slot)
            .collect::<Result<_, _>>()?,
        signature: fixed(&row.signature)?,
    })
}

fn token_of(text: &str) -> Result<Bytes<32>, Problem> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).map_err(damaged)?;
    Ok(Bytes(bytes))
}

/// So many bytes that we wrote as base64url.
///
/// # Errors
/// `internal` where they are damaged.
pub fn fixed<const N: usize>(text: &str) -> Result<Bytes<N>, Problem> {
    parse(text).ok_or_else(|| damaged("not as it was written"))
}

/// So many bytes in base64url, from outside.
pub fn parse<const N: usize>(text: &str) -> Option<Bytes<N>> {
    let bytes = ballot::from_base64url(text)?;
    bytes.try_into().ok().map(Bytes)
}

/// Signatures in base64url, from outside: a slot for each issuer, empty where one is missing.
pub fn parse_slots(slots: Vec<Option<String>>) -> Option<Vec<Option<Bytes<MODULUS>>>> {
    let slots = slots.into_iter().map(|slot| match slot {
        None => Some(None),
        Some(text) => parse(&text).map(Some),
    });
    slots.collect()
}

/// What we wrote as JSON.
///
/// # Errors
/// `internal` where it is damaged.
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(damaged)
}

/// As JSON.
///
/// # Errors
/// `internal`.
pub fn to_json(value: &impl serde::Serialize) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(damaged)
}

fn damaged(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}

/// A published root.
///
/// # Errors
/// `internal` for a row that is damaged.
pub fn root_of(row: &BoxRoot) -> Result<Root, Problem> {
    Ok(Root {
        size: row.size.try_into().map_err(damaged)?,
        hash: fixed(&row.hash)?,
    })
}
