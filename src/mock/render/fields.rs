//! `fields=`: parts of an answer (docs/magento/web-api.md#fields).

use indexmap::IndexMap;
use serde_json::{Map, Value};

/// Fields to keep: `items[sku,name],total_count`.
type Kept = IndexMap<String, Option<KeptFields>>;

/// Fields to keep below another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct KeptFields(Kept);

/// Result of a filter on a list that holds texts: PHP fails.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotFilterable;

/// Keeps the fields that the parameter names. Without the parameter, and of scalars, all is kept.
pub(super) fn filtered(value: Value, parameter: Option<&Value>) -> Result<Value, NotFilterable> {
    let is_asked = parameter.is_some_and(|parameter| !matches!(parameter.as_str(), Some("" | "0")));
    if !is_asked || !(value.is_array() || value.is_object()) {
        return Ok(value);
    }
    let kept = parameter.and_then(Value::as_str).and_then(parsed);
    kept.map_or(Ok(Value::Array(Vec::new())), |kept| applied(value, &kept))
}

/// Parses the parameter; none if Magento refuses it, which keeps nothing.
fn parsed(text: &str) -> Option<Kept> {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || "_[],".contains(c);
    if text.is_empty() || !text.chars().all(is_fine) {
        return None;
    }
    let (mut current, mut stack): (Kept, Vec<(Kept, String)>) = (Kept::new(), Vec::new());
    let (mut name, mut last) = (String::new(), String::new());
    for character in text.chars() {
        if !"[],".contains(character) {
            name.push(character);
            continue;
        }
        if !name.is_empty() {
            last = std::mem::take(&mut name);
            current.insert(last.clone(), None);
        }
        match character {
            '[' => stack.push((std::mem::take(&mut current), last.clone())),
            ']' => {
                // One bracket too many starts anew.
                let (outer, parent) = stack.pop().unwrap_or_default();
                let inner = std::mem::replace(&mut current, outer);
                current.insert(parent, Some(KeptFields(inner)));
            }
            _ => {}
        }
    }
    if !stack.is_empty() {
        return None;
    }
    if !name.is_empty() {
        current.insert(name, None);
    }
    Some(current)
}

/// Keeps fields of an object, or of each item of a list. An empty list becomes null.
fn applied(value: Value, kept: &Kept) -> Result<Value, NotFilterable> {
    match value {
        Value::Array(items) if items.is_empty() => Ok(Value::Null),
        Value::Object(fields) if fields.is_empty() => Ok(Value::Null),
        Value::Array(items) => {
            let item = |item| match item {
                Value::Object(fields) => intersected(fields, kept),
                Value::Array(_) => Ok(Value::Array(Vec::new())),
                _ => Err(NotFilterable),
            };
            items.into_iter().map(item).collect::<Result<_, _>>().map(Value::Array)
        }
        Value::Object(fields) => intersected(fields, kept),
        scalar => Ok(scalar),
    }
}

fn intersected(fields: Map<String, Value>, kept: &Kept) -> Result<Value, NotFilterable> {
    let mut found = Map::new();
    for (name, field) in fields {
        let Some(below) = kept.get(&name) else { continue };
        let field = match below {
            Some(KeptFields(below)) if field.is_array() || field.is_object() => applied(field, below)?,
            _ => field,
        };
        found.insert(name, field);
    }
    Ok(if found.is_empty() { Value::Array(Vec::new()) } else { Value::Object(found) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn of(fields: &str) -> Value {
        let order = json!({"id": 1, "items": [{"sku": "a", "n": 2}, {"sku": "b"}], "tags": [], "extra": {"x": {"y": 1}}});
        filtered(order, Some(&json!(fields))).unwrap()
    }

    #[test]
    fn fields_are_kept_as_magento_keeps_them() {
        for (fields, expected) in [
            ("id", json!({"id": 1})),
            ("items[sku],id", json!({"id": 1, "items": [{"sku": "a"}, {"sku": "b"}]})),
            ("items[nope]", json!({"items": [[], []]})),
            ("extra[x[y]]", json!({"extra": {"x": {"y": 1}}})),
            ("id[x]", json!({"id": 1})),
            ("tags[x]", json!({"tags": null})),
            ("nope", json!([])),
            ("items[sku", json!([])),
            ("[]", json!([])),
            ("id, items", json!([])),
            (
                "",
                json!({"id": 1, "items": [{"sku": "a", "n": 2}, {"sku": "b"}], "tags": [], "extra": {"x": {"y": 1}}}),
            ),
        ] {
            assert_eq!(of(fields), expected, "{fields}");
        }
        assert_eq!(filtered(json!("5"), Some(&json!("x"))), Ok(json!("5")));
        assert_eq!(filtered(json!(["a"]), Some(&json!("x"))), Err(NotFilterable));
        assert_eq!(filtered(json!([{"a": 1}, {"b": 2}]), Some(&json!("a"))), Ok(json!([{"a": 1}, []])));
        assert_eq!(filtered(json!({"a": 1}), Some(&json!(["a"]))), Ok(json!([])));
    }

    proptest! {
        #[test]
        fn no_parameter_is_too_odd(fields in "[a-c\\[\\],]{0,40}") {
            let _ = of(&fields);
        }
    }
}
