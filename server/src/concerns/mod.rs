//! What worries residents: sending, reading, supporting, deciding, answering.

pub mod answers;
pub mod cells;
pub mod check;
pub mod contests;
pub mod deadlines;
pub mod desk;
pub mod export;
pub mod feed;
pub mod import;
pub mod lists;
pub mod moves;
pub mod photos;
pub mod publishing;
pub mod quotas;
pub mod read;
pub mod routes;
pub mod search;
pub mod store;
pub mod submit;
pub mod support;
pub mod threads;
pub mod together;
pub mod topics;
pub mod views;

use utoipa_actix_web::service_config::ServiceConfig;

use crate::codes::Code;
use crate::platform::problem::Problem;
use crate::platform::write::Proof;

crate::id! {
    /// A concern.
    ConcernId
}

impl Proof for store::Concern {}

/// The refusal of one part of an address.
pub fn query_invalid(part: &str) -> Problem {
    Problem::new(Code::QueryInvalid).detail(part)
}

/// The routes of concerns.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(feed::get_feed)
        .service(routes::list_concerns)
        .service(cells::routes::list_cells)
        .service(routes::submit_concern)
        .service(routes::get_concern)
        .service(routes::support_concern)
        .service(routes::withdraw_support)
        .service(contests::routes::contest_concern)
        .service(contests::routes::withdraw_contest)
        .service(routes::get_photo)
        .service(routes::get_photo_thumb)
        .service(desk::routes::list_desk_concerns)
        .service(desk::routes::get_desk_concern)
        .service(desk::referral::print_referral)
        .service(desk::routes::move_concern)
        .service(desk::routes::answer_concern)
        .service(desk::routes::assign_concern)
        .service(desk::routes::write_note)
        .service(desk::routes::write_to_author)
        .service(desk::routes::move_many_concerns)
        .service(threads::routes::open_receipt)
        .service(threads::routes::write_with_receipt)
        .service(threads::routes::list_own_concerns)
        .service(threads::routes::open_own_concern)
        .service(threads::routes::write_on_own_concern)
        .service(threads::author_routes::mend_with_receipt)
        .service(threads::author_routes::contest_with_receipt)
        .service(threads::author_routes::mend_own_concern)
        .service(threads::author_routes::contest_own_concern);
}
