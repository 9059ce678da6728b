//! Figures over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, put, web};
use chrono::NaiveDate;
use domain::Code as _;
use domain::access::Action;
use domain::text::Choice;
use domain::topic::Class;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::FigureList;
use super::{FigureId, Published, read, set, store};
use crate::audit;
use crate::codes::Code;
use crate::concerns::topics;
use crate::councils::{staff_at, staff_of};
use crate::identity::viewer::SignedIn;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::public_read;
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// The most figures at once.
const MOST: usize = 500;
/// The most a figure says.
const MOST_COUNTED: f64 = 1e12;

/// Publishes figures in the name of one's institution.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetFigures {
    /// The figures, 1 to 500; one of the same topic, name and year takes the place of the one before.
    figures: Vec<AskedFigure>,
}

/// What was counted in a year.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedFigure {
    /// Code of a topic that is spoken of in public.
    topic: String,
    /// What was counted and in what, 1 to 120 characters.
    name: String,
    /// The year, 2000 to 2100.
    year: i32,
    /// How much, 0 or more.
    value: f64,
    /// Where it is published, 1 to 120 characters.
    source: String,
    /// The day it was, not after today.
    published_on: NaiveDate,
}

impl Input for SetFigures {
    /// The most figures with the longest words.
    const LIMIT: usize = 512 * 1024;
}

impl AskedFigure {
    fn parse(&self, place: usize) -> Result<Published, Problem> {
        let at = |field: &str| format!("/figures/{place}/{field}");
        let topic = topics::find(&self.topic)?;
        let public = topic.is_some_and(|topic| topic.class == Class::Public.code());
        if !public {
            return Err(Problem::field(&at("topic"), "topic_unknown", None));
        }
        texts::within(&at("year"), Some(self.year), 2000..=2100)?;
        if !(0.0..=MOST_COUNTED).contains(&self.value) {
            return Err(Problem::field(&at("value"), "out_of_range", None));
        }
        Ok(Published {
            topic: self.topic.clone(),
            name: texts::parse(&at("name"), Choice::parse(&self.name))?,
            year: self.year,
            value: self.value,
            source: texts::parse(&at("source"), Choice::parse(&self.source))?,
            published_on: self.published_on,
        })
    }
}

impl SetFigures {
    fn parse(self) -> Result<Vec<Published>, Problem> {
        if self.figures.is_empty() {
            return Err(Problem::field("/figures", "too_few", Some(1)));
        }
        if self.figures.len() > MOST {
            let most = u32::try_from(MOST).ok();
            return Err(Problem::field("/figures", "too_many", most));
        }
        let figures = self.figures.iter().enumerate();
        figures.map(|(place, one)| one.parse(place)).collect()
    }
}

/// What residents say worries them beside what institutions counted, topic by topic.
#[utoipa::path(
    operation_id = "list_figures", tag = "figures",
    responses((status = 200, body = FigureList), (status = 404, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/figures")]
pub async fn list_figures(
    app: web::Data<App>,
    slug: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    public_read(&app, &request, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let items = read::by_topic(unit, &place.code)?;
        Ok((place.code, FigureList { items }))
    })
    .await
}

/// Publishes figures in the name of one's institution, all or none.
#[utoipa::path(
    operation_id = "set_figures", tag = "figures", request_body = SetFigures,
    responses(
        (status = 200, body = FigureList), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/municipalities/{slug}/figures")]
pub async fn set_figures(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<SetFigures>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let figures = body.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::PublishFigures);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        let items = set(unit, &staff, figures)?;
        Ok(FigureList { items })
    })
    .await
}

/// Takes away a figure that one's institution published by mistake.
#[utoipa::path(
    operation_id = "remove_figure", tag = "figures",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/figures/{id}")]
pub async fn remove_figure(
    app: web::Data<App>,
    signed_in: SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let unknown = || Problem::new(Code::FigureUnknown);
    let id: FigureId = id.parse().map_err(|()| unknown())?;
    app.write(move |unit| {
        let row = store::get(unit, &id)?;
        let code = &row.municipality_code;
        let staff = staff_of(unit, &signed_in, code, Action::PublishFigures)?;
        let staff = staff.ok_or_else(|| Problem::new(Code::NotAllowed))?;
        if staff.institution.code() != row.institution {
            return Err(Problem::new(Code::NotAllowed));
        }
        store::delete(unit, &id)?;
        unit.touch(code);
        audit::append(unit, Some(&staff), "figure_removed", id.as_str())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
