//! Seats, kept by the administrator of a municipality.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, put, web};
use domain::Code as _;
use domain::access::Action;
use domain::seat::{Institution, Role};
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Seat};
use super::views::{SeatList, SeatView};
use super::{SeatId, Staff, staff_at, staff_of};
use crate::audit;
use crate::codes::Code;
use crate::identity;
use crate::identity::sign_in::parse_email;
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Input, Write, write_once};

/// Gives a seat to the person with an address.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSeat {
    /// Where the person signs in.
    email: String,
    /// The institution the seat speaks for.
    institution: String,
    /// `member`, `secretary` or `administrator`.
    role: String,
    /// What the seat is called.
    title: String,
}

/// Names who holds a seat from today on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FillSeat {
    /// Where the person signs in.
    email: String,
}

impl Input for AddSeat {}
impl Input for FillSeat {}

/// The seats of a council, for its administrator.
#[utoipa::path(
    operation_id = "list_seats", tag = "councils",
    responses((status = 200, body = SeatList), (status = 403, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/seats")]
pub async fn list_seats(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let items = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ManageSeats)?;
            let rows = store::list_seats(unit, &staff.municipality)?;
            Ok(rows
                .into_iter()
                .map(|(seat, holder)| SeatView::new(seat, holder))
                .collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(SeatList { items }))
}

/// Adds a seat and who holds it.
#[utoipa::path(
    operation_id = "add_seat", tag = "councils", request_body = AddSeat,
    responses(
        (status = 201, body = SeatView), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/seats")]
pub async fn add_seat(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AddSeat>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let email = parse_email(&body.email)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageSeats);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        let seat = seat_of(unit, &staff.municipality, &body)?;
        place(unit, &seat, &email)?;
        audit::append(unit, Some(&staff), "seat_added", seat.id.as_str())?;
        Ok(SeatView::new(seat, Some(email)))
    })
    .await
}

/// Ends the time of whoever holds a seat; the seat and what it promised stay.
#[utoipa::path(
    operation_id = "empty_seat", tag = "councils",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/seats/{id}")]
pub async fn empty_seat(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    app.write(move |unit| {
        let (staff, seat) = open(unit, &signed_in, &id)?;
        store::set_seat_empty(unit, &seat.id)?;
        audit::append(unit, Some(&staff), "seat_emptied", seat.id.as_str())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Names who holds a seat from today on; whoever held it leaves, what it promised stays.
#[utoipa::path(
    operation_id = "fill_seat", tag = "councils", request_body = FillSeat,
    responses(
        (status = 200, body = SeatView), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/seats/{id}/holder")]
pub async fn fill_seat(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<FillSeat>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    let (body, once) = body.split();
    let email = parse_email(&body.email)?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, seat)| {
        let account = identity::store::find_or_insert_account(unit, &email, "sq")?;
        store::insert_holder(unit, &seat.id, &account.id)?;
        audit::append(unit, Some(&staff), "seat_filled", seat.id.as_str())?;
        Ok(SeatView::new(seat, Some(email)))
    })
    .await
}

/// A seat, for the administrator of its municipality; for others it does not exist.
fn open(unit: &mut Unit<'_>, signed_in: &SignedIn, id: &str) -> Result<(Staff, Seat), Problem> {
    let unknown = || Problem::new(Code::SeatUnknown);
    let id: SeatId = id.parse().map_err(|()| unknown())?;
    let seat = store::get_seat(unit, &id)?;
    let staff = staff_of(
        unit,
        signed_in,
        &seat.municipality_code,
        Action::ManageSeats,
    )?
    .ok_or_else(unknown)?;
    Ok((staff, seat))
}

/// Seats the person with this address, making their account where there is none.
///
/// # Errors
/// `storage_unavailable`.
pub fn place(unit: &mut Unit<'_>, seat: &Seat, email: &str) -> Result<(), Problem> {
    let account = identity::store::find_or_insert_account(unit, email, "sq")?;
    store::insert_seat(unit, seat)?;
    store::insert_holder(unit, &seat.id, &account.id)
}

fn seat_of(unit: &Unit<'_>, municipality: &str, body: &AddSeat) -> Result<Seat, Problem> {
    let institution = Institution::from_code(&body.institution)
        .ok_or_else(|| Problem::field("/institution", "institution_unknown", None))?;
    let role =
        Role::from_code(&body.role).ok_or_else(|| Problem::field("/role", "role_unknown", None))?;
    let title = domain::text::DisplayName::parse(&body.title);
    let title = crate::platform::texts::parse("/title", title)?;
    Ok(Seat {
        id: SeatId::new(unit.chance)?,
        municipality_code: municipality.to_owned(),
        institution: institution.code().to_owned(),
        role: role.code().to_owned(),
        title: title.as_str().to_owned(),
    })
}
