//! The spec that others are made of.

/// `[module]` and `[target]`.
pub(crate) const HEAD: &str = r#"
[module]
name = "Acme_ErpBridge"
description = "Lets the Acme ERP read orders"
version = "1.0.0"

[target]
magento = ">=2.4.4 <2.4.9"
"#;

/// The same with an integration.
pub(crate) fn base() -> String {
    let integration = r#"
[[integration]]
name = "Acme ERP"
email = "erp@acme.com"
resources = ["Magento_Sales::actions_view"]
"#;
    [HEAD, integration].concat()
}
