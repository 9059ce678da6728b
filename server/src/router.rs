//! All routes of the product, in one list: what is served is what OpenAPI describes.

use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::codes::Code;
use crate::platform::health;
use crate::platform::problem::Problem;
use crate::{concerns, councils, identity, notices, places};

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
        .service(places::routes::get_unit_outlines)
        .service(places::settings_routes::get_settings)
        .service(places::settings_routes::change_settings)
        .service(places::settings_routes::add_holiday)
        .service(places::settings_routes::remove_holiday)
        .service(identity::routes::send_sign_in_code)
        .service(identity::routes::create_session)
        .service(identity::routes::refresh_session)
        .service(identity::routes::delete_current_session)
        .service(identity::routes::delete_sessions)
        .service(identity::routes::get_account)
        .service(identity::routes::change_account)
        .service(identity::routes::delete_account)
        .service(councils::routes::list_seats)
        .service(councils::routes::add_seat)
        .service(councils::routes::empty_seat)
        .service(councils::template_routes::list_templates)
        .service(councils::template_routes::add_template)
        .service(councils::template_routes::remove_template)
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
        Err(cause) => {
            actix_web::ResponseError::error_response(&Problem::caused(Code::Internal, cause))
        }
    }
}

/// The answer of `/api` addresses that name nothing.
pub async fn nothing_here(_: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Problem::new(Code::NotFound))
}
