//! The roll over HTTP. What stands on a card travels in a body only, and goes no further than the HMAC.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use chrono::Datelike;
use domain::roll::{Fault, Person};
use serde::Deserialize;
use utoipa::ToSchema;

use super::key::RollKey;
use super::{RollYears, store, verify};
use crate::codes::Code;
use crate::eligibility::routes::view;
use crate::eligibility::views::VerificationView;
use crate::identity::viewer::SignedIn;
use crate::places::store::{Municipality, get_municipality};
use crate::platform::app::App;
use crate::platform::limits::Limit;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, everybody, write_once};

/// Tries of one account: a card is in the hand, and who slips does so once or twice.
const BY_ACCOUNT: Limit = Limit {
    name: "tries at the roll of an account",
    times: 5,
    seconds: 86_400,
};
/// Tries at one person's identity, from whichever accounts: the number and the day of birth are known to
/// many, so it is the card that is guessed.
const AT_PERSON: Limit = Limit {
    name: "tries at the roll for a person",
    times: 10,
    seconds: 86_400,
};

/// Verifies oneself by what stands on the identity card.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UseRoll {
    /// The year: this one or the next.
    year: i32,
    /// The personal number: a letter, eight digits, a letter.
    number: String,
    /// The day of birth.
    born: String,
    /// The number of the card.
    card: String,
}

impl Input for UseRoll {}

impl UseRoll {
    fn person(&self) -> Result<Person, Problem> {
        Person::parse(&self.number, &self.born, &self.card).map_err(|fault| match fault {
            Fault::Number => Problem::field("/number", "personal_number_invalid", None),
            Fault::Born => Problem::field("/born", "day_invalid", None),
            Fault::Card => Problem::field("/card", "card_number_invalid", None),
        })
    }
}

/// For which years residents can verify by the roll.
#[utoipa::path(
    operation_id = "get_roll", tag = "eligibility",
    responses((status = 200, body = RollYears), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/roll")]
pub async fn get_roll(
    app: web::Data<App>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let years = app
        .read(move |unit| {
            let place = get_municipality(unit, &slug)?;
            if !unit.keys.roll_file(&place.slug).exists() {
                return Ok(RollYears { years: Vec::new() });
            }
            let now = unit.today().year();
            let years = store::list_years(unit, &place.code, now)?;
            Ok(RollYears { years })
        })
        .await?;
    Ok(HttpResponse::Ok().json(years))
}

/// Verifies oneself by the roll that the municipality handed in.
#[utoipa::path(
    operation_id = "verify_with_roll", tag = "eligibility", request_body = UseRoll,
    responses(
        (status = 200, body = VerificationView), (status = 401, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/roll/verifications")]
pub async fn verify_with_roll(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<UseRoll>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let person = body.person()?;
    let year = body.year;
    let (place, key) = open(&app, slug, year).await?;
    app.take(BY_ACCOUNT, signed_in.account.as_str()).await?;
    app.take(AT_PERSON, &key.whose(&person)).await?;
    let mark = key.mark(&person, year);
    let (who, status) = (signed_in.account.to_string(), StatusCode::OK);
    write_once(&app, once, &who, status, everybody, move |unit, ()| {
        let row = verify(unit, &signed_in.account, &place, year, &mark)?;
        view(unit, row)
    })
    .await
}

/// A municipality that handed in a roll for a year, and its key.
async fn open(app: &App, slug: String, year: i32) -> Result<(Municipality, RollKey), Problem> {
    app.read(move |unit| {
        let missing = || Problem::new(Code::RollMissing);
        let place = get_municipality(unit, &slug)?;
        let file = unit.keys.roll_file(&place.slug);
        let now = unit.today().year();
        if year < now || !file.exists() || store::find_roll(unit, &place.code, year)?.is_none() {
            return Err(missing());
        }
        let key = RollKey::read(&file).map_err(|cause| Problem::caused(Code::Internal, cause))?;
        Ok((place, key))
    })
    .await
}
