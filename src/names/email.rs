//! The e-mail address of an integration.

use super::{COLUMN_LENGTH, text::text_type};

text_type! {
    /// An e-mail address as Magento's own pattern takes it: one `@`, and a dot somewhere after it
    /// (`integration_base.xsd`, 2.0.0..2.4.8; FACTS §2), and no white space, which that pattern lets pass.
    Email, "an e-mail address such as `erp@acme.com`", length 1..=COLUMN_LENGTH,
    pattern r"^[^@ \t\r\n]+@[^. \t\r\n]+\.[^ \t\r\n]+$"
}
