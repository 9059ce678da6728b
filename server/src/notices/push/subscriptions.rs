//! Subscribing a browser, with or without an account.

use base64::Engine;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::{GeneralPurposeConfig, URL_SAFE_NO_PAD};
use serde::Deserialize;
use utoipa::ToSchema;

use super::SubscriptionId;
use super::cipher::BrowserKeys;
use super::endpoint::Endpoint;
use super::store::{self, Followed, Subscription};
use super::views::{FollowedView, SubscriptionView};
use crate::codes::Code;
use crate::concerns::{ConcernId, store as concerns, threads, topics};
use crate::identity::viewer::Viewer;
use crate::identity::{self, SessionId};
use crate::places;
use crate::platform::app::Unit;
use crate::platform::problem::Problem;
use crate::platform::write::Input;

/// The most things one subscription follows.
const MOST: usize = 100;
/// Browsers leave the padding out, some libraries do not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent),
);

/// Subscribes a browser, or changes its subscription.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Subscribe {
    /// Where the browser's push service takes messages.
    endpoint: String,
    /// The browser's keys.
    keys: SubscriptionKeys,
    /// `sq` or `en`; absent: as before, at first `sq`.
    language: Option<String>,
    /// What to follow from now on, beside what is followed already.
    #[serde(default)]
    follow: Vec<Follow>,
}

/// The keys of a browser's subscription, in base64url (RFC 8291, section 2).
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionKeys {
    /// An uncompressed P-256 point.
    p256dh: String,
    /// 16 secret bytes.
    auth: String,
}

/// Something to be told of.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Follow {
    /// What is published in a municipality.
    Municipality {
        /// Slug of the municipality.
        municipality: String,
    },
    /// What is published in one of its units.
    Unit {
        /// Slug of the municipality.
        municipality: String,
        /// Slug of the unit.
        unit: String,
    },
    /// What is published there on a topic.
    Topic {
        /// Slug of the municipality.
        municipality: String,
        /// Code of the topic.
        topic: String,
    },
    /// Every public step of a concern.
    Concern {
        /// Its id.
        concern: String,
    },
    /// Every step of the concern a receipt belongs to; the push says only that there is one.
    Thread {
        /// The receipt, typed however.
        receipt: String,
    },
}

/// Ends following.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unfollow {
    /// The endpoint of the subscription.
    endpoint: String,
    /// What to follow no more.
    follow: Vec<Follow>,
}

/// Names a subscription.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameSubscription {
    /// Its endpoint.
    endpoint: String,
}

impl Input for Subscribe {}
impl Input for Unfollow {}
impl Input for NameSubscription {}

impl Subscribe {
    /// Keeps the idempotency keys of different people apart, but never of those who name a receipt.
    pub fn scope<'a>(&self, viewer: &'a Viewer) -> &'a str {
        if self.names_thread() {
            ""
        } else {
            viewer.scope()
        }
    }

    fn names_thread(&self) -> bool {
        self.follow
            .iter()
            .any(|follow| matches!(follow, Follow::Thread { .. }))
    }
}

/// Keeps a subscription. Whether it is an account's is said anew each time: it is, for as long as this
/// session lasts, when one is signed in and neither this nor an earlier wish follows a thread.
///
/// # Errors
/// `endpoint_refused`, `fields_invalid`, and what is not there to be followed.
pub fn subscribe(
    unit: &mut Unit<'_>,
    viewer: &Viewer,
    loopback: bool,
    input: &Subscribe,
) -> Result<SubscriptionView, Problem> {
    let endpoint = Endpoint::parse(&input.endpoint, loopback)
        .ok_or_else(|| Problem::new(Code::EndpointRefused))?;
    check_keys(&input.keys)?;
    let before = store::find_subscription(unit, endpoint.as_str())?;
    let known = match &before {
        Some(row) => store::list_followed(unit, &row.id)?,
        None => Vec::new(),
    };
    let mut wanted = Vec::new();
    for follow in &input.follow {
        let followed = look_up(unit, follow, true)?;
        if !known.contains(&followed) && !wanted.contains(&followed) {
            wanted.push(followed);
        }
    }
    if known.len() + wanted.len() > MOST {
        let most = u32::try_from(MOST).ok();
        return Err(Problem::field("/follow", "too_many", most));
    }
    let has_thread = input.names_thread() || known.iter().any(|followed| followed.kind == "thread");
    let language = language(input.language.as_deref(), before.as_ref())?;
    let row = Subscription {
        id: before.map_or_else(|| SubscriptionId::new(unit.chance), |row| Ok(row.id))?,
        endpoint: endpoint.as_str().to_owned(),
        p256dh: input.keys.p256dh.clone(),
        auth: input.keys.auth.clone(),
        language,
        session_id: session(unit, viewer)?.filter(|_| !has_thread),
    };
    store::set_subscription(unit, &row)?;
    for followed in &wanted {
        store::insert_followed(unit, &row.id, followed)?;
    }
    view(unit, &row)
}

/// What a browser is told of.
///
/// # Errors
/// `not_found` for an endpoint that is not subscribed.
pub fn open(unit: &mut Unit<'_>, input: &NameSubscription) -> Result<SubscriptionView, Problem> {
    let row = find(unit, &input.endpoint)?;
    view(unit, &row)
}

/// Ends a subscription; one that is over stays over.
///
/// # Errors
/// `storage_unavailable`.
pub fn unsubscribe(unit: &mut Unit<'_>, input: &NameSubscription) -> Result<(), Problem> {
    match find(unit, &input.endpoint) {
        Ok(row) => store::delete_subscription(unit, &row.id),
        Err(problem) if problem.code() == Code::NotFound => Ok(()),
        Err(problem) => Err(problem),
    }
}

/// Ends following some of what a browser is told of.
///
/// # Errors
/// `not_found` for an endpoint that is not subscribed.
pub fn unfollow(unit: &mut Unit<'_>, input: &Unfollow) -> Result<SubscriptionView, Problem> {
    let row = find(unit, &input.endpoint)?;
    for follow in &input.follow {
        let followed = look_up(unit, follow, false)?;
        store::delete_followed(unit, &row.id, &followed)?;
    }
    view(unit, &row)
}

/// The keys as they are kept.
pub fn browser_keys(p256dh: &str, auth: &str) -> Option<BrowserKeys> {
    BrowserKeys::new(BASE64.decode(p256dh).ok()?, BASE64.decode(auth).ok()?)
}

/// The viewer's session, unless it ended a moment ago.
fn session(unit: &mut Unit<'_>, viewer: &Viewer) -> Result<Option<SessionId>, Problem> {
    let Viewer::Account(signed_in) = viewer else {
        return Ok(None);
    };
    let session = identity::store::find_session(unit, &signed_in.session)?;
    Ok(session.map(|session| session.id))
}

fn check_keys(keys: &SubscriptionKeys) -> Result<(), Problem> {
    let wrong = |pointer: &str| Problem::field(pointer, "key_invalid", None);
    // A secret that is known to be good tells which of the two is wrong.
    let auth = URL_SAFE_NO_PAD.encode([0; 16]);
    browser_keys(&keys.p256dh, &auth)
        .filter(BrowserKeys::is_on_curve)
        .ok_or_else(|| wrong("/keys/p256dh"))?;
    browser_keys(&keys.p256dh, &keys.auth)
        .map(drop)
        .ok_or_else(|| wrong("/keys/auth"))
}

fn language(wanted: Option<&str>, before: Option<&Subscription>) -> Result<String, Problem> {
    match wanted {
        Some(language @ ("sq" | "en")) => Ok(language.to_owned()),
        Some(_) => Err(Problem::field("/language", "language_unknown", None)),
        None => Ok(before.map_or_else(|| "sq".to_owned(), |row| row.language.clone())),
    }
}

fn find(unit: &mut Unit<'_>, endpoint: &str) -> Result<Subscription, Problem> {
    let unknown = || Problem::new(Code::NotFound);
    // Every endpoint that was ever taken is found, whatever is taken today.
    let endpoint = Endpoint::parse(endpoint, true).ok_or_else(unknown)?;
    store::find_subscription(unit, endpoint.as_str())?.ok_or_else(unknown)
}

/// What is followed, as it is kept; what begins to be followed must be there.
fn look_up(unit: &mut Unit<'_>, follow: &Follow, begins: bool) -> Result<Followed, Problem> {
    let (kind, subject) = match follow {
        Follow::Municipality { municipality } => ("municipality", code_of(unit, municipality)?),
        Follow::Unit {
            municipality,
            unit: slug,
        } => {
            let code = code_of(unit, municipality)?;
            let units = places::store::list_units(unit, &code)?;
            if begins && !units.iter().any(|row| row.slug == *slug) {
                return Err(Problem::field("/follow", "unit_unknown", None));
            }
            ("unit", format!("{code}/{slug}"))
        }
        Follow::Topic {
            municipality,
            topic,
        } => {
            let code = code_of(unit, municipality)?;
            if begins && topics::find(topic)?.is_none() {
                return Err(Problem::field("/follow", "topic_unknown", None));
            }
            ("topic", format!("{code}/{topic}"))
        }
        Follow::Concern { concern } => {
            let unknown = |()| Problem::new(Code::ConcernUnknown);
            let id: ConcernId = concern.parse().map_err(unknown)?;
            if begins {
                concerns::get_public_concern(unit, &id)?;
            }
            ("concern", id.to_string())
        }
        Follow::Thread { receipt } => {
            let row = threads::open_with_receipt(unit, &threads::read_receipt(receipt)?)?;
            ("thread", row.receipt_mark.unwrap_or_default())
        }
    };
    Ok(Followed {
        kind: kind.to_owned(),
        subject,
    })
}

fn code_of(unit: &mut Unit<'_>, slug: &str) -> Result<String, Problem> {
    Ok(places::store::get_municipality(unit, slug)?.code)
}

fn view(unit: &mut Unit<'_>, row: &Subscription) -> Result<SubscriptionView, Problem> {
    let mut follows = Vec::new();
    for followed in store::list_followed(unit, &row.id)? {
        follows.push(view_followed(unit, followed)?);
    }
    Ok(SubscriptionView {
        account: row.session_id.is_some(),
        language: row.language.clone(),
        follows,
    })
}

fn view_followed(unit: &mut Unit<'_>, followed: Followed) -> Result<FollowedView, Problem> {
    let Followed { kind, subject } = followed;
    let mut shown = FollowedView::default();
    match kind.as_str() {
        "concern" => shown.concern = Some(subject),
        "municipality" | "unit" | "topic" => {
            let (code, rest) = match subject.split_once('/') {
                Some((code, rest)) => (code, Some(rest.to_owned())),
                None => (subject.as_str(), None),
            };
            let place = places::store::get_municipality_by_code(unit, code)?;
            shown.municipality = Some(place.slug);
            if kind == "unit" {
                shown.unit = rest;
            } else {
                shown.topic = rest;
            }
        }
        _ => {}
    }
    shown.kind = kind;
    Ok(shown)
}
