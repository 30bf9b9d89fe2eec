//! Deprecated routes: their description and the headers of their responses.

use serde_json::{Value, json};

use crate::model::Deprecation;

/// Says when the route ends and what to call instead.
pub(super) fn in_words(deprecation: &Deprecation) -> String {
    let since = deprecation.since.as_ref().map(|since| format!(" since {since}")).unwrap_or_default();
    let instead = deprecation.replaced_by.as_ref().map(|route| format!(" Call `{route}` instead."));
    format!("Deprecated{since}; may be removed from {} on.{}", deprecation.until, instead.unwrap_or_default())
}

/// Headers that the plugin of the module adds.
pub(super) fn headers() -> Value {
    let header = |description: &str, example: &str| json!({ "description": description, "schema": { "type": "string" }, "example": example });
    json!({
        "Deprecation": header("Day on which the route became or becomes deprecated (RFC 9745)", "@1796083200"),
        "Sunset": header("Day from which the route may be removed (RFC 8594)", "Tue, 01 Jun 2027 00:00:00 GMT"),
        "Link": header(
            "Address of the successor, if the same request can be sent to it",
            "</rest/V2/acme/orders/7>; rel=\"successor-version\"",
        ),
    })
}
