//! `[target]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Line;

/// Magento releases that the module supports. Everything is checked against each of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Magento releases, as a Composer constraint. A bare 2.4.7 means the release and its -pN patches.
    #[schemars(example = &">=2.4.4 <2.4.9", example = &"2.4.7", example = &"2.4.*", example = &"~2.4.6")]
    pub magento: Line,
    /// Edition. With "commerce", resources of Adobe Commerce modules, which the catalog does not know, cause no
    /// warning.
    #[serde(default)]
    #[schemars(example = &"open-source")]
    pub edition: Edition,
}

/// An edition of Magento.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Edition {
    /// Magento Open Source.
    #[default]
    OpenSource,
    /// Adobe Commerce.
    Commerce,
}
