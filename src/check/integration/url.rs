//! Tests of who can reach a URL.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Scheme of a web page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    Https,
}

/// Scheme of `http://host` or `https://host`; none of any other URL.
pub(super) fn scheme(url: &str) -> Option<Scheme> {
    let (scheme, _) = url.split_once("://")?;
    host(url).filter(|host| !host.is_empty())?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" => Some(Scheme::Http),
        "https" => Some(Scheme::Https),
        _ => None,
    }
}

/// Reason why a shop on another machine cannot reach the URL, now or later; nothing if it looks public.
pub(super) fn unreachable_because(url: &str) -> Option<&'static str> {
    let host = host(url)?.to_ascii_lowercase();
    if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        return match address {
            IpAddr::V4(address) => of_ipv4(address),
            IpAddr::V6(address) => of_ipv6(address),
        };
    }
    let host = host.trim_end_matches('.');
    let is_below = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    if is_below("localhost") {
        Some("it points to the local machine")
    } else if RESERVED.iter().any(|domain| is_below(domain)) {
        Some("its top-level domain is reserved and not in public DNS")
    } else if TUNNELS.iter().any(|domain| is_below(domain)) {
        Some("it is a development tunnel whose address changes")
    } else if !host.contains('.') {
        Some("a name without a dot resolves only on its own network")
    } else {
        None
    }
}

/// Top-level domains that never resolve publicly (RFC 2606, RFC 6761, RFC 6762, RFC 8375) and customary private ones.
const RESERVED: [&str; 8] =
    ["test", "example", "invalid", "local", "internal", "lan", "home.arpa", "localdomain"];

/// Services that expose a developer's machine under a public name.
const TUNNELS: [&str; 9] = [
    "ngrok.io",
    "ngrok.app",
    "ngrok.dev",
    "ngrok-free.app",
    "ngrok-free.dev",
    "loca.lt",
    "localhost.run",
    "serveo.net",
    "trycloudflare.com",
];

fn of_ipv4(address: Ipv4Addr) -> Option<&'static str> {
    if address.is_loopback() || address.is_unspecified() {
        Some("it points to the local machine")
    } else if address.is_private() || address.is_link_local() {
        Some("it is a private network address")
    } else {
        None
    }
}

fn of_ipv6(address: Ipv6Addr) -> Option<&'static str> {
    if let Some(address) = address.to_ipv4_mapped() {
        of_ipv4(address)
    } else if address.is_loopback() || address.is_unspecified() {
        Some("it points to the local machine")
    } else if address.is_unique_local() || address.is_unicast_link_local() {
        Some("it is a private network address")
    } else {
        None
    }
}

/// Host of `scheme://user@host:port/path`.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => host.split(':').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_a_shop_cannot_reach() {
        for url in [
            "http://localhost:8080/x",
            "https://user:pw@LOCALHOST/",
            "https://api.localhost",
            "http://127.0.0.1/a",
            "http://10.1.2.3",
            "http://172.16.0.1",
            "http://192.168.1.1:443",
            "http://169.254.1.1",
            "http://[::1]:80/",
            "http://[fd00::1]/",
            "http://[::ffff:10.0.0.1]/",
            "https://shop.test",
            "https://erp.acme.example/token?x=1",
            "https://box.local.",
            "https://abc123.ngrok-free.app/x",
            "https://intranet/x",
        ] {
            assert!(unreachable_because(url).is_some(), "{url}");
        }
        for url in [
            "https://erp.acme.com/token",
            "https://8.8.8.8",
            "https://172.32.0.1",
            "https://[2606:4700::1]/",
            "https://latest.com",
            "https://x.com/http://localhost",
        ] {
            assert_eq!(unreachable_because(url), None, "{url}");
        }
    }

    #[test]
    fn only_web_pages_have_a_scheme() {
        assert_eq!(scheme("HTTPS://x.com"), Some(Scheme::Https));
        assert_eq!(scheme("http://x.com/https://y.com"), Some(Scheme::Http));
        for url in [
            "https:x",
            "https:///x",
            "http://",
            "//x.com",
            "x.com",
            "javascript:alert(1)",
            "javascript://x.com/%0a",
            "ftp://x.com",
        ] {
            assert_eq!(scheme(url), None, "{url}");
        }
    }
}
