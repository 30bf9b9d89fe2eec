//! Keys and values that the JSON Schema allows, for editors.

use serde_json::Value;

use super::{
    described::{alternatives, resolve, subschema, table},
    pointer::Pointer,
};

/// Key of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaKey {
    /// Its name.
    pub name: &'static str,
    /// Its documentation.
    pub description: &'static str,
    /// First example of its value.
    pub example: Option<&'static Value>,
    /// True if the table must have it.
    pub is_required: bool,
    /// True if its value is a table, or a list of tables.
    pub is_table: bool,
    /// True if it may be written as `[[key]]`.
    pub is_list: bool,
}

/// Lists the keys that the table at a route may have, in the order of the schema.
#[must_use]
pub fn schema_keys(route: &Pointer) -> Vec<SchemaKey> {
    let schema = table(subschema(route));
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|key| key == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    let key = |(name, property): (&'static String, &'static Value)| {
        let entry = property.get("items").map_or(property, resolve);
        SchemaKey {
            name,
            description: property.get("description").and_then(Value::as_str).unwrap_or_default(),
            example: property.get("examples").and_then(|examples| examples.get(0)),
            is_required: is_required(name),
            is_table: table(entry).get("properties").is_some(),
            is_list: property.get("items").is_some(),
        }
    };
    properties.into_iter().flatten().map(key).collect()
}

/// Returns the key at a route.
#[must_use]
pub fn schema_key(route: &Pointer) -> Option<SchemaKey> {
    let is_index = |step: &str| step.parse::<usize>().is_ok();
    let mut route = route.clone();
    while route.last().is_some_and(|step| is_index(&step)) {
        route = route.parent()?;
    }
    let name = route.last()?;
    schema_keys(&route.parent()?).into_iter().find(|key| key.name == name)
}

/// Lists the values that the key at a route may have, if they are few: as text, strings without quotes.
#[must_use]
pub fn schema_values(route: &Pointer) -> Vec<String> {
    values(subschema(route))
}

fn values(schema: &'static Value) -> Vec<String> {
    let schema = resolve(schema);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let listed =
        schema.get("enum").and_then(Value::as_array).into_iter().flatten().chain(schema.get("const"));
    let mut all: Vec<String> = listed.map(text).collect();
    if schema.get("type").is_some_and(|kind| kind == "boolean") {
        all.extend(["true".to_owned(), "false".to_owned()]);
    }
    all.extend(alternatives(schema).iter().flat_map(values));
    let one_of = schema.get("oneOf").and_then(Value::as_array);
    all.extend(one_of.into_iter().flatten().flat_map(values));
    all
}
