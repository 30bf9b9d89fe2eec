//! Lookups in the JSON Schema for a place in the document.

use serde_json::Value;

use super::{Pointer, pointer, schema::schema};
use crate::diag::enumerated;

/// Module that examples are about.
pub const EXAMPLE_MODULE: &str = "Acme_ErpBridge";

/// Names the types allowed at the route: "a string", "a string or a list".
pub(super) fn expected_types(route: &Pointer) -> String {
    let name = |schema: &'static Value| match resolve(schema).get("type").and_then(Value::as_str) {
        Some("array") => "a list",
        Some("object") => "a table",
        Some("integer") => "an integer",
        Some("boolean") => "a boolean",
        Some("number") => "a number",
        _ => "a string",
    };
    let names: Vec<&str> = single(subschema(route)).into_iter().map(name).collect();
    enumerated(&names, "or")
}

/// Returns the innermost alternatives of a schema, without the null of optional values.
fn single(schema: &'static Value) -> Vec<&'static Value> {
    match alternatives(schema) {
        [] if schema.get("type").is_some_and(|kind| kind == "null") => Vec::new(),
        [] => vec![schema],
        schemas => schemas.iter().flat_map(single).collect(),
    }
}

/// Returns the keys allowed in the table at the route.
pub(super) fn keys_at(route: &Pointer) -> Vec<&'static str> {
    let properties = table(subschema(route)).get("properties").and_then(Value::as_object);
    properties.map(|properties| properties.keys().map(String::as_str).collect()).unwrap_or_default()
}

/// Returns the schema's first example for the key at the route.
pub(super) fn example_at(route: &Pointer) -> Option<&'static Value> {
    subschema(route).get("examples")?.get(0)
}

/// Returns the part of the schema for the value at the route; null if there is none.
pub(super) fn subschema(route: &Pointer) -> &'static Value {
    let step = |schema: &'static Value, step: &str| {
        let entries = || single(schema).into_iter().map(resolve).find_map(|schema| schema.get("items"));
        let schema = table(schema);
        let named = schema.pointer(&pointer!["properties", step]).or_else(entries);
        named.or_else(|| any_key(schema).map(|(_, value)| value)).unwrap_or(&Value::Null)
    };
    route.steps().fold(schema(), step)
}

/// Returns the key pattern of a table that has one, and the schema of its values.
fn any_key(table: &'static Value) -> Option<(&'static str, &'static Value)> {
    let patterns = table.get("patternProperties")?.as_object()?;
    patterns.iter().next().map(|(pattern, value)| (pattern.as_str(), value))
}

/// Returns true if the table at the route accepts any keys that match a pattern.
pub(super) fn takes_any_key(route: &Pointer) -> bool {
    any_key(table(subschema(route))).is_some()
}

/// Returns true if the table may be repeated: `[[acl]]`.
pub(super) fn is_list(table: &str) -> bool {
    subschema(&pointer![table]).get("type").is_some_and(|kind| kind == "array")
}

/// Describes the expected value at the route: "a module name such as …".
pub(super) fn expected(route: &Pointer) -> Option<&'static str> {
    let schema = subschema(route);
    let mut schemas = std::iter::once(schema).chain(alternatives(schema)).map(resolve);
    schemas.find_map(|schema| schema.get("patternErrorMessage")?.as_str())
}

/// Returns true if the table above must have the key at the route.
pub(super) fn is_required(route: &Pointer) -> bool {
    let Some((above, key)) = route.parent().zip(route.steps().next_back()) else { return false };
    let required = table(subschema(&above)).get("required").and_then(Value::as_array);
    required.is_some_and(|keys| keys.iter().any(|it| it == key))
}

/// Returns true if the text at the route is shorter or longer than allowed.
pub(super) fn misses_length(route: &Pointer, text: &str) -> bool {
    let length = text.chars().count() as u64;
    let limit = |schema: &Value, key: &str| schema.get(key).and_then(Value::as_u64);
    single(subschema(route)).into_iter().map(resolve).any(|schema| {
        limit(schema, "minLength").is_some_and(|min| length < min)
            || limit(schema, "maxLength").is_some_and(|max| length > max)
    })
}

/// Returns the lowest and highest number allowed at the route.
pub(super) fn limits(route: &Pointer) -> (i64, i64) {
    let schema = subschema(route);
    let mut schemas = std::iter::once(schema).chain(alternatives(schema));
    let limits = |schema: &Value| Some((schema.get("minimum")?.as_i64()?, schema.get("maximum")?.as_i64()?));
    schemas.find_map(limits).unwrap_or((i64::MIN, i64::MAX))
}

pub(super) fn resolve(subschema: &'static Value) -> &'static Value {
    match subschema.get("$ref").and_then(Value::as_str) {
        Some(reference) => schema().pointer(reference.trim_start_matches('#')).unwrap_or(subschema),
        None => subschema,
    }
}

pub(super) fn alternatives(subschema: &'static Value) -> &'static [Value] {
    subschema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Returns the table among alternatives: only a table has keys.
pub(super) fn table(subschema: &'static Value) -> &'static Value {
    let mut schemas = alternatives(subschema).iter().map(resolve);
    schemas.find(|schema| schema.get("properties").is_some()).unwrap_or_else(|| resolve(subschema))
}
