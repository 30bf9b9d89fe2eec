//! JSON Schema of the spec, derived from the Rust types.

use std::{collections::BTreeSet, sync::LazyLock};

use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Value, json};

use crate::spec::Spec;

/// Name of the schema's file beside a spec.
pub const SCHEMA_FILE: &str = "integration.schema.json";

/// First line of a spec, by which editors find the schema.
pub const SCHEMA_LINE: &str = "#:schema ./integration.schema.json";

/// Returns the JSON Schema (draft 2020-12) of a spec, as in `schema/integration.schema.json`.
pub fn schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
        let settings = settings.with_transform(RecursiveTransform(with_enum));
        let mut schema = settings.into_generator().into_root_schema_for::<Spec>();
        schema.insert("title".into(), json!("magespec integration.toml, format 1"));
        schema.to_value()
    });
    &SCHEMA
}

/// Returns the names of all tables.
pub(super) fn tables() -> impl Iterator<Item = &'static String> {
    schema()["properties"].as_object().into_iter().flat_map(serde_json::Map::keys)
}

/// Returns the schema reduced to the given tables and their definitions. It accepts the same documents as the full
/// schema if they contain no other tables.
pub(super) fn of_tables(tables: &[String]) -> Value {
    let mut schema = schema().clone();
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.retain(|table, _| tables.contains(table));
    }
    let mut needed = BTreeSet::new();
    needs(&schema["properties"], &mut needed);
    if let Some(definitions) = schema["$defs"].as_object_mut() {
        definitions.retain(|name, _| needed.contains(name.as_str()));
    }
    schema
}

/// Collects the definitions that a part of the schema refers to, directly or indirectly.
fn needs(part: &Value, needed: &mut BTreeSet<&'static str>) {
    match part {
        Value::Object(members) => {
            let place = members.get("$ref").and_then(Value::as_str);
            let definitions = schema()["$defs"].as_object();
            let name = place.and_then(|place| place.strip_prefix("#/$defs/"));
            if let Some((name, definition)) =
                name.zip(definitions).and_then(|(name, all)| all.get_key_value(name))
                && needed.insert(name)
            {
                needs(definition, needed);
            }
            members.values().for_each(|part| needs(part, needed));
        }
        Value::Array(parts) => parts.iter().for_each(|part| needs(part, needed)),
        _ => {}
    }
}

/// Replaces a choice between constants, which schemars writes for documented variants: editors list the values of an `enum`
/// only, and some show `enumDescriptions` beside them.
fn with_enum(schema: &mut Schema) {
    let Some(Value::Array(alternatives)) = schema.get("oneOf") else { return };
    let of_each =
        |key: &str| alternatives.iter().map(|one| one.get(key).cloned()).collect::<Option<Vec<Value>>>();
    let Some(constants) = of_each("const") else { return };
    let descriptions = of_each("description");
    schema.remove("oneOf");
    schema.insert("type".into(), json!("string"));
    schema.insert("enum".into(), json!(constants));
    if let Some(descriptions) = descriptions {
        schema.insert("enumDescriptions".into(), json!(descriptions));
    }
}

/// Removes null, which schemars writes for optional keys: TOML has no null, the key is left out.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(alternatives)) = schema.get_mut("anyOf") {
        alternatives.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(only)] = alternatives.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                if schema.get(&key).is_none() {
                    schema.insert(key, value);
                }
            }
        }
    }
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
}
