//! Putting consultations together for whoever asks.

use std::collections::HashMap;

use domain::Code as _;
use domain::consultation::{Method, Schedule};

use super::store::{self, Consultation};
use super::views::{
    CandidateView, ConsultationCard, ConsultationPage, FormulaWeights, OpenConsultation,
};
use crate::concerns;
use crate::concerns::views::UnitName;
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;

/// The cards of consultations of one municipality, in the same order.
///
/// # Errors
/// `storage_unavailable`.
pub fn cards(
    unit: &mut Unit<'_>,
    municipality: &str,
    rows: Vec<Consultation>,
) -> Result<Vec<ConsultationCard>, Problem> {
    let today = unit.today();
    let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
    let counts: HashMap<_, _> = store::count_candidates(unit, &ids)?.into_iter().collect();
    let questions = store::list_questions(unit, &ids)?;
    let places = store::list_units(unit, &ids)?;
    let names = places::store::list_units(unit, municipality)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let of_row = |slug: &str| places.iter().any(|(id, at)| *id == row.id && at == slug);
            let units = names.iter().filter(|place| of_row(&place.slug));
            let units = units.map(|place| UnitName {
                slug: place.slug.clone(),
                name: place.name.clone(),
            });
            let units = units.collect();
            let count = counts.get(&row.id).copied().unwrap_or_default();
            let method = if questions.contains(&row.id) {
                Method::Question
            } else {
                Method::Prioritising
            };
            ConsultationCard::new(row, today, method, units, count)
        })
        .collect())
}

/// The consultations of a municipality in which something can be done now, the last announced first.
///
/// # Errors
/// `storage_unavailable`.
pub fn open(unit: &mut Unit<'_>, municipality: &str) -> Result<Vec<OpenConsultation>, Problem> {
    let today = unit.today();
    let rows = store::list_until(unit, municipality, today)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let phase = row.phase(today);
            let until = Schedule::from(row.schedule).until(phase)?;
            Some(OpenConsultation {
                id: row.id.to_string(),
                question: row.question,
                phase: phase.code(),
                until,
            })
        })
        .collect())
}

/// A consultation in full.
///
/// # Errors
/// `storage_unavailable`.
pub fn page(unit: &mut Unit<'_>, row: Consultation) -> Result<ConsultationPage, Problem> {
    let municipality = places::store::get_municipality_by_code(unit, &row.municipality_code)?;
    let documents = store::list_documents(unit, &row.id)?;
    let choices = store::list_choices(unit, &row.id)?;
    let notices = store::list_notices(unit, &row.id)?;
    let (decided, chosen): (Vec<_>, Vec<_>) =
        store::list_candidates(unit, &row.id)?.into_iter().unzip();
    let concerns = concerns::read::cards(unit, &chosen)?;
    let (list, left_out): (Vec<_>, Vec<_>) = decided
        .into_iter()
        .zip(concerns)
        .partition(|(candidate, _)| candidate.included);
    let explanation = row.explanation.clone();
    let card = cards(unit, &municipality.code, vec![row])?.pop();
    let views = |of: Vec<_>| {
        of.into_iter()
            .map(|(candidate, concern)| CandidateView::new(candidate, concern))
            .collect()
    };
    Ok(ConsultationPage {
        card: card.ok_or_else(|| Problem::new(crate::codes::Code::ConsultationUnknown))?,
        weights: choices
            .is_empty()
            .then(|| FormulaWeights::of(&municipality)),
        municipality: municipality.slug,
        explanation,
        documents: documents.into_iter().map(Into::into).collect(),
        notices: notices.into_iter().map(Into::into).collect(),
        choices,
        list: views(list),
        left_out: views(left_out),
    })
}
