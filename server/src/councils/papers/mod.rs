//! A seat's papers: what its holder is there for, what goes on, and how the council works. Holders come and go and
//! begin from them, not from nothing (A7, A8); what each has read is written down.

pub mod print;
pub mod read;
pub mod routes;
pub mod store;
pub mod views;

use domain::Code as _;
use domain::seat::Paper;
use domain::text::Body;

use super::regulations;
use super::store::{Holder, Seat};
use super::{SeatId, Staff};
use crate::audit;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use store::{Acknowledgement, RoleText};
use views::SeatPapers;

/// Writes down that whoever sits in a seat read something.
///
/// # Errors
/// `fields_invalid` where it is not what there is to read now.
pub fn acknowledge(
    unit: &mut Unit<'_>,
    seat: Seat,
    holder: Holder,
    paper: Paper,
    version: i32,
) -> Result<SeatPapers, Problem> {
    let current = match paper {
        Paper::Handover => Some(0),
        Paper::Role => read::role_text(unit, &seat.id)?.map(|row| row.version),
        Paper::Regulation => {
            let last = regulations::store::find_last(unit, &seat.municipality_code)?;
            last.map(|row| row.version)
        }
    };
    if current != Some(version) {
        return Err(Problem::field("/version", "paper_replaced", None));
    }
    if read::unread(unit, &seat, &holder)?.contains(&paper) {
        let row = Acknowledgement {
            holder_id: holder.id.clone(),
            paper: paper.code().to_owned(),
            version,
            on_day: unit.today(),
        };
        store::insert_acknowledgement(unit, &row)?;
        unit.touch(&seat.municipality_code);
    }
    read::papers(unit, seat, holder)
}

/// Writes what a seat is there for; what was written before stays.
///
/// # Errors
/// `storage_unavailable`.
pub fn write_role(
    unit: &mut Unit<'_>,
    staff: &Staff,
    seat: &SeatId,
    text: Body,
) -> Result<RoleText, Problem> {
    let last = read::role_text(unit, seat)?;
    let row = RoleText {
        seat_id: seat.clone(),
        version: last.map_or(1, |last| last.version + 1),
        text: text.into_string(),
        written_on: unit.today(),
    };
    store::insert_role_text(unit, &row)?;
    unit.touch(&staff.municipality);
    audit::append(unit, Some(staff), "role_written", seat.as_str())?;
    Ok(row)
}
