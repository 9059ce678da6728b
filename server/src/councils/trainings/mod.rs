//! What members learned (E1). It is theirs, not their seat's: the share of trained members falls when a holder
//! goes (E2).

pub mod routes;
pub mod store;
pub mod views;

use chrono::NaiveDate;
use domain::text::Choice;

use super::{SeatId, Staff};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use store::Training;
use views::TrainingList;

crate::id! {
    /// A training.
    TrainingId
}

/// A training as it was held.
#[derive(Clone)]
pub struct Held {
    /// What was learned.
    pub topic: Choice,
    /// Who taught.
    pub provider: Choice,
    /// The day.
    pub held_on: NaiveDate,
    /// The seats whose holders of that day were there.
    pub seats: Vec<SeatId>,
}

/// Writes a training down.
///
/// # Errors
/// `fields_invalid` where the day is to come, or nobody held a seat on it.
pub fn add(unit: &mut Unit<'_>, staff: &Staff, held: Held) -> Result<TrainingList, Problem> {
    if held.held_on > unit.today() {
        return Err(Problem::field("/held_on", "in_the_future", None));
    }
    let row = Training {
        id: TrainingId::new(unit.chance)?,
        municipality_code: staff.municipality.clone(),
        topic: held.topic.into_string(),
        provider: held.provider.into_string(),
        held_on: held.held_on,
    };
    let mut learned = Vec::new();
    for (place, seat) in held.seats.iter().enumerate() {
        let holder = store::find_holder_on(unit, &staff.municipality, seat, row.held_on)?;
        let nobody = || Problem::field(&format!("/seats/{place}"), "seat_vacant", None);
        let holder = holder.ok_or_else(nobody)?;
        if !learned.contains(&holder) {
            learned.push(holder);
        }
    }
    store::insert(unit, &row, &learned)?;
    unit.touch(&row.municipality_code);
    audit::append(unit, Some(staff), "training_added", row.id.as_str())?;
    list(unit, &staff.municipality)
}

/// The trainings of a council, the last first, with the seats whose holders of today were there.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<TrainingList, Problem> {
    let trained = store::list_trained(unit, municipality)?;
    let rows = store::list(unit, municipality)?.into_iter();
    let items = rows.map(|row| {
        let there: Vec<_> = trained.iter().filter(|(id, ..)| *id == row.id).collect();
        let today = there.iter().filter(|(.., holds)| *holds);
        let seats = today.map(|(_, seat, _)| seat.to_string()).collect();
        views::TrainingView::new(row, there.len(), seats)
    });
    Ok(TrainingList {
        items: items.collect(),
    })
}
