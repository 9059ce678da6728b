//! Whether what is stored of votes fits together. Signatures are for `trekendesh verify` on the box.

use ballot::{BallotBox, Bytes};
use diesel::prelude::*;

use super::store::Vote;
use super::{box_store, counting, protocol};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::votes;

/// What does not fit, one line for each.
///
/// # Errors
/// `storage_unavailable`.
pub fn faults(unit: &mut Unit<'_>) -> Result<Vec<String>, Problem> {
    let rows: Vec<Vote> = votes::table
        .order(votes::consultation_id)
        .select(Vote::as_select())
        .load(unit.conn)?;
    let mut faults = Vec::new();
    for vote in rows {
        if let Some(fault) = fault(unit, &vote)? {
            faults.push(format!("the vote of {}: {fault}", vote.consultation_id));
        }
    }
    Ok(faults)
}

fn fault(unit: &mut Unit<'_>, vote: &Vote) -> Result<Option<&'static str>, Problem> {
    let Some(sealed) = &vote.sealed else {
        let cast = box_store::list_ballots(unit, &vote.consultation_id, "", 1)?;
        return Ok((!cast.is_empty()).then_some("items were cast before it was sealed"));
    };
    let Ok(head) = protocol::from_json::<BallotBox>(sealed) else {
        return Ok(Some("its head cannot be read"));
    };
    let Some(outcome) = &vote.outcome else {
        return Ok(None);
    };
    let items = counting::gather(unit, &vote.consultation_id)?;
    let leaves: Vec<Bytes<32>> = items.iter().map(|(_, _, leaf)| *leaf).collect();
    let roots = box_store::list_roots(unit, &vote.consultation_id)?;
    let root = ballot::root_hash(&leaves).to_string();
    if roots.last().is_none_or(|last| last.hash != root) {
        return Ok(Some("its items are not those under its last root"));
    }
    let counted = counting::count(&head, items);
    Ok(
        (protocol::from_json::<ballot::Outcome>(outcome)? != counted)
            .then_some("its count is another"),
    )
}
