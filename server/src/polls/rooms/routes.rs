//! Rooms over HTTP.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, delete, get, post, web};
use chrono::TimeDelta;
use domain::Code as _;
use domain::poll::{RoomCode, State, Way};
use domain::text::Choice;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{RoomList, RoomPage, RoomView};
use super::{Asked, store};
use crate::codes::Code;
use crate::councils::Staff;
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};
use crate::polls;
use crate::polls::read;
use crate::polls::routes::{maker, may_make, parse_id};
use crate::polls::views::PollResults;

/// The most of a class.
const CLASS: i32 = 200;
/// The most that a link is sent to.
const INVITED: i32 = 500_000;

/// Adds a class or a link to a poll.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddRoom {
    /// What gives a vote: `slips`, `hands`, `link` or `verified`.
    way: String,
    /// Of `verified`: id of the consultation whose tokens answer, on one question.
    consultation: Option<String>,
    /// The school, 1 to 120 characters; not of a link.
    school: Option<String>,
    /// The class, 1 to 120 characters; not of a link.
    class: Option<String>,
    /// How many may answer, 1 to 200; of a link how many it is sent to, where that is known.
    invited: Option<i32>,
    /// Minutes in which answers of phones without a network are awaited after it closed, 0 to 60.
    grace_minutes: i32,
}

/// Opens a room.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRoom {
    /// For how many minutes, 5 to 240: a class.
    minutes: Option<i32>,
    /// For how many days, 1 to 60: a link.
    days: Option<i32>,
}

impl Input for AddRoom {}
impl Input for OpenRoom {}

impl AddRoom {
    fn parse(self) -> Result<Asked, Problem> {
        let way = Way::from_code(&self.way)
            .ok_or_else(|| Problem::field("/way", "reference_unknown", None))?;
        texts::within("/grace_minutes", Some(self.grace_minutes), 0..=60)?;
        let named = |pointer: &str, name: Option<String>| match name {
            Some(_) if !way.is_in_class() => Err(Problem::field(pointer, "not_of_a_link", None)),
            None if way.is_in_class() => Err(Problem::field(pointer, "required", None)),
            Some(name) => texts::parse(pointer, Choice::parse(&name)).map(Some),
            None => Ok(None),
        };
        let school = named("/school", self.school)?;
        let class = named("/class", self.class)?;
        let most = if way.is_in_class() { CLASS } else { INVITED };
        if way.is_in_class() && self.invited.is_none() {
            return Err(Problem::field("/invited", "required", None));
        }
        texts::within("/invited", self.invited, 1..=most)?;
        let unknown = |()| Problem::field("/consultation", "reference_unknown", None);
        let vote = self.consultation.map(|id| id.parse()).transpose();
        let vote = vote.map_err(unknown)?;
        if (way == Way::Verified) != vote.is_some() {
            return Err(Problem::field("/consultation", "required", None));
        }
        Ok(Asked {
            way,
            consultation: vote,
            class: school.zip(class),
            invited: self.invited,
            grace_minutes: self.grace_minutes,
        })
    }
}

/// The rooms of a poll, for those who make polls.
#[utoipa::path(
    operation_id = "list_poll_rooms", tag = "polls",
    responses((status = 200, body = RoomList), (status = 404, body = ProblemBody)),
)]
#[get("/polls/{id}/rooms")]
pub async fn list_poll_rooms(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let may = may_make(&signed_in, &id);
    let items = app
        .read(move |unit| {
            may(unit)?;
            let row = polls::store::get(unit, &id)?;
            let rooms = store::list(unit, &id)?;
            let printed = store::list_with_slips(unit, &id)?;
            let now = unit.now;
            let shown = rooms.iter().map(|room| {
                let sheet = printed.contains(&room.code);
                RoomView::new(room, &row, sheet, now)
            });
            Ok(shown.collect())
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-store"))
        .json(RoomList { items }))
}

/// Adds a class or a link to a poll that is published.
#[utoipa::path(
    operation_id = "add_poll_room", tag = "polls", request_body = AddRoom,
    responses(
        (status = 201, body = RoomView), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/polls/{id}/rooms")]
pub async fn add_poll_room(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AddRoom>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let (body, once) = body.split();
    let asked = body.parse()?;
    let who = signed_in.account.to_string();
    let may = may_make(&signed_in, &id);
    write_once(
        &app,
        once,
        &who,
        StatusCode::CREATED,
        may,
        move |unit, staff| super::add(unit, &staff, &id, asked),
    )
    .await
}

/// A class or a link with what is asked in it, for whoever has its code.
#[utoipa::path(
    operation_id = "get_poll_room", tag = "polls",
    responses((status = 200, body = RoomPage), (status = 404, body = ProblemBody)),
)]
#[get("/poll-rooms/{code}")]
pub async fn get_poll_room(
    app: web::Data<App>,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let page = app
        .read(move |unit| {
            let room = store::get(unit, &code)?;
            let row = polls::store::get(unit, &room.poll_id)?;
            let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
            let sheet = store::count_slips(unit, &room.code)? > 0;
            Ok(RoomPage {
                room: RoomView::new(&room, &row, sheet, unit.now),
                municipality: place.slug,
                paper: read::paper(&row)?,
                k: read::k(&row, &store::list(unit, &row.id)?)?,
            })
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .json(page))
}

/// What a class that is closed answered, where as many did as are shown.
#[utoipa::path(
    operation_id = "get_poll_room_results", tag = "polls",
    responses(
        (status = 200, body = PollResults), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[get("/poll-rooms/{code}/results")]
pub async fn get_poll_room_results(
    app: web::Data<App>,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let results = app.read(move |unit| super::results(unit, &code)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .json(results))
}

/// Opens a class or a link, once.
#[utoipa::path(
    operation_id = "open_poll_room", tag = "polls", request_body = OpenRoom,
    responses(
        (status = 200, body = RoomView), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/poll-rooms/{code}/opening")]
pub async fn open_poll_room(
    app: web::Data<App>,
    signed_in: SignedIn,
    code: web::Path<String>,
    body: Write<OpenRoom>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let (body, once) = body.split();
    texts::within("/minutes", body.minutes, 5..=240)?;
    texts::within("/days", body.days, 1..=60)?;
    let who = signed_in.account.to_string();
    let may = may_keep(&signed_in, &code);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        let link = !store::get(unit, &code)?.is_in_class();
        let missing = |pointer| Problem::field(pointer, "required", None);
        let time = if link {
            TimeDelta::days(body.days.ok_or_else(|| missing("/days"))?.into())
        } else {
            TimeDelta::minutes(body.minutes.ok_or_else(|| missing("/minutes"))?.into())
        };
        super::open(unit, &staff, &code, time)
    })
    .await
}

/// Closes a class or a link now. It does not open again.
#[utoipa::path(
    operation_id = "close_poll_room", tag = "polls",
    responses(
        (status = 200, body = RoomView), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody),
    ),
)]
#[post("/poll-rooms/{code}/closing")]
pub async fn close_poll_room(
    app: web::Data<App>,
    signed_in: SignedIn,
    code: web::Path<String>,
    body: Write<()>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let ((), once) = body.split();
    let who = signed_in.account.to_string();
    let may = may_keep(&signed_in, &code);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        super::close(unit, &staff, &code)
    })
    .await
}

/// Takes a class or a link away that was never opened.
#[utoipa::path(
    operation_id = "remove_poll_room", tag = "polls",
    responses(
        (status = 204), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
    ),
)]
#[delete("/poll-rooms/{code}")]
pub async fn remove_poll_room(
    app: web::Data<App>,
    signed_in: SignedIn,
    code: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let code = parse_code(&code)?;
    let may = may_keep(&signed_in, &code);
    app.write(move |unit| {
        let staff = may(unit)?;
        super::remove(unit, &staff, &code)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whether somebody makes polls where a room is.
pub fn may_keep(
    signed_in: &SignedIn,
    code: &str,
) -> impl FnOnce(&mut Unit<'_>) -> Result<Staff, Problem> + Clone + use<> {
    let (signed_in, code) = (signed_in.clone(), code.to_owned());
    move |unit| {
        let room = store::get(unit, &code)?;
        let row = polls::store::get(unit, &room.poll_id)?;
        let staff = maker(unit, &signed_in, &row.municipality_code)?;
        let staff = staff.ok_or_else(|| Problem::new(Code::NotAllowed))?;
        if row.state == State::Draft.code() {
            return Err(Problem::new(Code::PollNotOpen));
        }
        Ok(staff)
    }
}

/// The code of a room in an address, as people type it.
///
/// # Errors
/// `poll_room_unknown`.
pub fn parse_code(text: &str) -> Result<String, Problem> {
    RoomCode::parse(text)
        .map(|code| code.to_string())
        .map_err(|_refusal| Problem::new(Code::PollRoomUnknown))
}
