//! Memory that remembered values take.

use serde_json::Value;

use super::key::RowKey;

/// Memory of a field beside its name and its value.
const FIELD: usize = 64;

/// Memory of a value, about.
pub(super) fn of_value(value: &Value) -> usize {
    let inside: usize = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(of_value).sum(),
        Value::Object(fields) => fields.iter().map(|(name, it)| FIELD + name.len() + of_value(it)).sum(),
        _ => 0,
    };
    size_of::<Value>() + inside
}

/// Memory of a row and its key, which stands at several places.
pub(super) fn of_row(key: &RowKey, row: Option<&Value>) -> usize {
    let text = match key {
        RowKey::Text(text) => text.len(),
        RowKey::Number(_) => 0,
    };
    4 * (size_of::<RowKey>() + text) + row.map_or(0, of_value)
}
