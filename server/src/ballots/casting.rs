//! Casting: an item is checked by itself, and put into the box without a trace of when or from where.

use std::sync::Arc;

use actix_web::web;
use ballot::{Item, ItemRefusal, check_item};
use domain::consultation::Phase;

use super::box_store::{self, Ballot};
use super::papers::{Papers, Sealed};
use super::protocol;
use crate::codes::Code;
use crate::consultations::ConsultationId;
use crate::consultations::store as consultations;
use crate::platform::app::{App, Unit};
use crate::platform::problem::Problem;

/// Casts an item, or puts it in the place of an earlier one of its token.
///
/// # Errors
/// `casting_not_open`, `casting_over`, and what is wrong with the item.
pub async fn cast(
    app: &App,
    papers: &Papers,
    id: ConsultationId,
    item: Item,
) -> Result<(), Problem> {
    let asked = id.clone();
    app.read(move |unit| require_open(unit, &asked)).await?;
    let sealed = papers.sealed(app, &id).await?;
    let ballot = web::block(move || checked(&id, &sealed, &item))
        .await
        .map_err(|cause| Problem::caused(Code::Internal, cause))??;
    app.write(move |unit| {
        require_open(unit, &ballot.consultation_id)?;
        put(unit, &ballot)
    })
    .await
}

fn checked(id: &ConsultationId, sealed: &Arc<Sealed>, item: &Item) -> Result<Ballot, Problem> {
    check_item(&sealed.context, item).map_err(|refusal| Problem::new(code_of(refusal)))?;
    Ok(protocol::row_of(id, item))
}

fn code_of(refusal: ItemRefusal) -> Code {
    match refusal {
        ItemRefusal::TamperedItem => Code::ItemTampered,
        ItemRefusal::ForeignToken => Code::ItemForeign,
        ItemRefusal::WrongConcern => Code::ItemOtherConcern,
        ItemRefusal::ValueOutOfRange => Code::ItemValue,
    }
}

/// Items are taken today.
fn require_open(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<(), Problem> {
    let today = unit.today();
    match consultations::get(unit, id)?.phase(today) {
        Phase::Vote => Ok(()),
        Phase::Announced | Phase::Collect | Phase::Discuss | Phase::Withdrawn => {
            Err(Problem::new(Code::CastingNotOpen))
        }
        Phase::Result | Phase::Plan | Phase::Report => Err(Problem::new(Code::CastingOver)),
    }
}

fn put(unit: &mut Unit<'_>, ballot: &Ballot) -> Result<(), Problem> {
    match box_store::find_sequence(unit, &ballot.consultation_id, &ballot.token)? {
        None => box_store::insert_ballot(unit, ballot),
        Some(last) if last < ballot.sequence => box_store::replace_ballot(unit, ballot),
        Some(last) if last == ballot.sequence => Err(Problem::new(Code::ItemRepeated)),
        Some(_) => Err(Problem::new(Code::ItemOlder)),
    }
}
