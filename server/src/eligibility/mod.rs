//! Who may vote: shown once a year by a code from a printed letter, by what stands on an identity card
//! and on the municipality's roll, or at the desk to a clerk. What is kept says that somebody is a
//! resident of a unit, never by what or when that was shown.

pub mod letters;
pub mod roll;
pub mod routes;
pub mod store;
pub mod views;

use domain::activation::ActivationCode;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit;
use crate::codes::Code;
use crate::councils::Staff;
use crate::identity::AccountId;
use crate::platform::app::Unit;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;
use crate::platform::write::Proof;
use crate::{identity, places};
use store::{Batch, Verification};

crate::id! {
    /// A batch of letters with activation codes.
    BatchId
}

impl Proof for Batch {}

/// The routes of eligibility.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::list_activation_batches)
        .service(routes::make_activation_codes)
        .service(routes::revoke_activation_codes)
        .service(routes::verify_with_code)
        .service(routes::verify_at_desk)
        .service(roll::routes::get_roll)
        .service(roll::routes::verify_with_roll);
}

/// Makes codes for letters to a unit. They are returned once and kept as HMACs only.
///
/// # Errors
/// `fields_invalid` for the unit, or for a year with a roll.
pub fn make_codes(
    unit: &mut Unit<'_>,
    staff: &Staff,
    slug: &str,
    year: i32,
    amount: u32,
) -> Result<(Batch, Vec<ActivationCode>), Problem> {
    places::require_unit(unit, &staff.municipality, slug, "/unit")?;
    // Who is on the roll would have two ways to verify, from two accounts.
    if roll::store::find_roll(unit, &staff.municipality, year)?.is_some() {
        return Err(Problem::field("/year", "roll_handed_in", None));
    }
    let batch = Batch {
        id: BatchId::new(unit.chance)?,
        municipality_code: staff.municipality.clone(),
        unit: slug.to_owned(),
        year,
        amount: i32::try_from(amount).unwrap_or(i32::MAX),
        used: 0,
        made_on: unit.today(),
        revoked: false,
    };
    store::insert_batch(unit, &batch)?;
    let mut codes = Vec::new();
    for _ in 0..amount {
        let code = ActivationCode::from_entropy(unit.chance.bytes()?);
        store::insert_code(unit, &mark(unit.keys, &code), &batch.id)?;
        codes.push(code);
    }
    let subject = format!("{} {slug} {year}: {amount}", batch.id);
    audit::append(unit, Some(staff), "activation_codes_made", &subject)?;
    Ok((batch, codes))
}

/// Takes back the codes of a batch that nobody has used yet.
///
/// # Errors
/// `storage_unavailable`.
pub fn revoke(unit: &mut Unit<'_>, staff: &Staff, batch: &Batch) -> Result<(), Problem> {
    store::delete_codes(unit, &batch.id)?;
    store::set_revoked(unit, &batch.id)?;
    audit::append(
        unit,
        Some(staff),
        "activation_codes_revoked",
        batch.id.as_str(),
    )
}

/// Verifies the resident who has a code; the code is gone.
///
/// # Errors
/// `activation_code_unknown`, `verified_already`.
pub fn verify(
    unit: &mut Unit<'_>,
    account: &AccountId,
    code: &ActivationCode,
) -> Result<Verification, Problem> {
    let mark = mark(unit.keys, code);
    let batch = store::find_batch_of(unit, &mark)?
        .ok_or_else(|| Problem::new(Code::ActivationCodeUnknown))?;
    let verification = Verification {
        account_id: account.clone(),
        municipality_code: batch.municipality_code,
        year: batch.year,
        unit: batch.unit,
    };
    store::insert_verification(unit, &verification)?;
    store::use_code(unit, &mark, &batch.id)?;
    Ok(verification)
}

/// Verifies somebody who showed a clerk who they are and where they live.
///
/// # Errors
/// `fields_invalid` for the unit, `verified_already`.
pub fn verify_shown(
    unit: &mut Unit<'_>,
    staff: &Staff,
    email: &str,
    slug: &str,
    year: i32,
) -> Result<Verification, Problem> {
    places::require_unit(unit, &staff.municipality, slug, "/unit")?;
    let account = identity::store::find_or_insert_account(unit, email, "sq")?;
    let verification = Verification {
        account_id: account.id,
        municipality_code: staff.municipality.clone(),
        year,
        unit: slug.to_owned(),
    };
    store::insert_verification(unit, &verification)?;
    // How many, and from which unit; never who.
    let subject = format!("{slug} {year}");
    audit::append(unit, Some(staff), "resident_verified", &subject)?;
    Ok(verification)
}

/// What is stored of a code.
fn mark(keys: &Keys, code: &ActivationCode) -> String {
    keys.mark("activation", &code.canonical())
}
