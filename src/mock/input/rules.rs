//! Texts and habits that depend on the release.

use serde_json::Value;

use crate::{
    mock::{
        ShopRefusal,
        texts::{has_old_texts, required, runs_on_php8},
    },
    names::MagentoVersion,
};

/// Input processing of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRules {
    /// Release.
    pub version: MagentoVersion,
    /// Limits of sizes, if the shop has turned them on.
    pub limits: Option<InputLimits>,
}

/// Limits of `webapi/validation` (docs/magento/web-api.md#limits).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InputLimits {
    /// Highest page size.
    pub page_size: i64,
    /// Page size of a search without any.
    pub default_page_size: i64,
    /// Highest number of objects in a list.
    pub objects: usize,
}

impl Default for InputLimits {
    fn default() -> Self {
        Self { page_size: 300, default_page_size: 20, objects: 20 }
    }
}

impl InputRules {
    /// Creates the rules of a release, without limits.
    #[must_use]
    pub const fn new(version: MagentoVersion) -> Self {
        Self { version, limits: None }
    }

    /// Returns true up to 2.2, whose texts are others and whose empty strings have no type.
    pub(in crate::mock) fn is_old(&self) -> bool {
        has_old_texts(self.version)
    }

    /// Returns true if the release runs on PHP 8, which accepts a number with spaces after it.
    pub(in crate::mock) fn is_php8(&self) -> bool {
        runs_on_php8(self.version)
    }

    /// Returns true if keys of a PUT that only differ in case and underscores are taken once.
    pub(super) fn drops_same_keys(&self) -> bool {
        self.version >= MagentoVersion::new(2, 4, 0)
    }

    /// Error of one parameter that is missing.
    #[must_use]
    pub fn required(&self, name: &str) -> ShopRefusal {
        ShopRefusal::named(400, required(self.version), "fieldName", name)
    }

    /// Text of a value of the wrong type, filled in.
    pub(super) fn wrong_type(&self, value: &str, expected: &str) -> String {
        if self.is_old() {
            format!("Invalid type for value: \"{value}\". Expected Type: \"{expected}\".")
        } else {
            format!(
                "The \"{value}\" value's type is invalid. The \"{expected}\" type was expected. Verify and try again."
            )
        }
    }

    /// Error of a key that no accessor of a class accepts: an error of the client from 2.4 on, of the server before.
    pub(super) fn unsupported(&self, class: &str, property: &str) -> ShopRefusal {
        if self.version < MagentoVersion::new(2, 4, 0) {
            let detail = format!(
                "Property \"{property}\" does not have accessor method \"get{property}\" in class \"{class}\"."
            );
            return ShopRefusal::internal(detail);
        }
        let text = "\"%fieldName\" is not supported. Correct the field name and try again.";
        ShopRefusal::named(400, text, "fieldName", Value::from(property))
            .because(format!("{class} has no setter for {property}"))
    }
}
