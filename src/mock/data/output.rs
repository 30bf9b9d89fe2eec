//! Answers of services by type, as `framework/Webapi/ServiceOutputProcessor.php` makes them
//! (docs/magento/web-api.md#output).

use serde_json::{Map, Value};

use super::rows::is_of_magento;
use crate::mock::{
    input::{number, text_of, to_int},
    types::{KindBase, TypeBook, ValueKind},
};

/// Converts what a method returns: null is an empty list, lists lose their keys, objects have the fields of their
/// class, without those that may be null and are.
#[must_use]
pub(super) fn answer(value: &Value, returns: &str, book: &TypeBook) -> Value {
    let kind = ValueKind::new(returns);
    match value {
        Value::Null => Value::Array(Vec::new()),
        Value::Object(_) if kind.base == KindBase::Class && !kind.is_list => object(value, &kind.text, book),
        Value::Array(_) | Value::Object(_) => {
            let items = items(value);
            let item = |item: &Value| match (kind.class(), item) {
                (Some(class), Value::Object(_)) => object(item, class, book),
                _ => item.clone(),
            };
            Value::Array(items.map(item).collect())
        }
        scalar => scalar.clone(),
    }
}

/// Values of a list, or of an array with keys.
fn items(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(items) => Box::new(items.values()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Fields of an object by its class.
fn object(value: &Value, class: &str, book: &TypeBook) -> Value {
    let (Some(shape), Value::Object(object)) = (book.shape(class), value) else { return value.clone() };
    let is_extension = class.ends_with("ExtensionInterface");
    let mut fields = Map::new();
    // The catalog has the fields of Magento's types in alphabetical order, rows have them in that of Magento.
    let has_order = |name: &str| is_of_magento(class) && object.contains_key(name);
    let known = object.keys().filter(|name| has_order(name)).filter_map(|name| shape.field(name));
    let others = shape.fields.iter().filter(|field| !has_order(&field.name));
    for field in known.chain(others) {
        let value = object.get(&field.name).unwrap_or(&Value::Null);
        if value.is_null() && (field.is_nullable || is_extension) {
            continue;
        }
        match field.name.as_str() {
            "custom_attributes" if is_empty(value) => continue,
            "extension_attributes" => {
                let made =
                    if value.is_object() { self::field(value, &field.kind, book) } else { Value::Null };
                if is_empty(&made) {
                    continue;
                }
                fields.insert(field.name.clone(), made);
            }
            "custom_attributes" => {
                fields.insert(field.name.clone(), value.clone());
            }
            _ => {
                fields.insert(field.name.clone(), self::field(value, &field.kind, book));
            }
        }
    }
    Value::Object(fields)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(items) => items.is_empty(),
        _ => false,
    }
}

/// Value of a field.
fn field(value: &Value, kind: &ValueKind, book: &TypeBook) -> Value {
    match (kind.class(), value) {
        (Some(class), Value::Object(_)) if !kind.is_list => object(value, class, book),
        (_, Value::Array(_) | Value::Object(_)) => {
            let item = kind.item();
            let made = |value: &Value| match item.class() {
                Some(class) if value.is_object() => object(value, class, book),
                _ => cast(value, if kind.is_list { item.base } else { KindBase::Any }),
            };
            Value::Array(items(value).map(made).collect())
        }
        _ => cast(value, kind.base),
    }
}

/// Casts a scalar to the type of its getter (`framework/Reflection/TypeCaster.php`); arrays are JSON.
fn cast(value: &Value, base: KindBase) -> Value {
    match (value, base) {
        (Value::Null, _) => Value::Null,
        (Value::Array(_) | Value::Object(_), KindBase::Class) => value.clone(),
        (Value::Array(_) | Value::Object(_), _) => Value::String(value.to_string()),
        (_, KindBase::Int) => Value::from(to_int(value)),
        (_, KindBase::Text) => Value::String(text_of(value)),
        (_, KindBase::Bool) => Value::Bool(!matches!(text_of(value).as_str(), "" | "0")),
        (Value::Number(it), KindBase::Float) => number(it.as_f64().unwrap_or_default()),
        (_, KindBase::Float) => text_of(value).trim().parse().map_or(Value::from(0), number),
        _ => value.clone(),
    }
}
