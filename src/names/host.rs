//! Hosts a browser may talk to, where webhooks are sent, and locales.

use super::text::text_type;

text_type! {
    /// A source of the Content Security Policy: a host, with a scheme or without, or a scheme alone.
    CspHost, "a host such as `https://erp.acme.com` or `*.acme.com`", length 1..=255usize,
    pattern r"^([a-z][a-z0-9+.-]*:|([a-z][a-z0-9+.-]*://)?(\*|(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*)(:([0-9]{1,5}|\*))?(/[A-Za-z0-9._~!$&'()*+=:@%/-]*)?)$"
}

text_type! {
    /// The part of an address behind the host.
    UrlPath, "a path such as `/magento/events`", length 1..=255usize,
    pattern r"^(/[A-Za-z0-9._~!$&'()*+,;=:@%-]+)+/?$"
}

text_type! {
    /// A language and a country, as Magento names the files of i18n.
    Locale, "a locale such as `de_DE`", length 5..=15usize, pattern "^[a-z]{2,3}(_[A-Z][a-z]{3})?_[A-Z]{2}$"
}
