//! The box: a root each night, the count at the end, and all of it to whoever asks.

use actix_web::web::Bytes as Chunk;
use ballot::{BallotBox, Bytes, Item, Outcome, Root, leaf};
use domain::vote::Stage;
use futures_util::{Stream, stream::try_unfold};

use super::box_store::{self, BoxRoot};
use super::{papers, protocol, stage, store};
use crate::audit;
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::consultations::store::Consultation;
use crate::notices::push::consultations::{self as news, Turn};
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// Items read at a time.
const PAGE: i64 = 500;

/// Publishes the root of the day over what is in the box now. `last` has it counted too.
///
/// # Errors
/// `storage_unavailable`.
pub async fn root(app: &App, row: &Consultation, last: bool) -> Result<(), Problem> {
    let id = row.id.clone();
    let today = app.clock().today();
    let known = app
        .read(move |unit| box_store::list_roots(unit, &id))
        .await?;
    if !last && known.iter().any(|root| root.on_day == today) {
        return Ok(());
    }
    let id = row.id.clone();
    let (head, items) = app
        .read(move |unit| Ok((papers::read(unit, &id)?.head, gather(unit, &id)?)))
        .await?;
    let (id, place) = (row.id.clone(), row.municipality_code.clone());
    app.write(move |unit| {
        let leaves: Vec<Bytes<32>> = items.iter().map(|(_, _, leaf)| *leaf).collect();
        let published = BoxRoot {
            consultation_id: id.clone(),
            on_day: today,
            size: i32::try_from(leaves.len()).unwrap_or(i32::MAX),
            hash: ballot::root_hash(&leaves).to_string(),
        };
        if box_store::insert_root(unit, &published)? {
            for (token, _, leaf) in &items {
                box_store::set_rooted(unit, &id, token, &leaf.to_string())?;
            }
        }
        if last {
            let outcome = count(&head, items);
            if store::set_outcome(unit, &id, &protocol::to_json(&outcome)?)? {
                let said = format!("{id}: {} {}", published.size, published.hash);
                audit::append(unit, None, "vote_counted", &said)?;
                news::enqueue(unit, &id, Turn::Counted)?;
            }
            store::delete_answers(unit, &id)?;
        }
        unit.touch(&place);
        Ok(())
    })
    .await
}

/// All items, each without its signatures, with its token and its hash.
///
/// # Errors
/// `storage_unavailable`, `internal` for a row that is damaged.
pub fn gather(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
) -> Result<Vec<(String, Item, Bytes<32>)>, Problem> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let page = box_store::list_ballots(unit, id, &after, PAGE)?;
        let Some(end) = page.last() else {
            return Ok(all);
        };
        after.clone_from(&end.token);
        for row in page {
            let mut item = protocol::item_of(&row)?;
            let leaf = leaf(&item.canonical());
            item.signatures = Vec::new();
            all.push((row.token, item, leaf));
        }
    }
}

/// The count of items, whose signatures it does not need.
pub fn count(head: &BallotBox, items: Vec<(String, Item, Bytes<32>)>) -> Outcome {
    let items = items.into_iter().map(|(_, item, _)| item).collect();
    BallotBox {
        items,
        ..head.clone()
    }
    .recount()
}

/// The box of a vote that is counted: its JSON, piece by piece.
///
/// # Errors
/// `consultation_unknown`, `vote_unknown`, `box_not_open`.
pub async fn open(
    app: &App,
    id: ConsultationId,
) -> Result<impl Stream<Item = Result<Chunk, Problem>> + use<>, Problem> {
    let asked = id.clone();
    let (before, after) = app.read(move |unit| frame(unit, &asked)).await?;
    let start = Step::Items {
        before,
        after,
        last: String::new(),
    };
    Ok(try_unfold(start, {
        let app = app.clone();
        move |step| next(app.clone(), id.clone(), step)
    }))
}

/// What is sent next of a box.
enum Step {
    Items {
        before: String,
        after: String,
        last: String,
    },
    End,
}

async fn next(app: App, id: ConsultationId, step: Step) -> Result<Option<(Chunk, Step)>, Problem> {
    let Step::Items {
        before,
        after,
        last,
    } = step
    else {
        return Ok(None);
    };
    let from = last.clone();
    let page = app
        .read(move |unit| box_store::list_ballots(unit, &id, &from, PAGE))
        .await?;
    let mut text = before;
    let Some(end) = page.last().map(|row| row.token.clone()) else {
        text.push_str(&after);
        return Ok(Some((text.into(), Step::End)));
    };
    for (place, row) in page.iter().enumerate() {
        if place > 0 || !last.is_empty() {
            text.push(',');
        }
        text.push_str(&protocol::to_json(&protocol::item_of(row)?)?);
    }
    let rest = Step::Items {
        before: String::new(),
        after,
        last: end,
    };
    Ok(Some((text.into(), rest)))
}

/// What stands before the items of a box and what after them.
fn frame(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<(String, String), Problem> {
    let closed = || Problem::new(Code::BoxNotOpen);
    let today = unit.today();
    let row = crate::consultations::store::get(unit, id)?;
    let vote = store::get_vote(unit, id)?;
    if stage(&vote, row.phase(today)) != Stage::Counted {
        return Err(closed());
    }
    let outcome = vote.outcome.as_deref().ok_or_else(closed)?;
    let head = papers::read(unit, id)?.head;
    let roots = box_store::list_roots(unit, id)?;
    let root: Root = protocol::root_of(roots.last().ok_or_else(closed)?)?;
    let whole = protocol::to_json(&BallotBox {
        root,
        result: protocol::from_json(outcome)?,
        ..head
    })?;
    let (before, after) = whole.split_once("\"items\":[]").ok_or_else(closed)?;
    Ok((format!("{before}\"items\":["), format!("]{after}")))
}
