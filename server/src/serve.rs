//! `trekendesh serve`: migrates, makes its keys, seeds the country, serves until told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::rt::signal::unix::{SignalKind, signal};
use actix_web::{HttpServer, web};
use futures_util::future::select;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::ballots::keeper;
use crate::ballots::papers::Papers;
use crate::ballots::proving::Proofs;
use crate::ballots::relay::{self, Relay};
use crate::codes::Code;
use crate::concerns::together::Together;
use crate::demo::letters;
use crate::platform::app::{App, Unit};
use crate::platform::config::Config;
use crate::platform::guard::{head_like_get, no_nul, observe, same_origin, secure_headers};
use crate::platform::heads::plain_heads;
use crate::platform::keys::Keys;
use crate::platform::problem::Problem;
use crate::platform::writer::Tending;
use crate::platform::{housekeeping, logging, migrations, outbox, unread};
use crate::polls::rooms::count::Screens;
use crate::{audit, notices, places, router};

/// Threads on which a worker waits for the store: more than it has connections, so that who waits for one
/// waits beside the others, and few enough that their memory stays small.
const BLOCKING: usize = 64;

/// As many connections as a worker keeps: below the usual limit of open files, so that clients who
/// open many and say nothing shut nobody else out of the files.
const CONNECTIONS: usize = 384;

/// Opens the data folder: migrates, makes missing keys, seeds an empty store.
///
/// # Errors
/// `storage_unavailable` or `internal`, with the cause.
pub async fn open(config: Config) -> Result<App, Problem> {
    let keys = Keys::open(&config.keys())?;
    migrations::migrate(&config.database())?;
    let app = App::new(config, keys)?;
    app.write(furnish).await?;
    Ok(app)
}

/// Gives a new store its country and its log, an older one the holidays of later years.
fn furnish(unit: &mut Unit<'_>) -> Result<(), Problem> {
    if places::seed::seed_places(unit)? {
        audit::begin(unit)?;
    }
    places::seed::seed_holidays(unit)
}

/// Serves until SIGTERM or SIGINT, then lets running requests finish.
///
/// With `demo` the demo's letters are shown too, and with them everybody's sign-in codes. `ready` is
/// told the address once the socket listens.
///
/// # Errors
/// `internal` when an address cannot be listened on.
pub async fn serve(app: App, demo: bool, ready: impl FnOnce(SocketAddr)) -> Result<(), Problem> {
    let config = app.config().clone();
    let counts = logging::count().map_err(failed)?;
    if let Some(listen) = config.metrics_listen {
        actix_web::rt::spawn(logging::serve_metrics(listen, counts).map_err(failed)?);
    }
    let handler = notices::jobs::handler(&app)?;
    actix_web::rt::spawn(outbox::run(app.clone(), handler));
    actix_web::rt::spawn(housekeeping::run(app.clone()));
    let relay = relay_of(&config)?;
    actix_web::rt::spawn(keeper::run(app.clone(), relay.clone()));
    app.watch_others()?;
    let closing = app.clone();
    let together = web::Data::new(Together::start(app.clone()));
    let votes = (web::Data::new(relay), web::Data::new(Papers::default()));
    let proofs = web::Data::new(Proofs::default());
    let screens = web::Data::new(Screens::default());
    let data = web::Data::new(app);
    let server = HttpServer::new(move || {
        let (relay, papers) = votes.clone();
        routes(data.clone(), together.clone(), demo)
            .app_data(relay)
            .app_data(papers)
            .app_data(proofs.clone())
            .app_data(screens.clone())
    })
    .workers(config.workers)
    .worker_max_blocking_threads(BLOCKING)
    .max_connections(CONNECTIONS)
    .client_request_timeout(Duration::from_secs(10))
    .client_disconnect_timeout(Duration::from_secs(2))
    .keep_alive(Duration::from_secs(30))
    .shutdown_timeout(10)
    .disable_signals()
    .bind(config.listen)
    .map_err(failed)?;
    if let Some(address) = server.addrs().first() {
        ready(*address);
    }
    let running = server.run();
    actix_web::rt::spawn(stop_when_told(closing.clone(), running.handle()).map_err(failed)?);
    running.await.map_err(failed)?;
    closing.tend(Tending::Settle).await
}

/// Waits for SIGTERM or SIGINT; then those who wait for changes are let go, and running requests end.
fn stop_when_told(
    app: App,
    server: actix_web::dev::ServerHandle,
) -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        select(Box::pin(terminate.recv()), Box::pin(interrupt.recv())).await;
        app.kept().close();
        server.stop(true).await;
    })
}

fn relay_of(config: &Config) -> Result<Relay, Problem> {
    let places = relay::parse(config.issuers.as_deref().unwrap_or_default()).map_err(failed)?;
    Relay::new(places)
}

/// The API's description, as it is served.
pub fn description() -> utoipa::openapi::OpenApi {
    let (_, api) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(router::ApiHead::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(router::api))
        .configure(router::beside)
        .split_for_parts();
    api
}

fn routes(
    app: web::Data<App>,
    together: web::Data<Together>,
    demo: bool,
) -> actix_web::App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let (routes, description) = actix_web::App::new()
        .into_utoipa_app()
        .openapi(router::ApiHead::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(router::api))
        .configure(router::beside)
        .split_for_parts();
    routes
        .app_data(app)
        .app_data(together)
        .app_data(web::Data::new(description))
        .app_data(
            web::PathConfig::default().error_handler(|_, _| Problem::new(Code::NotFound).into()),
        )
        .app_data(web::QueryConfig::default().error_handler(|cause, _| {
            Problem::new(Code::QueryInvalid)
                .detail(unread::in_query(&cause))
                .into()
        }))
        .configure(|config| {
            if demo {
                config.route(letters::PATH, web::get().to(letters::show_letters));
            }
        })
        .route("/api/openapi.json", web::get().to(router::serve_openapi))
        .default_service(web::to(router::serve_otherwise))
        .wrap(from_fn(same_origin))
        .wrap(from_fn(head_like_get))
        .wrap(from_fn(no_nul))
        .wrap(from_fn(plain_heads))
        .wrap(from_fn(observe))
        .wrap(from_fn(secure_headers))
}

fn failed(cause: impl std::fmt::Display) -> Problem {
    Problem::caused(Code::Internal, cause)
}
