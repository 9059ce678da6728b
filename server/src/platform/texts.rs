//! What people typed, refused in words the app can translate.

use std::ops::RangeInclusive;

use domain::text::TextRefusal;

use super::problem::Problem;

/// A parsed text, or the refusal of the field at `pointer`.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn parse<T>(pointer: &str, parsed: Result<T, TextRefusal>) -> Result<T, Problem> {
    parsed.map_err(|refusal| {
        let limit = match refusal {
            TextRefusal::TooShort { min } => u32::try_from(min).ok(),
            TextRefusal::TooLong { max } => u32::try_from(max).ok(),
            _ => None,
        };
        Problem::field(pointer, fault_code(&refusal), limit)
    })
}

/// Lets a number pass that lies in the range, or that is absent.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn within(
    pointer: &str,
    value: Option<i32>,
    range: RangeInclusive<i32>,
) -> Result<(), Problem> {
    let fits = value.is_none_or(|value| range.contains(&value));
    let most = u32::try_from(*range.end()).ok();
    fits.then_some(())
        .ok_or_else(|| Problem::field(pointer, "out_of_range", most))
}

fn fault_code(refusal: &TextRefusal) -> &'static str {
    match refusal {
        TextRefusal::TooShort { .. } => "too_short",
        TextRefusal::TooLong { .. } => "too_long",
        TextRefusal::NoLetters => "no_letters",
        TextRefusal::HasLineBreak => "has_line_break",
        TextRefusal::HasUrl => "has_url",
        TextRefusal::HasAt => "has_at",
        TextRefusal::NamesAnInstitution => "names_an_institution",
    }
}
