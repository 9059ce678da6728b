//! Whether the process lives, and whether it can serve.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::app::App;
use super::problem::{Problem, ProblemBody};

/// That all is well.
#[derive(Serialize, ToSchema)]
pub struct Healthy {
    /// Always `ok`.
    status: &'static str,
}

/// The process lives.
#[utoipa::path(operation_id = "get_health", tag = "platform", responses((status = 200, body = Healthy)))]
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(Healthy { status: "ok" })
}

/// The process can serve: its storage is there, answers, and has its writer.
#[utoipa::path(
    operation_id = "get_readiness", tag = "platform",
    responses((status = 200, body = Healthy), (status = 503, body = ProblemBody)),
)]
#[get("/readyz")]
pub async fn readyz(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    app.check_storage().await?;
    Ok(HttpResponse::Ok().json(Healthy { status: "ok" }))
}
