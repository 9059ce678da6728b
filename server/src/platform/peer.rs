//! Where a request comes from, for limits only: never stored, never logged.

use std::net::IpAddr;

use actix_web::HttpRequest;

use super::app::App;
use super::limits::network_of;

/// The network a request comes from; `X-Forwarded-For` is believed only from a configured proxy.
pub fn network(app: &App, request: &HttpRequest) -> String {
    let Some(peer) = request.peer_addr() else {
        return String::new();
    };
    let said = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok());
    network_of(origin(peer.ip(), said, &app.config().trusted_proxies))
}

/// The address behind `peer`: the last one a trusted proxy names, else its own. A proxy is trusted
/// also where its IPv4 address comes in the dress of IPv6, as on a socket for both.
fn origin(peer: IpAddr, said: Option<&str>, proxies: &[IpAddr]) -> IpAddr {
    let is_peer = |proxy: &IpAddr| proxy.to_canonical() == peer.to_canonical();
    if !proxies.iter().any(is_peer) {
        return peer;
    }
    said.and_then(|list| list.rsplit(',').next())
        .and_then(|last| last.trim().parse().ok())
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn a_proxy_is_believed_in_either_dress_and_nobody_else_is() {
        let ask = |peer: &str, proxy: &str| {
            let said = Some("198.51.100.1, 203.0.113.77");
            let (peer, proxy) = (peer.parse().unwrap(), proxy.parse().unwrap());
            origin(peer, said, &[proxy]).to_string()
        };
        assert_eq!(ask("127.0.0.1", "127.0.0.1"), "203.0.113.77");
        assert_eq!(ask("::ffff:127.0.0.1", "127.0.0.1"), "203.0.113.77");
        assert_eq!(ask("127.0.0.1", "::ffff:127.0.0.1"), "203.0.113.77");
        assert_eq!(ask("::1", "127.0.0.1"), "::1");
        assert_eq!(ask("203.0.113.9", "127.0.0.1"), "203.0.113.9");
    }
}
