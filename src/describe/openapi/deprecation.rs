//! Deprecated routes: their description and the headers of their responses.

use serde_json::{Value, json};

use crate::model::Deprecation;

/// Says when the route ends and what to call instead.
pub(super) fn in_words(deprecation: &Deprecation) -> String {
    let since = deprecation.since.as_ref().map(|since| format!(" since {since}")).unwrap_or_default();
    let instead = deprecation.replaced_by.as_ref().map(|route| format!(" Call `{route}` instead."));
    format!("Deprecated{since}; may be removed from {} on.{}", deprecation.until, instead.unwrap_or_default())
}

/// Headers that the plugin of the module adds; `Link` if the route has a successor.
pub(super) fn headers(deprecation: &Deprecation, successor: Option<&str>) -> Value {
    let header = |description: &str, example: String| json!({ "description": description, "schema": { "type": "string" }, "example": example });
    let mut headers = json!({
        "Deprecation": header(
            "Day on which the route became or becomes deprecated (RFC 9745)",
            format!("@{}", deprecation.first_day().unix_time()),
        ),
        "Sunset": header(
            "Day from which the route may be removed (RFC 8594)",
            deprecation.until.http_date(),
        ),
    });
    if let Some(path) = successor {
        let steps = path.split('/').map(|step| if step.starts_with(':') { "7" } else { step });
        let address = format!("/rest{}", steps.collect::<Vec<_>>().join("/"));
        headers["Link"] =
            header("Address of the successor", format!("<{address}>; rel=\"successor-version\""));
    }
    headers
}
