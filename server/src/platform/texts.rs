//! What people typed, refused in words the app can translate.

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
