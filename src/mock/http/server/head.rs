//! Heads of requests that nginx refuses and hyper does not.

use hyper::{HeaderMap, StatusCode, Version, header, http::request::Parts};

use crate::mock::http::limits::LARGEST_HEAD;

/// Status with which the head of a request is refused.
pub(super) fn refused(head: &Parts) -> Option<StatusCode> {
    // hyper reads a little beyond its buffer.
    let target = head.uri.path_and_query().map_or(0, |target| target.as_str().len());
    if target > LARGEST_HEAD {
        return Some(StatusCode::URI_TOO_LONG);
    }
    let headers = head.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4);
    if target + headers.sum::<usize>() > LARGEST_HEAD {
        return Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    if !has_host(&head.headers, head.version) {
        return Some(StatusCode::BAD_REQUEST);
    }
    let encoding = head.headers.get(header::TRANSFER_ENCODING);
    encoding
        .is_some_and(|it| !it.as_bytes().eq_ignore_ascii_case(b"chunked"))
        .then_some(StatusCode::NOT_IMPLEMENTED)
}

/// Returns true if there is one valid `Host`, which HTTP/1.0 does not need.
fn has_host(headers: &HeaderMap, version: Version) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) => version < Version::HTTP_11,
        (Some(host), None) => is_host(host.as_bytes()),
        _ => false,
    }
}

/// Returns true if nginx accepts the text as a host and a port (`ngx_http_validate_host`).
fn is_host(host: &[u8]) -> bool {
    let is_refused = |byte: &u8| *byte <= b' ' || matches!(byte, 0x7f | b'/');
    let name =
        if host.starts_with(b"[") { host } else { host.split(|it| *it == b':').next().unwrap_or_default() };
    !host.iter().any(is_refused) && !host.windows(2).any(|pair| pair == b"..") && !matches!(name, b"" | b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_those_of_nginx() {
        for host in ["a", "a.b:8080", "127.0.0.1", "[::1]:80", "a.", "a_b", "ä"] {
            assert!(is_host(host.as_bytes()), "{host}");
        }
        for host in ["", ".", ":80", "a b<>", "a/b", "a..b", "a\tb"] {
            assert!(!is_host(host.as_bytes()), "{host}");
        }
    }
}
