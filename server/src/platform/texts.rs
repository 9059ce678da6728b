//! What people typed, refused in words the app can translate.

use std::ops::RangeInclusive;

use domain::text::TextRefusal;
use url::Url;

use super::problem::Problem;

/// The longest address of something on the web, in bytes.
const ADDRESS: usize = 500;

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

/// An address of the web that everybody may open: https, of a host, in nobody's name.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn parse_address(pointer: &str, written: &str) -> Result<String, Problem> {
    Url::parse(written.trim())
        .ok()
        .filter(|url| url.scheme() == "https" && url.host_str().is_some())
        .filter(|url| url.username().is_empty() && url.as_str().len() <= ADDRESS)
        .map(String::from)
        .ok_or_else(|| Problem::field(pointer, "address_invalid", None))
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
