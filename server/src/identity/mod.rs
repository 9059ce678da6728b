//! Who somebody is: accounts by e-mail code, sessions with rotating refresh tokens.

pub mod cookies;
pub mod routes;
pub mod sessions;
pub mod sign_in;
pub mod store;
pub mod tokens;
pub mod viewer;
pub mod views;

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

/// The name others see.
///
/// # Errors
/// `fields_invalid` at `/display_name`.
pub fn parse_display_name(text: &str) -> Result<String, crate::platform::problem::Problem> {
    crate::platform::texts::parse("/display_name", domain::text::DisplayName::parse(text))
        .map(|name| name.as_str().to_owned())
}
