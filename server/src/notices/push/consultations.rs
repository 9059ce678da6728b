//! What whoever follows a municipality hears of its consultations: each turn once, on the device only.
//! A piece of news is one row, written with what caused it; a worker expands it a stretch of followers at a time.

use chrono::{DateTime, NaiveDate, Utc};
use domain::consultation::Schedule;
use serde::{Deserialize, Serialize};

use super::SubscriptionId;
use super::delivery::{Audience, Story};
use super::fanout::{self, STRETCH, WORTH};
use super::store::{self, Followed};
use crate::consultations::ConsultationId;
use crate::consultations::store::{self as consultations, Consultation};
use crate::platform::app::Unit;
use crate::platform::clock::{MORNING, hour_on};
use crate::platform::outbox::{self, Piece};
use crate::platform::problem::Problem;

/// The name of this kind of work.
pub const KIND: &str = "consultation news";
/// What preferences call all of it.
pub const NAME: &str = "consultations";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The council asks.
    Announced,
    /// One may vote.
    Opened,
    /// It is the last day on which one may vote.
    Closing,
    /// The result is there.
    Counted,
    /// The council asks no more.
    Withdrawn,
}

impl Turn {
    /// Its name in pushes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Announced => "consultation_announced",
            Self::Opened => "consultation_opened",
            Self::Closing => "consultation_closing",
            Self::Counted => "consultation_counted",
            Self::Withdrawn => "consultation_withdrawn",
        }
    }

    /// Whether it is still so: what was taken back asks for nothing, and nobody votes after the last day.
    pub fn holds(self, unit: &Unit<'_>, row: &Consultation) -> bool {
        let is_voted_on = unit.today() <= last_day(row);
        match self {
            Self::Withdrawn => true,
            Self::Announced | Self::Counted => row.withdrawn_on.is_none(),
            Self::Opened | Self::Closing => row.withdrawn_on.is_none() && is_voted_on,
        }
    }
}

/// What finding followers needs to know.
#[derive(Deserialize, Serialize)]
pub struct Task {
    consultation: ConsultationId,
    turn: Turn,
    after: Option<SubscriptionId>,
}

/// Lets the devices hear that follow the municipality.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue(unit: &mut Unit<'_>, id: &ConsultationId, turn: Turn) -> Result<(), Problem> {
    let now = unit.now;
    enqueue_task(unit, &Task::first(id, turn), now)
}

/// Lets them hear that one may vote, and on the morning of the last day, where that is a later one, that
/// it is the last.
///
/// # Errors
/// `storage_unavailable`.
pub fn enqueue_opened(unit: &mut Unit<'_>, row: &Consultation) -> Result<(), Problem> {
    enqueue(unit, &row.id, Turn::Opened)?;
    let last = last_day(row);
    match hour_on(last, MORNING) {
        Some(morning) if unit.today() < last => {
            enqueue_task(unit, &Task::first(&row.id, Turn::Closing), morning)
        }
        _ => Ok(()),
    }
}

/// Finds some followers, writes down where to go on, and takes the piece away.
///
/// # Errors
/// `storage_unavailable`.
pub fn expand(unit: &mut Unit<'_>, piece: &Piece) -> Result<(), Problem> {
    let task: Task = outbox::payload(piece)?;
    if !outbox::remove(unit, &piece.id)? {
        return Ok(());
    }
    let row = consultations::get(unit, &task.consultation)?;
    if !task.turn.holds(unit, &row) {
        return Ok(());
    }
    let followed = Followed {
        kind: "municipality".to_owned(),
        subject: row.municipality_code,
    };
    let most = i64::try_from(STRETCH + 1).unwrap_or(i64::MAX);
    let found = store::list_followers(unit, &followed, task.after.as_ref(), most)?;
    let more = found.len() > STRETCH;
    let found = found.into_iter().take(STRETCH);
    let devices: Vec<_> = found.map(|(device, _account)| device).collect();
    let story = Story::Consultation {
        consultation: row.id,
        turn: task.turn,
    };
    let until = unit.now + WORTH;
    fanout::enqueue_pages(unit, &story, Audience::Public, &devices, until)?;
    if more {
        let next = Task {
            after: devices.last().cloned(),
            ..task
        };
        let now = unit.now;
        enqueue_task(unit, &next, now)?;
    }
    Ok(())
}

impl Task {
    fn first(id: &ConsultationId, turn: Turn) -> Self {
        Self {
            consultation: id.clone(),
            turn,
            after: None,
        }
    }
}

fn enqueue_task(unit: &mut Unit<'_>, task: &Task, due: DateTime<Utc>) -> Result<(), Problem> {
    let after = task.after.as_ref().map_or("", SubscriptionId::as_str);
    let dedup = format!("{} {} {after}", task.consultation, task.turn.name());
    outbox::enqueue(unit, KIND, task, &dedup, due)
}

/// The last day on which one may vote.
fn last_day(row: &Consultation) -> NaiveDate {
    Schedule::from(row.schedule.clone()).vote_until
}
