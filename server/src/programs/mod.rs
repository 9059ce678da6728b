//! A council's programme of work (study C3): meetings, consultations, measures, bulletins and reports of a year on
//! one page and in one calendar. Nobody writes it: it follows from what was announced and from the regulation.

mod calendar;
mod read;
mod routes;
mod store;
mod views;

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of programmes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::get_program_calendar)
        .service(routes::get_program);
}
