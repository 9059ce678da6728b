//! Shapes of eligibility: for administrators, and for residents about themselves.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Batch, Verification};

/// Letters with codes for one unit and year.
#[derive(Serialize, ToSchema)]
pub struct ActivationBatch {
    /// Its id.
    pub id: String,
    /// Slug of the unit.
    pub unit: String,
    /// The year for which the codes verify.
    pub year: i32,
    /// How many codes were made.
    pub amount: i32,
    /// How many were used.
    pub used: i32,
    /// The day they were made.
    pub made_on: NaiveDate,
    /// Whether those that were not used no longer work.
    pub revoked: bool,
}

/// The batches of a municipality, the last made first.
#[derive(Serialize, ToSchema)]
pub struct ActivationBatchList {
    /// The batches.
    pub items: Vec<ActivationBatch>,
}

/// That somebody is a verified resident.
#[derive(Clone, Serialize, ToSchema)]
pub struct VerificationView {
    /// Slug of the municipality.
    pub municipality: String,
    /// Slug of the unit.
    pub unit: String,
    /// The year.
    pub year: i32,
}

impl From<Batch> for ActivationBatch {
    fn from(row: Batch) -> Self {
        Self {
            id: row.id.to_string(),
            unit: row.unit,
            year: row.year,
            amount: row.amount,
            used: row.used,
            made_on: row.made_on,
            revoked: row.revoked,
        }
    }
}

impl VerificationView {
    /// A verification, with the slug of its municipality.
    pub fn new(row: Verification, municipality: String) -> Self {
        Self {
            municipality,
            unit: row.unit,
            year: row.year,
        }
    }
}
