//! `keep_credentials`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Credentials of an integration whose declaration changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum KeepCredentials {
    /// Keeps them in every case, or leaves them to Magento.
    Always(bool),
    /// Keeps them in some cases.
    Sometimes(KeepCondition),
}

/// Condition on which credentials are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum KeepCondition {
    /// The integration gains no permission.
    UnlessPermissionsGrow,
}

impl KeepCredentials {
    /// Returns true if Magento decides.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for KeepCredentials {
    fn default() -> Self {
        Self::Always(false)
    }
}
