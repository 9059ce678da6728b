//! What a seat is there for, as it is printed: an annex to a description of work (A10), to be signed on paper.

use serde::Serialize;

use super::views::SeatPapers;
use crate::notices::texts::text;
use crate::platform::print;
use crate::platform::problem::Problem;

const TEMPLATE: &str = include_str!("../../../texts/role.typ");

#[derive(Serialize)]
struct Printed<'a> {
    municipality: &'a str,
    institution: String,
    papers: &'a SeatPapers,
}

/// The annex as PDF. Slow: it runs where heavy work does.
///
/// # Errors
/// `internal` when it cannot be set.
pub fn print(municipality: &str, papers: &SeatPapers) -> Result<Vec<u8>, Problem> {
    let code = &papers.seat.institution;
    let institution = text("sq", &format!("institution-{code}"), &Default::default())?;
    let printed = Printed {
        municipality,
        institution,
        papers,
    };
    print::print(TEMPLATE, &printed)
}
