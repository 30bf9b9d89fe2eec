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

/// The start of another spec, of `Acme_Erp` for 2.4.7, and what follows it, as a constant.
#[allow(unused_macros)]
macro_rules! acme_erp {
    ($rest:literal) => {
        concat!(
            "[module]\nname = \"Acme_Erp\"\ndescription = \"Lets the ERP read orders\"\nversion = \"1.0.0\"\n",
            "license = \"proprietary\"\n\n[target]\nmagento = \"2.4.7\"\n\n",
            $rest
        )
    };
}
#[allow(unused_imports)]
pub(crate) use acme_erp;
