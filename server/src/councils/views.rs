//! Shapes of seats, one for the holder and one for the administrator.

use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Seat, Template};

/// A seat as its holder sees it.
#[derive(Serialize, ToSchema)]
pub struct OwnSeat {
    /// Slug of the municipality.
    pub municipality: String,
    /// The institution it speaks for.
    pub institution: String,
    /// `member`, `secretary` or `administrator`.
    pub role: String,
    /// What it is called.
    pub title: String,
}

impl OwnSeat {
    /// The seat in a municipality named by its slug.
    pub fn new(seat: Seat, municipality: String) -> Self {
        Self {
            municipality,
            institution: seat.institution,
            role: seat.role,
            title: seat.title,
        }
    }
}

/// A seat as the administrator sees it.
#[derive(Serialize, ToSchema)]
pub struct SeatView {
    /// Its id.
    pub id: String,
    /// The institution it speaks for.
    pub institution: String,
    /// `member`, `secretary` or `administrator`.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// Address of whoever holds it today.
    pub holder: Option<String>,
}

impl SeatView {
    /// The seat with the address of its holder.
    pub fn new(seat: Seat, holder: Option<String>) -> Self {
        Self {
            id: seat.id.to_string(),
            institution: seat.institution,
            role: seat.role,
            title: seat.title,
            holder,
        }
    }
}

/// The seats of a council.
#[derive(Serialize, ToSchema)]
pub struct SeatList {
    /// The seats.
    pub items: Vec<SeatView>,
}

/// An answer a council gives often.
#[derive(Serialize, ToSchema)]
pub struct TemplateView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// The answer.
    pub text: String,
}

impl From<Template> for TemplateView {
    fn from(row: Template) -> Self {
        Self {
            id: row.id.to_string(),
            title: row.title,
            text: row.text,
        }
    }
}

/// The templates of a council.
#[derive(Serialize, ToSchema)]
pub struct TemplateList {
    /// The templates.
    pub items: Vec<TemplateView>,
}
