//! Address of a request.

use crate::{mock::HttpRequest, oauth::split_scheme};

/// Sets scheme, host and target of a request from a URL, or from a target and the `Host` header.
pub(super) fn address(request: &mut HttpRequest, target: &str, host: &str) {
    let target = target.split('#').next().unwrap_or_default();
    match split_scheme(target) {
        Some((scheme, rest)) => {
            request.scheme = scheme.to_ascii_lowercase();
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            rest[..end].rsplit('@').next().unwrap_or_default().clone_into(&mut request.host);
            request.target = if rest[end..].starts_with('/') {
                rest[end..].to_owned()
            } else {
                format!("/{}", &rest[end..])
            };
        }
        None => {
            target.clone_into(&mut request.target);
            host.clone_into(&mut request.host);
            let name = host.split(':').next().unwrap_or_default();
            let is_local = matches!(name, "localhost" | "127.0.0.1") || host.ends_with(":80");
            request.scheme = if is_local { "http" } else { "https" }.to_owned();
        }
    }
    if let Some(host) = request.header("Host").filter(|host| !host.is_empty()) {
        request.host = host.to_owned();
    }
    if let Some(scheme) = request.header("X-Forwarded-Proto") {
        request.scheme = scheme.to_ascii_lowercase();
    }
}
