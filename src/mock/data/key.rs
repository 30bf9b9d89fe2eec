//! Keys of rows.

use serde_json::Value;

/// Largest id of a column `int unsigned`.
pub(super) const LARGEST_ID: i64 = u32::MAX as i64;

/// Key of a row: a number, or a text such as a country or an attribute code. Numbers come first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum RowKey {
    Number(i64),
    Text(String),
}

impl RowKey {
    /// Key that is a number.
    pub(super) const fn number(id: i64) -> Self {
        Self::Number(id)
    }

    /// Key as a request or a field has it: digits are a number, unless they start with zeros. None for a number that is
    /// out of the range of ids.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(id) => id.as_i64().filter(is_id).map(Self::Number),
            Value::String(text) => {
                let number = text.parse().ok().filter(|id| is_id(id) && id.to_string() == *text);
                Some(number.map_or_else(|| Self::Text(text.clone()), Self::Number))
            }
            _ => None,
        }
    }

    /// Number; none for a text.
    pub(super) const fn id(&self) -> Option<i64> {
        match self {
            Self::Number(id) => Some(*id),
            Self::Text(_) => None,
        }
    }

    /// Number, or one that stands for the text.
    pub(super) fn any_id(&self) -> i64 {
        match self {
            Self::Number(id) => *id,
            Self::Text(text) => {
                text.bytes().fold(7_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 1_000_003) + 1_000
            }
        }
    }

    /// Value of a key field.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Number(id) => Value::from(*id),
            Self::Text(text) => Value::from(text.as_str()),
        }
    }
}

fn is_id(number: &i64) -> bool {
    (0..=LARGEST_ID).contains(number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn ids_are_unsigned_numbers_of_32_bits() {
        for (value, key) in [
            (json!(0), Some(RowKey::Number(0))),
            (json!("4294967295"), Some(RowKey::Number(LARGEST_ID))),
            (json!(LARGEST_ID + 1), None),
            (json!(-1), None),
            (json!(1.5), None),
            (json!("4006381333931"), Some(RowKey::Text("4006381333931".to_owned()))),
            (json!("007"), Some(RowKey::Text("007".to_owned()))),
            (json!(""), Some(RowKey::Text(String::new()))),
            (Value::Null, None),
        ] {
            assert_eq!(RowKey::of(&value), key, "{value}");
        }
        assert_eq!(RowKey::Text(String::new()).id(), None);
        assert!(RowKey::Number(LARGEST_ID) < RowKey::Text(String::new()));
    }
}
