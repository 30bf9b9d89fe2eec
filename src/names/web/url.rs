//! URLs of integrations and web pages.

use crate::names::{COLUMN_LENGTH, text::text_type};

/// Character that represents itself in every part of a URL. Magento's schema is checked by libxml, which accepts any
/// character without a meaning in URLs, as browsers do.
macro_rules! plain {
    () => {
        r"[^ \t\r\n%/?#:@\[\]]|%[0-9A-Fa-f]{2}"
    };
}

/// Characters after a slash: any number, including more slashes.
macro_rules! path {
    () => {
        concat!("(", plain!(), "|[:@/])*")
    };
}

/// Authority and path: `//user@host:8080/path`.
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
    /// A URL of an integration. Magento stores 255 characters (docs/magento/database.md#cut-values), and its schema
    /// requires four characters of an `xs:anyURI` (docs/magento/files-and-schemas.md#facets), which libxml reads by
    /// RFC 3986: an absolute or relative URL; `%` only before two hexadecimal digits, one `#`, brackets only around
    /// an IPv6 host or after the `#`, a numeric port. White space, which libxml accepts, is rejected.
    Url, "a URL of 4 to 255 characters such as `https://erp.acme.com/token`", length 4..=COLUMN_LENGTH,
    pattern concat!(
        "^(",
        "([A-Za-z][A-Za-z0-9+.-]*:)?(", authority!(), "|/((", plain!(), "|[:@])", path!(), ")?)?",
        "|[A-Za-z][A-Za-z0-9+.-]*:(", plain!(), "|[:@])", path!(),
        "|(", plain!(), "|@)+(/", path!(), ")?",
        r")(\?(", plain!(), r"|[:@/?])*)?(#(", plain!(), r"|[:@/?\[\]])*)?$"
    ), plain url
}

text_type! {
    /// A web page as Composer accepts it for `homepage`: http or https with a host, in ASCII
    /// (`ValidatingArrayLoader::filterUrl`, and the format `uri` of `composer-schema.json`).
    WebPage, "the URL of a web page such as `https://acme.com/erp-bridge`", length 8..=2000usize,
    pattern concat!(
        "^https?://([A-Za-z0-9._~!$&'()*+,;=:%-]+@)?",
        r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?",
        r"(:[0-9]{1,4})?([/?#](%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/?#-])*)?$"
    ), plain url
}
