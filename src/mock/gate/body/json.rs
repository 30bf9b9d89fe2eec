//! JSON bodies as `json_decode` reads them (docs/magento/web-api.md#decoding).

use serde::Deserialize as _;
use serde_json::{Deserializer, Number, Value};

use crate::mock::message::json_marks;

/// Deepest nesting that PHP reads.
const DEEPEST: usize = 512;

/// Decodes a body; none if PHP refuses it.
pub(super) fn decoded(body: &[u8]) -> Option<Value> {
    if depth(body) > DEEPEST {
        return None;
    }
    let mut reader = Deserializer::from_slice(body);
    reader.disable_recursion_limit();
    let mut value = Value::deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    widen(&mut value);
    Some(value)
}

/// Makes numbers that are no 64-bit integers of PHP floats.
fn widen(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_u64() && !number.is_i64() => {
            if let Some(float) = number.as_f64().and_then(Number::from_f64) {
                *number = float;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(widen),
        Value::Object(fields) => fields.values_mut().for_each(widen),
        _ => {}
    }
}

/// Deepest nesting of lists and objects.
fn depth(body: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for mark in json_marks(body) {
        match mark {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nesting_ends_where_it_does_in_php() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(decoded(nested(512).as_bytes()).is_some());
        assert_eq!(decoded(nested(513).as_bytes()), None);
        assert_eq!(decoded("[".repeat(1_000_000).as_bytes()), None);
        let text = format!(r#""{}\\""#, "[\\\"".repeat(600));
        assert!(decoded(text.as_bytes()).is_some(), "brackets in a text do not count");
    }

    #[test]
    fn large_numbers_are_floats() {
        assert_eq!(
            decoded(b"[18446744073709551615, 9223372036854775807]"),
            Some(json!([18446744073709551616.0, 9223372036854775807_i64]))
        );
        assert_eq!(decoded(b"[1] 2"), None);
        assert_eq!(decoded(b"{\"a\":\"\xff\"}"), None);
    }
}
