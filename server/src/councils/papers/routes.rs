//! A seat's papers over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, put, web};
use domain::Code as _;
use domain::access::Action;
use domain::seat::{Paper, Role};
use domain::text::Body;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{RolePaper, SeatPapers, SeatStates};
use super::{acknowledge, print, read, write_role};
use crate::codes::Code;
use crate::councils::store::{self, Holder, Seat};
use crate::councils::{SeatId, Staff, staff_at, staff_of};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::workshop::heavy;
use crate::platform::write::{Input, Proof, Write, write_once};

/// Says that one has read something.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgePaper {
    /// `handover`, `role` or `regulation`.
    paper: String,
    /// Which version was read; of a handover 0.
    version: i32,
}

/// Writes what a seat is there for.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteRole {
    /// What whoever holds it does, 10 to 4,000 characters.
    text: String,
}

impl Input for AcknowledgePaper {}
impl Input for WriteRole {}

/// Somebody in the seat that they sit in.
struct Sits {
    seat: Seat,
    holder: Holder,
}

impl Proof for Sits {
    fn standing(&self) -> String {
        self.holder.id.to_string()
    }
}

/// What whoever sits in a seat finds there.
#[utoipa::path(
    operation_id = "get_seat_papers", tag = "councils",
    responses((status = 200, body = SeatPapers), (status = 404, body = ProblemBody)),
)]
#[get("/seats/{id}/papers")]
pub async fn get_seat_papers(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let papers = app.read(move |unit| {
        let Sits { seat, holder } = sits(unit, &signed_in, &id)?;
        read::papers(unit, seat, holder)
    });
    Ok(HttpResponse::Ok().json(papers.await?))
}

/// What a seat is there for, as an annex to a description of work, to be signed on paper.
#[utoipa::path(
    operation_id = "print_role", tag = "councils",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/seats/{id}/role.pdf")]
pub async fn print_role(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let papers = app.read(move |unit| {
        let Sits { seat, holder } = sits(unit, &signed_in, &id)?;
        let place = places::store::get_municipality_by_code(unit, &seat.municipality_code)?;
        let papers = read::papers(unit, seat, holder)?;
        let unknown = || Problem::new(Code::RoleTextUnknown);
        papers.role.is_some().then_some(()).ok_or_else(unknown)?;
        Ok((place.name, papers))
    });
    let (name, papers) = papers.await?;
    let pdf = heavy(move || print::print(&name, &papers)).await??;
    Ok(HttpResponse::Ok().content_type("application/pdf").body(pdf))
}

/// Says that whoever sits in a seat has read its handover, its role or the regulation.
#[utoipa::path(
    operation_id = "acknowledge_paper", tag = "councils", request_body = AcknowledgePaper,
    responses(
        (status = 200, body = SeatPapers), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/seats/{id}/acknowledgements")]
pub async fn acknowledge_paper(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<AcknowledgePaper>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    let (body, once) = body.split();
    let unknown = || Problem::field("/paper", "paper_unknown", None);
    let paper = Paper::from_code(&body.paper).ok_or_else(unknown)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| sits(unit, &signed_in, &id);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, own| {
        acknowledge(unit, own.seat, own.holder, paper, body.version)
    })
    .await
}

/// The seats of a council with their papers: who has read what, and whose term is over.
#[utoipa::path(
    operation_id = "list_seat_papers", tag = "councils",
    responses(
        (status = 200, body = SeatStates), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/seats")]
pub async fn list_seat_papers(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let items = app.read(move |unit| {
        let staff = staff_at(unit, &signed_in, &slug, Action::ManagePapers)?;
        read::states(unit, &staff.municipality)
    });
    let items = items.await?;
    Ok(HttpResponse::Ok().json(SeatStates { items }))
}

/// Writes what a seat is there for; its holder is asked to read it.
#[utoipa::path(
    operation_id = "write_role", tag = "councils", request_body = WriteRole,
    responses(
        (status = 200, body = RolePaper), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/seats/{id}/role-text")]
pub async fn write_role_text(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<WriteRole>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    let (body, once) = body.split();
    let text = texts::parse("/text", Body::parse(&body.text))?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| keeps(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, seat)| {
        let row = write_role(unit, &staff, &seat, text)?;
        Ok(RolePaper {
            version: row.version,
            text: row.text,
            written_on: row.written_on,
            acknowledged_on: None,
        })
    })
    .await
}

/// Somebody in the council's seat that they sit in; for others it does not exist, and whoever sets the council up
/// sits in none.
fn sits(unit: &mut Unit<'_>, signed_in: &SignedIn, id: &str) -> Result<Sits, Problem> {
    let unknown = || Problem::new(Code::SeatUnknown);
    let id: SeatId = id.parse().map_err(|()| unknown())?;
    let seat = store::get_seat(unit, &id)?;
    let holder = store::find_holder(unit, &id, &signed_in.account)?;
    let sits = seat.role != Role::Administrator.code();
    let holder = holder.filter(|_| sits).ok_or_else(unknown)?;
    Ok(Sits { seat, holder })
}

/// A seat for whoever keeps its papers; outside its municipality it does not exist.
fn keeps(unit: &mut Unit<'_>, signed_in: &SignedIn, id: &str) -> Result<(Staff, SeatId), Problem> {
    let unknown = || Problem::new(Code::SeatUnknown);
    let id: SeatId = id.parse().map_err(|()| unknown())?;
    let seat = store::get_seat(unit, &id)?;
    let code = &seat.municipality_code;
    let staff = staff_of(unit, signed_in, code, Action::ManagePapers)?;
    Ok((staff.ok_or_else(unknown)?, id))
}
