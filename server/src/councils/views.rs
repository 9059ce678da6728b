//! Shapes of seats, one for the holder and one for the administrator.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Holder, Seat, Seated};
use super::templates::store::Template;

/// A seat as its holder sees it.
#[derive(Serialize, ToSchema)]
pub struct OwnSeat {
    /// Its id.
    pub id: String,
    /// Slug of the municipality.
    pub municipality: String,
    /// The institution it speaks for.
    pub institution: String,
    /// `member`, `secretary` or `administrator`.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// What they have not read yet: `handover`, `role` or `regulation`.
    pub unread: Vec<String>,
}

impl OwnSeat {
    /// The seat in a municipality named by its slug, and what is unread in it.
    pub fn new(seat: Seat, municipality: String, unread: Vec<String>) -> Self {
        Self {
            id: seat.id.to_string(),
            unread,
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
    /// Whether its holder chairs the council.
    pub chairs: bool,
    /// Address of whoever holds it today.
    pub holder: Option<String>,
    /// How they came to it; absent where nobody holds it.
    pub appointment: Option<AppointmentView>,
    /// Address of whoever stands in for them.
    pub substitute: Option<String>,
}

/// How somebody came to a seat (A9).
#[derive(Serialize, ToSchema)]
pub struct AppointmentView {
    /// Since when they hold it.
    pub since: NaiveDate,
    /// Number of the letter by which their institution named them.
    pub letter_no: Option<String>,
    /// Its day.
    pub letter_on: Option<NaiveDate>,
    /// The last day of their term.
    pub term_until: Option<NaiveDate>,
}

impl From<&Holder> for AppointmentView {
    fn from(row: &Holder) -> Self {
        Self {
            since: row.from_on,
            letter_no: row.letter_no.clone(),
            letter_on: row.letter_on,
            term_until: row.term_until,
        }
    }
}

impl From<Seated> for SeatView {
    fn from(seated: Seated) -> Self {
        let Seated {
            seat,
            holder,
            substitute,
        } = seated;
        Self {
            id: seat.id.to_string(),
            institution: seat.institution,
            role: seat.role,
            title: seat.title,
            chairs: seat.chairs,
            appointment: holder.as_ref().map(|(row, _)| row.into()),
            holder: holder.map(|(_, email)| email),
            substitute: substitute.map(|(_, email)| email),
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
