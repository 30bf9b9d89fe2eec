//! CSP hosts and webhook paths.

use crate::names::text::text_type;

text_type! {
    /// A source of the Content Security Policy: a host, with a scheme or without, or a scheme alone.
    CspHost, "a host such as `https://erp.acme.com` or `*.acme.com`", length 1..=255usize,
    pattern r"^([a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*://)?(\*|(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*)(:([0-9]{1,5}|\*))?(/[A-Za-z0-9._~!$&'()*+=:@%/-]*)?)$",
    except "^(sha(256|384|512)|nonce)-"
}

impl CspHost {
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
    pattern r"^(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?$"
}
