//! E-mail addresses.

use crate::names::{COLUMN_LENGTH, text::text_type};

text_type! {
    /// The address of an integration, as Magento's own pattern `[^@]+@[^\.]+\..+` takes it
    /// (`integration_base.xsd`, 2.0.0..2.4.8; docs/magento/files-and-schemas.md#facets): something, an `@`, something
    /// without a dot, a dot, something. Line breaks, and white space at the ends, would be part of what is stored; they
    /// are refused.
    Email, "an e-mail address such as `erp@acme.com`", length 1..=COLUMN_LENGTH,
    pattern r"^[^@ \t\r\n]([^@\r\n]*[^@\r\n])?@[^.\r\n]+\.([^\r\n]*[^ \t\r\n])$"
}

text_type! {
    /// The address of an author, as Composer takes it (PHP's `FILTER_VALIDATE_EMAIL`).
    AuthorEmail, "an e-mail address such as `dev@acme.com`", length 6..=254usize,
    pattern concat!(
        "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}",
        r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
    ),
    except r"^\.|\.\.|\.@"
}
