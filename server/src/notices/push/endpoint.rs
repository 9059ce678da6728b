//! Where a push may be sent. An endpoint comes from whoever subscribes, so it must never lead into
//! the house: https at a public address only, checked when it is taken and again, on the very
//! addresses that are connected to, when something is sent.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// No push service's address is longer.
const LONGEST: usize = 2_000;
/// Ends of names that mean a machine nearby (RFC 6761, RFC 6762, RFC 8375).
const NEARBY: [&str; 6] = [
    ".localhost",
    ".local",
    ".internal",
    ".home.arpa",
    ".lan",
    ".onion",
];

/// The address a push service gave a browser.
#[derive(Clone, Debug)]
pub struct Endpoint {
    url: Url,
}

impl Endpoint {
    /// An address that may be sent to; with `loopback` also one on this machine.
    pub fn parse(text: &str, loopback: bool) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let near = is_loopback(&url);
        let reachable = match url.host()? {
            Host::Ipv4(address) => is_public(address.into()),
            Host::Ipv6(address) => is_public(address.into()),
            Host::Domain(name) => is_public_name(name),
        };
        let anonymous = url.username().is_empty() && url.password().is_none();
        // Push services listen where browsers reach them; another port is somebody's other service.
        let usual = url.port_or_known_default() == Some(443);
        let allowed = match url.scheme() {
            "https" => (reachable && usual) || (loopback && near),
            "http" => loopback && near,
            _ => false,
        };
        (allowed && anonymous && text.len() <= LONGEST).then_some(Self { url })
    }

    /// Scheme, host and port: the audience of a VAPID token (RFC 8292, section 2).
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// The address to send to.
    pub fn into_url(self) -> Url {
        self.url
    }

    /// The address, written in one way only.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.contains('.') && !NEARBY.iter().any(|end| name.ends_with(end))
}

/// Whether an address is a machine on the public internet, in none of the ranges kept for other
/// uses (RFC 6890 and its registries), also when an IPv4 address is wrapped in an IPv6 one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let kept = match address.octets() {
        [0 | 10 | 127, ..] | [224..=255, ..] => true,
        [100, second, ..] => (64..=127).contains(&second),
        [169, 254, ..] | [192, 168, ..] | [192, 0, 0 | 2, _] | [192, 88, 99, _] => true,
        [192, 31, 196, _] | [192, 52, 193, _] | [192, 175, 48, _] => true,
        [172, second, ..] => (16..=31).contains(&second),
        [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        _ => false,
    };
    !kept
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let wrapped = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] => wrapped(high, low),
        // Networks without IPv4 reach it through these.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => wrapped(high, low),
        // Tunnels, benchmarks, documentation.
        [0x2001, second, ..] => second >= 0x0200 && second != 0x0db8,
        [0x3fff, ..] | [0x2620, 0x4f, 0x8000, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

/// Looks names up and hands out addresses only if every one of them may be sent to: what was
/// checked is what is connected to, whatever the name says a moment later.
pub struct CheckedResolver {
    /// Whether addresses of this machine may be sent to.
    pub loopback: bool,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.loopback;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::task::spawn_blocking(move || {
                (host.as_str(), 0)
                    .to_socket_addrs()
                    .map(Iterator::collect::<Vec<_>>)
            })
            .await??;
            let addresses = checked(found, loopback).ok_or("not a public address")?;
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}

/// The addresses of a name, if every one of them may be sent to.
pub fn checked(addresses: Vec<SocketAddr>, loopback: bool) -> Option<Vec<SocketAddr>> {
    let allowed = |address: &SocketAddr| {
        let ip = address.ip();
        is_public(ip) || (loopback && ip.is_loopback())
    };
    (!addresses.is_empty() && addresses.iter().all(allowed)).then_some(addresses)
}
