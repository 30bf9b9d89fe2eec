//! AsyncAPI 3.0 of webhooks.

use serde_json::Value;

use crate::model::Module;

/// The document; none if nothing is told.
#[must_use]
pub fn document(module: &Module) -> Option<Value> {
    let _ = module;
    None
}
