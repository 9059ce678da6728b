//! Trainings over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, web};
use chrono::NaiveDate;
use domain::access::Action;
use domain::text::Choice;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::TrainingList;
use super::{Held, TrainingId, add, list, store};
use crate::audit;
use crate::codes::Code;
use crate::councils::{SeatId, staff_at, staff_of};
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// The most seats of a training.
const SEATS: usize = 60;

/// Writes a training down.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTraining {
    /// What was learned, 1 to 120 characters.
    topic: String,
    /// Who taught, 1 to 120 characters.
    provider: String,
    /// The day, not after today.
    held_on: NaiveDate,
    /// Ids of the seats whose holders of that day were there, 1 to 60.
    seats: Vec<String>,
}

impl Input for AddTraining {}

impl AddTraining {
    fn parse(self) -> Result<Held, Problem> {
        if self.seats.is_empty() {
            return Err(Problem::field("/seats", "too_few", Some(1)));
        }
        if self.seats.len() > SEATS {
            let most = u32::try_from(SEATS).ok();
            return Err(Problem::field("/seats", "too_many", most));
        }
        let seat = |(place, id): (usize, &String)| {
            let unknown = |()| Problem::field(&format!("/seats/{place}"), "seat_vacant", None);
            id.parse().map_err(unknown)
        };
        Ok(Held {
            topic: texts::parse("/topic", Choice::parse(&self.topic))?,
            provider: texts::parse("/provider", Choice::parse(&self.provider))?,
            held_on: self.held_on,
            seats: self
                .seats
                .iter()
                .enumerate()
                .map(seat)
                .collect::<Result<Vec<SeatId>, _>>()?,
        })
    }
}

/// The trainings of a council, for its members.
#[utoipa::path(
    operation_id = "list_trainings", tag = "councils",
    responses(
        (status = 200, body = TrainingList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/trainings")]
pub async fn list_trainings(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let listed = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ReadDesk)?;
            list(unit, &staff.municipality)
        })
        .await?;
    Ok(HttpResponse::Ok().json(listed))
}

/// Writes a training down, with the seats whose holders were there.
#[utoipa::path(
    operation_id = "add_training", tag = "councils", request_body = AddTraining,
    responses(
        (status = 201, body = TrainingList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/desk/trainings")]
pub async fn add_training(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AddTraining>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let held = body.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePapers);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        add(unit, &staff, held)
    })
    .await
}

/// Takes a training away that was written down by mistake.
#[utoipa::path(
    operation_id = "remove_training", tag = "councils",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/trainings/{id}")]
pub async fn remove_training(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let unknown = || Problem::new(Code::TrainingUnknown);
    let id: TrainingId = id.parse().map_err(|()| unknown())?;
    app.write(move |unit| {
        let code = store::get(unit, &id)?.municipality_code;
        let staff = staff_of(unit, &signed_in, &code, Action::ManagePapers)?;
        let staff = staff.ok_or_else(unknown)?;
        store::delete(unit, &id)?;
        unit.touch(&code);
        audit::append(unit, Some(&staff), "training_removed", id.as_str())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
