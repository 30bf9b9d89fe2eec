//! The JSON Schema of the spec, made of the Rust types.

use std::{collections::BTreeSet, sync::LazyLock};

use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Value, json};

use crate::spec::Spec;

/// The JSON Schema (draft 2020-12) that a spec is checked against, as `schema/integration.schema.json` has it.
pub fn schema() -> &'static Value {
    static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
        let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(without_null));
        let mut schema = settings.into_generator().into_root_schema_for::<Spec>();
        schema.insert("title".into(), json!("magespec integration.toml, format 1"));
        schema.to_value()
    });
    &SCHEMA
}

/// The names of all tables.
pub(super) fn tables() -> impl Iterator<Item = &'static String> {
    schema()["properties"].as_object().into_iter().flat_map(serde_json::Map::keys)
}

/// The schema without other tables, and without what only they need. It is that of documents with no other tables: of
/// those it says the same.
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

/// Adds the definitions that a part of the schema needs, and those that they need.
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

/// schemars writes an optional key as nullable; TOML has no null, the key is left out.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
}
