//! What people see of their own account.

use serde::Serialize;
use utoipa::ToSchema;

use super::sessions::Grant;
use super::store::Account;
use crate::councils::views::OwnSeat;
use crate::eligibility::views::VerificationView;

/// Where somebody lives.
#[derive(Serialize, ToSchema)]
pub struct Home {
    /// Slug of the municipality.
    pub municipality: String,
    /// Slug of the unit.
    pub unit: Option<String>,
}

/// A person's own account.
#[derive(Serialize, ToSchema)]
pub struct AccountView {
    /// Where codes and notices go.
    pub email: String,
    /// The name others see.
    pub display_name: Option<String>,
    /// Where they live.
    pub home: Option<Home>,
    /// `sq` or `en`.
    pub language: String,
    /// The seats they hold in councils.
    pub seats: Vec<OwnSeat>,
    /// Where they are verified residents, the latest year first.
    pub verifications: Vec<VerificationView>,
}

impl AccountView {
    /// The account as its owner sees it.
    pub fn new(
        account: Account,
        home_slug: Option<String>,
        seats: Vec<OwnSeat>,
        verifications: Vec<VerificationView>,
    ) -> Self {
        Self {
            email: account.email,
            display_name: account.display_name,
            home: home_slug.map(|municipality| Home {
                municipality,
                unit: account.home_unit,
            }),
            language: account.language,
            seats,
            verifications,
        }
    }
}

/// A session, with tokens only for programs that asked for them: a browser gets cookies instead.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    /// Whose session it is.
    #[serde(flatten)]
    pub account: AccountView,
    /// For the `Authorization: Bearer` header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_token: Option<String>,
    /// For the next refresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

impl SessionView {
    /// The session for a browser, or with its tokens for a program.
    pub fn new(grant: &Grant, account: AccountView, with_tokens: bool) -> Self {
        let shown = |token: &String| with_tokens.then(|| token.clone());
        Self {
            access_token: shown(&grant.access),
            refresh_token: shown(&grant.refresh),
            account,
        }
    }
}

/// That a code is on its way, whether or not the address is known.
#[derive(Serialize, ToSchema)]
pub struct CodeSent {
    /// What this device sends along with the code.
    pub ticket: String,
    /// Seconds the code works.
    pub expires_in: i64,
    /// Seconds until another can be sent.
    pub resend_in: i64,
}
