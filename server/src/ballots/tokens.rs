//! Giving tokens: exactly once for an account, relayed to the issuers, signed by none of us.

use std::collections::BTreeMap;

use ballot::{Bytes, MODULUS};
use domain::Code as _;
use domain::vote::Stage;
use futures_util::future::join_all;

use super::relay::Relay;
use super::store::{self, VoteIssuer};
use super::{protocol, sealing, stage};
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::consultations::store::{self as consultations, Consultation};
use crate::identity::AccountId;
use crate::issuer::hash_of;
use crate::issuer::messages::{AskSignatures, Blinded};
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// What a device asks each institution to sign, by its code.
pub type Asked = BTreeMap<String, Vec<String>>;
/// What they signed; nothing of one that did not answer.
pub type Signed = BTreeMap<String, Option<Vec<String>>>;

/// What is asked, for whom the issuers are asked, and what they answered before.
#[derive(Clone)]
struct Request {
    voter: String,
    municipality: String,
    of: Vec<(String, Vec<Blinded>)>,
    answered: Answers,
    /// Whether the issuers still have their keys.
    is_signed: bool,
}

/// Signatures by institution.
type Answers = BTreeMap<String, Vec<String>>;

/// Has an account's tokens signed.
///
/// # Errors
/// `vote_unknown`, `not_verified`, `issuing_over`, `tokens_other`, `fields_invalid`; `issuers_away` where
/// none answers.
pub async fn give(
    app: &App,
    relay: &Relay,
    account: AccountId,
    id: ConsultationId,
    asked: Asked,
) -> Result<Signed, Problem> {
    let request = app
        .write({
            let (id, account) = (id.clone(), account.clone());
            move |unit| admit(unit, &account, &id, &asked)
        })
        .await?;
    let missing = request.of.iter().filter(|(institution, _)| {
        request.is_signed && !request.answered.contains_key(institution)
    });
    let new = join_all(missing.map(|of| ask(relay, &request, &id, of))).await;
    let new: Answers = new.into_iter().flatten().collect();
    if new.is_empty() && request.answered.is_empty() {
        return Err(Problem::new(Code::IssuersAway).retry_after(30));
    }
    let mut all = request.answered;
    all.extend(new.clone());
    if !new.is_empty() {
        app.write(move |unit| keep(unit, &id, &account, &new))
            .await?;
    }
    let institutions = request.of.into_iter().map(|(institution, _)| institution);
    Ok(institutions
        .map(|institution| {
            let signed = all.remove(&institution);
            (institution, signed)
        })
        .collect())
}

/// Keeps what was answered, for a phone that is lost.
fn keep(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    account: &AccountId,
    new: &Answers,
) -> Result<(), Problem> {
    for (institution, signed) in new {
        store::insert_answer(unit, id, account, institution, &signed.join(" "))?;
    }
    Ok(())
}

/// The signatures of one institution, where it answers.
async fn ask(
    relay: &Relay,
    request: &Request,
    id: &ConsultationId,
    (institution, blinded): &(String, Vec<Blinded>),
) -> Option<(String, Vec<String>)> {
    let place = relay.find(&request.municipality, institution)?;
    let asked = AskSignatures {
        consultation: id.to_string(),
        voter: request.voter.clone(),
        blinded: blinded.clone(),
    };
    match relay.sign(place, &asked).await {
        Ok(signed) => {
            let signed = signed.iter().map(ToString::to_string).collect();
            Some((institution.clone(), signed))
        }
        Err(away) => {
            tracing::warn!(institution, %away, "no signatures");
            None
        }
    }
}

/// Checks that somebody may have tokens, and remembers what they ask, which never changes.
fn admit(
    unit: &mut Unit<'_>,
    account: &AccountId,
    id: &ConsultationId,
    asked: &Asked,
) -> Result<Request, Problem> {
    let row = consultations::get(unit, id)?;
    let vote = store::get_vote(unit, id)?;
    let issuers = store::list_issuers(unit, id)?;
    let choices = consultations::list_choices(unit, id)?;
    let tokens = sealing::method(!choices.is_empty()).tokens();
    let of = parse(asked, &issuers, tokens)?;
    let messages: Vec<Blinded> = of.iter().flat_map(|(_, all)| all.clone()).collect();
    let hash = hash_of(&messages);
    let at = stage(&vote, row.phase(unit.today()));
    if !matches!(at, Stage::Issuing | Stage::Sealing | Stage::Casting) {
        return Err(Problem::new(Code::IssuingOver));
    }
    match store::find_request(unit, id, account)? {
        Some(before) if before == hash => {}
        Some(_) => return Err(Problem::new(Code::TokensOther)),
        None => {
            let lives_in = require_verified(unit, account, &row, vote.year)?;
            if at != Stage::Issuing {
                return Err(Problem::new(Code::IssuingOver));
            }
            store::insert_request(unit, id, account, &lives_in, &hash)?;
        }
    }
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    Ok(Request {
        voter: unit.keys.mark("voter", &format!("{id} {account}")),
        municipality: place.slug,
        of,
        answered: answered(unit, id, account)?,
        is_signed: at != Stage::Casting,
    })
}

fn answered(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    account: &AccountId,
) -> Result<Answers, Problem> {
    let rows = store::list_answers(unit, id, account)?;
    let split = |text: String| text.split(' ').map(str::to_owned).collect();
    Ok(rows
        .into_iter()
        .map(|(institution, text)| (institution, split(text)))
        .collect())
}

/// The unit in which somebody who may vote lives.
fn require_verified(
    unit: &mut Unit<'_>,
    account: &AccountId,
    row: &Consultation,
    year: i32,
) -> Result<String, Problem> {
    let unverified = || Problem::new(Code::NotVerified);
    let at = store::find_verified_unit(unit, account, &row.municipality_code, year)?;
    let at = at.ok_or_else(unverified)?;
    let units = consultations::list_units(unit, std::slice::from_ref(&row.id))?;
    let here = units.is_empty() || units.iter().any(|(_, slug)| *slug == at);
    here.then_some(at).ok_or_else(unverified)
}

/// What each issuer is asked, in their order: all of them, and each for every token.
fn parse(
    asked: &Asked,
    issuers: &[VoteIssuer],
    tokens: u32,
) -> Result<Vec<(String, Vec<Blinded>)>, Problem> {
    let wrong = |pointer: &str| Problem::field(pointer, "invalid", Some(tokens));
    if asked.len() != issuers.len() {
        return Err(wrong("/blinded"));
    }
    let one = |of: &VoteIssuer| {
        let pointer = format!("/blinded/{}", of.institution);
        let texts = asked
            .get(&of.institution)
            .filter(|texts| u32::try_from(texts.len()).is_ok_and(|found| found == tokens))
            .ok_or_else(|| wrong(&pointer))?;
        let parsed: Option<Vec<Bytes<MODULUS>>> =
            texts.iter().map(|text| protocol::parse(text)).collect();
        Ok((
            of.institution.clone(),
            parsed.ok_or_else(|| wrong(&pointer))?,
        ))
    };
    issuers.iter().map(one).collect()
}

/// The name of an institution, as it stands in the announcement.
pub fn name_of(institution: domain::seat::Institution, municipality: &str) -> String {
    match institution {
        domain::seat::Institution::Municipality => municipality.to_owned(),
        domain::seat::Institution::Police => "Policia e Shtetit".to_owned(),
        domain::seat::Institution::Prosecution => "Prokuroria".to_owned(),
        other => other.code().to_owned(),
    }
}
