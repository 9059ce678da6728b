//! What a question can be answered with.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::ConsultationId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::consultation_choices;

/// Writes down what a question can be answered with.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_choices(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    choices: &[String],
) -> Result<(), Problem> {
    for (position, text) in (1..).zip(choices) {
        diesel::insert_into(consultation_choices::table)
            .values((
                consultation_choices::consultation_id.eq(id),
                consultation_choices::position.eq(position),
                consultation_choices::text.eq(text),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// What a question can be answered with, in its order; nothing where concerns are prioritised.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_choices(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vec<String>, Problem> {
    Ok(consultation_choices::table
        .filter(consultation_choices::consultation_id.eq(id))
        .order(consultation_choices::position)
        .select(consultation_choices::text)
        .load(unit.conn)?)
}

/// Which of several consultations are questions with choices.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_questions(
    unit: &mut Unit<'_>,
    ids: &[ConsultationId],
) -> Result<BTreeSet<ConsultationId>, Problem> {
    let found: Vec<ConsultationId> = consultation_choices::table
        .filter(consultation_choices::consultation_id.eq_any(ids))
        .select(consultation_choices::consultation_id)
        .distinct()
        .load(unit.conn)?;
    Ok(found.into_iter().collect())
}
