//! The sample year's vote: held by the crowd, for whoever opens the demo to recount.

use chrono::NaiveDate;
use domain::consultation::{Phase, Schedule};

use super::read;
use crate::ballots::rehearsal;
use crate::consultations::ConsultationId;
use crate::consultations::store as consultations;
use crate::identity;
use crate::identity::AccountId;
use crate::places;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// How many of the crowd vote: enough to rank by, few enough to be counted while one waits.
const VOTERS: usize = 24;
/// Where they live.
const UNITS: [&str; 4] = ["elbasan", "gjinar", "elbasan", "shushice"];

/// A consultation whose vote is over, and who voted.
type Vote = (ConsultationId, Vec<(AccountId, String)>);

/// Holds the votes of the sample year that are over.
///
/// # Errors
/// `internal` when the sample breaks a rule, `storage_unavailable`.
pub async fn hold(app: &App) -> Result<(), Problem> {
    let today = app.clock().today();
    let due = app.read(move |unit| due(unit, today)).await?;
    for (id, residents) in due {
        rehearsal::hold(app, id, residents).await?;
    }
    Ok(())
}

fn due(unit: &mut Unit<'_>, today: NaiveDate) -> Result<Vec<Vote>, Problem> {
    let place = places::store::get_municipality(unit, &read()?.municipality)?;
    let over = consultations::list(unit, &place.code)?
        .into_iter()
        .filter(|row| {
            let phase = Schedule::from(row.schedule.clone()).phase(today);
            matches!(phase, Phase::Result | Phase::Plan | Phase::Report)
        });
    let over: Vec<_> = over.collect();
    let mut residents = Vec::new();
    for (number, lives_in) in (1..=VOTERS).zip(UNITS.iter().cycle()) {
        let email = format!("banor-{number:03}@example.al");
        let account = identity::store::find_account_by_email(unit, &email)?;
        residents.extend(account.map(|account| (account.id, (*lives_in).to_owned())));
    }
    Ok(over
        .into_iter()
        .map(|row| (row.id, residents.clone()))
        .collect())
}
