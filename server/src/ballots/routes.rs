//! Votes over HTTP. What is cast comes without a session: who sends it is not even looked at.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use ballot::Item;
use serde::Deserialize;
use utoipa::ToSchema;

use super::count_views::InclusionView;
use super::papers::Papers;
use super::proving::Proofs;
use super::relay::Relay;
use super::tokens::Asked;
use super::views::{GivenTokens, VoteView};
use super::{casting, counting, protocol, reading, tokens};
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::identity::viewer::SignedIn;
use crate::platform::app::App;
use crate::platform::limits::Limit;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::public_read_of_today;
use crate::platform::write::{Input, Write};

/// Requests for tokens by one account: each costs the issuers as many signatures.
const REQUESTS: Limit = Limit {
    name: "requests for tokens by an account",
    times: 60,
    seconds: 3600,
};

/// Asks for tokens.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskTokens {
    /// Blinded messages by institution (`municipality`, `police`, `prosecution`), base64url, for each that
    /// issues as many as one resident is given. What was asked once is asked again or not at all.
    blinded: Asked,
}

/// An item, as it will stand in the box.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CastItem {
    /// The token, base64url.
    token: String,
    /// Place of its concern on the list; 0 for a question.
    index: u16,
    /// 1 to 5, or a choice from 1; 0 withdraws.
    value: u8,
    /// A higher one replaces a lower one of the same token; up to 2,147,483,647.
    sequence: u32,
    /// The institutions' signatures on the token in their order, base64url; nothing where one is missing.
    signatures: Vec<Option<String>>,
    /// The token's signature on all of this, base64url.
    signature: String,
}

/// Asks whether an item is in the box.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskInclusion {
    /// The token, base64url.
    token: String,
}

impl Input for AskTokens {}
impl Input for CastItem {}
impl Input for AskInclusion {}

impl CastItem {
    fn parse(self) -> Result<Item, Problem> {
        let invalid = |pointer: &str| Problem::field(pointer, "invalid", None);
        let signatures = protocol::parse_slots(self.signatures);
        if i32::try_from(self.sequence).is_err() {
            return Err(Problem::field("/sequence", "out_of_range", None));
        }
        Ok(Item {
            token: protocol::parse(&self.token).ok_or_else(|| invalid("/token"))?,
            index: self.index,
            value: self.value,
            sequence: self.sequence,
            signatures: signatures.ok_or_else(|| invalid("/signatures"))?,
            signature: protocol::parse(&self.signature).ok_or_else(|| invalid("/signature"))?,
        })
    }
}

/// The vote of a consultation: who issues, what is voted on, and the count.
#[utoipa::path(
    operation_id = "get_vote", tag = "ballots",
    responses((status = 200, body = VoteView), (status = 404, body = ProblemBody)),
)]
#[get("/consultations/{id}/vote")]
pub async fn get_vote(
    app: web::Data<App>,
    id: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let delay = app.config().cast_delay_seconds;
    public_read_of_today(&app, &request, move |unit| reading::view(unit, &id, delay)).await
}

/// Has tokens signed blindly, once for each verified account; the same request is answered the same again.
#[utoipa::path(
    operation_id = "give_tokens", tag = "ballots", request_body = AskTokens,
    responses(
        (status = 200, body = GivenTokens), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody), (status = 503, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/tokens")]
pub async fn give_tokens(
    app: web::Data<App>,
    relay: web::Data<Relay>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AskTokens>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    app.take(REQUESTS, signed_in.account.as_str()).await?;
    let (body, _) = body.split();
    let signatures = tokens::give(&app, &relay, signed_in.account, id, body.blinded).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(GivenTokens { signatures }))
}

/// Casts an item. Send it without cookies, and at a time that says nothing.
#[utoipa::path(
    operation_id = "cast_item", tag = "ballots", request_body = CastItem,
    responses(
        (status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/items")]
pub async fn cast_item(
    app: web::Data<App>,
    papers: web::Data<Papers>,
    id: web::Path<String>,
    body: Write<CastItem>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, _) = body.split();
    casting::cast(&app, &papers, id, body.parse()?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows that an item is under the last published root.
#[utoipa::path(
    operation_id = "prove_inclusion", tag = "ballots", request_body = AskInclusion,
    responses(
        (status = 200, body = InclusionView), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/consultations/{id}/inclusions")]
pub async fn prove_inclusion(
    app: web::Data<App>,
    proofs: web::Data<Proofs>,
    id: web::Path<String>,
    body: Write<AskInclusion>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let token = protocol::parse::<32>(&body.token)
        .ok_or_else(|| Problem::field("/token", "invalid", None))?;
    let token = hex::encode(token.0);
    let proven = proofs.prove(&app, &id, &token).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(InclusionView::from(proven)))
}

/// The whole box of a vote that is counted, to recount it.
#[utoipa::path(
    operation_id = "get_box", tag = "ballots",
    responses(
        (status = 200, content_type = "application/json", body = String),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[get("/consultations/{id}/box.json")]
pub async fn get_box(app: web::Data<App>, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let pieces = counting::open(&app, parse_id(&id)?).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "no-cache"))
        .streaming(Box::pin(pieces)))
}

fn parse_id(text: &str) -> Result<ConsultationId, Problem> {
    text.parse()
        .map_err(|()| Problem::new(Code::ConsultationUnknown))
}
