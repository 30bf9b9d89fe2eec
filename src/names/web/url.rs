//! Addresses of an integration, and of pages.

use crate::names::{COLUMN_LENGTH, text::text_type};

/// A character that stands for itself in every part of a URL. Magento's schema is checked by libxml, which lets any
/// character pass that has no meaning in a URL, as a browser does.
macro_rules! plain {
    () => {
        r"[^ \t\r\n%/?#:@\[\]]|%[0-9A-Fa-f]{2}"
    };
}

/// What stands behind a slash: any number of characters, and further slashes.
macro_rules! path {
    () => {
        concat!("(", plain!(), "|[:@/])*")
    };
}

/// `//user@host:8080/path`.
macro_rules! authority {
    () => {
        concat!(
            "//((",
            plain!(),
            "|:)*@)?",
            r"(\[[0-9A-Fa-f:.]+\]|(",
            plain!(),
            ")*)",
            "(:[0-9]{1,5})?(/",
            path!(),
            ")?"
        )
    };
}

text_type! {
    /// A URL of an integration: Magento keeps 255 characters (docs/magento/database.md#cut-values), and its schema asks
    /// for four of an `xs:anyURI` (docs/magento/files-and-schemas.md#facets), which libxml reads by RFC 3986: an
    /// address with a scheme, or one relative to some other; `%` only before two hexadecimal digits, one `#`, brackets
    /// only around an IPv6 host or behind the `#`, a number for a port. White space, which libxml lets pass, is
    /// refused.
    Url, "a URL of 4 to 255 characters such as `https://erp.acme.com/token`", length 4..=COLUMN_LENGTH,
    pattern concat!(
        "^(",
        "([A-Za-z][A-Za-z0-9+.-]*:)?(", authority!(), "|/((", plain!(), "|[:@])", path!(), ")?)?",
        "|[A-Za-z][A-Za-z0-9+.-]*:(", plain!(), "|[:@])", path!(),
        "|(", plain!(), "|@)+(/", path!(), ")?",
        r")(\?(", plain!(), r"|[:@/?])*)?(#(", plain!(), r"|[:@/?\[\]])*)?$"
    )
}

text_type! {
    /// A page as Composer takes it for a `homepage`: http or https with a host, in ASCII
    /// (`ValidatingArrayLoader::filterUrl`, and the format `uri` of `composer-schema.json`).
    WebPage, "the address of a page such as `https://acme.com/erp-bridge`", length 8..=2000usize,
    pattern concat!(
        "^https?://([A-Za-z0-9._~!$&'()*+,;=:%-]+@)?",
        r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?",
        r"(:[0-9]{1,4})?([/?#](%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/?#-])*)?$"
    )
}
