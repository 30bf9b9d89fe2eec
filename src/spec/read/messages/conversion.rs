//! Values that were written as another type.

use serde_json::Value;

use super::wording::as_toml;
use crate::spec::read::{described::example_at, pointer::Pointer, spans::Spans};

/// Value in TOML that a value of another type means.
pub(in crate::spec::read) fn meant(
    route: &Pointer,
    given: &Value,
    expected: &str,
    spans: &Spans,
) -> Option<String> {
    let written = spans.written(route);
    match route.steps().collect::<Vec<_>>().as_slice() {
        ["target", "magento"] => match (written, given.as_array()) {
            (Some(line), _) if line.bytes().filter(|byte| *byte == b'.').count() == 1 => {
                Some(format!("\"{line}.*\""))
            }
            (_, Some(releases)) if releases.iter().all(Value::is_string) && !releases.is_empty() => {
                let releases: Vec<&str> = releases.iter().filter_map(Value::as_str).collect();
                Some(format!("\"{}\"", releases.join(" || ")))
            }
            _ => None,
        },
        ["rules", _] if given.as_bool() == Some(false) => Some("\"allow\"".to_owned()),
        ["module", "version"] => written.map(|version| format!("\"{version}\"")),
        [.., "deprecated" | "since" | "until"] if spans.kind(route) == Some("a date or time") => {
            written.map(|day| format!("\"{day}\""))
        }
        _ if given.is_string() && expected == "a list" && takes_texts(route) => {
            Some(format!("[{}]", as_toml(given)))
        }
        _ => converted(given, expected),
    }
}

/// Returns true if the value at the route is a list that may hold strings.
fn takes_texts(route: &Pointer) -> bool {
    example_at(route).and_then(|example| example.get(0)).is_some_and(Value::is_string)
}

/// Value in TOML of an expected type, if the given one can mean nothing else.
fn converted(given: &Value, expected: &str) -> Option<String> {
    let takes = |kind: &str| expected.split([',', ' ']).any(|word| word == kind);
    match given {
        Value::String(text) => as_integer(text)
            .filter(|_| takes("integer"))
            .or_else(|| as_number(text).filter(|_| takes("number")))
            .or_else(|| Some(as_flag(text).filter(|_| takes("boolean"))?.to_string())),
        Value::Number(number) if takes("boolean") => {
            as_flag(&number.to_string()).map(|flag| flag.to_string())
        }
        Value::Array(items) if takes("string") && !takes("list") => match items.as_slice() {
            [item @ Value::String(_)] => Some(as_toml(item)),
            _ => None,
        },
        _ => None,
    }
}

/// Whole number that a text stands for.
pub(crate) fn as_integer(text: &str) -> Option<String> {
    Some(text.trim().parse::<i64>().ok()?.to_string())
}

/// Number that a text stands for.
fn as_number(text: &str) -> Option<String> {
    Some(text.trim().parse::<serde_json::Number>().ok()?.to_string())
}

/// Truth value that a text stands for.
pub(crate) fn as_flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}
