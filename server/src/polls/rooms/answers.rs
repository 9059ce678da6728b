//! Answering: an answer is taken apart before anything is written, and a slip or a device gives one.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use ballot::{Right, check_right};
use domain::Code as _;
use domain::poll::{Counted, Fault, Given, Kind, Paper, Question, RoomState, Slip, Way, count};
use domain::text::Remark;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::routes::parse_code;
use super::store::{self, Room};
use super::views::Answered;
use super::{device_mark, slip_mark, token_mark};
use crate::ballots::papers::Papers;
use crate::ballots::protocol;
use crate::codes::Code;
use crate::concerns::routes::device_of;
use crate::consultations::ConsultationId;
use crate::platform::app::{App, Unit};
use crate::platform::limits::Limit;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::proof::Gate;
use crate::platform::texts;
use crate::platform::write::{Input, Write, everybody, write_once};
use crate::polls;

/// The most values of one answer to a question.
const VALUES: usize = 40;

/// A slip that somebody drew.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownSlip {
    /// Its 8 Crockford base32 symbols.
    slip: String,
}

/// Answers a poll.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerPoll {
    /// The slip that gives the vote, in a room with slips: 8 Crockford base32 symbols.
    slip: Option<String>,
    /// The token that gives the vote, in a room of verified residents.
    right: Option<ShownRight>,
    /// By id of the question: an option (`single`), options (`multiple`, `ranking`), values by line (`matrix`), a
    /// number, a text of 1 to 300 characters, or `{"value": 1 to 3, "text": null}` (`sentiment`).
    #[schema(value_type = Object)]
    answers: BTreeMap<String, Value>,
}

/// A token of a vote on one question, shown to answer.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownRight {
    /// The token, base64url.
    token: String,
    /// The institutions' signatures on it in their order, base64url; nothing where one is missing.
    signatures: Vec<Option<String>>,
    /// The token's signature on consultation, token and the room's code, base64url.
    signature: String,
}

impl ShownRight {
    fn parse(self) -> Result<Right, Problem> {
        let invalid = |pointer: &str| Problem::field(pointer, "invalid", None);
        let signatures = protocol::parse_slots(self.signatures);
        let token = protocol::parse(&self.token);
        let signature = protocol::parse(&self.signature);
        Ok(Right {
            token: token.ok_or_else(|| invalid("/right/token"))?,
            signatures: signatures.ok_or_else(|| invalid("/right/signatures"))?,
            signature: signature.ok_or_else(|| invalid("/right/signature"))?,
        })
    }
}

impl Input for ShownSlip {}
impl Input for AnswerPoll {}

/// Says whether a slip gives a vote, and does not use it up.
#[utoipa::path(
    operation_id = "check_slip", tag = "polls", request_body = ShownSlip,
    responses(
        (status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[post("/poll-rooms/{code}/slips/check")]
pub async fn check_slip(
    app: web::Data<App>,
    code: web::Path<String>,
    body: Write<ShownSlip>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let slip = parse_slip(&body.slip)?;
    app.read(move |unit| {
        let room = store::get(unit, &code)?;
        takes_answers(unit, &room)?;
        let mark = slip_mark(unit, &room.code, &slip);
        match store::find_used(unit, &room.code, &mark)? {
            Some(false) => Ok(()),
            Some(true) => Err(Problem::new(Code::SlipUsed)),
            None => Err(Problem::new(Code::SlipUnknown)),
        }
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Answers a poll, once by slip or device. Who it was is nowhere, and neither is the answer: it is added to sums.
#[utoipa::path(
    operation_id = "answer_poll", tag = "polls", request_body = AnswerPoll,
    responses(
        (status = 201, body = Answered), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
        (status = 429, body = ProblemBody),
    ),
)]
#[post("/poll-rooms/{code}/answers")]
pub async fn answer_poll(
    app: web::Data<App>,
    papers: web::Data<Papers>,
    request: HttpRequest,
    code: web::Path<String>,
    body: Write<AnswerPoll>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let (body, once) = body.split();
    let asked = code.clone();
    let (room, paper) = app.read(move |unit| asked_in(unit, &asked)).await?;
    let counted = parse_answers(&paper, body.answers)?;
    let vote = match &room.consultation_id {
        Some(consultation) => {
            let right = body.right.ok_or_else(|| Problem::new(Code::RightNeeded))?;
            token(&app, &papers, consultation.clone(), &code, right).await?
        }
        None => vote(&room, &request, body.slip.as_deref())?,
    };
    if room.way == Way::Link.code() {
        pass(&app, &request, &room).await?;
    }
    let status = StatusCode::CREATED;
    write_once(&app, once, "", status, everybody, move |unit, ()| {
        take(unit, &code, &vote, &counted)
    })
    .await
}

/// What gives a vote.
#[derive(Clone)]
pub enum Vote {
    /// A slip of paper.
    Slip(Slip),
    /// The credential of a device.
    Device(String),
    /// A token that was issued.
    Token(String),
}

fn asked_in(unit: &mut Unit<'_>, code: &str) -> Result<(Room, Paper), Problem> {
    let room = store::get(unit, code)?;
    let poll = polls::store::get(unit, &room.poll_id)?;
    Ok((room, polls::read::paper(&poll)?.as_paper()?))
}

fn vote(room: &Room, request: &HttpRequest, slip: Option<&str>) -> Result<Vote, Problem> {
    if room.way == Way::Slips.code() {
        let slip = slip.ok_or_else(|| Problem::new(Code::SlipUnknown))?;
        return Ok(Vote::Slip(parse_slip(slip)?));
    }
    let device = device_of(request)?;
    let device = device.ok_or_else(|| Problem::new(Code::DeviceNeeded))?;
    Ok(Vote::Device(device))
}

/// The token that answers here, checked away from those who write.
async fn token(
    app: &App,
    papers: &Papers,
    consultation: ConsultationId,
    code: &str,
    shown: ShownRight,
) -> Result<Vote, Problem> {
    let (right, code) = (shown.parse()?, code.to_owned());
    let sealed = papers.sealed(app, &consultation).await?;
    let checked = web::block(move || {
        check_right(&sealed.context, &code, &right)
            .map(|()| right.token.to_string())
            .map_err(|_refusal| Problem::new(Code::ItemForeign))
    });
    let checked = checked.await;
    checked
        .map_err(|cause| Problem::caused(Code::Internal, cause))?
        .map(Vote::Token)
}

/// Lets an answer by link pass: as many in a minute as a full hall gives, and from one network in ten.
async fn pass(app: &App, request: &HttpRequest, room: &Room) -> Result<(), Problem> {
    let (gate, network) = (Gate::new(app, request), network(app, request));
    let free = app.config().proof_after;
    let minute = Limit {
        name: "answers to a poll",
        times: free.saturating_mul(25),
        seconds: 60,
    };
    let ten_minutes = Limit {
        name: "answers from a network",
        times: free.saturating_mul(2),
        seconds: 600,
    };
    let purpose = format!("answers {}", room.code);
    let free = [(minute, room.code.as_str()), (ten_minutes, &network)];
    gate.pass(&purpose, &free).await
}

/// Takes an answer: uses the slip up or notes the device down, and adds to the sums.
///
/// # Errors
/// `poll_not_open`, `poll_over`, `poll_full`, `slip_unknown`, `slip_used`, `device_answered`.
pub fn take(
    unit: &mut Unit<'_>,
    code: &str,
    vote: &Vote,
    counted: &Counted,
) -> Result<Answered, Problem> {
    let room = store::get(unit, code)?;
    polls::require_open(&polls::store::get(unit, &room.poll_id)?)?;
    takes_answers(unit, &room)?;
    match vote {
        Vote::Slip(slip) => {
            let mark = slip_mark(unit, code, slip);
            if !store::use_slip(unit, code, &mark)? {
                let known = store::find_used(unit, code, &mark)?.is_some();
                return Err(Problem::new(if known {
                    Code::SlipUsed
                } else {
                    Code::SlipUnknown
                }));
            }
        }
        Vote::Device(device) => {
            let mark = device_mark(unit, code, device);
            if !store::note(unit, code, &mark)? {
                return Err(Problem::new(Code::DeviceAnswered));
            }
        }
        Vote::Token(token) => {
            let mark = token_mark(unit, code, token);
            if !store::note(unit, code, &mark)? {
                return Err(Problem::new(Code::RightUsed));
            }
        }
    }
    if !store::count_one(unit, &room)? {
        return Err(Problem::new(Code::PollFull));
    }
    store::add(unit, &room, counted)?;
    Ok(Answered { counted: true })
}

fn takes_answers(unit: &Unit<'_>, room: &Room) -> Result<(), Problem> {
    match room.state(unit.now) {
        RoomState::Open | RoomState::Grace => Ok(()),
        RoomState::Ready => Err(Problem::new(Code::PollNotOpen)),
        RoomState::Closed => Err(Problem::new(Code::PollOver)),
    }
}

fn parse_slip(text: &str) -> Result<Slip, Problem> {
    Slip::parse(text).map_err(|_refusal| Problem::new(Code::SlipUnknown))
}

/// What an answer adds, each value in the form its question has.
fn parse_answers(paper: &Paper, answers: BTreeMap<String, Value>) -> Result<Counted, Problem> {
    let mut given = BTreeMap::new();
    for (id, value) in answers {
        let question = paper.questions.iter().find(|question| question.id == id);
        let question = question.ok_or_else(|| refused(&id, None, "question_unknown"))?;
        let answer = parse_answer(question, value)?;
        given.insert(id, answer);
    }
    count(paper, &given)
        .map_err(|fault: Fault| refused(&fault.question, fault.row.as_deref(), fault.code))
}

fn refused(question: &str, row: Option<&str>, code: &str) -> Problem {
    // A name of no question is not repeated: it may hold anything.
    let place = match (code, row) {
        ("question_unknown", _) => "/answers".to_owned(),
        ("option_unknown", _) | (_, None) => format!("/answers/{question}"),
        (_, Some(row)) => format!("/answers/{question}/{row}"),
    };
    Problem::field(&place, code, None)
}

fn parse_answer(question: &Question, value: Value) -> Result<Given, Problem> {
    let wrong = || refused(&question.id, None, "wrong_kind");
    let text = |said: &str, at: &str| {
        let place = format!("/answers/{}{at}", question.id);
        texts::parse(&place, Remark::parse(said)).map(Remark::into_string)
    };
    match (&question.kind, value) {
        (Kind::Single { .. }, Value::String(option)) => Ok(Given::One(option)),
        (Kind::Multiple { .. } | Kind::Ranking { .. }, Value::Array(options)) => {
            let named = |value| match value {
                Value::String(option) => Ok(option),
                _ => Err(wrong()),
            };
            let some = options.into_iter().take(VALUES).map(named);
            Ok(Given::Many(some.collect::<Result<_, _>>()?))
        }
        (Kind::Matrix { .. }, Value::Object(rows)) => {
            let valued = |(row, value): (String, Value)| {
                let value = value.as_i64().ok_or_else(wrong)?;
                Ok((row, value))
            };
            let some = rows.into_iter().take(VALUES).map(valued);
            Ok(Given::Rows(some.collect::<Result<_, Problem>>()?))
        }
        (Kind::Number { .. }, Value::Number(number)) => {
            Ok(Given::Number(number.as_i64().ok_or_else(wrong)?))
        }
        (Kind::Text, Value::String(said)) => Ok(Given::Text(text(&said, "")?)),
        (Kind::Sentiment, Value::Object(mut felt)) => {
            let value = felt.remove("value").and_then(|value| value.as_i64());
            let said = match felt.remove("text") {
                None | Some(Value::Null) => None,
                Some(Value::String(said)) => Some(text(&said, "/text")?),
                Some(_) => return Err(wrong()),
            };
            let value = value.filter(|_| felt.is_empty()).ok_or_else(wrong)?;
            Ok(Given::Feeling(value, said))
        }
        _ => Err(wrong()),
    }
}
