//! How much may come that nobody signs before work is asked for it. A network that many share is never
//! refused, and a flood over one municipality asks nothing of another.

use crate::identity::AccountId;
use crate::identity::viewer::Viewer;
use crate::platform::app::App;
use crate::platform::limits::Limit;
use crate::platform::problem::Problem;
use crate::platform::proof::Gate;

use super::submit::Spot;

/// Support and its taking back, from one account: nobody presses so often.
const SUPPORTS_PER_ACCOUNT: Limit = Limit {
    name: "supports per account",
    times: 600,
    seconds: 600,
};

/// Lets an anonymous concern pass: few in a minute in its municipality, and few in an hour in its
/// cell or unit.
///
/// # Errors
/// `proof_needed`.
pub async fn pass_concern(app: &App, gate: &Gate, spot: &Spot) -> Result<(), Problem> {
    let free = app.config().proof_after;
    let minute = Limit {
        name: "anonymous concerns in a municipality",
        times: free,
        seconds: 60,
    };
    let hour = Limit {
        name: "anonymous concerns in a place",
        times: free / 2,
        seconds: 3600,
    };
    let purpose = format!("concerns {}", spot.municipality);
    match &spot.place {
        Some(place) => {
            let place = format!("{} {place}", spot.municipality);
            let free = [(minute, spot.municipality.as_str()), (hour, &place)];
            gate.pass(&purpose, &free).await
        }
        None => gate.pass(&purpose, &[(minute, &spot.municipality)]).await,
    }
}

/// Lets an account support, contest, or take either back: as often as one person does.
///
/// # Errors
/// `too_many_requests`, `storage_unavailable`.
pub async fn pass_account(app: &App, account: &AccountId) -> Result<(), Problem> {
    app.take(SUPPORTS_PER_ACCOUNT, account.as_str()).await
}

/// Lets support pass: of a device, fewer in a minute in a municipality than a full hall gives, and
/// fewer from one network than a full hall behind one address; of an account, what one person does.
///
/// # Errors
/// `proof_needed`, or `too_many_requests` for an account.
pub async fn pass_support(
    app: &App,
    gate: &Gate,
    viewer: &Viewer,
    municipality: &str,
    network: &str,
) -> Result<(), Problem> {
    if let Some(account) = viewer.account() {
        return pass_account(app, account).await;
    }
    let free = app.config().proof_after;
    let minute = Limit {
        name: "supports by devices in a municipality",
        times: free.saturating_mul(25),
        seconds: 60,
    };
    let ten_minutes = Limit {
        name: "supports by devices from a network",
        times: free.saturating_mul(30),
        seconds: 600,
    };
    let purpose = format!("supports {municipality}");
    let free = [(minute, municipality), (ten_minutes, network)];
    gate.pass(&purpose, &free).await
}

/// Lets a place at a meeting pass, or its giving back: as support does, but places are few, so fewer devices
/// before work is asked for, counted by meeting and by network.
///
/// # Errors
/// `proof_needed`, or `too_many_requests` for an account.
pub async fn pass_place(
    app: &App,
    gate: &Gate,
    viewer: &Viewer,
    meeting: &str,
    network: &str,
) -> Result<(), Problem> {
    if let Some(account) = viewer.account() {
        return pass_account(app, account).await;
    }
    let free = app.config().proof_after;
    let minute = Limit {
        name: "places of devices at a meeting",
        times: free / 4,
        seconds: 60,
    };
    let ten_minutes = Limit {
        name: "places of devices from a network",
        times: free / 10,
        seconds: 600,
    };
    let purpose = format!("places {meeting}");
    gate.pass(&purpose, &[(minute, meeting), (ten_minutes, network)])
        .await
}
