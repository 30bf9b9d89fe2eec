//! E-mail addresses.

use crate::names::{COLUMN_LENGTH, text::text_type};

text_type! {
    /// E-mail address of an integration, by Magento's own pattern `[^@]+@[^\.]+\..+` (`integration_base.xsd`,
    /// 2.0.0..2.4.8; docs/magento/files-and-schemas.md#facets). Magento would store line breaks and leading or
    /// trailing white space, so they are rejected.
    Email, "an e-mail address such as `erp@acme.com`", length 1..=COLUMN_LENGTH,
    pattern r"^[^@ \t\r\n]([^@\r\n]*[^@\r\n])?@[^.\r\n]+\.([^\r\n]*[^ \t\r\n])$", plain email
}

text_type! {
    /// E-mail address of an author, as Composer accepts it (PHP's `FILTER_VALIDATE_EMAIL`).
    AuthorEmail, "an e-mail address such as `dev@acme.com`", length 6..=254usize,
    pattern concat!(
        "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}",
        r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
    ),
    except r"^\.|\.\.|\.@", plain email
}
