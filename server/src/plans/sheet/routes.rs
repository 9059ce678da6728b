//! Spreadsheets over HTTP.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use domain::Code as _;
use domain::access::Action;
use domain::seat::Institution;
use domain::text::fold;
use serde::Deserialize;
use utoipa::ToSchema;

use super::column;
use super::parse::{self, SheetMeasure};
use super::write::{Words, workbook};
use crate::audit;
use crate::concerns::photos::file;
use crate::councils::{Staff, staff_at};
use crate::identity::viewer::SignedIn;
use crate::notices::texts::text;
use crate::places;
use crate::plans::routes::OfYear;
use crate::plans::views::DeskPlan;
use crate::plans::{ObjectiveId, add, objectives, read, store};
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::public::{public_bytes, read_public};
use crate::platform::texts;
use crate::platform::workshop::heavy;
use crate::platform::write::{Input, Write, write_once};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Reads a plan in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMeasures {
    /// The year its objectives are of, 2000 to 2100.
    year: i32,
    /// The file: XLSX, in base64, at most 1 MiB.
    #[schema(value_type = String, format = Byte)]
    #[serde(deserialize_with = "file")]
    file: Option<Vec<u8>>,
}

impl Input for ImportMeasures {
    /// The file in base64.
    const LIMIT: usize = 1_500_000;
}

/// The approved measures of a year as a workbook.
#[utoipa::path(
    operation_id = "export_measures", tag = "plans", params(OfYear),
    responses(
        (status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/measures.xlsx")]
pub async fn export_measures(
    app: web::Data<App>,
    slug: web::Path<String>,
    asked: web::Query<OfYear>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (slug, year) = (slug.into_inner(), asked.year);
    let name = format!("attachment; filename=\"masat-{slug}.xlsx\"");
    let (_, _, pages) = read_public(&app, move |unit| {
        let place = places::store::get_municipality(unit, &slug)?;
        let year = read::year(unit, &place.code, year)?;
        let rows = store::list_of_year(unit, &place.code, year)?;
        let rows = rows.into_iter().filter(|row| row.approved_on.is_some());
        let pages = rows.map(|row| read::page(unit, row));
        Ok((place.code, pages.collect::<Result<Vec<_>, _>>()?))
    })
    .await?;
    let bytes = heavy(move || {
        let blanks = Default::default();
        workbook(
            &pages,
            &Words {
                institution: &|code| text("sq", &format!("institution-{code}"), &blanks),
                state: &|code| text("sq", &format!("measure-state-{code}"), &blanks),
            },
        )
    })
    .await??;
    let mut answer = public_bytes(&request, XLSX, bytes)?;
    if let Ok(name) = name.parse() {
        answer.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

/// Reads measures in as drafts, all or none; an objective that is not there yet is added.
#[utoipa::path(
    operation_id = "import_measures", tag = "plans", request_body = ImportMeasures,
    responses(
        (status = 200, body = DeskPlan), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/desk/plan/import")]
pub async fn import_measures(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<ImportMeasures>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    texts::within("/year", Some(body.year), 2000..=2100)?;
    let (place, who) = (slug.clone(), signed_in.clone());
    // A file is unfolded for those alone who may write the plan.
    app.read(move |unit| staff_at(unit, &who, &place, Action::ManagePlan).map(drop))
        .await?;
    let refused = || Problem::field("/file", "sheet_refused", None);
    let file = body.file.ok_or_else(refused)?;
    let measures = heavy(move || parse::measures(&file)).await??;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let (status, year) = (StatusCode::OK, body.year);
    write_once(&app, once, &who, status, may, move |unit, staff| {
        import(unit, &staff, year, measures)?;
        read::desk_plan(unit, &staff.municipality, Some(year))
    })
    .await
}

fn import(
    unit: &mut Unit<'_>,
    staff: &Staff,
    year: i32,
    measures: Vec<(usize, SheetMeasure)>,
) -> Result<(), Problem> {
    let known = store::list_objectives(unit, &staff.municipality, year)?;
    let mut known: HashMap<String, ObjectiveId> = known
        .into_iter()
        .map(|row| (fold(&row.title), row.id))
        .collect();
    for (line, measure) in measures {
        let name = fold(&measure.objective);
        let objective = match known.get(&name) {
            Some(id) => id.clone(),
            None => {
                let words = measure.objective().map_err(|fault| at(line, fault))?;
                let row = objectives::add(unit, staff, year, words)?;
                known.insert(name, row.id.clone());
                row.id
            }
        };
        let today = unit.today();
        let asked = measure.asked(&objective, today, institution_called);
        let draft = asked.parse().map_err(|fault| at(line, fault))?;
        add(unit, staff, &draft).map_err(|fault| at(line, fault))?;
    }
    audit::append(unit, Some(staff), "measures_imported", &year.to_string())
}

/// Code of the institution somebody means: by its code or by its name in either language.
fn institution_called(name: &str) -> Option<String> {
    let blanks = Default::default();
    let called = |code: &str, language: &str| {
        let known = text(language, &format!("institution-{code}"), &blanks);
        known.is_ok_and(|known| fold(&known) == fold(name))
    };
    let meant = |one: &&Institution| {
        let code = one.code();
        code == name || called(code, "sq") || called(code, "en")
    };
    Institution::ALL
        .iter()
        .find(meant)
        .map(|one| one.code().to_owned())
}

/// A fault of a measure, with the line and the column of the sheet it stands in.
fn at(line: usize, fault: Problem) -> Problem {
    fault.moved(|pointer| {
        let name = pointer.trim_start_matches('/');
        let field = name.split('/').next().unwrap_or_default();
        let column = match (field, name.rsplit('/').next().unwrap_or_default()) {
            ("objective", _) => column::OBJECTIVE,
            ("text", _) => column::TEXT,
            ("lead", _) => column::LEAD,
            ("supporters", _) => column::SUPPORTERS,
            ("starts_on", _) => column::STARTS_ON,
            ("due_on", _) => column::DUE_ON,
            ("report_days", _) => column::REPORT_DAYS,
            ("budget", _) => column::BUDGET,
            ("source", _) => column::SOURCE,
            ("indicators", "unit") => column::UNIT,
            ("indicators", "baseline") => column::BASELINE,
            ("indicators", "target") => column::TARGET,
            ("indicators", "source") => column::INDICATOR_SOURCE,
            ("indicators", _) => column::INDICATOR,
            _ => column::TITLE,
        };
        format!("/rows/{line}/{column}")
    })
}
