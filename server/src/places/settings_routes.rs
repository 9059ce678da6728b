//! How a council works: deadlines, batches, holidays. Kept by its administrator.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, post, put, web};
use chrono::NaiveDate;
use domain::access::Action;
use domain::text::Title;
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Holiday, Municipality, Settings};
use super::views::{HolidayView, SettingsView};
use super::{HolidayId, holidays};
use crate::audit;
use crate::codes::Code;
use crate::councils::staff_at;
use crate::identity::viewer::SignedIn;
use crate::notices::measures;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// Changes how a council works; what is absent stays.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSettings {
    /// Working days in which a concern must be answered, 1 to 60.
    answer_days: Option<i32>,
    /// Anonymous concerns are published together, at least this many, 3 to 50: fewer would
    /// point at who wrote them.
    publication_batch: Option<i32>,
    /// How much the votes of residents weigh when concerns are prioritised, 1 to 100.
    weight_votes: Option<i32>,
    /// How much it weighs how bad a concern is when it happens, 0 to 100.
    weight_severity: Option<i32>,
    /// How much it weighs how often it happens, 0 to 100.
    weight_frequency: Option<i32>,
    /// How much it weighs how many it harms, 0 to 100.
    weight_harm: Option<i32>,
    /// In how many days the council meets at least once, 7 to 366: after that everybody reads that it did not.
    meeting_days: Option<i32>,
    /// Days after which the chair hears that a measure is late, 1 to 365.
    late_chair_days: Option<i32>,
    /// Days after which everybody hears of it, 1 to 365.
    late_public_days: Option<i32>,
}

/// Adds a day on which deadlines do not run.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddHoliday {
    /// The day.
    on: NaiveDate,
    /// Its Albanian name, 5 to 120 characters.
    name_sq: String,
    /// Its English name, 5 to 120 characters.
    name_en: String,
}

impl Input for ChangeSettings {}
impl Input for AddHoliday {}

impl ChangeSettings {
    fn check(&self) -> Result<(), Problem> {
        for (pointer, value, range) in [
            ("/answer_days", self.answer_days, 1..=60),
            ("/publication_batch", self.publication_batch, 3..=50),
            ("/weight_votes", self.weight_votes, 1..=100),
            ("/weight_severity", self.weight_severity, 0..=100),
            ("/weight_frequency", self.weight_frequency, 0..=100),
            ("/weight_harm", self.weight_harm, 0..=100),
            ("/meeting_days", self.meeting_days, 7..=366),
            ("/late_chair_days", self.late_chair_days, 1..=365),
            ("/late_public_days", self.late_public_days, 1..=365),
        ] {
            texts::within(pointer, value, range)?;
        }
        Ok(())
    }

    fn over(&self, now: &Municipality) -> Settings {
        Settings {
            answer_days: self.answer_days.unwrap_or(now.answer_days),
            publication_batch: self.publication_batch.unwrap_or(now.publication_batch),
            weight_votes: self.weight_votes.unwrap_or(now.weight_votes),
            weight_severity: self.weight_severity.unwrap_or(now.weight_severity),
            weight_frequency: self.weight_frequency.unwrap_or(now.weight_frequency),
            weight_harm: self.weight_harm.unwrap_or(now.weight_harm),
            meeting_days: self.meeting_days.unwrap_or(now.meeting_days),
            late_chair_days: self.late_chair_days.unwrap_or(now.late_chair_days),
            late_public_days: self.late_public_days.unwrap_or(now.late_public_days),
        }
    }
}

/// What the log keeps of a change.
fn said_of(settings: &Settings) -> String {
    let Settings {
        answer_days,
        publication_batch,
        weight_votes,
        weight_severity,
        weight_frequency,
        weight_harm,
        meeting_days,
        late_chair_days,
        late_public_days,
    } = settings;
    format!(
        "answer_days {answer_days}, publication_batch {publication_batch}, weights: \
         votes {weight_votes}, severity {weight_severity}, frequency {weight_frequency}, \
         harm {weight_harm}, meeting_days {meeting_days}, \
         late_chair_days {late_chair_days}, late_public_days {late_public_days}"
    )
}

/// How a council works.
#[utoipa::path(
    operation_id = "get_settings", tag = "places",
    responses((status = 200, body = SettingsView), (status = 403, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/settings")]
pub async fn get_settings(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let view = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ManageSettings)?;
            view(unit, &staff.municipality)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Changes how a council works.
#[utoipa::path(
    operation_id = "change_settings", tag = "places", request_body = ChangeSettings,
    responses(
        (status = 200, body = SettingsView), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[patch("/municipalities/{slug}/settings")]
pub async fn change_settings(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<ChangeSettings>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    body.check()?;
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageSettings);
    write_once(&app, once, &who, StatusCode::OK, may, move |unit, staff| {
        let now = store::get_municipality_by_code(unit, &staff.municipality)?;
        let settings = body.over(&now);
        store::set_settings(unit, &now.code, &settings)?;
        measures::move_stages(unit, &now)?;
        audit::append(unit, Some(&staff), "settings_changed", &said_of(&settings))?;
        view(unit, &now.code)
    })
    .await
}

/// Adds a day on which this municipality's deadlines do not run.
#[utoipa::path(
    operation_id = "add_holiday", tag = "places", request_body = AddHoliday,
    responses(
        (status = 201, body = HolidayView), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/holidays")]
pub async fn add_holiday(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AddHoliday>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let who = signed_in.account.to_string();
    let name_sq = texts::parse("/name_sq", Title::parse(&body.name_sq))?;
    let name_en = texts::parse("/name_en", Title::parse(&body.name_en))?;
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageSettings);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        let row = Holiday {
            id: HolidayId::new(unit.chance)?,
            municipality_code: Some(staff.municipality.clone()),
            on_day: body.on,
            name_sq: name_sq.into_string(),
            name_en: name_en.into_string(),
            estimated: false,
        };
        holidays::add(unit, &staff, &row)?;
        Ok(HolidayView::new(row, true))
    })
    .await
}

/// Takes away a holiday this municipality added.
#[utoipa::path(
    operation_id = "remove_holiday", tag = "places",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/municipalities/{slug}/holidays/{id}")]
pub async fn remove_holiday(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (slug, id) = path.into_inner();
    let id: HolidayId = id.parse().map_err(|()| Problem::new(Code::NotFound))?;
    app.write(move |unit| {
        let staff = staff_at(unit, &signed_in, &slug, Action::ManageSettings)?;
        holidays::remove(unit, &staff, &id)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Says that this municipality works on a holiday of the country.
#[utoipa::path(
    operation_id = "add_working_day", tag = "places",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[put("/municipalities/{slug}/working-days/{day}")]
pub async fn add_working_day(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    set_works(app, signed_in, path.into_inner(), true).await
}

/// Lets this municipality keep a holiday of the country again.
#[utoipa::path(
    operation_id = "remove_working_day", tag = "places",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/municipalities/{slug}/working-days/{day}")]
pub async fn remove_working_day(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    set_works(app, signed_in, path.into_inner(), false).await
}

async fn set_works(
    app: web::Data<App>,
    signed_in: SignedIn,
    (slug, day): (String, String),
    works: bool,
) -> Result<HttpResponse, Problem> {
    let day = day
        .parse()
        .map_err(|_unreadable: chrono::ParseError| Problem::new(Code::NotFound))?;
    app.write(move |unit| {
        let staff = staff_at(unit, &signed_in, &slug, Action::ManageSettings)?;
        holidays::set_works(unit, &staff, day, works)
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

fn view(unit: &mut Unit<'_>, code: &str) -> Result<SettingsView, Problem> {
    let now = store::get_municipality_by_code(unit, code)?;
    let today = unit.today();
    let works = store::list_working_days(unit, code)?;
    let holidays = store::list_holiday_rows(unit, code, today)?;
    Ok(SettingsView {
        answer_days: now.answer_days,
        publication_batch: now.publication_batch,
        weight_votes: now.weight_votes,
        weight_severity: now.weight_severity,
        weight_frequency: now.weight_frequency,
        weight_harm: now.weight_harm,
        meeting_days: now.meeting_days,
        late_chair_days: now.late_chair_days,
        late_public_days: now.late_public_days,
        holidays: holidays
            .into_iter()
            .map(|row| {
                let works = works.contains(&row.on_day);
                HolidayView::new(row, !works)
            })
            .collect(),
        holidays_until: store::find_last_holiday(unit)?,
    })
}
