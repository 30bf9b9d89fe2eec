//! Module names: `Vendor_Module`.

use crate::names::text::text_type;

text_type! {
    /// A Magento module's name, `Vendor_Module`: two parts, each a capital and at least one more letter or digit
    /// (`framework/Module/etc/module.xsd`, 2.0.0..2.4.8; docs/magento/files-and-schemas.md#module-name).
    ModuleName, "a module name such as `Acme_ErpBridge`", length 5..=255,
    pattern "^[A-Z][A-Za-z0-9]+_[A-Z][A-Za-z0-9]+$", plain module
}

impl ModuleName {
    /// Returns the part before the underscore.
    #[must_use]
    pub fn vendor(&self) -> &str {
        self.parts().0
    }

    /// Returns the part after the underscore.
    #[must_use]
    pub fn module(&self) -> &str {
        self.parts().1
    }

    /// Returns the PHP namespace without outer backslashes: `Acme\ErpBridge`.
    #[must_use]
    pub fn namespace(&self) -> String {
        format!("{}\\{}", self.vendor(), self.module())
    }

    /// Returns the name in lower case, the prefix of the module's global names in Magento.
    #[must_use]
    pub fn id(&self) -> String {
        self.as_str().to_lowercase()
    }

    fn parts(&self) -> (&str, &str) {
        self.as_str().split_once('_').unwrap_or((self.as_str(), ""))
    }
}
