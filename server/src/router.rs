//! All routes of the product, in one list: what is served is what OpenAPI describes.

use actix_web::http::Method;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use utoipa::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::codes::Code;
use crate::platform::problem::Problem;
use crate::platform::{health, pwa};
use crate::{
    ballots, bulletins, concerns, consultations, councils, eligibility, figures, identity,
    meetings, notices, places, plans, polls, programs, questions, reports,
};

/// The head of the API's description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Trekëndësh",
        description = "The public's side of a Local Public Safety Council.",
        license(name = "AGPL-3.0-or-later"),
    ),
    components(schemas(crate::platform::problem::ProblemBody))
)]
pub struct ApiHead;

/// The routes below `/api/v1`.
pub fn api(config: &mut ServiceConfig<'_>) {
    config
        .service(places::routes::list_municipalities)
        .service(places::routes::get_municipality_outlines)
        .service(places::changes::watch_changes)
        .service(places::routes::get_unit_outlines)
        .service(places::settings_routes::get_settings)
        .service(places::settings_routes::change_settings)
        .service(places::settings_routes::add_holiday)
        .service(places::settings_routes::remove_holiday)
        .service(places::settings_routes::add_working_day)
        .service(places::settings_routes::remove_working_day)
        .service(identity::routes::send_sign_in_code)
        .service(identity::routes::create_session)
        .service(identity::routes::refresh_session)
        .service(identity::routes::delete_current_session)
        .service(identity::routes::delete_sessions)
        .service(identity::routes::get_account)
        .service(identity::routes::change_account)
        .service(identity::routes::delete_account)
        .configure(councils::configure)
        .service(notices::routes::get_inbox)
        .service(notices::routes::mark_inbox_read)
        .service(notices::routes::get_preferences)
        .service(notices::routes::change_preferences)
        .service(notices::routes::follow_concern)
        .service(notices::routes::unfollow_concern)
        .service(notices::routes::unsubscribe)
        .service(notices::push::routes::get_push_key)
        .service(notices::push::routes::subscribe_push)
        .service(notices::push::routes::unsubscribe_push)
        .service(notices::push::routes::open_push_subscription)
        .service(notices::push::routes::unfollow_push)
        .configure(concerns::configure)
        .configure(consultations::configure)
        .configure(meetings::configure)
        .configure(programs::configure)
        .configure(plans::configure)
        .configure(reports::configure)
        .configure(bulletins::configure)
        .configure(figures::configure)
        .configure(polls::configure)
        .configure(ballots::configure)
        .configure(questions::configure)
        .configure(eligibility::configure)
        .service(places::routes::get_municipality);
}

/// The routes beside the API.
pub fn beside(config: &mut ServiceConfig<'_>) {
    config.service(health::healthz).service(health::readyz);
}

/// The API's own description (OpenAPI 3.1).
pub async fn serve_openapi(description: web::Data<utoipa::openapi::OpenApi>) -> HttpResponse {
    match description.to_json() {
        Ok(text) => HttpResponse::Ok()
            .content_type("application/json")
            .body(text),
        Err(cause) => Problem::caused(Code::Internal, cause).error_response(),
    }
}

/// The answer where no route fits: the app for what may be one of its pages, else that the address
/// takes other methods, else that there is nothing.
pub async fn serve_otherwise(
    request: HttpRequest,
    description: web::Data<utoipa::openapi::OpenApi>,
) -> HttpResponse {
    let path = request.path();
    let reads = request.method() == Method::GET;
    if reads && path != "/api" && !path.starts_with("/api/") {
        return pwa::serve_app(request).await;
    }
    let methods = if path.starts_with("/api/") {
        methods_of(&description, path)
    } else {
        vec!["GET", "HEAD"]
    };
    if methods.is_empty() {
        return Problem::new(Code::NotFound).error_response();
    }
    let mut answer = Problem::new(Code::MethodNotAllowed).error_response();
    if let Ok(value) = HeaderValue::from_str(&methods.join(", ")) {
        answer.headers_mut().insert(ALLOW, value);
    }
    answer
}

/// The methods the description has for an address.
fn methods_of(description: &utoipa::openapi::OpenApi, path: &str) -> Vec<&'static str> {
    let fits = |template: &str| {
        let (parts, given) = (template.split('/'), path.split('/'));
        template.split('/').count() == path.split('/').count()
            && parts
                .zip(given)
                .all(|(part, given)| part == given || (part.starts_with('{') && !given.is_empty()))
    };
    let items = &description.paths.paths;
    let mut methods: Vec<&str> = items
        .iter()
        .filter(|(template, _)| fits(template))
        .flat_map(|(_, item)| {
            [
                ("GET", item.get.is_some()),
                ("HEAD", item.get.is_some()),
                ("POST", item.post.is_some()),
                ("PUT", item.put.is_some()),
                ("PATCH", item.patch.is_some()),
                ("DELETE", item.delete.is_some()),
            ]
        })
        .filter_map(|(method, there)| there.then_some(method))
        .collect();
    methods.sort_unstable();
    methods.dedup();
    methods
}
