//! What happens to votes by the clock alone: keys are made, lists are sealed, roots published, boxes
//! counted. Each step is done once, however many processes try.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::Code as _;
use domain::consultation::Schedule;
use domain::vote::Stage;
use tokio::time::Instant;

use super::relay::Relay;
use super::store::{self, Vote, VoteIssuer};
use super::{counting, first_day, sealing, stage, tokens};
use crate::consultations::ConsultationId;
use crate::consultations::store::{self as consultations, Consultation};
use crate::issuer::messages::AskKey;
use crate::places::store::{Municipality, get_municipality_by_code};
use crate::platform::app::App;
use crate::platform::clock::{day_of, hour_on};
use crate::platform::problem::Problem;

/// Rest between two rounds.
const REST: Duration = Duration::from_millis(500);
/// Rest for a vote that could not go on: whoever is away is not asked every moment.
const AGAIN: Duration = Duration::from_secs(20);
/// After midnight, until what was begun the day before is written: longer than a statement may take.
const SETTLED: TimeDelta = TimeDelta::seconds(60);
/// Votes that ended longer ago are no longer looked at.
const LONG_AGO: TimeDelta = TimeDelta::days(60);
/// A formal vote needs so many institutions.
const FORMAL: usize = 2;

/// Keeps votes, for as long as the process lives.
pub async fn run(app: App, relay: Relay) {
    let mut keeper = Keeper {
        app,
        relay,
        told: HashMap::new(),
        rests: HashMap::new(),
    };
    loop {
        if let Err(problem) = keeper.round().await {
            tracing::warn!(%problem, "votes wait");
        }
        tokio::time::sleep(REST).await;
    }
}

struct Keeper {
    app: App,
    relay: Relay,
    /// When issuing ends, as the issuers were told.
    told: HashMap<ConsultationId, NaiveDate>,
    /// Until when a vote is left alone that could not go on.
    rests: HashMap<ConsultationId, Instant>,
}

impl Keeper {
    async fn round(&mut self) -> Result<(), Problem> {
        let now = self.app.clock().now();
        let since = day_of(now) - LONG_AGO;
        let unfinished = self
            .app
            .read(move |unit| {
                let rows = store::list_unfinished(unit, since)?;
                rows.into_iter()
                    .map(|(row, vote)| {
                        let place = get_municipality_by_code(unit, &row.municipality_code)?;
                        Ok((row, vote, place))
                    })
                    .collect::<Result<Vec<_>, Problem>>()
            })
            .await?;
        for (row, vote, place) in unfinished {
            if self
                .rests
                .get(&row.id)
                .is_some_and(|until| *until > Instant::now())
            {
                continue;
            }
            // One that fails holds up no other.
            let done = self.step(&row, vote, &place, now).await;
            if let Err(problem) = &done {
                tracing::warn!(consultation = %row.id, %problem, "a vote waits");
            }
            if !matches!(done, Ok(true)) {
                self.rests.insert(row.id, Instant::now() + AGAIN);
            }
        }
        Ok(())
    }

    /// Does what is due; says whether nothing held it up.
    async fn step(
        &mut self,
        row: &Consultation,
        vote: Option<Vote>,
        place: &Municipality,
        now: DateTime<Utc>,
    ) -> Result<bool, Problem> {
        let today = day_of(now);
        let phase = row.phase(today);
        let Some(vote) = vote else {
            if phase.list_is_open() {
                self.prepare(row, place).await?;
            }
            return Ok(true);
        };
        let settled = hour_on(today, 0).is_some_and(|midnight| now - midnight >= SETTLED);
        match stage(&vote, phase) {
            Stage::Issuing => self.extend(row, place).await?,
            Stage::Sealing if settled => {
                return sealing::seal(&self.app, &self.relay, &place.slug, row, &vote).await;
            }
            Stage::Casting if today > first_day(&row.schedule.clone().into()) => {
                counting::root(&self.app, row, false).await?;
            }
            Stage::Counting if settled => counting::root(&self.app, row, true).await?,
            _ => {}
        }
        Ok(true)
    }

    /// Has all issuers make their keys; once all did, tokens are given.
    async fn prepare(&mut self, row: &Consultation, place: &Municipality) -> Result<(), Problem> {
        let issuers = self.relay.issuers_of(&place.slug);
        if issuers.is_empty() {
            return Ok(());
        }
        let asked = self.ask(row).await?;
        let mut rows = Vec::new();
        for (position, of) in (0..).zip(&issuers) {
            let side = self.relay.key(of, &asked).await?;
            rows.push(VoteIssuer {
                consultation_id: row.id.clone(),
                position,
                institution: of.institution.code().to_owned(),
                name: tokens::name_of(of.institution, &place.full_name),
                key_modulus: side.key.n,
                identity: side.identity.to_string(),
                commitment: side.commitment.to_string(),
                reveal: None,
            });
        }
        let vote = Vote {
            consultation_id: row.id.clone(),
            threshold: i32::try_from(issuers.len().min(FORMAL)).unwrap_or(1),
            year: first_day(&row.schedule.clone().into()).year(),
            announced: None,
            sealed: None,
            outcome: None,
        };
        let code = place.code.clone();
        self.app
            .write(move |unit| {
                unit.touch(&code);
                store::insert_vote(unit, &vote, &rows)
            })
            .await
    }

    /// Tells the issuers where issuing was given more time.
    async fn extend(&mut self, row: &Consultation, place: &Municipality) -> Result<(), Problem> {
        let until = Schedule::from(row.schedule.clone()).frozen_after();
        if self.told.get(&row.id) == Some(&until) {
            return Ok(());
        }
        let asked = self.ask(row).await?;
        for of in self.relay.issuers_of(&place.slug) {
            self.relay.key(&of, &asked).await?;
        }
        self.told.insert(row.id.clone(), until);
        Ok(())
    }

    async fn ask(&self, row: &Consultation) -> Result<AskKey, Problem> {
        let id = row.id.clone();
        let choices = self
            .app
            .read(move |unit| consultations::list_choices(unit, &id))
            .await?;
        let schedule = Schedule::from(row.schedule.clone());
        Ok(AskKey {
            consultation: row.id.to_string(),
            tokens: sealing::method(!choices.is_empty()).tokens(),
            issuing_until: hour_on(first_day(&schedule), 0).unwrap_or_default(),
        })
    }
}
