//! CSP hosts and webhook paths.

use crate::names::text::text_type;

text_type! {
    /// A source of the Content Security Policy: a host, with a scheme or without, a scheme alone, or a keyword or
    /// a hash in its quotes.
    CspHost, "a host such as `https://erp.acme.com` or `*.acme.com`", length 1..=255usize,
    pattern r"^([a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*://)?(\*|(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*)(:([0-9]{1,5}|\*))?(/[A-Za-z0-9._~!$&'()*+=:@%/-]*)?|'(self|unsafe-inline|unsafe-eval|unsafe-hashes|wasm-unsafe-eval|strict-dynamic|report-sample)'|'sha(256|384|512)-[A-Za-z0-9+/_-]+={0,2}')$",
    except "^(sha(256|384|512)|nonce)-", plain origin
}

/// Keywords of the Content Security Policy, which browsers read in single quotes only.
const KEYWORDS: [&str; 8] = [
    "self",
    "none",
    "unsafe-inline",
    "unsafe-eval",
    "unsafe-hashes",
    "wasm-unsafe-eval",
    "strict-dynamic",
    "report-sample",
];

impl CspHost {
    /// Returns true for a keyword without its quotes, which browsers read as the name of a host.
    #[must_use]
    pub fn is_bare_keyword(&self) -> bool {
        KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(self.as_str()))
    }

    /// Returns the algorithm and the digest of a hash, such as `'sha256-…'`.
    #[must_use]
    pub fn hash(&self) -> Option<(&str, &str)> {
        let (algorithm, digest) = self.as_str().strip_prefix('\'')?.strip_suffix('\'')?.split_once('-')?;
        algorithm.starts_with("sha").then_some((algorithm, digest))
    }

    /// Returns the port; `None` without one or for `*`.
    #[must_use]
    pub fn port(&self) -> Option<u32> {
        let host = self.as_str().split_once("://").map_or(self.as_str(), |(_, host)| host);
        host.split('/').next()?.rsplit_once(':')?.1.parse().ok()
    }
}

text_type! {
    /// The path of a URL.
    UrlPath, "a path such as `/magento/events`", length 1..=255usize,
    pattern r"^(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?$", plain url_path
}
