//! Public shapes of votes.

use std::collections::BTreeMap;

use ballot::{BallotBox, IssuerPublicKey, Method};
use chrono::NaiveDate;
use domain::Code as _;
use domain::consultation::Schedule;
use domain::vote::Stage;
use serde::Serialize;
use utoipa::ToSchema;

use super::box_store::BoxRoot;
use super::count_views::{Turnout, VoteResult};
use super::first_day;
use super::protocol::{self, text_of};
use super::store::{Vote, VoteIssuer};
use crate::codes::Code;
use crate::consultations::store::Consultation;
use crate::platform::problem::Problem;

/// A vote as it stands.
#[derive(Serialize, ToSchema)]
pub struct VoteView {
    /// The consultation.
    pub consultation: String,
    /// The municipality's slug.
    pub municipality: String,
    /// What is asked.
    pub question: String,
    /// `prioritising` or `question`.
    pub method: &'static str,
    /// Tokens of one resident.
    pub tokens: u32,
    /// How many institutions must have signed a token.
    pub threshold: i32,
    /// One institution alone is enough: the vote is labelled so.
    pub single_issuer: bool,
    /// `issuing`, `sealing`, `casting`, `counting`, `counted`, `failed` or `withdrawn`.
    pub stage: &'static str,
    /// For which year somebody is verified who is given tokens.
    pub year: i32,
    /// The last day on which tokens are given.
    pub issuing_until: NaiveDate,
    /// The first day of casting.
    pub casting_from: NaiveDate,
    /// The last.
    pub casting_until: NaiveDate,
    /// A device sends its items at random times within so many seconds.
    pub delay_seconds: u32,
    /// The institutions, in the order in which tokens carry their signatures.
    pub issuers: Vec<VoteIssuerView>,
    /// Institutions that signed tokens and were left out when the vote was sealed: their signatures do not
    /// count, and whoever asks for tokens again names them too.
    pub left_out: Vec<VoteIssuerView>,
    /// The weights of the formula, once what is voted on is fixed.
    pub weights: Option<FormulaWeights>,
    /// What is voted on, once that is fixed.
    pub paper: Option<VotePaper>,
    /// The published roots of the box, the first first.
    pub roots: Vec<VoteRoot>,
    /// The count.
    pub result: Option<VoteResult>,
    /// How many residents were given tokens, once they are given.
    pub turnout: Option<Turnout>,
}

/// An institution that issues.
#[derive(Serialize, ToSchema)]
pub struct VoteIssuerView {
    /// `municipality`, `police` or `prosecution`.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Its RSA key for this vote.
    pub key: IssuerJwk,
    /// The hash of that key, base64url.
    pub fingerprint: String,
    /// Its Ed25519 key for statements, base64url.
    pub identity: String,
    /// What it committed to, base64url.
    pub commitment: String,
    /// To how many it says to have given tokens.
    pub accounts: Option<u32>,
    /// How many tokens it says to have signed.
    pub tokens: Option<u32>,
    /// Whether it gave its part to the beacon.
    pub revealed: Option<bool>,
}

/// An RSA public key (JWK).
#[derive(Serialize, ToSchema)]
pub struct IssuerJwk {
    /// Always `RSA`.
    pub kty: String,
    /// The modulus, base64url.
    pub n: String,
    /// The exponent, base64url.
    pub e: String,
}

/// How much votes and terms weigh.
#[derive(Serialize, ToSchema)]
pub struct FormulaWeights {
    /// Of the votes.
    pub votes: u16,
    /// Of the severity.
    pub severity: u16,
    /// Of the frequency.
    pub frequency: u16,
    /// Of the harm.
    pub harm: u16,
}

/// What is voted on.
#[derive(Serialize, ToSchema)]
pub struct VotePaper {
    /// What nobody could foresee, base64url: it gives each token its concern.
    pub beacon: String,
    /// The frozen list, in its order.
    pub concerns: Vec<PaperConcern>,
    /// The choices of a question, in their order.
    pub choices: Vec<String>,
}

/// A concern on the frozen list.
#[derive(Serialize, ToSchema)]
pub struct PaperConcern {
    /// Its id.
    pub id: String,
    /// Its title when the list was frozen.
    pub title: String,
    /// How bad it is when it happens, 0 to 100.
    pub severity: u8,
    /// How often it happens, 0 to 100.
    pub frequency: u8,
    /// How many it harms, 0 to 100.
    pub harm: u8,
}

/// A root of the box.
#[derive(Serialize, ToSchema)]
pub struct VoteRoot {
    /// The day it was published.
    pub on: NaiveDate,
    /// How many items.
    pub size: i32,
    /// The hash over them, base64url.
    pub hash: String,
}

/// What the institutions signed.
#[derive(Serialize, ToSchema)]
pub struct GivenTokens {
    /// Blind signatures by institution, in the order of the blinded messages; nothing of one that did not
    /// answer: ask again.
    pub signatures: BTreeMap<String, Option<Vec<String>>>,
}

impl VoteView {
    /// A vote before what is voted on is fixed.
    pub fn new(
        row: &Consultation,
        municipality: String,
        method: Method,
        vote: &Vote,
        stage: Stage,
        delay_seconds: u32,
    ) -> Self {
        let schedule = Schedule::from(row.schedule.clone());
        Self {
            consultation: row.id.to_string(),
            municipality,
            question: row.question.clone(),
            method: method_name(method),
            tokens: method.tokens(),
            threshold: vote.threshold,
            single_issuer: vote.threshold == 1,
            stage: stage.code(),
            year: vote.year,
            issuing_until: schedule.frozen_after(),
            casting_from: first_day(&schedule),
            casting_until: schedule.vote_until,
            delay_seconds,
            issuers: Vec::new(),
            left_out: Vec::new(),
            weights: None,
            paper: None,
            roots: Vec::new(),
            result: None,
            turnout: None,
        }
    }
}

/// The method as it is called.
pub const fn method_name(method: Method) -> &'static str {
    match method {
        Method::Prioritising => "prioritising",
        Method::Question => "question",
    }
}

impl VoteIssuerView {
    /// An issuer before issuing is over.
    ///
    /// # Errors
    /// `internal` for a row that is damaged.
    pub fn announced(row: &VoteIssuer) -> Result<Self, Problem> {
        Self::of(row.institution.clone(), &protocol::issuer(row)?)
    }

    /// An issuer of a sealed vote.
    ///
    /// # Errors
    /// `internal` for a head that is damaged.
    pub fn sealed(rows: &[VoteIssuer], issuer: &ballot::Issuer) -> Result<Self, Problem> {
        let identity = issuer.identity.to_string();
        let row = rows.iter().find(|row| row.identity == identity);
        let institution = row.map_or_else(String::new, |row| row.institution.clone());
        Ok(Self {
            accounts: Some(issuer.statement.accounts),
            tokens: Some(issuer.statement.tokens),
            revealed: Some(issuer.reveal.is_some()),
            ..Self::of(institution, issuer)?
        })
    }

    fn of(institution: String, issuer: &ballot::Issuer) -> Result<Self, Problem> {
        let key = IssuerPublicKey::from_jwk(&issuer.key)
            .map_err(|cause| Problem::caused(Code::Internal, cause))?;
        Ok(Self {
            institution,
            name: issuer.name.clone(),
            key: IssuerJwk {
                kty: issuer.key.kty.clone(),
                n: issuer.key.n.clone(),
                e: issuer.key.e.clone(),
            },
            fingerprint: key.fingerprint().to_string(),
            identity: issuer.identity.to_string(),
            commitment: issuer.commitment.to_string(),
            accounts: None,
            tokens: None,
            revealed: None,
        })
    }
}

impl From<&BallotBox> for VotePaper {
    fn from(head: &BallotBox) -> Self {
        let concerns = head.concerns.iter().map(|listed| PaperConcern {
            id: text_of(listed.id),
            title: listed.title.clone(),
            severity: listed.severity,
            frequency: listed.frequency,
            harm: listed.harm,
        });
        Self {
            beacon: head.beacon.to_string(),
            concerns: concerns.collect(),
            choices: head.choices.clone(),
        }
    }
}

impl From<ballot::Weights> for FormulaWeights {
    fn from(weights: ballot::Weights) -> Self {
        Self {
            votes: weights.votes,
            severity: weights.severity,
            frequency: weights.frequency,
            harm: weights.harm,
        }
    }
}

impl From<BoxRoot> for VoteRoot {
    fn from(row: BoxRoot) -> Self {
        Self {
            on: row.on_day,
            size: row.size,
            hash: row.hash,
        }
    }
}
