//! Diagnostics as text, one file per format.

mod github;
mod human;
mod json;
mod masked;
mod sarif;
mod short;

use serde_json::{Value, json};

pub use github::{github, github_failure};
pub use human::human;
pub use json::json;
pub(crate) use json::{JsonFinding, JsonReport, json_findings};
pub use sarif::{sarif, sarif_failure};
pub use short::short;

/// Version of all JSON documents; raised when a key changes or is removed, not when one is added.
pub const JSON_VERSION: u32 = 1;

/// A JSON document with the given members, after [`JSON_VERSION`].
#[must_use]
pub fn versioned(contents: &impl serde::Serialize) -> Value {
    let mut document = json!({ "version": JSON_VERSION });
    if let (Value::Object(members), Ok(Value::Object(contents))) =
        (&mut document, serde_json::to_value(contents))
    {
        members.extend(contents);
    }
    document
}

/// Renders a JSON document that ends with a line feed.
pub fn to_json(document: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(document).map(|json| json + "\n").unwrap_or_default()
}
