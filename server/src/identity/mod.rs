//! Who somebody is: accounts by e-mail code, sessions with rotating refresh tokens.

pub mod cookies;
pub mod routes;
pub mod sessions;
pub mod sign_in;
pub mod store;
pub mod tokens;
pub mod viewer;
pub mod views;

use domain::text::{DisplayName, ResidentName};

use crate::platform::problem::Problem;
use crate::platform::texts;
use crate::platform::write::Proof;

crate::id! {
    /// An account of a resident or a member.
    AccountId
}

crate::id! {
    /// A session: the family of the refresh tokens it handed out.
    SessionId
}

impl Proof for store::Account {}

/// The name by which others see a resident.
///
/// # Errors
/// `fields_invalid` at `/display_name`.
pub fn parse_display_name(text: &str) -> Result<String, Problem> {
    parse_display_name_at("/display_name", text)
}

/// The same, in another field.
///
/// # Errors
/// `fields_invalid` at `pointer`.
pub fn parse_display_name_at(pointer: &str, text: &str) -> Result<String, Problem> {
    texts::parse(pointer, ResidentName::parse(text)).map(ResidentName::into_string)
}

/// The name of a source that concerns are taken from, which may well be an institution's.
///
/// # Errors
/// `fields_invalid` at `/source`.
pub fn parse_source(text: &str) -> Result<String, Problem> {
    texts::parse("/source", DisplayName::parse(text)).map(DisplayName::into_string)
}
