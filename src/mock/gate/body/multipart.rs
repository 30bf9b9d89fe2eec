//! Multipart bodies, which PHP reads into its parameters.

use serde_json::{Map, Value};

use crate::{
    mock::{HttpRequest, parameters as read},
    oauth::percent::encode,
};

/// Fields of a multipart body, without its files.
pub(super) fn parameters(request: &HttpRequest) -> Map<String, Value> {
    let content_type = request.header("Content-Type").unwrap_or_default();
    let Some((_, boundary)) = content_type.split_once("boundary=") else { return Map::new() };
    let boundary = boundary.split(';').next().unwrap_or_default().trim_matches('"');
    if boundary.is_empty() {
        return Map::new();
    }
    let body = String::from_utf8_lossy(&request.body);
    let delimiter = format!("--{boundary}");
    let fields = body.split(&delimiter).filter_map(field);
    read(
        &fields
            .map(|(name, value)| format!("{}={}", named(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&"),
    )
}

/// Name and value of a part; none if it is a file.
fn field(part: &str) -> Option<(&str, &str)> {
    let (head, value) = part.split_once("\r\n\r\n").or_else(|| part.split_once("\n\n"))?;
    if head.contains("filename=") {
        return None;
    }
    let name = head.split("name=\"").nth(1)?.split('"').next()?;
    let value = value.strip_suffix('\n').unwrap_or(value);
    Some((name, value.strip_suffix('\r').unwrap_or(value)))
}

/// Encodes a name, but not its brackets.
fn named(name: &str) -> String {
    encode(name).replace("%5B", "[").replace("%5D", "]")
}
