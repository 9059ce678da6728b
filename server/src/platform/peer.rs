//! Where a request comes from, for limits only: never stored, never logged.

use actix_web::HttpRequest;

use super::app::App;
use super::limits::network_of;

/// The network a request comes from; `X-Forwarded-For` is believed only from a configured proxy.
pub fn network(app: &App, request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr().map(|address| address.ip()) else {
        return String::new();
    };
    if !app.config().trusted_proxies.contains(&peer) {
        return network_of(peer);
    }
    request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok())
        .map_or_else(|| network_of(peer), network_of)
}
