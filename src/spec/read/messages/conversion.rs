//! Values that were written as another type.

use serde_json::Value;

use super::wording::as_toml;

/// Value in TOML of an expected type, if the given one can mean nothing else.
pub(in crate::spec::read) fn converted(given: &Value, expected: &str) -> Option<String> {
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
