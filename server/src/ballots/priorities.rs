//! What residents put first: the ranking of the last counted vote is the municipality's list of
//! priorities, and the secretary takes the first of it up.

use std::collections::HashMap;

use ballot::{Outcome, Ranked};
use chrono::Datelike;
use domain::concern::State;
use domain::consultation::Schedule;

use super::count_views::{Priorities, Priority};
use super::protocol::{self, text_of};
use super::store;
use crate::audit;
use crate::codes::Code;
use crate::concerns::ConcernId;
use crate::concerns::desk::views::{MovedMany, RefusedMove};
use crate::concerns::moves::{self, MoveConcern};
use crate::concerns::read as concerns_read;
use crate::concerns::store as concerns;
use crate::consultations::store::Consultation;
use crate::councils::Staff;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The priorities of a municipality; nothing where no vote was counted yet.
///
/// # Errors
/// `storage_unavailable`.
pub fn priorities(unit: &mut Unit<'_>, code: &str) -> Result<Option<Priorities>, Problem> {
    for (row, outcome) in store::list_counted(unit, code)? {
        let Outcome::Prioritising { ranking, .. } = protocol::from_json(&outcome)? else {
            continue;
        };
        let ids: Vec<ConcernId> = ranking.iter().filter_map(|of| id_of(of).ok()).collect();
        let public = concerns::list_public_concerns(unit, &ids)?;
        let mut cards: HashMap<_, _> = concerns_read::cards(unit, &public)?
            .into_iter()
            .map(|card| (card.id.clone(), card))
            .collect();
        // One that left the public leaves its rank empty: nobody else moves up.
        let items = (1_u32..).zip(&ranking).filter_map(|(rank, of)| {
            Some(Priority {
                rank,
                score: of.score,
                concern: cards.remove(&text_of(of.concern))?,
            })
        });
        return Ok(Some(Priorities {
            consultation: row.id.to_string(),
            question: row.question,
            year: Schedule::from(row.schedule).vote_until.year(),
            items: items.collect(),
        }));
    }
    Ok(None)
}

/// Takes up the first concerns of a counted ranking: those that may move become priorities, each with its
/// rank as the public reason; the others are named.
///
/// # Errors
/// `vote_not_counted`.
pub fn take_up(
    unit: &mut Unit<'_>,
    staff: &Staff,
    row: &Consultation,
    first: usize,
) -> Result<MovedMany, Problem> {
    let uncounted = || Problem::new(Code::VoteNotCounted);
    let vote = store::get_vote(unit, &row.id).map_err(|_unknown| uncounted())?;
    let outcome = vote.outcome.ok_or_else(uncounted)?;
    let Outcome::Prioritising { ranking, .. } = protocol::from_json(&outcome)? else {
        return Err(uncounted());
    };
    let mut done = MovedMany {
        moved: Vec::new(),
        refused: Vec::new(),
    };
    for (rank, ranked) in (1_u32..).zip(ranking.iter().take(first)) {
        let step = MoveConcern {
            reason: format!("Vendi {rank} në votimin «{}».", row.question),
            ..MoveConcern::to(State::Prioritised)
        };
        let concern = id_of(ranked).and_then(|id| concerns::get_public_concern(unit, &id));
        match concern.and_then(|concern| moves::move_as_staff(unit, staff, concern, &step)) {
            Ok(moved) => done.moved.push(moved.id.to_string()),
            Err(problem) if problem.code().status().is_client_error() => {
                let (id, code) = (text_of(ranked.concern), problem.code().as_str());
                done.refused.push(RefusedMove { id, code });
            }
            Err(problem) => return Err(problem),
        }
    }
    let subject = format!("{}: {}", row.id, done.moved.len());
    audit::append(unit, Some(staff), "priorities_taken_up", &subject)?;
    Ok(done)
}

fn id_of(ranked: &Ranked) -> Result<ConcernId, Problem> {
    text_of(ranked.concern)
        .parse()
        .map_err(|()| Problem::new(Code::ConcernUnknown))
}
