//! Diagnostics as text, one file per format.

mod github;
mod human;
mod json;
mod sarif;
mod short;

use serde_json::{Value, json};

pub use github::github;
pub use human::human;
pub use json::json;
pub use sarif::sarif;
pub use short::short;

/// A JSON document of members by name, with the version of its shape: raised when something in it changes or goes, not
/// when something is added.
#[must_use]
pub fn json_document<const N: usize>(members: [(&str, Value); N]) -> Value {
    let mut document = json!({ "version": 1 });
    for (name, value) in members {
        document[name] = value;
    }
    document
}

fn to_json(document: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(document).map(|json| json + "\n").unwrap_or_default()
}
