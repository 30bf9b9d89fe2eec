//! JSON as PHP writes it: characters beyond ASCII are escaped, slashes unless the caller does not want it, and floats without a
//! fraction are integers.

use std::fmt::Write as _;

use serde_json::{Number, Value};

use crate::mock::input::float_text;

/// Writes a value. Null is an empty list, as for a method without a result.
pub(super) fn document(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Null => out.push_str("[]"),
        value => write(value, "\\/", &mut out),
    }
    out
}

/// Writes a value with `JSON_UNESCAPED_SLASHES`.
pub(in crate::mock) fn with_slashes(value: &Value) -> String {
    let mut out = String::new();
    write(value, "/", &mut out);
    out
}

fn write(value: &Value, slash: &str, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(value) => out.push_str(&number(value)),
        Value::String(text) => string(text, slash, out),
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                write(item, slash, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (place, (name, field)) in fields.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                string(name, slash, out);
                out.push(':');
                write(field, slash, out);
            }
            out.push('}');
        }
    }
}

fn string(text: &str, slash: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str(slash),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' '..='~' | '\u{7f}' => out.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// Writes a number.
pub(super) fn number(number: &Number) -> String {
    match number.as_f64().filter(|_| !number.is_i64()) {
        Some(float) => float_text(float, 'e'),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_as_php_writes_them() {
        for (value, expected) in [
            (
                json!("a/b \"ä€😀\" \u{1}\u{7f}"),
                "\"a\\/b \\\"\\u00e4\\u20ac\\ud83d\\ude00\\\" \\u0001\u{7f}\"",
            ),
            (json!([16.0, 19.99, 0.0, -2.5, 1e3]), "[16,19.99,0,-2.5,1000]"),
            (json!([1e25, 1e-7, 1.5e300, 0.0001]), "[1.0e+25,1.0e-7,1.5e+300,0.0001]"),
            (json!([0.1 + 0.2, 1e14, 99_999_999_999_999.0]), "[0.3,1.0e+14,99999999999999]"),
            (json!({"a": null, "b": [], "c": {}}), "{\"a\":null,\"b\":[],\"c\":{}}"),
            (Value::Null, "[]"),
            (json!(true), "true"),
            (json!(99_999_999_999_999_999_i64), "99999999999999999"),
        ] {
            assert_eq!(document(&value), expected);
        }
        assert_eq!(with_slashes(&json!({"a/b": ["/ä", null]})), "{\"a/b\":[\"/\\u00e4\",null]}");
    }
}
