//! An issuer over HTTP, for the one server that knows its password.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::http::header::AUTHORIZATION;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, post, web};

use super::Issuer;
use super::messages::{AskAbout, AskKey, AskSignatures};
use crate::codes::Code;
use crate::platform::problem::Problem;
use crate::platform::write::Write;

/// The most a request may say.
const LIMIT: usize = 64 * 1024;

/// Serves until it is told to stop.
///
/// # Errors
/// `internal` when the address cannot be listened on.
pub async fn serve(
    issuer: Issuer,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Problem> {
    let issuer = web::Data::new(issuer);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(issuer.clone())
            .app_data(web::PayloadConfig::new(LIMIT))
            .service(give_key)
            .service(give_signatures)
            .service(give_statement)
            .service(give_reveal)
    })
    .workers(1)
    .client_request_timeout(Duration::from_secs(10))
    .shutdown_timeout(5)
    .bind(listen)
    .map_err(failed)?;
    if let Some(address) = server.addrs().first() {
        ready(*address);
    }
    server.run().await.map_err(failed)
}

#[post("/v1/keys")]
async fn give_key(
    issuer: web::Data<Issuer>,
    request: HttpRequest,
    body: Write<AskKey>,
) -> Result<HttpResponse, Problem> {
    answer(issuer, &request, move |issuer| issuer.key(&body)).await
}

#[post("/v1/signatures")]
async fn give_signatures(
    issuer: web::Data<Issuer>,
    request: HttpRequest,
    body: Write<AskSignatures>,
) -> Result<HttpResponse, Problem> {
    answer(issuer, &request, move |issuer| issuer.sign(&body)).await
}

#[post("/v1/statements")]
async fn give_statement(
    issuer: web::Data<Issuer>,
    request: HttpRequest,
    body: Write<AskAbout>,
) -> Result<HttpResponse, Problem> {
    answer(issuer, &request, move |issuer| issuer.state(&body)).await
}

#[post("/v1/reveals")]
async fn give_reveal(
    issuer: web::Data<Issuer>,
    request: HttpRequest,
    body: Write<AskAbout>,
) -> Result<HttpResponse, Problem> {
    answer(issuer, &request, move |issuer| issuer.reveal(&body)).await
}

async fn answer<T, F>(
    issuer: web::Data<Issuer>,
    request: &HttpRequest,
    work: F,
) -> Result<HttpResponse, Problem>
where
    T: serde::Serialize + Send + 'static,
    F: FnOnce(&Issuer) -> Result<T, Problem> + Send + 'static,
{
    let header = request.headers().get(AUTHORIZATION);
    let known = header
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .is_some_and(|password| issuer.is_known(password));
    if !known {
        return Err(Problem::new(Code::SignInNeeded));
    }
    let done = web::block(move || work(&issuer)).await.map_err(failed)?;
    Ok(HttpResponse::Ok().json(done?))
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
