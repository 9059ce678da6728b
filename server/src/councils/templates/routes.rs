//! Templates: answers a council gives often.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, web};
use domain::access::Action;
use domain::text::{Body, Title};
use serde::Deserialize;
use utoipa::ToSchema;

use super::store::{self, Template};
use crate::audit;
use crate::codes::Code;
use crate::councils::views::{TemplateList, TemplateView};
use crate::councils::{TemplateId, staff_at};
use crate::identity::viewer::SignedIn;
use crate::platform::app::{App, Unit};
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::texts;
use crate::platform::write::{Input, Write, write_once};

/// Adds a template.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddTemplate {
    /// What it is called, 5 to 120 characters.
    title: String,
    /// The answer, 10 to 4,000 characters.
    text: String,
}

impl Input for AddTemplate {}

/// The templates of a council.
#[utoipa::path(
    operation_id = "list_templates", tag = "councils",
    responses((status = 200, body = TemplateList), (status = 403, body = ProblemBody)),
)]
#[get("/municipalities/{slug}/answer-templates")]
pub async fn list_templates(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let items = app
        .read(move |unit| {
            let staff = staff_at(unit, &signed_in, &slug, Action::ReadTemplates)?;
            let rows = store::list_templates(unit, &staff.municipality)?;
            Ok(rows.into_iter().map(Into::into).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(TemplateList { items }))
}

/// Adds a template.
#[utoipa::path(
    operation_id = "add_template", tag = "councils", request_body = AddTemplate,
    responses(
        (status = 201, body = TemplateView), (status = 403, body = ProblemBody),
        (status = 422, body = ProblemBody),
    ),
)]
#[post("/municipalities/{slug}/answer-templates")]
pub async fn add_template(
    app: web::Data<App>,
    signed_in: SignedIn,
    slug: web::Path<String>,
    body: Write<AddTemplate>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.into_inner();
    let (body, once) = body.split();
    let title = texts::parse("/title", Title::parse(&body.title))?;
    let text = texts::parse("/text", Body::parse(&body.text))?;
    let who = signed_in.account.to_string();
    let may = move |unit: &mut Unit<'_>| staff_at(unit, &signed_in, &slug, Action::ManageTemplates);
    let status = StatusCode::CREATED;
    write_once(&app, once, &who, status, may, move |unit, staff| {
        let row = Template {
            id: TemplateId::new(unit.chance)?,
            municipality_code: staff.municipality.clone(),
            title: title.as_str().to_owned(),
            text: text.as_str().to_owned(),
        };
        store::insert_template(unit, &row)?;
        audit::append(unit, Some(&staff), "template_added", row.id.as_str())?;
        Ok(TemplateView::from(row))
    })
    .await
}

/// Removes a template.
#[utoipa::path(
    operation_id = "remove_template", tag = "councils",
    responses((status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)),
)]
#[delete("/municipalities/{slug}/answer-templates/{id}")]
pub async fn remove_template(
    app: web::Data<App>,
    signed_in: SignedIn,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (slug, id) = path.into_inner();
    let id: TemplateId = id
        .parse()
        .map_err(|()| Problem::new(Code::TemplateUnknown))?;
    app.write(move |unit| {
        let staff = staff_at(unit, &signed_in, &slug, Action::ManageTemplates)?;
        store::delete_template(unit, &staff.municipality, &id)?;
        audit::append(unit, Some(&staff), "template_removed", id.as_str())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
