//! Shapes of pushes and subscriptions.

use serde::Serialize;
use utoipa::ToSchema;

/// The key to subscribe with.
#[derive(Serialize, ToSchema)]
pub struct PushKey {
    /// An uncompressed P-256 point in base64url: `applicationServerKey` in browsers.
    pub key: String,
}

/// What a browser is told of.
#[derive(Serialize, ToSchema)]
pub struct SubscriptionView {
    /// Whether it is also told what the account is told of; never together with a thread.
    pub account: bool,
    /// `sq` or `en`.
    pub language: String,
    /// What it follows.
    pub follows: Vec<FollowedView>,
}

/// Something a browser is told of.
#[derive(Default, Serialize, ToSchema)]
pub struct FollowedView {
    /// `municipality`, `unit`, `topic`, `concern` or `thread`.
    pub kind: String,
    /// Slug of the municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Slug of the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Code of the topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Id of the concern; of a thread it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concern: Option<String>,
}

/// What a push says, in the browser's hands only: what its worker needs to choose the words and the page
/// that opens, and no word of a concern, since a notification is read by whoever holds the phone.
#[derive(Clone, Serialize)]
pub struct PushView {
    /// What happened; `desk`: something waits there; `thread`: something on a receipt.
    pub kind: &'static str,
    /// Id of the concern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concern: Option<String>,
    /// Id of the consultation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultation: Option<String>,
    /// Id of the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<String>,
    /// Id of the measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Where what was published is read, below the site's origin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Whether one may say at once that one comes to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<bool>,
    /// The language to say it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

impl PushView {
    /// That something of this kind happened, and nothing else, not even a language.
    pub fn of(kind: &'static str) -> Self {
        Self {
            kind,
            concern: None,
            consultation: None,
            meeting: None,
            measure: None,
            path: None,
            place: None,
            language: None,
        }
    }
}
