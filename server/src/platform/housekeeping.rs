//! What is kept only for a time, taken away once an hour.

use std::time::Duration;

use chrono::TimeDelta;
use diesel::prelude::*;

use super::app::{App, Unit};
use super::clock::hour_of;
use super::counters;
use super::problem::Problem;
use super::writer::Tending;
use crate::meetings::residents;
use crate::places;
use crate::schema::{idempotency, sessions, sign_in_codes, sign_in_tickets};

/// How long a write can be repeated harmlessly: a phone may be offline for a holiday.
const REPEATABLE: TimeDelta = TimeDelta::days(45);
/// How long sign-in codes and tickets are kept; they stop working before.
const CODES: TimeDelta = TimeDelta::hours(1);
/// The hour in Albania in which the whole file is written anew.
const NIGHT: u32 = 3;
/// Rest between two rounds.
const REST: Duration = Duration::from_secs(3600);

/// Tidies up, for as long as the process lives.
pub async fn run(app: App) {
    let mut warned_on = None;
    loop {
        let today = app.clock().today();
        if warned_on.replace(today) != Some(today) {
            places::holidays::warn_of_end(&app).await;
        }
        if let Err(problem) = round(&app).await {
            tracing::warn!(code = problem.code().as_str(), "housekeeping waits");
        }
        tokio::time::sleep(REST).await;
    }
}

async fn round(app: &App) -> Result<(), Problem> {
    app.write(tidy_up).await?;
    if app.is_shared() {
        app.write_apart(counters::forget).await?;
    }
    let night = hour_of(app.clock().now()) == NIGHT;
    app.tend(if night {
        Tending::Rewrite
    } else {
        Tending::Settle
    })
    .await
}

/// Takes away what is over.
///
/// # Errors
/// `storage_unavailable`.
pub fn tidy_up(unit: &mut Unit<'_>) -> Result<(), Problem> {
    let today = unit.today();
    let now = unit.now.naive_utc();
    diesel::delete(idempotency::table.filter(idempotency::on_day.lt(today - REPEATABLE)))
        .execute(unit.conn)?;
    diesel::delete(sign_in_codes::table.filter(sign_in_codes::sent_at.lt(now - CODES)))
        .execute(unit.conn)?;
    diesel::delete(sign_in_tickets::table.filter(sign_in_tickets::asked_at.lt(now - CODES)))
        .execute(unit.conn)?;
    diesel::delete(sessions::table.filter(sessions::expires_at.lt(now))).execute(unit.conn)?;
    let now = unit.now;
    residents::store::delete_over(unit, now, today)
}
