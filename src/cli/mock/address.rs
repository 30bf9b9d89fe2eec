//! URLs of systems that the mock calls.

use crate::oauth::{CallUrl, split_scheme, without_url_secrets};

/// Reads the URL of a system; `example` is what to write instead.
///
/// # Errors
/// The reason, and what to write.
pub(super) fn address(text: &str, example: &str) -> Result<CallUrl, String> {
    let failed = |reason: &str| Err(format!("`{}` {reason}", without_url_secrets(text)));
    let Some((scheme, rest)) = split_scheme(text) else {
        return failed(&format!("is not an absolute URL; write {example}"));
    };
    if !["http", "https"].iter().any(|it| it.eq_ignore_ascii_case(scheme)) {
        return failed(&format!("is not an HTTP URL; write {example}"));
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match CallUrl::parse(text) {
        // A password may have a slash.
        Err(_) if rest.contains('@') && (host.contains('@') || host.contains(':')) => {
            failed("contains a user, which is not supported; leave it out")
        }
        read => read.or_else(|reason| failed(&reason)),
    }
}
