//! Subscribing to pushes. An endpoint is a secret: it travels in bodies only.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, post, web};

use super::subscriptions::{self, NameSubscription, Subscribe, Unfollow};
use super::vapid;
use super::views::{PushKey, SubscriptionView};
use crate::identity::viewer::Viewer;
use crate::platform::app::App;
use crate::platform::limits::Limit;
use crate::platform::peer::network;
use crate::platform::problem::{Problem, ProblemBody};
use crate::platform::write::{Write, everybody, write_once};

/// Changes of subscriptions from one network: a school may subscribe within a minute.
const CHANGES: Limit = Limit {
    name: "push",
    times: 300,
    seconds: 60,
};

/// The key browsers subscribe with.
#[utoipa::path(
    operation_id = "get_push_key", tag = "push",
    responses((status = 200, body = PushKey)),
)]
#[get("/push/key")]
pub async fn get_push_key(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let key = vapid::public_key(app.keys())?;
    Ok(HttpResponse::Ok().json(PushKey { key }))
}

/// Subscribes a browser, or changes its subscription.
#[utoipa::path(
    operation_id = "subscribe_push", tag = "push", request_body = Subscribe,
    responses(
        (status = 200, body = SubscriptionView), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody), (status = 429, body = ProblemBody),
    ),
)]
#[post("/push/subscriptions")]
pub async fn subscribe_push(
    app: web::Data<App>,
    request: HttpRequest,
    viewer: Viewer,
    body: Write<Subscribe>,
) -> Result<HttpResponse, Problem> {
    count(&app, &request).await?;
    let (body, once) = body.split();
    let loopback = app.config().allow_loopback_push;
    let who = body.scope(&viewer).to_owned();
    let status = StatusCode::OK;
    write_once(&app, once, &who, status, everybody, move |unit, ()| {
        subscriptions::subscribe(unit, &viewer, loopback, &body)
    })
    .await
}

/// Ends a browser's subscription.
#[utoipa::path(
    operation_id = "unsubscribe_push", tag = "push", request_body = NameSubscription,
    responses((status = 204), (status = 429, body = ProblemBody)),
)]
#[delete("/push/subscriptions")]
pub async fn unsubscribe_push(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<NameSubscription>,
) -> Result<HttpResponse, Problem> {
    count(&app, &request).await?;
    let (body, _) = body.split();
    app.write(move |unit| subscriptions::unsubscribe(unit, &body))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What a browser is told of.
#[utoipa::path(
    operation_id = "open_push_subscription", tag = "push", request_body = NameSubscription,
    responses((status = 200, body = SubscriptionView), (status = 404, body = ProblemBody)),
)]
#[post("/push/subscriptions/open")]
pub async fn open_push_subscription(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<NameSubscription>,
) -> Result<HttpResponse, Problem> {
    count(&app, &request).await?;
    let (body, _) = body.split();
    let view = app
        .read(move |unit| subscriptions::open(unit, &body))
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Ends following some of what a browser is told of.
#[utoipa::path(
    operation_id = "unfollow_push", tag = "push", request_body = Unfollow,
    responses((status = 200, body = SubscriptionView), (status = 404, body = ProblemBody)),
)]
#[post("/push/subscriptions/unfollow")]
pub async fn unfollow_push(
    app: web::Data<App>,
    request: HttpRequest,
    body: Write<Unfollow>,
) -> Result<HttpResponse, Problem> {
    count(&app, &request).await?;
    let (body, _) = body.split();
    let view = app
        .write(move |unit| subscriptions::unfollow(unit, &body))
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

async fn count(app: &App, request: &HttpRequest) -> Result<(), Problem> {
    app.take(CHANGES, &network(app, request)).await
}
