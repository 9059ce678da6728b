//! Seats, kept by the administrator of a municipality.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, put, web};
use chrono::NaiveDate;
use domain::Code as _;
use domain::access::Action;
use domain::seat::{Institution, Role};
use domain::text::Choice;
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Appointment, Seat};
use super::views::{SeatList, SeatView};
use super::{SeatId, Staff, staff_at, staff_of};
use crate::audit;
use crate::codes::Code;
use crate::identity;
use crate::identity::sign_in::parse_email;
use crate::identity::viewer::SignedIn;
use crate::notices::papers;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
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

/// Names who holds a seat from today on, or who stands in for its holder.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FillSeat {
    /// Where the person signs in.
    email: String,
    /// Number alone of the letter by which the institution named them, as in "nr. 145/2", 1 to 120 characters.
    letter_no: Option<String>,
    /// Its day.
    letter_on: Option<NaiveDate>,
    /// The last day of the term, after today.
    term_until: Option<NaiveDate>,
    /// Whether they stand in for whoever holds the seat.
    #[serde(default)]
    substitute: bool,
}

/// Says who chairs the council.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChairSeat {
    /// Whether the seat's holder does.
    chairs: bool,
}

impl Input for AddSeat {}
impl Input for FillSeat {}
impl Input for ChairSeat {}

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
            Ok(rows.into_iter().map(SeatView::from).collect())
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
        store::get_seated(unit, &seat).map(SeatView::from)
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
    empty(&app, signed_in, id.into_inner(), false).await
}

/// Ends the time of whoever stands in for the holder of a seat.
#[utoipa::path(
    operation_id = "remove_substitute", tag = "councils",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/seats/{id}/substitute")]
pub async fn remove_substitute(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    empty(&app, signed_in, id.into_inner(), true).await
}

async fn empty(
    app: &App,
    signed_in: SignedIn,
    id: String,
    substitute: bool,
) -> Result<HttpResponse, Problem> {
    let action = if substitute {
        "substitute_removed"
    } else {
        "seat_emptied"
    };
    app.write(move |unit| {
        let (staff, seat) = open(unit, &signed_in, &id)?;
        store::set_seat_empty(unit, &seat.id, substitute)?;
        unit.touch(&seat.municipality_code);
        audit::append(unit, Some(&staff), action, seat.id.as_str())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Names who holds a seat from today on, or who stands in; whoever did leaves, what the seat promised stays.
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
    let (email, appointment) = body.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, seat)| {
        fill(unit, &staff, &seat, &email, appointment)
    })
    .await
}

impl FillSeat {
    fn parse(self) -> Result<(String, Appointment), Problem> {
        let letter_no = self.letter_no.as_deref().map(Choice::parse).transpose();
        let letter_no = texts::parse("/letter_no", letter_no)?;
        let appointment = Appointment {
            substitute: self.substitute,
            letter_no: letter_no.map(Choice::into_string),
            letter_on: self.letter_on,
            term_until: self.term_until,
        };
        Ok((parse_email(&self.email)?, appointment))
    }
}

fn fill(
    unit: &mut Unit<'_>,
    staff: &Staff,
    seat: &Seat,
    email: &str,
    appointment: Appointment,
) -> Result<SeatView, Problem> {
    let today = unit.today();
    if appointment.letter_on.is_some_and(|day| day > today) {
        return Err(Problem::field("/letter_on", "in_the_future", None));
    }
    if appointment.term_until.is_some_and(|day| day <= today) {
        return Err(Problem::field("/term_until", "in_the_past", None));
    }
    let account = identity::store::find_or_insert_account(unit, email, "sq")?;
    let holder = store::insert_holder(unit, &seat.id, &account.id, appointment)?;
    papers::enqueue_term(unit, &holder)?;
    unit.touch(&seat.municipality_code);
    audit::append(unit, Some(staff), "seat_filled", seat.id.as_str())?;
    store::get_seated(unit, seat).map(SeatView::from)
}

/// Says whether the holder of a seat chairs the council; several may.
#[utoipa::path(
    operation_id = "chair_seat", tag = "councils", request_body = ChairSeat,
    responses(
        (status = 200, body = SeatView), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[put("/seats/{id}/chair")]
pub async fn chair_seat(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
    body: Write<ChairSeat>,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| open(unit, &signed_in, &id);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, (staff, seat)| {
        store::set_chairs(unit, &seat.id, body.chairs)?;
        unit.touch(&seat.municipality_code);
        let action = if body.chairs {
            "chair_given"
        } else {
            "chair_taken"
        };
        audit::append(unit, Some(&staff), action, seat.id.as_str())?;
        store::get_seated(unit, &seat).map(SeatView::from)
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
    unit.touch(&seat.municipality_code);
    store::insert_seat(unit, seat)?;
    store::insert_holder(unit, &seat.id, &account.id, Appointment::default())?;
    Ok(())
}

fn seat_of(unit: &Unit<'_>, municipality: &str, body: &AddSeat) -> Result<Seat, Problem> {
    let institution = Institution::from_code(&body.institution)
        .ok_or_else(|| Problem::field("/institution", "institution_unknown", None))?;
    let role =
        Role::from_code(&body.role).ok_or_else(|| Problem::field("/role", "role_unknown", None))?;
    let title = domain::text::DisplayName::parse(&body.title);
    let title = texts::parse("/title", title)?;
    Ok(Seat {
        id: SeatId::new(unit.chance)?,
        municipality_code: municipality.to_owned(),
        institution: institution.code().to_owned(),
        role: role.code().to_owned(),
        title: title.as_str().to_owned(),
        chairs: false,
    })
}
