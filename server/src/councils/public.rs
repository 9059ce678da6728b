//! Who sits in a council, as everybody reads it: seats, never people (A2).

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::papers::read::{preparedness, states};
use super::papers::views::{Preparedness, SeatState};
use super::regulations::{store, views::RegulationRow};
use crate::places;
use crate::platform::app::App;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::public_read_of_today;

/// A council and its seats.
#[derive(Serialize, ToSchema)]
pub struct Council {
    /// `none`, `formal` or `active`.
    pub council: String,
    /// Its seats, those of the three institutions first; who only sets it up has none.
    pub seats: Vec<CouncilSeat>,
    /// The decision on the regulation in force; absent where there is none.
    pub regulation: Option<RegulationRow>,
    /// How many of those who sit in it know how it works.
    pub preparedness: Preparedness,
}

/// A seat of a council.
#[derive(Serialize, ToSchema)]
pub struct CouncilSeat {
    /// The institution it speaks for.
    pub institution: String,
    /// What it is called.
    pub title: String,
    /// `member` or `secretary`.
    pub role: String,
    /// Whether its holder chairs the council.
    pub chairs: bool,
    /// Whether somebody holds it today.
    pub held: bool,
    /// Whether the term of whoever holds it is over.
    pub term_over: bool,
}

impl From<SeatState> for CouncilSeat {
    fn from(state: SeatState) -> Self {
        Self {
            institution: state.institution,
            title: state.title,
            role: state.role,
            chairs: state.chairs,
            held: state.since.is_some(),
            term_over: state.term_over,
        }
    }
}

/// Who sits in a council: seats, their institutions, and whether each is held.
#[utoipa::path(
    operation_id = "get_council", tag = "councils",
    responses((status = 200, body = Council), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/council")]
pub async fn get_council(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read_of_today(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let states = states(unit, &place.code)?;
        let regulation = store::find_last(unit, &place.code)?;
        let council = Council {
            council: place.council,
            regulation: regulation.as_ref().map(RegulationRow::from),
            preparedness: preparedness(&states),
            seats: states.into_iter().map(CouncilSeat::from).collect(),
        };
        Ok((place.code, council))
    })
    .await
}
