//! Diagnostics as text, one file per format.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use serde_json::{Value, json};

pub use github::{github, github_failure};
pub use human::human;
pub use json::json;
pub use sarif::{sarif, sarif_failure};
pub use short::short;

/// Version of all JSON documents; raised when a key changes or is removed, not when one is added.
pub const JSON_VERSION: u32 = 1;

/// A JSON document of members by name, with [`JSON_VERSION`].
#[must_use]
pub fn json_document<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut document = json!({ "version": JSON_VERSION });
    for (name, value) in members {
        document[name] = value;
    }
    document
}

/// Renders a JSON document that ends with a line feed.
pub fn to_json(document: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(document).map(|json| json + "\n").unwrap_or_default()
}
