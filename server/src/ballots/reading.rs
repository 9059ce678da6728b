//! A vote put together for whoever asks.

use ballot::BallotBox;
use domain::vote::Stage;

use super::store::VoteIssuer;
use super::views::{VoteIssuerView, VotePaper, VoteView};
use super::{box_store, protocol, sealing, stage, store, turnout};
use crate::consultations::ConsultationId;
use crate::consultations::store as consultations;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The vote of a consultation, and the municipality it is of.
///
/// # Errors
/// `consultation_unknown`, `vote_unknown`.
pub fn view(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    delay_seconds: u32,
) -> Result<(String, VoteView), Problem> {
    let row = consultations::get(unit, id)?;
    let vote = store::get_vote(unit, id)?;
    let issuers = store::list_issuers(unit, id)?;
    let place = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let is_question = !consultations::list_choices(unit, id)?.is_empty();
    let at = stage(&vote, row.phase(unit.today()));
    let method = sealing::method(is_question);
    let mut view = VoteView::new(&row, place.slug, method, &vote, at, delay_seconds);
    match &vote.sealed {
        None => {
            let shown = issuers.iter().map(VoteIssuerView::announced);
            view.issuers = shown.collect::<Result<_, _>>()?;
        }
        Some(head) => {
            let head: BallotBox = protocol::from_json(head)?;
            let shown = head
                .issuers
                .iter()
                .map(|of| VoteIssuerView::sealed(&issuers, of));
            view.issuers = shown.collect::<Result<_, _>>()?;
            let is_in = |row: &&VoteIssuer| {
                let mut all = head.issuers.iter();
                all.any(|of| of.identity.to_string() == row.identity)
            };
            let others = issuers.iter().filter(|row| !is_in(row));
            view.left_out = others
                .map(VoteIssuerView::announced)
                .collect::<Result<_, _>>()?;
            view.paper = Some(VotePaper::from(&head));
            view.weights = head.weights.map(Into::into);
            view.turnout = Some(turnout::turnout(unit, &row)?);
        }
    }
    let roots = box_store::list_roots(unit, id)?;
    view.roots = roots.into_iter().map(Into::into).collect();
    if let Some(outcome) = vote.outcome.as_deref().filter(|_| at == Stage::Counted) {
        let outcome: ballot::Outcome = protocol::from_json(outcome)?;
        view.result = Some(outcome.into());
    }
    Ok((row.municipality_code, view))
}
