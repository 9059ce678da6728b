//! Queries over votes: who issues, and who asked for tokens. What was cast is in `box_store`, and nothing
//! joins the two.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::consultations::ConsultationId;
use crate::consultations::store::Consultation;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{
    candidates, concerns, consultations, token_answers, token_requests, verifications,
    vote_issuers, votes,
};

/// The vote of a consultation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = votes)]
pub struct Vote {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// How many issuers must have signed a token.
    pub threshold: i32,
    /// For which year its voters are verified.
    pub year: i32,
    /// The head of the box (JSON) as all issuers stated it.
    pub announced: Option<String>,
    /// The same with the beacon, once it is sealed.
    pub sealed: Option<String>,
    /// The count (JSON), once it is over.
    pub outcome: Option<String>,
}

/// An issuer in one vote.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = vote_issuers)]
pub struct VoteIssuer {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// Its place among the signatures, from 0.
    pub position: i32,
    /// Code of the institution.
    pub institution: String,
    /// As shown.
    pub name: String,
    /// Its RSA modulus for this vote, base64url.
    pub key_modulus: String,
    /// Its Ed25519 key, base64url.
    pub identity: String,
    /// What it committed to, base64url.
    pub commitment: String,
    /// Its part of the beacon, base64url.
    pub reveal: Option<String>,
}

/// A concern as the frozen list has it.
#[derive(Clone, Debug, Queryable)]
pub struct Listed {
    /// The concern.
    pub id: ConcernId,
    /// Its title.
    pub title: String,
    /// How bad it is.
    pub severity: i32,
    /// How often it happens.
    pub frequency: i32,
    /// How many it harms.
    pub harm: i32,
}

/// Consultations that are not counted yet and whose vote ends no earlier than a day.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_unfinished(
    unit: &mut Unit<'_>,
    since: NaiveDate,
) -> Result<Vec<(Consultation, Option<Vote>)>, Problem> {
    Ok(consultations::table
        .left_join(votes::table.on(votes::consultation_id.eq(consultations::id)))
        .filter(consultations::withdrawn_on.is_null())
        .filter(consultations::vote_until.ge(since))
        .filter(votes::outcome.is_null())
        .order(consultations::vote_until)
        .select((Consultation::as_select(), Option::<Vote>::as_select()))
        .load(unit.conn)?)
}

/// The counted votes of a municipality, the last first, each with its count (JSON).
///
/// # Errors
/// `storage_unavailable`.
pub fn list_counted(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(Consultation, String)>, Problem> {
    Ok(votes::table
        .inner_join(consultations::table.on(consultations::id.eq(votes::consultation_id)))
        .filter(consultations::municipality_code.eq(municipality))
        .filter(votes::outcome.is_not_null())
        .order((consultations::vote_until.desc(), consultations::id))
        .select((Consultation::as_select(), votes::outcome.assume_not_null()))
        .load(unit.conn)?)
}

/// The vote of a consultation.
///
/// # Errors
/// `vote_unknown`.
pub fn get_vote(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vote, Problem> {
    votes::table
        .find(id)
        .select(Vote::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::VoteUnknown))
}

/// Writes a vote and its issuers down; nothing where another process did.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_vote(
    unit: &mut Unit<'_>,
    vote: &Vote,
    issuers: &[VoteIssuer],
) -> Result<(), Problem> {
    let known: i64 = votes::table
        .find(&vote.consultation_id)
        .count()
        .get_result(unit.conn)?;
    if known > 0 {
        return Ok(());
    }
    diesel::insert_into(votes::table)
        .values(vote)
        .execute(unit.conn)?;
    for issuer in issuers {
        diesel::insert_into(vote_issuers::table)
            .values(issuer)
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The issuers of a vote, in the order of their signatures.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_issuers(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vec<VoteIssuer>, Problem> {
    Ok(vote_issuers::table
        .filter(vote_issuers::consultation_id.eq(id))
        .order(vote_issuers::position)
        .select(VoteIssuer::as_select())
        .load(unit.conn)?)
}

/// Writes the head down as all issuers stated it, unless there is one; says whether there was none.
///
/// # Errors
/// `storage_unavailable`.
pub fn announce(unit: &mut Unit<'_>, id: &ConsultationId, head: &str) -> Result<bool, Problem> {
    let open = votes::table.find(id).filter(votes::announced.is_null());
    let done = diesel::update(open)
        .set(votes::announced.eq(head))
        .execute(unit.conn)?;
    Ok(done == 1)
}

/// What an issuer gives to the beacon.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_reveal(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    institution: &str,
    reveal: &str,
) -> Result<(), Problem> {
    let of = vote_issuers::table
        .filter(vote_issuers::consultation_id.eq(id))
        .filter(vote_issuers::institution.eq(institution));
    diesel::update(of)
        .set(vote_issuers::reveal.eq(reveal))
        .execute(unit.conn)?;
    Ok(())
}

/// Seals a vote that is not sealed; says whether it was not.
///
/// # Errors
/// `storage_unavailable`.
pub fn seal(unit: &mut Unit<'_>, id: &ConsultationId, head: &str) -> Result<bool, Problem> {
    let open = votes::table.find(id).filter(votes::sealed.is_null());
    let done = diesel::update(open)
        .set(votes::sealed.eq(head))
        .execute(unit.conn)?;
    Ok(done == 1)
}

/// Writes the count of a vote down that is not counted; says whether it was not.
///
/// # Errors
/// `storage_unavailable`.
pub fn set_outcome(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    outcome: &str,
) -> Result<bool, Problem> {
    let open = votes::table.find(id).filter(votes::outcome.is_null());
    let done = diesel::update(open)
        .set(votes::outcome.eq(outcome))
        .execute(unit.conn)?;
    Ok(done == 1)
}

/// The concerns on the list that are public and stand for themselves, in the order of their ids, which means nothing.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_listed(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vec<Listed>, Problem> {
    Ok(candidates::table
        .inner_join(concerns::table.on(concerns::id.eq(candidates::concern_id)))
        .filter(candidates::consultation_id.eq(id))
        .filter(candidates::included.eq(true))
        .filter(concerns::public_on.is_not_null())
        .filter(concerns::merged_into.is_null())
        .order(concerns::id)
        .select((
            concerns::id,
            concerns::title,
            candidates::severity,
            candidates::frequency,
            candidates::harm,
        ))
        .load(unit.conn)?)
}

/// The unit in which somebody is verified in a municipality and a year.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_verified_unit(
    unit: &mut Unit<'_>,
    account: &AccountId,
    municipality: &str,
    year: i32,
) -> Result<Option<String>, Problem> {
    Ok(verifications::table
        .find((account, municipality, year))
        .select(verifications::unit)
        .first(unit.conn)
        .optional()?)
}

/// The hash of what an account asked for.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_request(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    account: &AccountId,
) -> Result<Option<String>, Problem> {
    Ok(token_requests::table
        .find((id, account))
        .select(token_requests::messages_hash)
        .first(unit.conn)
        .optional()?)
}

/// Writes down that an account asked.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_request(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    account: &AccountId,
    lives_in: &str,
    hash: &str,
) -> Result<(), Problem> {
    diesel::insert_into(token_requests::table)
        .values((
            token_requests::consultation_id.eq(id),
            token_requests::account_id.eq(account),
            token_requests::unit.eq(lives_in),
            token_requests::messages_hash.eq(hash),
        ))
        .execute(unit.conn)?;
    Ok(())
}

/// What the issuers answered an account, by institution.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_answers(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    account: &AccountId,
) -> Result<Vec<(String, String)>, Problem> {
    Ok(token_answers::table
        .filter(token_answers::consultation_id.eq(id))
        .filter(token_answers::account_id.eq(account))
        .select((token_answers::institution, token_answers::signatures))
        .load(unit.conn)?)
}

/// Writes down what an issuer answered an account, unless it is there.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_answer(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    account: &AccountId,
    institution: &str,
    signatures: &str,
) -> Result<(), Problem> {
    let known: i64 = token_answers::table
        .find((id, account, institution))
        .count()
        .get_result(unit.conn)?;
    if known == 0 {
        diesel::insert_into(token_answers::table)
            .values((
                token_answers::consultation_id.eq(id),
                token_answers::account_id.eq(account),
                token_answers::institution.eq(institution),
                token_answers::signatures.eq(signatures),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// Takes all answers of a vote away.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete_answers(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<(), Problem> {
    diesel::delete(token_answers::table.filter(token_answers::consultation_id.eq(id)))
        .execute(unit.conn)?;
    Ok(())
}

/// How many accounts asked for tokens, by the unit they live in.
///
/// # Errors
/// `storage_unavailable`.
pub fn count_requests(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
) -> Result<Vec<(String, i64)>, Problem> {
    Ok(token_requests::table
        .filter(token_requests::consultation_id.eq(id))
        .group_by(token_requests::unit)
        .select((token_requests::unit, diesel::dsl::count_star()))
        .load(unit.conn)?)
}
