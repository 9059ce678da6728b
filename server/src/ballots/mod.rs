//! Formal votes: residents are given tokens they were signed blindly for, and cast items that nobody can
//! trace. The server relays, checks and counts; it can neither issue nor learn whose an item is.
//!
//! Invariants: tokens are given until the last day before the vote and items are taken from the first; an
//! item names no account, address or time; what was asked and what was cast share no column but the vote.

mod box_store;
mod casting;
pub mod check;
mod count_views;
mod counting;
pub mod keeper;
pub mod papers;
mod priorities;
pub mod priority_routes;
pub mod protocol;
pub mod proving;
mod reading;
pub mod rehearsal;
pub mod relay;
pub mod routes;
mod sealing;
mod store;
mod tokens;
mod turnout;
mod views;

use chrono::NaiveDate;
use domain::consultation::{Phase, Schedule};
use domain::vote::Stage;
use utoipa_actix_web::service_config::ServiceConfig;

use store::Vote;

/// Where a vote stands in this phase of its consultation.
fn stage(vote: &Vote, phase: Phase) -> Stage {
    Stage::of(phase, vote.sealed.is_some(), vote.outcome.is_some())
}

/// The first day of casting.
fn first_day(schedule: &Schedule) -> NaiveDate {
    let last = schedule.frozen_after();
    last.succ_opt().unwrap_or(last)
}

/// The routes of votes.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(routes::get_vote)
        .service(priority_routes::get_priorities)
        .service(priority_routes::take_up_priorities)
        .service(routes::give_tokens)
        .service(routes::cast_item)
        .service(routes::prove_inclusion)
        .service(routes::get_box);
}
