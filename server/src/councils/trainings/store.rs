//! Queries over trainings.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::TrainingId;
use crate::codes::Code;
use crate::councils::{HolderId, SeatId};
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{holders, seats, trained, trainings};

/// A training.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = trainings)]
pub struct Training {
    /// Its id.
    pub id: TrainingId,
    /// The municipality whose council it was for.
    pub municipality_code: String,
    /// What was learned.
    pub topic: String,
    /// Who taught.
    pub provider: String,
    /// The day.
    pub held_on: NaiveDate,
}

/// The trainings of a council, the last first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<Training>, Problem> {
    Ok(trainings::table
        .filter(trainings::municipality_code.eq(municipality))
        .order((trainings::held_on.desc(), trainings::id))
        .select(Training::as_select())
        .load(unit.conn)?)
}

/// Who was at the trainings of a council: the training, the seat, and whether they hold it today.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_trained(
    unit: &mut Unit<'_>,
    municipality: &str,
) -> Result<Vec<(TrainingId, SeatId, bool)>, Problem> {
    Ok(trained::table
        .inner_join(trainings::table.on(trainings::id.eq(trained::training_id)))
        .inner_join(holders::table.on(holders::id.eq(trained::holder_id)))
        .filter(trainings::municipality_code.eq(municipality))
        .order((trained::training_id, holders::seat_id))
        .select((
            trained::training_id,
            holders::seat_id,
            holders::to_on.is_null(),
        ))
        .load(unit.conn)?)
}

/// The trainings somebody had in their time in a seat, the last first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_of_holder(unit: &mut Unit<'_>, holder: &HolderId) -> Result<Vec<Training>, Problem> {
    Ok(trainings::table
        .inner_join(trained::table.on(trained::training_id.eq(trainings::id)))
        .filter(trained::holder_id.eq(holder))
        .order((trainings::held_on.desc(), trainings::id))
        .select(Training::as_select())
        .load(unit.conn)?)
}

/// Those of these who had a training in their time.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_among(unit: &mut Unit<'_>, ids: &[HolderId]) -> Result<Vec<HolderId>, Problem> {
    Ok(trained::table
        .filter(trained::holder_id.eq_any(ids))
        .select(trained::holder_id)
        .distinct()
        .load(unit.conn)?)
}

/// Whoever held a seat of a municipality on a day; on that of a change whoever came.
///
/// # Errors
/// `storage_unavailable`.
pub fn find_holder_on(
    unit: &mut Unit<'_>,
    municipality: &str,
    seat: &SeatId,
    day: NaiveDate,
) -> Result<Option<HolderId>, Problem> {
    Ok(holders::table
        .inner_join(seats::table.on(seats::id.eq(holders::seat_id)))
        .filter(seats::municipality_code.eq(municipality))
        .filter(holders::seat_id.eq(seat))
        .filter(holders::substitute.eq(false))
        .filter(holders::from_on.le(day))
        .filter(holders::to_on.is_null().or(holders::to_on.gt(day)))
        .order(holders::from_on.desc())
        .select(holders::id)
        .first(unit.conn)
        .optional()?)
}

/// Adds a training and who was there.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Training, learned: &[HolderId]) -> Result<(), Problem> {
    diesel::insert_into(trainings::table)
        .values(row)
        .execute(unit.conn)?;
    for holder in learned {
        diesel::insert_into(trained::table)
            .values((
                trained::training_id.eq(&row.id),
                trained::holder_id.eq(holder),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The municipality of a training.
///
/// # Errors
/// `training_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &TrainingId) -> Result<Training, Problem> {
    trainings::table
        .find(id)
        .select(Training::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::TrainingUnknown))
}

/// Takes a training away, with who was there.
///
/// # Errors
/// `storage_unavailable`.
pub fn delete(unit: &mut Unit<'_>, id: &TrainingId) -> Result<(), Problem> {
    diesel::delete(trainings::table.find(id)).execute(unit.conn)?;
    Ok(())
}
