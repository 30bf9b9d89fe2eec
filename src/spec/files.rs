//! `[files]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::FilePath;

/// The generated files that magespec is not to write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Files that you write yourself: magespec neither writes nor deletes nor compares them.
    /// `magespec build --keep PATH` adds one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["etc/acl.xml"]))]
    pub unmanaged: Vec<FilePath>,
}

impl Files {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unmanaged.is_empty()
    }
}
