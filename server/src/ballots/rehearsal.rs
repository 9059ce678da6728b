//! A vote that is over, for the sample year: really issued, really cast, and sound for whoever recounts it.
//! Its issuers live no longer than this.

use actix_web::web;
use ballot::{
    BallotBox, Bytes, IssuerIdentity, IssuerKey, Item, ListedConcern, Paper, Seed, StatementScope,
    Token, Vote as Cast, commitment, leaf, to_base64url,
};
use chrono::Datelike;
use domain::Code as _;
use domain::consultation::Schedule;
use domain::seat::Institution;
use rand::Rng;
use rand::rngs::StdRng;

use super::box_store::{self, BoxRoot};
use super::store::{self, Vote, VoteIssuer};
use super::{first_day, papers, protocol, sealing, tokens};
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::consultations::store::{self as consultations, Consultation};
use crate::identity::AccountId;
use crate::places::store::get_municipality_by_code;
use crate::platform::app::{App, Unit};
use crate::platform::chance::Chance;
use crate::platform::problem::Problem;

const TRIANGLE: [Institution; 3] = [
    Institution::Municipality,
    Institution::Police,
    Institution::Prosecution,
];
const THRESHOLD: i32 = 2;
/// One resident in so many was not answered by the last issuer.
const UNANSWERED: usize = 5;

/// An issuer that is there for this alone.
struct Passing {
    key: IssuerKey,
    identity: IssuerIdentity,
    reveal: [u8; 32],
}

/// Holds the vote of a consultation that is over, with these residents and the units they live in; nothing
/// where it was held.
///
/// # Errors
/// `consultation_unknown`, `internal`, `storage_unavailable`.
pub async fn hold(
    app: &App,
    id: ConsultationId,
    residents: Vec<(AccountId, String)>,
) -> Result<(), Problem> {
    let asked = id.clone();
    let known = app
        .read(move |unit| Ok(store::get_vote(unit, &asked).is_ok()))
        .await?;
    if known {
        return Ok(());
    }
    let issuers: Vec<Passing> =
        blocking(|| TRIANGLE.iter().map(|_| Passing::new()).collect()).await?;
    let rows = rows(app, &id, &issuers).await?;
    let (of, asked) = (rows.clone(), id.clone());
    let (row, head) = app
        .read(move |unit| {
            let row = consultations::get(unit, &asked)?;
            let head = sealing::head(unit, &row, THRESHOLD, &of)?;
            Ok((row, head))
        })
        .await?;
    let voters = residents.len();
    let held = blocking(move || vote(head, &issuers, voters)).await?;
    app.write(move |unit| write(unit, &row, &rows, &residents, &held))
        .await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    web::block(work).await.map_err(failed)?
}

async fn rows(
    app: &App,
    id: &ConsultationId,
    issuers: &[Passing],
) -> Result<Vec<VoteIssuer>, Problem> {
    let asked = id.clone();
    let place = app
        .read(move |unit| {
            let row = consultations::get(unit, &asked)?;
            get_municipality_by_code(unit, &row.municipality_code)
        })
        .await?;
    let consultation = protocol::consultation_id(id)?;
    let rows = (0..).zip(TRIANGLE).zip(issuers);
    Ok(rows
        .map(|((position, institution), of)| VoteIssuer {
            consultation_id: id.clone(),
            position,
            institution: institution.code().to_owned(),
            name: tokens::name_of(institution, &place.full_name),
            key_modulus: to_base64url(of.key.public().modulus()),
            identity: of.identity.public().to_string(),
            commitment: commitment(consultation, &of.reveal).to_string(),
            reveal: Some(to_base64url(&of.reveal)),
        })
        .collect())
}

impl Passing {
    fn new() -> Result<Self, Problem> {
        Ok(Self {
            key: IssuerKey::generate(&mut Chance.generator()?).map_err(failed)?,
            identity: IssuerIdentity::from_secret(&Chance.bytes()?),
            reveal: Chance.bytes()?,
        })
    }
}

/// Issues, seals, casts and counts.
fn vote(mut head: BallotBox, issuers: &[Passing], voters: usize) -> Result<BallotBox, Problem> {
    let mut chance = Chance.generator()?;
    let mut issued = Vec::new();
    for voter in 0..voters {
        let seed = Seed::from_entropy(Chance.bytes()?);
        for index in 0..12 {
            let token = seed.token(head.consultation.id, index);
            let slots = sign(&token, issuers, voter, &mut chance)?;
            issued.push((token, slots));
        }
    }
    let about = head
        .announcement()
        .ok_or_else(|| failed("no announcement"))?;
    for (slot, (listed, of)) in head.issuers.iter_mut().zip(issuers).enumerate() {
        let scope = StatementScope {
            consultation: head.consultation.id,
            key: of.key.public().fingerprint(),
            commitment: listed.commitment,
            announcement: about,
        };
        let tokens = issued.iter().filter(|(_, slots)| {
            let given = slots.get(slot);
            given.is_some_and(Option::is_some)
        });
        let tokens = u32::try_from(tokens.count()).map_err(failed)?;
        listed.statement = of.identity.state(&scope, tokens / 12, tokens);
        listed.reveal = Some(Bytes(of.reveal));
    }
    let mut head = sealing::with_beacon(head)?;
    head.items = cast(&head, issued, &mut chance)?;
    head.items.sort_by_key(|item| item.token);
    head.root = head.recomputed_root();
    head.result = head.recount();
    Ok(head)
}

/// What each issuer signs of a token; nothing of one that did not answer this resident.
fn sign(
    token: &Token,
    issuers: &[Passing],
    voter: usize,
    chance: &mut StdRng,
) -> Result<Vec<Option<Bytes<256>>>, Problem> {
    let last = issuers.len().saturating_sub(1);
    let one = |(slot, of): (usize, &Passing)| {
        if slot == last && voter.is_multiple_of(UNANSWERED) {
            return Ok(None);
        }
        let blinded = token.blind(of.key.public()).map_err(failed)?;
        let signed = of.key.blind_sign(chance, &blinded).map_err(failed)?;
        let signature = token.finalize(of.key.public(), &signed).map_err(failed)?;
        Ok(Some(signature))
    };
    issuers.iter().enumerate().map(one).collect()
}

/// Most rate what they were assigned, about as bad as the institutions say it is.
fn cast(
    head: &BallotBox,
    issued: Vec<(Token, Vec<Option<Bytes<256>>>)>,
    chance: &mut StdRng,
) -> Result<Vec<Item>, Problem> {
    let context = papers::context(head)?;
    let mut items = Vec::new();
    for (token, slots) in issued {
        let index = match &context.paper {
            paper @ Paper::Prioritising { .. } => paper.assigned_to(token.public()),
            Paper::Question { .. } => 0,
        };
        let about = head.concerns.get(usize::from(index));
        let drawn = chance.next_u32();
        if !drawn.is_multiple_of(6) {
            let vote = Cast {
                index,
                value: rating(about, drawn),
                sequence: 1,
            };
            items.push(token.cast(vote, slots));
        }
    }
    Ok(items)
}

fn rating(about: Option<&ListedConcern>, drawn: u32) -> u8 {
    let severity = about.map_or(50, |listed| listed.severity);
    let noise = i32::try_from(drawn / 7 % 5).unwrap_or(2) - 2;
    let rated = 1 + i32::from(severity) / 25 + noise.signum() * i32::from(drawn.is_multiple_of(2));
    u8::try_from(rated.clamp(1, 5)).unwrap_or(3)
}

fn write(
    unit: &mut Unit<'_>,
    row: &Consultation,
    issuers: &[VoteIssuer],
    residents: &[(AccountId, String)],
    held: &BallotBox,
) -> Result<(), Problem> {
    let id = &row.id;
    let head = BallotBox {
        items: Vec::new(),
        ..held.clone()
    };
    let head = protocol::to_json(&head)?;
    let vote = Vote {
        consultation_id: id.clone(),
        threshold: THRESHOLD,
        year: first_day(&row.schedule.clone().into()).year(),
        announced: Some(head.clone()),
        sealed: Some(head),
        outcome: Some(protocol::to_json(&held.result)?),
    };
    store::insert_vote(unit, &vote, issuers)?;
    for (account, lives_in) in residents {
        // What they asked is forgotten with their seeds.
        let hash = unit.chance.symbols::<32>()?;
        store::insert_request(unit, id, account, lives_in, &hash)?;
    }
    for item in &held.items {
        let ballot = protocol::row_of(id, item);
        box_store::insert_ballot(unit, &ballot)?;
        let leaf = leaf(&item.canonical()).to_string();
        box_store::set_rooted(unit, id, &ballot.token, &leaf)?;
    }
    let last = Schedule::from(row.schedule.clone()).vote_until;
    let root = BoxRoot {
        consultation_id: id.clone(),
        on_day: last.succ_opt().unwrap_or(last),
        size: i32::try_from(held.root.size).map_err(failed)?,
        hash: held.root.hash.to_string(),
    };
    box_store::insert_root(unit, &root)?;
    unit.touch(&row.municipality_code);
    Ok(())
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
