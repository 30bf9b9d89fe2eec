//! Editions of Magento.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An edition of Magento.
#[derive(Debug, Clone, Copy, Hash, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Edition {
    /// Magento Open Source.
    #[default]
    OpenSource,
    /// Adobe Commerce.
    Commerce,
    /// Mage-OS, whose releases are each based on one of Magento Open Source.
    MageOs,
}
