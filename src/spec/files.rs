//! `[files]`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::FilePath;

/// Generated files that you maintain yourself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Files that you maintain yourself: magespec does not write, delete or compare them. `magespec build --keep
    /// PATH` adds one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["etc/acl.xml"]))]
    pub unmanaged: Vec<FilePath>,
}

impl Files {
    /// Returns true if no file is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.unmanaged.is_empty()
    }
}
