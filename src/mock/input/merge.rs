//! Parameters of path, query and body as one map.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{InputRules, scalars::is_empty};
use crate::{
    mock::{
        Caller, RoutedCall, ServedMethod,
        types::{TypeBook, ValueKind},
    },
    names::{Mode, camel, snake},
};

/// Merges what a request sent: the path counts before the query, the query before the body.
pub(super) fn parameters(
    call: &RoutedCall<'_>,
    method: &ServedMethod,
    book: &TypeBook,
    rules: &InputRules,
    cart: &Value,
) -> Map<String, Value> {
    let mut url = Map::new();
    for (name, value) in &call.path {
        url.insert((*name).to_owned(), Value::String(value.clone()));
    }
    for (name, value) in &call.query {
        url.entry(name.as_str()).or_insert_with(|| value.clone());
    }
    let has_body = matches!(call.route.method.as_str(), "POST" | "PUT") || call.mode == Mode::Bulk;
    let mut merged = if has_body { body(call.body.as_ref()) } else { Map::new() };
    let is_put = call.route.method == "PUT";
    if is_put {
        put_id(&mut merged, &url, method, book);
    }
    merged.extend(url);
    if is_put && rules.drops_same_keys() {
        merged = distinct(merged);
    }
    for set in &call.route.data {
        let keys: Vec<&str> = set.name.split('.').collect();
        if set.is_forced || !is_set(&merged, &keys) {
            let value = match set.value.as_str() {
                "%customer_id%" => match call.caller {
                    Caller::Customer(id) => Value::from(id),
                    _ => Value::Null,
                },
                "%cart_id%" => cart.clone(),
                "%store_id%" => call.store.map_or(Value::from(0), |store| Value::from(store.id)),
                text => Value::from(text),
            };
            set_nested(&mut merged, &keys, value);
        }
    }
    merged
}

fn body(body: Option<&Value>) -> Map<String, Value> {
    match body {
        Some(Value::Object(fields)) => fields.clone(),
        Some(Value::Array(items)) => {
            items.iter().enumerate().map(|(at, item)| (at.to_string(), item.clone())).collect()
        }
        None | Some(Value::Null) => Map::new(),
        Some(scalar) => [("0".to_owned(), scalar.clone())].into_iter().collect(),
    }
}

/// Puts the last parameter of the URL into the body: into its object if it has only one
/// (`module-webapi/Controller/Rest/ParamsOverrider.php`).
fn put_id(body: &mut Map<String, Value>, url: &Map<String, Value>, method: &ServedMethod, book: &TypeBook) {
    let Some((key, value)) = url.iter().next_back() else { return };
    if value.as_str() == Some("me") {
        return;
    }
    let only = if body.len() == 1 { body.iter_mut().next() } else { None };
    if let Some((name, object @ (Value::Object(_) | Value::Array(_)))) = only
        && takes(method, book, name, key)
    {
        if !object.is_object() {
            let Value::Array(items) = object.take() else { return };
            let items = items.into_iter().enumerate().map(|(at, item)| (at.to_string(), item));
            *object = Value::Object(items.collect());
        }
        if let Value::Object(fields) = object {
            substitute(fields, key, value);
        }
        return;
    }
    substitute(body, key, value);
}

fn takes(method: &ServedMethod, book: &TypeBook, parameter: &str, property: &str) -> bool {
    let parameter = method.parameters.iter().find(|it| it.name == parameter);
    let kind = parameter.map(|it| ValueKind::new(&it.php_type)).filter(|kind| !kind.is_list);
    let shape = kind.as_ref().and_then(ValueKind::class).and_then(|class| book.shape(class));
    shape.is_some_and(|shape| shape.accessed_as(property).is_some_and(|field| field.is_settable))
}

fn substitute(fields: &mut Map<String, Value>, key: &str, value: &Value) {
    let camel_key = lower_first(&camel(key));
    let is_camel = fields.get(&camel_key).is_some_and(|it| !it.is_null());
    fields.insert(if is_camel { camel_key } else { snake(key) }, value.clone());
}

/// Keys that differ in case or underscores only count once: the first of them.
fn distinct(fields: Map<String, Value>) -> Map<String, Value> {
    let mut seen = HashSet::with_capacity(fields.len());
    let mut kept = Map::new();
    for (key, value) in fields {
        if seen.insert(key.replace('_', "").to_lowercase()) {
            kept.insert(key, distinct_value(value));
        }
    }
    kept
}

fn distinct_value(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(distinct(fields)),
        Value::Array(items) => Value::Array(items.into_iter().map(distinct_value).collect()),
        other => other,
    }
}

fn is_set(fields: &Map<String, Value>, keys: &[&str]) -> bool {
    let Some((first, rest)) = keys.split_first() else { return true };
    let wanted = lower_first(&camel(first));
    let found = fields.iter().find(|(key, value)| lower_first(&camel(key)) == wanted && !value.is_null());
    match found {
        None => false,
        Some(_) if rest.is_empty() => true,
        Some((_, Value::Object(inner))) => is_set(inner, rest),
        Some(_) => false,
    }
}

fn set_nested(fields: &mut Map<String, Value>, keys: &[&str], value: Value) {
    let Some((first, rest)) = keys.split_first() else { return };
    let camel_key = lower_first(&camel(first));
    if rest.is_empty() {
        let key = if fields.contains_key(&camel_key) { camel_key } else { (*first).to_owned() };
        fields.insert(key, value);
        return;
    }
    let key = if fields.contains_key(*first) { (*first).to_owned() } else { camel_key };
    let inner = fields.entry(key).or_insert_with(|| Value::Object(Map::new()));
    if is_empty(inner) {
        *inner = Value::Object(Map::new());
    }
    if let Value::Object(inner) = inner {
        set_nested(inner, rest, value);
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}
