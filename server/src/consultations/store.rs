//! Queries over consultations.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::ConsultationId;
use crate::codes::Code;
use crate::councils::SeatId;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::schema::{
    consultation_documents, consultation_notices, consultation_units, consultations,
};

mod candidates;
mod choices;
mod received;

pub use candidates::{
    Candidate, Terms, count_candidates, find_candidate, list_candidates, set_candidate,
};
pub use choices::{insert_choices, list_choices, list_questions};
pub use received::{count_unseen, list_moves, list_public, list_received};

/// The most consultations a list shows: those of many years.
const LIST: i64 = 100;

/// A consultation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = consultations)]
#[diesel(treat_none_as_null = true)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// The municipality whose council asks.
    pub municipality_code: String,
    /// What is asked.
    pub question: String,
    /// What it shall lead to.
    pub objective: String,
    /// What residents need to know.
    pub explanation: String,
    /// The school it is for, where it is for one.
    pub school: Option<String>,
    /// The day it was announced.
    pub announced_on: NaiveDate,
    /// Its dates.
    #[diesel(embed)]
    pub schedule: Schedule,
    /// The day it was taken back.
    pub withdrawn_on: Option<NaiveDate>,
}

/// The dates of a consultation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = consultations)]
#[diesel(treat_none_as_null = true)]
pub struct Schedule {
    pub(super) collect_from: NaiveDate,
    pub(super) collect_until: NaiveDate,
    discuss_until: Option<NaiveDate>,
    vote_until: NaiveDate,
    result_until: NaiveDate,
    plan_until: NaiveDate,
    report_on: NaiveDate,
}

impl From<domain::consultation::Schedule> for Schedule {
    fn from(dates: domain::consultation::Schedule) -> Self {
        Self {
            collect_from: dates.collect_from,
            collect_until: dates.collect_until,
            discuss_until: dates.discuss_until,
            vote_until: dates.vote_until,
            result_until: dates.result_until,
            plan_until: dates.plan_until,
            report_on: dates.report_on,
        }
    }
}

impl From<Schedule> for domain::consultation::Schedule {
    fn from(row: Schedule) -> Self {
        Self {
            collect_from: row.collect_from,
            collect_until: row.collect_until,
            discuss_until: row.discuss_until,
            vote_until: row.vote_until,
            result_until: row.result_until,
            plan_until: row.plan_until,
            report_on: row.report_on,
        }
    }
}

/// A document to read.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub address: String,
}

/// What the council said of a consultation.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = consultation_notices)]
pub struct Notice {
    /// The consultation.
    pub consultation_id: ConsultationId,
    /// Its place among the notices, from 1; given when it is written.
    pub position: i32,
    /// `announced`, `extended` or `withdrawn`.
    pub kind: String,
    /// The reason.
    pub text: String,
    /// The seat that said so.
    pub seat_id: SeatId,
    /// The institution it speaks for.
    pub institution: String,
    /// The day.
    pub on_day: NaiveDate,
}

/// The consultation with this id.
///
/// # Errors
/// `consultation_unknown`.
pub fn get(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Consultation, Problem> {
    consultations::table
        .find(id)
        .select(Consultation::as_select())
        .first(unit.conn)
        .optional()?
        .ok_or_else(|| Problem::new(Code::ConsultationUnknown))
}

/// The consultations of a municipality, the last announced first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list(unit: &mut Unit<'_>, code: &str) -> Result<Vec<Consultation>, Problem> {
    Ok(consultations::table
        .filter(consultations::municipality_code.eq(code))
        .order((consultations::announced_on.desc(), consultations::id))
        .limit(LIST)
        .select(Consultation::as_select())
        .load(unit.conn)?)
}

/// The consultations of a municipality whose vote is not over on a day, the last announced first.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_until(
    unit: &mut Unit<'_>,
    code: &str,
    day: NaiveDate,
) -> Result<Vec<Consultation>, Problem> {
    Ok(consultations::table
        .filter(consultations::municipality_code.eq(code))
        .filter(consultations::vote_until.ge(day))
        .filter(consultations::withdrawn_on.is_null())
        .order((consultations::announced_on.desc(), consultations::id))
        .limit(LIST)
        .select(Consultation::as_select())
        .load(unit.conn)?)
}

/// Writes a consultation down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert(unit: &mut Unit<'_>, row: &Consultation) -> Result<(), Problem> {
    diesel::insert_into(consultations::table)
        .values(row.clone())
        .execute(unit.conn)?;
    Ok(())
}

/// Writes down what changed of a consultation.
///
/// # Errors
/// `storage_unavailable`.
pub fn set(unit: &mut Unit<'_>, row: &Consultation) -> Result<(), Problem> {
    diesel::update(consultations::table.find(&row.id))
        .set(row.clone())
        .execute(unit.conn)?;
    Ok(())
}

/// Writes down which units a consultation is for.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_units(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    slugs: &[String],
) -> Result<(), Problem> {
    for slug in slugs {
        diesel::insert_into(consultation_units::table)
            .values((
                consultation_units::consultation_id.eq(id),
                consultation_units::unit.eq(slug),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The units of several consultations.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_units(
    unit: &mut Unit<'_>,
    ids: &[ConsultationId],
) -> Result<Vec<(ConsultationId, String)>, Problem> {
    Ok(consultation_units::table
        .filter(consultation_units::consultation_id.eq_any(ids))
        .order((
            consultation_units::consultation_id,
            consultation_units::unit,
        ))
        .load(unit.conn)?)
}

/// Writes the documents of a consultation down.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_documents(
    unit: &mut Unit<'_>,
    id: &ConsultationId,
    documents: &[Document],
) -> Result<(), Problem> {
    for (position, document) in (1..).zip(documents) {
        diesel::insert_into(consultation_documents::table)
            .values((
                consultation_documents::consultation_id.eq(id),
                consultation_documents::position.eq(position),
                consultation_documents::title.eq(&document.title),
                consultation_documents::address.eq(&document.address),
            ))
            .execute(unit.conn)?;
    }
    Ok(())
}

/// The documents of a consultation, in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_documents(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vec<Document>, Problem> {
    let rows: Vec<(String, String)> = consultation_documents::table
        .filter(consultation_documents::consultation_id.eq(id))
        .order(consultation_documents::position)
        .select((
            consultation_documents::title,
            consultation_documents::address,
        ))
        .load(unit.conn)?;
    Ok(rows
        .into_iter()
        .map(|(title, address)| Document { title, address })
        .collect())
}

/// Adds a notice; the position is given here.
///
/// # Errors
/// `storage_unavailable`.
pub fn insert_notice(unit: &mut Unit<'_>, mut notice: Notice) -> Result<(), Problem> {
    let last: Option<i32> = consultation_notices::table
        .filter(consultation_notices::consultation_id.eq(&notice.consultation_id))
        .select(diesel::dsl::max(consultation_notices::position))
        .first(unit.conn)?;
    notice.position = last.unwrap_or(0) + 1;
    diesel::insert_into(consultation_notices::table)
        .values(&notice)
        .execute(unit.conn)?;
    Ok(())
}

/// The notices of a consultation, in their order.
///
/// # Errors
/// `storage_unavailable`.
pub fn list_notices(unit: &mut Unit<'_>, id: &ConsultationId) -> Result<Vec<Notice>, Problem> {
    Ok(consultation_notices::table
        .filter(consultation_notices::consultation_id.eq(id))
        .order(consultation_notices::position)
        .select(Notice::as_select())
        .load(unit.conn)?)
}
