//! The roll of residents: marks that a municipality made of its register with a key of its own. Who types
//! what stands on their identity card is looked for under the same mark. What was typed is kept nowhere,
//! and a mark that was used is gone (decision 26).

pub mod file;
pub mod key;
pub mod routes;
pub mod store;
pub mod table;

use std::collections::HashMap;

use domain::text::fold;
use serde::Serialize;
use utoipa::ToSchema;

use super::store::{Verification, insert_verification, is_verified};
use crate::audit;
use crate::codes::Code;
use crate::identity::AccountId;
use crate::places;
use crate::places::store::Municipality;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use file::Row;
use store::{Mark, Roll};

/// As many refused lines as are named.
const NAMED: usize = 20;

/// The years for which a municipality has handed in a roll that can be used.
#[derive(Serialize, ToSchema)]
pub struct RollYears {
    /// This year, the next, both or none.
    pub years: Vec<i32>,
}

/// Takes the roll of a year, all of it or nothing; says how many marks that are.
///
/// # Errors
/// `fields_invalid` with one line for each wrong row, or with the reason why no roll can come now.
pub fn import(
    unit: &mut Unit<'_>,
    place: &Municipality,
    year: i32,
    rows: Vec<Result<Row, String>>,
    replace: bool,
) -> Result<usize, Problem> {
    make_room(unit, place, year, replace)?;
    let marks = marks_of(unit, place, year, rows)?;
    let roll = Roll {
        municipality_code: place.code.clone(),
        year,
        amount: i32::try_from(marks.len()).unwrap_or(i32::MAX),
        used: 0,
    };
    store::insert_roll(unit, &roll)?;
    store::insert_marks(unit, &marks)?;
    let subject = format!("{} {year}: {}", place.slug, marks.len());
    audit::append(unit, None, "roll_imported", &subject)?;
    Ok(marks.len())
}

/// Makes sure that a roll may come: nobody has used another one, or a letter, in that year.
fn make_room(
    unit: &mut Unit<'_>,
    place: &Municipality,
    year: i32,
    replace: bool,
) -> Result<(), Problem> {
    if super::store::has_letters(unit, &place.code, year)? {
        return Err(refused(format!(
            "letters with codes were made for {year}, and nobody shall verify twice: revoke those that \
             were not used, or stay with letters this year"
        )));
    }
    match store::find_roll(unit, &place.code, year)? {
        None => Ok(()),
        Some(roll) if roll.used > 0 => Err(refused(format!(
            "{} residents have used the roll of {year}: another one would let them verify again",
            roll.used
        ))),
        Some(_) if !replace => Err(refused(format!(
            "a roll for {year} is there and nobody has used it: --replace puts this one in its place"
        ))),
        Some(_) => store::delete_roll(unit, &place.code, year),
    }
}

/// The marks of the rows, in their own order: that of the file could tell names.
fn marks_of(
    unit: &mut Unit<'_>,
    place: &Municipality,
    year: i32,
    rows: Vec<Result<Row, String>>,
) -> Result<Vec<Mark>, Problem> {
    let units = places::store::list_units(unit, &place.code)?;
    let named = units.iter().flat_map(|row| {
        let names = [row.slug.clone(), fold(&row.name)];
        names.map(|name| (name, row.slug.clone()))
    });
    let slugs: HashMap<String, String> = named.collect();
    let (mut marks, mut wrong) = (Vec::new(), Vec::new());
    for row in rows {
        let found = row.and_then(|row| {
            let slug = slugs.get(&row.unit).or_else(|| slugs.get(&fold(&row.unit)));
            let slug = slug.ok_or_else(|| format!("line {}: there is no such unit", row.line))?;
            Ok(Mark {
                mark: row.mark,
                municipality_code: place.code.clone(),
                year,
                unit: slug.clone(),
            })
        });
        match found {
            Ok(mark) => marks.push(mark),
            Err(line) => wrong.push(line),
        }
    }
    if !wrong.is_empty() {
        return Err(refused(said(&wrong)));
    }
    if marks.is_empty() {
        return Err(refused("the file has no rows".to_owned()));
    }
    marks.sort_unstable_by(|one, other| one.mark.cmp(&other.mark));
    Ok(marks)
}

/// The first of many lines, and how many more there are.
pub fn said(wrong: &[String]) -> String {
    let mut lines: Vec<String> = wrong.iter().take(NAMED).cloned().collect();
    if wrong.len() > NAMED {
        lines.push(format!("and {} more", wrong.len() - NAMED));
    }
    lines.join("\n")
}

fn refused(why: String) -> Problem {
    Problem::new(Code::FieldsInvalid).detail(why)
}

/// Verifies the resident who is on the roll under a mark; the mark is gone.
///
/// # Errors
/// `verified_already`, before the roll is looked into; `roll_unmatched`, the same for who was never on it
/// and for whose mark was used.
pub fn verify(
    unit: &mut Unit<'_>,
    account: &AccountId,
    place: &Municipality,
    year: i32,
    mark: &str,
) -> Result<Verification, Problem> {
    if is_verified(unit, account, &place.code, year)? {
        return Err(Problem::new(Code::VerifiedAlready));
    }
    let slug = store::find_unit(unit, &place.code, year, mark)?
        .ok_or_else(|| Problem::new(Code::RollUnmatched))?;
    let verification = Verification {
        account_id: account.clone(),
        municipality_code: place.code.clone(),
        year,
        unit: slug,
    };
    insert_verification(unit, &verification)?;
    store::use_mark(unit, &place.code, year, mark)?;
    Ok(verification)
}
