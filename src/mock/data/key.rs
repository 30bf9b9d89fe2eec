//! Keys of rows.

use serde_json::Value;

/// Key of a row: a number, or a text such as a country or an attribute code. Numbers come first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowKey(i64, String);

impl RowKey {
    /// Key that is a number.
    pub(super) const fn number(id: i64) -> Self {
        Self(id, String::new())
    }

    /// Key as a request or a field has it: digits are a number, unless zeros come before it.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(id) => id.as_i64().map(Self::number),
            Value::String(text) => {
                let number = text.parse().ok().filter(|number: &i64| number.to_string() == *text);
                Some(number.map_or_else(|| Self(i64::MAX, text.clone()), Self::number))
            }
            _ => None,
        }
    }

    /// Number; none for a text.
    pub(super) fn id(&self) -> Option<i64> {
        self.1.is_empty().then_some(self.0)
    }

    /// Number, or one that stands for the text.
    pub(super) fn any_id(&self) -> i64 {
        self.id().unwrap_or_else(|| {
            self.1.bytes().fold(7_i64, |sum, byte| (sum * 31 + i64::from(byte)) % 1_000_003) + 1_000
        })
    }

    /// Value of a key field.
    pub(super) fn value(&self) -> Value {
        self.id().map_or_else(|| Value::String(self.1.clone()), Value::from)
    }
}
