//! `[retired]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::IntegrationName;

/// Former parts of the module that it removes from each shop.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// Names of integrations that `setup:upgrade` deletes with their tokens and permissions, if a module's file created
    /// them and no module declares them any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["Old CRM"]))]
    pub integrations: Vec<IntegrationName>,
}

impl Retired {
    /// Returns true if nothing is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.integrations.is_empty()
    }
}
