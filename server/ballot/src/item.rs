//! One item of the box, and whether it may be cast.

use crate::beacon::assigned;
use crate::bytes::{Bytes, ConsultationId};
use crate::key::{IssuerPublicKey, MODULUS};
use crate::seed::token_message;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The highest rating; 1 is the lowest, 0 withdraws.
pub const HIGHEST_RATING: u8 = 5;

/// What a token says: about which concern, what, and in which order after its earlier words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// Place of the concern on the frozen list, from 0; 0 for a question.
    pub index: u16,
    /// Prioritising: 1 to 5. Question: the choice, from 1. In both, 0 withdraws.
    pub value: u8,
    /// A higher one replaces a lower one of the same token.
    pub sequence: u32,
}

impl Vote {
    pub(crate) fn message(self, consultation: ConsultationId, token: Bytes<32>) -> Vec<u8> {
        crate::hash::message(
            "trekendesh item 1",
            &[
                &consultation.0,
                &token.0,
                &self.index.to_be_bytes(),
                &[self.value],
                &self.sequence.to_be_bytes(),
            ],
        )
    }
}

/// One item as cast and as published. It names nobody and carries no time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The Ed25519 public key the issuers signed blindly.
    pub token: Bytes<32>,
    /// See [`Vote::index`].
    pub index: u16,
    /// See [`Vote::value`].
    pub value: u8,
    /// See [`Vote::sequence`].
    pub sequence: u32,
    /// One slot per issuer, in their published order.
    pub signatures: Vec<Option<Bytes<MODULUS>>>,
    /// Ed25519 by the token over consultation, token, index, value and sequence.
    pub signature: Bytes<64>,
}

/// Why an item is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ItemRefusal {
    /// It was changed after its token signed it, or the token never signed it.
    #[error("the item does not carry its token's signature")]
    TamperedItem,
    /// Too few issuers signed the token, or one of the signatures is not theirs.
    #[error("the token was not issued for this consultation")]
    ForeignToken,
    /// Another concern than the beacon assigned to the token.
    #[error("the token rates another concern")]
    WrongConcern,
    /// Not a rating, or not a choice.
    #[error("the value is out of range")]
    ValueOutOfRange,
}

/// Why an item does not replace the one its token cast before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReplacementRefusal {
    /// A later item of this token was accepted already.
    #[error("a later item of this token was cast already")]
    LowerSequence,
    /// The same number again.
    #[error("this item was cast already")]
    Replayed,
}

/// What is voted on, as far as a single item is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// Each token rates the one concern that the beacon assigns to it.
    Prioritising {
        /// How many concerns are on the frozen list.
        concerns: u16,
        /// See [`crate::beacon`].
        beacon: Bytes<32>,
    },
    /// Each token picks one choice.
    Question {
        /// How many choices there are.
        choices: u8,
    },
}

/// What an item of one consultation is held against.
#[derive(Debug, Clone)]
pub struct Context {
    /// The consultation.
    pub consultation: ConsultationId,
    /// Whose signatures count, in their published order.
    pub issuers: Vec<IssuerPublicKey>,
    /// How many of them a token needs.
    pub threshold: u8,
    /// What is voted on.
    pub paper: Paper,
}

/// The exact fault of an item; cheap checks come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    WrongConcern,
    ValueOutOfRange,
    TooFewSignatures,
    TokenSignature,
    IssuerSignature { issuer: usize },
}

/// Whether this item may be cast in this consultation.
///
/// # Errors
/// [`ItemRefusal`], the cheapest to find first. Replays are the caller's to find: [`replaces`].
pub fn check_item(context: &Context, item: &Item) -> Result<(), ItemRefusal> {
    examine(context, item).map_err(|fault| match fault {
        Fault::WrongConcern => ItemRefusal::WrongConcern,
        Fault::ValueOutOfRange => ItemRefusal::ValueOutOfRange,
        Fault::TokenSignature => ItemRefusal::TamperedItem,
        Fault::TooFewSignatures | Fault::IssuerSignature { .. } => ItemRefusal::ForeignToken,
    })
}

/// Whether `new` replaces `old`, both under the same token.
///
/// # Errors
/// [`ReplacementRefusal`] unless its sequence is higher.
pub fn replaces(old: &Item, new: &Item) -> Result<(), ReplacementRefusal> {
    match new.sequence.cmp(&old.sequence) {
        core::cmp::Ordering::Greater => Ok(()),
        core::cmp::Ordering::Equal => Err(ReplacementRefusal::Replayed),
        core::cmp::Ordering::Less => Err(ReplacementRefusal::LowerSequence),
    }
}

pub(crate) fn examine(context: &Context, item: &Item) -> Result<(), Fault> {
    if item.index != context.paper.assigned_to(item.token) {
        return Err(Fault::WrongConcern);
    }
    if item.value > context.paper.highest() {
        return Err(Fault::ValueOutOfRange);
    }
    enough(context, &item.signatures)?;
    if !signed_by_token(context.consultation, item) {
        return Err(Fault::TokenSignature);
    }
    signed_by_issuers(context, item.token, &item.signatures)
}

/// Whether enough issuers signed a token.
pub(crate) fn issued(
    context: &Context,
    token: Bytes<32>,
    signatures: &[Option<Bytes<MODULUS>>],
) -> Result<(), Fault> {
    enough(context, signatures)?;
    signed_by_issuers(context, token, signatures)
}

fn enough(context: &Context, signatures: &[Option<Bytes<MODULUS>>]) -> Result<(), Fault> {
    let filled = signatures.iter().flatten().count();
    if signatures.len() != context.issuers.len() || filled < usize::from(context.threshold) {
        return Err(Fault::TooFewSignatures);
    }
    Ok(())
}

fn signed_by_issuers(
    context: &Context,
    token: Bytes<32>,
    signatures: &[Option<Bytes<MODULUS>>],
) -> Result<(), Fault> {
    let message = token_message(context.consultation, token);
    for (issuer, (key, slot)) in context.issuers.iter().zip(signatures).enumerate() {
        if slot.is_some_and(|signature| !key.verifies(&message, &signature.0)) {
            return Err(Fault::IssuerSignature { issuer });
        }
    }
    Ok(())
}

/// Strict Ed25519: keys and commitments of small order are refused, and there is one spelling.
fn signed_by_token(consultation: ConsultationId, item: &Item) -> bool {
    verified(item.token, &item.message(consultation), item.signature)
}

/// Strict verification of an Ed25519 signature.
pub(crate) fn verified(key: Bytes<32>, message: &[u8], signature: Bytes<64>) -> bool {
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| {
        key.verify_strict(message, &Signature::from_bytes(&signature.0))
            .is_ok()
    })
}

impl Item {
    /// What the token says.
    #[must_use]
    pub const fn vote(&self) -> Vote {
        Vote {
            index: self.index,
            value: self.value,
            sequence: self.sequence,
        }
    }

    /// The bytes the token signs.
    #[must_use]
    pub fn message(&self, consultation: ConsultationId) -> Vec<u8> {
        self.vote().message(consultation, self.token)
    }

    /// The bytes whose hash is a leaf of the tree:
    /// `token || index || value || sequence || signature || slots`, where the slots are their
    /// number and then per slot a byte 0, or a byte 1 and the 256 bytes of the signature.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(104 + self.signatures.len() * (MODULUS + 1));
        bytes.extend_from_slice(&self.token.0);
        bytes.extend_from_slice(&self.index.to_be_bytes());
        bytes.push(self.value);
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes.extend_from_slice(&self.signature.0);
        // More than 255 slots never pass a check; the number saturates rather than wraps.
        bytes.push(u8::try_from(self.signatures.len()).unwrap_or(u8::MAX));
        for slot in &self.signatures {
            match slot {
                Some(signature) => {
                    bytes.push(1);
                    bytes.extend_from_slice(&signature.0);
                }
                None => bytes.push(0),
            }
        }
        bytes
    }
}

impl Paper {
    /// The place on the list that this token has to name.
    #[must_use]
    pub fn assigned_to(&self, token: Bytes<32>) -> u16 {
        match *self {
            Self::Prioritising { concerns, beacon } => assigned(beacon, token, concerns),
            Self::Question { .. } => 0,
        }
    }

    const fn highest(&self) -> u8 {
        match *self {
            Self::Prioritising { .. } => HIGHEST_RATING,
            Self::Question { choices } => choices,
        }
    }
}
