//! Whether a measure is done somewhere already: by the same plan, or by another local plan (J5).

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, put, web};
use domain::access::Action;
use domain::measure::alike;
use domain::text::{Choice, Title};
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Measure, others};
use super::views::{OtherMeasures, OtherPlan, Twin};
use crate::audit;
use crate::councils::staff_at;
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// The most measures of another plan.
const MOST: usize = 500;

/// The measures of another local plan.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOtherMeasures {
    /// What that plan is called, 1 to 120 characters.
    plan: String,
    /// What is done there, each 5 to 120 characters, at most 500. None: the plan is forgotten.
    measures: Vec<String>,
}

impl Input for SetOtherMeasures {}

impl SetOtherMeasures {
    fn parse(self) -> Result<(String, Vec<String>), Problem> {
        if self.measures.len() > MOST {
            let most = u32::try_from(MOST).ok();
            return Err(Problem::field("/measures", "too_many", most));
        }
        let title = |(place, text): (usize, &String)| {
            texts::parse(&format!("/measures/{place}"), Title::parse(text)).map(Title::into_string)
        };
        let titles = self.measures.iter().enumerate().map(title);
        let plan = texts::parse("/plan", Choice::parse(&self.plan))?;
        Ok((plan.into_string(), titles.collect::<Result<_, _>>()?))
    }
}

/// What other local plans do already, as the council wrote it down.
#[utoipa::path(
    operation_id = "list_other_measures", tag = "plans",
    responses(
        (status = 200, body = OtherMeasures), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ),
)]
#[get("/municipalities/{slug}/desk/other-measures")]
pub async fn list_other_measures(
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

/// Writes down what another local plan does, in the place of what was written of it before.
#[utoipa::path(
    operation_id = "set_other_measures", tag = "plans", request_body = SetOtherMeasures,
    responses(
        (status = 200, body = OtherMeasures), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 422, body = ProblemBody),
    ),
)]
#[put("/municipalities/{slug}/desk/other-measures")]
pub async fn set_other_measures(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<SetOtherMeasures>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let (plan, titles) = body.parse()?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManagePlan);
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        others::set(unit, &staff.municipality, &plan, &titles)?;
        audit::append(unit, Some(&staff), "other_measures_set", &plan)?;
        list(unit, &staff.municipality)
    })
    .await
}

/// The measures a measure may be the same as: of its own plan, approved and owed, and of others.
///
/// # Errors
/// `storage_unavailable`.
pub fn of(unit: &mut Unit<'_>, row: &Measure) -> Result<Vec<Twin>, Problem> {
    let own = store::list_open(unit, &row.municipality_code)?;
    let own = own.into_iter().filter(|one| one.id != row.id);
    let own = own.map(|one| Twin {
        measure: Some(one.id.to_string()),
        plan: None,
        title: one.title,
    });
    let others = others::list(unit, &row.municipality_code)?.into_iter();
    let others = others.map(|one| Twin {
        measure: None,
        plan: Some(one.plan),
        title: one.title,
    });
    let all = own.chain(others);
    Ok(all.filter(|one| alike(&one.title, &row.title)).collect())
}

fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<OtherMeasures, Problem> {
    let mut plans: Vec<OtherPlan> = Vec::new();
    for row in others::list(unit, municipality)? {
        match plans.last_mut().filter(|plan| plan.plan == row.plan) {
            Some(plan) => plan.measures.push(row.title),
            None => plans.push(OtherPlan {
                plan: row.plan,
                measures: vec![row.title],
            }),
        }
    }
    Ok(OtherMeasures { plans })
}
