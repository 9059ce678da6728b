//! What is fixed before anybody casts: the list, the issuers' statements about it, and the beacon.
//!
//! Invariants: all statements of a sealed vote are about one announcement; no reveal is asked for before
//! all of them are there; an issuer that gave none by the deadline is left out, and one that did not
//! reveal by then counts with its commitment, as was published before.

use ballot::{
    BallotBox, Bytes, Consultation as Voted, Contribution, FORMAT, ListedConcern, Method, Outcome,
    Root, Statement, Weights,
};
use chrono::{DateTime, Utc};
use domain::consultation::Schedule;

use super::protocol::{concern_id, consultation_id, issuer};
use super::relay::{IssuerPlace, Relay};
use super::store::{self, Vote, VoteIssuer};
use super::{first_day, protocol};
use crate::audit;
use crate::codes::Code;
use crate::consultations::store::{self as consultations, Consultation};
use crate::issuer::messages::AskAbout;
use crate::notices::push::consultations as news;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::clock::hour_on;
use crate::platform::problem::Problem;

/// The hour of the first day of the vote until which issuers that do not answer are waited for.
const PATIENCE_UNTIL: u32 = 6;

/// Seals a vote as far as its issuers let it; says whether it went on.
///
/// # Errors
/// `storage_unavailable`; an issuer that is away is no error.
pub async fn seal(
    app: &App,
    relay: &Relay,
    slug: &str,
    row: &Consultation,
    vote: &Vote,
) -> Result<bool, Problem> {
    let late = is_late(row, app.clock().now());
    let asking = Asking {
        app,
        relay,
        slug,
        row,
        threshold: vote.threshold,
    };
    match &vote.announced {
        None => asking.announce(late).await,
        Some(head) => asking.draw(protocol::from_json(head)?, late).await,
    }
}

/// A vote that is being sealed.
struct Asking<'a> {
    app: &'a App,
    relay: &'a Relay,
    slug: &'a str,
    row: &'a Consultation,
    threshold: i32,
}

impl Asking<'_> {
    /// Has all issuers state what is fixed; after the deadline, all that answered.
    async fn announce(&self, late: bool) -> Result<bool, Problem> {
        let (id, row) = (self.row.id.clone(), self.row.clone());
        let all = self
            .app
            .read(move |unit| store::list_issuers(unit, &id))
            .await?;
        let mut stated = self.stated_by(&all).await?;
        if late && stated.is_none() {
            let there = self.there(&all).await;
            stated = self.stated_by(&there).await?;
        }
        let Some(head) = stated else {
            return Ok(false);
        };
        let head = protocol::to_json(&head)?;
        self.app
            .write(move |unit| store::announce(unit, &row.id, &head))
            .await?;
        Ok(true)
    }

    /// The issuers that answer.
    async fn there(&self, all: &[VoteIssuer]) -> Vec<VoteIssuer> {
        let mut there = Vec::new();
        for of in all {
            // What this is about does not count: a statement about all of them comes after it.
            let answers = self.state(of, Bytes([0; 32])).await;
            there.extend(answers.map(|_statement| of.clone()));
        }
        there
    }

    /// The head of the box with these issuers and their statements; nothing where one of them gives none,
    /// they are too few, or there is nothing to vote on.
    async fn stated_by(&self, issuers: &[VoteIssuer]) -> Result<Option<BallotBox>, Problem> {
        let (row, threshold, named) = (self.row.clone(), self.threshold, issuers.to_vec());
        let built = move |unit: &mut Unit<'_>| head(unit, &row, threshold, &named);
        let mut head = self.app.read(built).await?;
        // Also that they are as many as a token needs.
        let Some(about) = head.is_well_formed().then(|| head.announcement()).flatten() else {
            return Ok(None);
        };
        for (of, listed) in issuers.iter().zip(&mut head.issuers) {
            match self.state(of, about).await {
                Some(statement) => listed.statement = statement,
                None => return Ok(None),
            }
        }
        Ok(Some(head))
    }

    /// Has them reveal, and seals the head with the beacon that follows.
    async fn draw(&self, mut head: BallotBox, late: bool) -> Result<bool, Problem> {
        let about = head
            .announcement()
            .ok_or_else(|| Problem::new(Code::Internal))?;
        let id = self.row.id.clone();
        let rows = self
            .app
            .read(move |unit| store::list_issuers(unit, &id))
            .await?;
        for listed in &mut head.issuers {
            let identity = listed.identity.to_string();
            let Some(of) = rows.iter().find(|of| of.identity == identity) else {
                continue;
            };
            listed.reveal = match &of.reveal {
                Some(reveal) => Some(protocol::fixed(reveal)?),
                None => self.reveal(of, about).await?,
            };
            if listed.reveal.is_none() && !late {
                return Ok(false);
            }
        }
        // How many, as each of them states it; never who.
        let stated = head
            .issuers
            .iter()
            .map(|of| of.statement.accounts.to_string());
        let said = format!("{}: {}", self.row.id, stated.collect::<Vec<_>>().join(", "));
        let head = protocol::to_json(&with_beacon(head)?)?;
        let row = self.row.clone();
        self.app
            .write(move |unit| {
                unit.touch(&row.municipality_code);
                let is_first = store::seal(unit, &row.id, &head)?;
                if is_first {
                    news::enqueue_opened(unit, &row)?;
                    audit::append(unit, None, "vote_sealed", &said)?;
                }
                Ok(is_first)
            })
            .await
    }

    async fn state(&self, of: &VoteIssuer, about: Bytes<32>) -> Option<Statement> {
        let place = self.place(of)?;
        match self.relay.state(place, &ask(of, about)).await {
            Ok(statement) => Some(statement),
            Err(away) => {
                tracing::warn!(institution = of.institution, %away, "no statement yet");
                None
            }
        }
    }

    async fn reveal(
        &self,
        of: &VoteIssuer,
        about: Bytes<32>,
    ) -> Result<Option<Bytes<32>>, Problem> {
        let Some(place) = self.place(of) else {
            return Ok(None);
        };
        match self.relay.reveal(place, &ask(of, about)).await {
            Ok(reveal) => {
                let (id, institution) = (of.consultation_id.clone(), of.institution.clone());
                let text = reveal.to_string();
                self.app
                    .write(move |unit| store::set_reveal(unit, &id, &institution, &text))
                    .await?;
                Ok(Some(reveal))
            }
            Err(away) => {
                tracing::warn!(institution = of.institution, %away, "no reveal yet");
                Ok(None)
            }
        }
    }

    fn place(&self, of: &VoteIssuer) -> Option<&IssuerPlace> {
        self.relay.find(self.slug, &of.institution)
    }
}

fn ask(of: &VoteIssuer, announcement: Bytes<32>) -> AskAbout {
    AskAbout {
        consultation: of.consultation_id.to_string(),
        announcement,
    }
}

fn is_late(row: &Consultation, now: DateTime<Utc>) -> bool {
    let first = first_day(&row.schedule.clone().into());
    hour_on(first, PATIENCE_UNTIL).is_some_and(|deadline| now >= deadline)
}

/// The head of the box: everything but beacon, items, root and count.
///
/// # Errors
/// `storage_unavailable`.
pub fn head(
    unit: &mut Unit<'_>,
    row: &Consultation,
    threshold: i32,
    issuers: &[VoteIssuer],
) -> Result<BallotBox, Problem> {
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let choices = consultations::list_choices(unit, &row.id)?;
    let is_question = !choices.is_empty();
    let schedule = Schedule::from(row.schedule.clone());
    let concerns = if is_question {
        Vec::new()
    } else {
        let listed = store::list_listed(unit, &row.id)?;
        listed
            .iter()
            .map(listed_concern)
            .collect::<Result<_, _>>()?
    };
    Ok(BallotBox {
        format: FORMAT.to_owned(),
        consultation: Voted {
            id: consultation_id(&row.id)?,
            title: row.question.clone(),
            municipality: place.slug.clone(),
            method: method(is_question),
            threshold: u8::try_from(threshold).unwrap_or(u8::MAX),
            opens_on: first_day(&schedule).to_string(),
            closes_on: schedule.vote_until.to_string(),
        },
        concerns,
        choices,
        weights: (!is_question).then(|| weights(&place)),
        issuers: issuers.iter().map(issuer).collect::<Result<_, _>>()?,
        beacon: Bytes([0; 32]),
        items: Vec::new(),
        root: Root {
            size: 0,
            hash: ballot::root_hash(&[]),
        },
        result: Outcome::Question {
            votes: 0,
            withdrawn: 0,
            choices: Vec::new(),
        },
    })
}

/// How a consultation with or without choices is voted.
pub fn method(is_question: bool) -> Method {
    if is_question {
        Method::Question
    } else {
        Method::Prioritising
    }
}

fn weights(place: &places::store::Municipality) -> Weights {
    let small = |weight: i32| u16::try_from(weight).unwrap_or(0);
    Weights {
        votes: small(place.weight_votes),
        severity: small(place.weight_severity),
        frequency: small(place.weight_frequency),
        harm: small(place.weight_harm),
    }
}

fn listed_concern(row: &store::Listed) -> Result<ListedConcern, Problem> {
    let small = |term: i32| u8::try_from(term).unwrap_or(0);
    Ok(ListedConcern {
        id: concern_id(row.id.as_str())?,
        title: row.title.clone(),
        severity: small(row.severity),
        frequency: small(row.frequency),
        harm: small(row.harm),
    })
}

/// The head with the beacon that follows from its reveals.
///
/// # Errors
/// `internal` for a list that is none.
pub fn with_beacon(head: BallotBox) -> Result<BallotBox, Problem> {
    let given: Vec<Contribution> = head
        .issuers
        .iter()
        .map(ballot::Issuer::contribution)
        .collect();
    let list = head
        .list_hash()
        .ok_or_else(|| Problem::new(Code::Internal))?;
    let beacon = ballot::beacon(head.consultation.id, list, &given);
    Ok(BallotBox { beacon, ..head })
}
