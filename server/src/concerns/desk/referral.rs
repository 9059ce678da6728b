//! A referral slip (study B5, K1): what a protected mechanism is handed on paper, before the words are gone here.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use domain::Code as _;
use domain::access::Action;
use domain::concern::{Actor, State, allowed_for};
use domain::seat::Institution;
use domain::topic::Class;
use serde::Serialize;

use super::open;
use crate::codes::Code;
use crate::concerns::moves::{class_of, state_of};
use crate::concerns::routes::parse_id;
use crate::concerns::store::Concern;
use crate::concerns::{photos, topics};
use crate::councils::Staff;
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::print;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::workshop::heavy;
use crate::reports::print::Words;

const TEMPLATE: &str = include_str!("../../../texts/referral.typ");

#[derive(Serialize)]
struct Slip {
    /// In full.
    municipality: String,
    on: NaiveDate,
    /// Code of the institution that hands it over.
    sender: String,
    /// Who takes what is of this topic; nothing where it was filed under one that stays here.
    taker: Option<String>,
    concern: Told,
    words: Words,
}

#[derive(Serialize)]
struct Told {
    topic: String,
    unit: Option<String>,
    title: String,
    text: String,
    photos: usize,
}

/// A concern as a slip for the mechanism it is handed to, for a seat that may hand it over.
#[utoipa::path(
    operation_id = "print_referral", tag = "desk",
    responses(
        (status = 200, content_type = "application/pdf", body = Vec<u8>),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
    ),
)]
#[get("/desk/concerns/{id}/referral.pdf")]
pub async fn print_referral(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = parse_id(&id)?;
    let slip = app.read(move |unit| {
        let (staff, row) = open(unit, &signed_in, &id, Action::Move)?;
        slip(unit, &staff, row)
    });
    let slip = slip.await?;
    let pages = heavy(move || print::print(TEMPLATE, &slip)).await??;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header(("cache-control", "no-store"))
        .body(pages))
}

fn slip(unit: &mut Unit<'_>, staff: &Staff, row: Concern) -> Result<Slip, Problem> {
    let class = class_of(&row)?;
    let lead = row.lead.as_deref().and_then(Institution::from_code);
    let moves = allowed_for(state_of(&row)?, class, Actor::Seat(staff.as_seat()), lead);
    if !moves.contains(&State::Referred) {
        return Err(Problem::new(Code::NotAllowed));
    }
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let units = places::store::list_units(unit, &place.code)?.into_iter();
    let photos = photos::list_heads(unit, std::slice::from_ref(&row.id))?.len();
    let topic = topics::find(&row.topic)?.filter(|_| class != Class::Public);
    let taker = topic.map(|topic| {
        topic
            .mechanism
            .as_ref()
            .map_or(&topic.goes_to, |one| &one.name)
    });
    Ok(Slip {
        municipality: place.full_name,
        on: unit.today(),
        sender: staff.institution.code().to_owned(),
        taker: taker.map(|name| name.sq.clone()),
        concern: Told {
            unit: units
                .filter(|one| Some(&one.slug) == row.unit.as_ref())
                .map(|one| one.name)
                .next(),
            topic: row.topic,
            title: row.title,
            text: row.text,
            photos,
        },
        words: Words::albanian()?,
    })
}
