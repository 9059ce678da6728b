//! A resident's device in a vote: everything follows from its seed.

use std::collections::BTreeMap;

use ballot::{Bytes, ConsultationId, IssuerPublicKey, Item, Jwk, MODULUS, Seed, Vote, assigned};
use serde_json::{Value, json};

use super::{Answer, Person};

/// A device with a seed, and the signatures it was given.
pub struct Voter {
    seed: Seed,
    signatures: BTreeMap<String, Vec<Bytes<MODULUS>>>,
}

impl Voter {
    /// A device whose seed is this byte, over and over.
    pub fn new(seed: u8) -> Self {
        Self {
            seed: Seed::from_entropy([seed; 32]),
            signatures: BTreeMap::new(),
        }
    }

    /// What it asks the issuers of this vote.
    pub fn request(&self, vote: &Value) -> Value {
        let blinded = |issuer: &Value| {
            let key = key_of(issuer);
            let messages: Vec<String> = (0..tokens_of(vote))
                .map(|index| {
                    let token = self.seed.token(id_of(vote), index);
                    Bytes(token.blind(&key).unwrap()).to_string()
                })
                .collect();
            (institution(issuer), json!(messages))
        };
        let of = vote["issuers"].as_array().unwrap().iter().map(blinded);
        json!({"blinded": of.collect::<serde_json::Map<_, _>>()})
    }

    /// Asks, as somebody who is signed in.
    pub fn ask(&self, person: &Person, vote: &Value) -> Answer {
        let id = vote["consultation"].as_str().unwrap();
        person
            .post(&format!("/consultations/{id}/tokens"))
            .json(self.request(vote))
            .send()
    }

    /// Takes what it was given out of its blinding.
    pub fn take(&mut self, vote: &Value, given: &Value) {
        for issuer in vote["issuers"].as_array().unwrap() {
            let name = institution(issuer);
            let Some(signed) = given["signatures"][&name].as_array() else {
                continue;
            };
            let key = key_of(issuer);
            let signatures = (0..).zip(signed).map(|(index, text)| {
                let token = self.seed.token(id_of(vote), index);
                token.finalize(&key, &bytes(text)).unwrap()
            });
            self.signatures.insert(name, signatures.collect());
        }
    }

    /// The place of the concern that one of its tokens rates.
    pub fn concern(&self, vote: &Value, index: u16) -> u16 {
        let Some(count) = vote["paper"]["concerns"].as_array().map(Vec::len) else {
            return 0;
        };
        let token = self.seed.token(id_of(vote), index).public();
        let beacon = Bytes(bytes(&vote["paper"]["beacon"]));
        assigned(beacon, token, u16::try_from(count).unwrap())
    }

    /// What it casts with one of its tokens.
    pub fn item(&self, vote: &Value, index: u16, value: u8, sequence: u32) -> Item {
        self.item_about(vote, index, self.concern(vote, index), value, sequence)
    }

    /// What shows with one of its tokens that it may answer in a room of a survey.
    pub fn right(&self, vote: &Value, index: u16, room: &str) -> Value {
        let token = self.seed.token(id_of(vote), index);
        let right = token.show(room, self.slots(vote, index));
        let slots = right
            .signatures
            .iter()
            .map(|slot| slot.map(|bytes| bytes.to_string()));
        json!({"token": right.token.to_string(), "signatures": slots.collect::<Vec<_>>(),
            "signature": right.signature.to_string()})
    }

    fn slots(&self, vote: &Value, index: u16) -> Vec<Option<Bytes<MODULUS>>> {
        let issuers = vote["issuers"].as_array().unwrap().iter();
        let slots = issuers.map(|issuer| {
            let signed = self.signatures.get(&institution(issuer))?;
            signed.get(usize::from(index)).copied()
        });
        slots.collect()
    }

    /// The same about a concern of its choice.
    pub fn item_about(
        &self,
        vote: &Value,
        index: u16,
        concern: u16,
        value: u8,
        sequence: u32,
    ) -> Item {
        let vote_of_it = Vote {
            index: concern,
            value,
            sequence,
        };
        let token = self.seed.token(id_of(vote), index);
        token.cast(vote_of_it, self.slots(vote, index))
    }
}

/// Casts an item, as somebody who is not signed in.
pub fn cast(visitor: &Person, vote: &Value, item: &Item) -> Answer {
    let id = vote["consultation"].as_str().unwrap();
    visitor
        .post(&format!("/consultations/{id}/items"))
        .json(serde_json::to_value(item).unwrap())
        .send()
}

/// The protocol's id of a consultation.
pub fn id_of(vote: &Value) -> ConsultationId {
    let id = vote["consultation"].as_str().unwrap();
    ConsultationId(id.as_bytes().try_into().unwrap())
}

fn tokens_of(vote: &Value) -> u16 {
    u16::try_from(vote["tokens"].as_u64().unwrap()).unwrap()
}

fn institution(issuer: &Value) -> String {
    issuer["institution"].as_str().unwrap().to_owned()
}

fn key_of(issuer: &Value) -> IssuerPublicKey {
    let jwk: Jwk = serde_json::from_value(issuer["key"].clone()).unwrap();
    IssuerPublicKey::from_jwk(&jwk).unwrap()
}

fn bytes<const N: usize>(text: &Value) -> [u8; N] {
    let bytes = ballot::from_base64url(text.as_str().unwrap()).unwrap();
    bytes.try_into().unwrap()
}
