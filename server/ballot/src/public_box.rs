//! The published box: everything a recount needs, and nothing about anybody.

use crate::beacon::{Contribution, choices_hash, concerns_hash, push_text};
use crate::bytes::{Bytes, ConcernId, ConsultationId};
use crate::hash::labelled;
use crate::item::Item;
use crate::key::{IssuerPublicKey, Jwk};
use crate::merkle::{Root, leaf, root_hash};
use crate::result::{Outcome, Terms, Weights, count_choices, count_ratings};
use crate::statement::Statement;
use serde::{Deserialize, Serialize};

/// The one format there is.
pub const FORMAT: &str = "trekendesh box 1";
/// Tokens of one verified resident when concerns are prioritised.
pub const TOKENS_PRIORITISING: u32 = 12;
/// Tokens of one verified resident for a question.
pub const TOKENS_QUESTION: u32 = 1;
/// The three institutions of the triangle.
const MOST_ISSUERS: usize = 3;

/// A vote as published after closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotBox {
    /// Always [`FORMAT`].
    pub format: String,
    /// What was voted on, and when.
    pub consultation: Consultation,
    /// The frozen list, when concerns were prioritised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<ListedConcern>,
    /// The choices of a question, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The weights of the formula, when concerns were prioritised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<Weights>,
    /// The institutions, in the order in which tokens carry their signatures.
    pub issuers: Vec<Issuer>,
    /// See [`crate::beacon`].
    pub beacon: Bytes<32>,
    /// The items, in the order of their tokens.
    pub items: Vec<Item>,
    /// The Merkle tree over the items.
    pub root: Root,
    /// The count.
    pub result: Outcome,
}

/// What was voted on, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consultation {
    /// The scope of every key and token.
    pub id: ConsultationId,
    /// As shown to residents.
    pub title: String,
    /// Slug of the municipality.
    pub municipality: String,
    /// How it is voted.
    pub method: Method,
    /// How many institutions must have signed a token.
    pub threshold: u8,
    /// First day of casting, `2026-05-01`.
    pub opens_on: String,
    /// Last day of casting.
    pub closes_on: String,
}

/// How it is voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Twelve tokens rate twelve assigned concerns.
    Prioritising,
    /// One token, one choice.
    Question,
}

impl Method {
    /// Tokens of one verified resident.
    #[must_use]
    pub const fn tokens(self) -> u32 {
        match self {
            Self::Prioritising => TOKENS_PRIORITISING,
            Self::Question => TOKENS_QUESTION,
        }
    }
}

/// A concern on the frozen list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedConcern {
    /// The concern.
    pub id: ConcernId,
    /// Its title when the list was frozen.
    pub title: String,
    /// See [`Terms`].
    pub severity: u8,
    /// See [`Terms`].
    pub frequency: u8,
    /// See [`Terms`].
    pub harm: u8,
}

/// An institution that issued tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// As shown to residents.
    pub name: String,
    /// Its RSA key for this consultation.
    pub key: Jwk,
    /// Its Ed25519 key for statements, the same in every consultation.
    pub identity: Bytes<32>,
    /// See [`Contribution`].
    pub commitment: Bytes<32>,
    /// `null` when it was missing at the published deadline.
    pub reveal: Option<Bytes<32>>,
    /// What it says to have issued.
    pub statement: Statement,
}

impl Issuer {
    /// What it gives to the beacon.
    #[must_use]
    pub const fn contribution(&self) -> Contribution {
        Contribution {
            commitment: self.commitment,
            reveal: self.reveal,
        }
    }
}

impl BallotBox {
    /// Reads a published box; `None` when it is not one.
    #[must_use]
    pub fn from_json(json: &[u8]) -> Option<Self> {
        let read: Self = serde_json::from_slice(json).ok()?;
        read.is_well_formed().then_some(read)
    }

    /// Whether the parts belong together at all: what the types cannot say.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let issuers = self.issuers.len();
        let threshold = usize::from(self.consultation.threshold);
        let mut concerns: Vec<ConcernId> = self.concerns.iter().map(|listed| listed.id).collect();
        concerns.sort_unstable();
        concerns.dedup();
        let paper = match self.consultation.method {
            Method::Prioritising => {
                (1..=usize::from(u16::MAX)).contains(&self.concerns.len())
                    && concerns.len() == self.concerns.len()
                    && self.concerns.iter().all(ListedConcern::is_in_range)
                    && self.choices.is_empty()
                    && self.weights.is_some_and(Weights::are_usable)
            }
            Method::Question => {
                self.concerns.is_empty()
                    && (2..=usize::from(u8::MAX)).contains(&self.choices.len())
                    && self.weights.is_none()
            }
        };
        self.format == FORMAT
            && (1..=MOST_ISSUERS).contains(&issuers)
            && (1..=issuers).contains(&threshold)
            && u32::try_from(self.items.len()).is_ok()
            && paper
    }

    /// The hash over the frozen list or the choices.
    #[must_use]
    pub fn list_hash(&self) -> Option<Bytes<32>> {
        match self.consultation.method {
            Method::Prioritising => {
                let ids: Vec<ConcernId> = self.concerns.iter().map(|listed| listed.id).collect();
                concerns_hash(&ids)
            }
            Method::Question => choices_hash(&self.choices),
        }
    }

    /// The hash over everything fixed before anybody casts: titles, days, threshold, list,
    /// terms, weights, and all issuers with their keys and commitments. Each issuer signs it in
    /// its statement, so that none of it can be changed once votes are known. `None` for a key
    /// that is none, or lengths that do not fit.
    #[must_use]
    pub fn announcement(&self) -> Option<Bytes<32>> {
        let what = &self.consultation;
        let mut bytes = what.id.0.to_vec();
        push_text(&mut bytes, &what.title)?;
        push_text(&mut bytes, &what.municipality)?;
        push_text(&mut bytes, &what.opens_on)?;
        push_text(&mut bytes, &what.closes_on)?;
        bytes.push(match what.method {
            Method::Prioritising => 1,
            Method::Question => 2,
        });
        bytes.push(what.threshold);
        bytes.extend_from_slice(&self.list_hash()?.0);
        for concern in &self.concerns {
            push_text(&mut bytes, &concern.title)?;
            bytes.extend_from_slice(&[concern.severity, concern.frequency, concern.harm]);
        }
        if let Some(weights) = self.weights {
            let Weights {
                votes,
                severity,
                frequency,
                harm,
            } = weights;
            for weight in [votes, severity, frequency, harm] {
                bytes.extend_from_slice(&weight.to_be_bytes());
            }
        }
        for issuer in &self.issuers {
            push_text(&mut bytes, &issuer.name)?;
            bytes.extend_from_slice(&issuer.identity.0);
            let key = IssuerPublicKey::from_jwk(&issuer.key).ok()?;
            bytes.extend_from_slice(&key.fingerprint().0);
            bytes.extend_from_slice(&issuer.commitment.0);
        }
        Some(Bytes(labelled("trekendesh announcement 1", &[&bytes])))
    }

    /// The tree over the items as they stand.
    #[must_use]
    pub fn recomputed_root(&self) -> Root {
        let leaves: Vec<Bytes<32>> = self
            .items
            .iter()
            .map(|item| leaf(&item.canonical()))
            .collect();
        Root {
            size: u32::try_from(leaves.len()).unwrap_or(u32::MAX),
            hash: root_hash(&leaves),
        }
    }

    /// The count of the items as they stand.
    #[must_use]
    pub fn recount(&self) -> Outcome {
        match (self.consultation.method, self.weights) {
            (Method::Prioritising, Some(weights)) => {
                let list: Vec<(ConcernId, Terms)> = self
                    .concerns
                    .iter()
                    .map(|listed| (listed.id, listed.terms()))
                    .collect();
                count_ratings(&list, weights, &self.items)
            }
            _ => {
                let choices = u8::try_from(self.choices.len()).unwrap_or(0);
                count_choices(choices, &self.items)
            }
        }
    }
}

impl ListedConcern {
    const fn terms(&self) -> Terms {
        Terms {
            severity: self.severity,
            frequency: self.frequency,
            harm: self.harm,
        }
    }

    const fn is_in_range(&self) -> bool {
        self.severity <= 100 && self.frequency <= 100 && self.harm <= 100
    }
}
