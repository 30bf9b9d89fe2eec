//! Scalars as `settype` and `filter_var` make them.

use serde_json::Value;

use super::numbers::{float_text, number, numeric, prefix, wrapped};
use crate::mock::types::KindBase;

/// Converts a scalar to a base type as `framework/Reflection/TypeProcessor.php` does: none if it refuses it.
pub(super) fn checked(value: &Value, base: KindBase, is_php8: bool) -> Option<Value> {
    match base {
        KindBase::Bool => Some(Value::Bool(filtered_bool(value))),
        KindBase::Int | KindBase::Float => {
            let is_numeric = match value {
                Value::Number(_) => true,
                Value::String(text) => numeric(text, is_php8).is_some(),
                _ => false,
            };
            is_numeric.then(|| cast(value, base))
        }
        _ => Some(cast(value, base)),
    }
}

/// Converts a scalar as `settype` does.
pub(super) fn cast(value: &Value, base: KindBase) -> Value {
    match base {
        KindBase::Int => Value::from(to_int(value)),
        KindBase::Float => number(to_float(value)),
        KindBase::Bool => Value::Bool(to_bool(value)),
        KindBase::Text => Value::String(text_of(value)),
        _ => value.clone(),
    }
}

/// Converts a value to an integer.
#[must_use]
pub fn to_int(value: &Value) -> i64 {
    match value {
        Value::Number(it) => it.as_i64().unwrap_or_else(|| wrapped(it.as_f64().unwrap_or_default())),
        Value::String(text) => {
            let number = prefix(text.trim_start());
            #[expect(clippy::cast_possible_truncation, reason = "PHP cuts numbers in strings at its largest")]
            number.parse().unwrap_or_else(|_| number.parse::<f64>().map_or(0, |it| it as i64))
        }
        Value::Bool(true) => 1,
        Value::Array(items) => i64::from(!items.is_empty()),
        Value::Object(items) => i64::from(!items.is_empty()),
        Value::Null | Value::Bool(false) => 0,
    }
}

/// Converts a value to a float.
#[must_use]
pub fn to_float(value: &Value) -> f64 {
    match value {
        Value::Number(it) => it.as_f64().unwrap_or_default(),
        Value::String(text) => prefix(text.trim_start()).parse().unwrap_or_default(),
        #[expect(clippy::cast_precision_loss, reason = "0 or 1")]
        other => to_int(other) as f64,
    }
}

fn to_bool(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(it) => *it,
        Value::Number(it) => it.as_f64() != Some(0.0),
        Value::String(text) => !matches!(text.as_str(), "" | "0"),
        Value::Array(items) => !items.is_empty(),
        Value::Object(items) => !items.is_empty(),
    }
}

/// `FILTER_VALIDATE_BOOLEAN`: unknown words are false.
fn filtered_bool(value: &Value) -> bool {
    let text = text_of(value);
    ["1", "true", "on", "yes"].iter().any(|word| text.trim().eq_ignore_ascii_case(word))
}

/// Converts a value to a string.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "1".to_owned(),
        Value::Number(it) => match (it.as_i64(), it.as_f64()) {
            (Some(whole), _) => whole.to_string(),
            (_, Some(float)) => float_text(float, 'E'),
            _ => it.to_string(),
        },
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => "Array".to_owned(),
    }
}

/// `empty()`.
#[must_use]
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(it) => !it,
        Value::Number(it) => it.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "0",
        Value::Array(items) => items.is_empty(),
        Value::Object(items) => items.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_taken_as_php_takes_them() {
        for (value, int) in [
            (json!("5"), 5),
            (json!("5.7"), 5),
            (json!(" 5"), 5),
            (json!("1e3"), 1000),
            (json!("+5"), 5),
            (json!("007"), 7),
            (json!(99_999_999_999_999_999_999.0), 7_766_279_631_452_241_920),
            (json!("99999999999999999999"), i64::MAX),
        ] {
            assert_eq!(checked(&value, KindBase::Int, true), Some(json!(int)), "{value}");
        }
        for value in
            [json!("abc"), json!("5abc"), json!(""), json!(true), json!("0x1A"), json!("."), json!("5,1")]
        {
            assert_eq!(checked(&value, KindBase::Int, true), None, "{value}");
        }
        assert_eq!(checked(&json!("5 "), KindBase::Int, false), None);
        assert_eq!(checked(&json!("5 "), KindBase::Int, true), Some(json!(5)));
    }

    #[test]
    fn words_are_booleans() {
        for (value, expected) in [
            (json!("TRUE"), true),
            (json!("on"), true),
            (json!(1), true),
            (json!("false"), false),
            (json!("abc"), false),
            (json!(2), false),
        ] {
            assert_eq!(checked(&value, KindBase::Bool, true), Some(json!(expected)), "{value}");
        }
    }

    #[test]
    fn strings_have_no_booleans() {
        assert_eq!(text_of(&json!(true)), "1");
        assert_eq!(text_of(&json!(false)), "");
        assert_eq!(text_of(&json!(1.5)), "1.5");
        assert_eq!(text_of(&json!(1e25)), "1.0E+25");
        assert_eq!(text_of(&json!(12_345_678_901_234_567_890_u64)), "1.2345678901235E+19");
    }
}
