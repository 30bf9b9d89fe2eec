//! The JSON Schema in the repository is the one of the Rust types, and both accept the same specs.

mod support;

use serde_json::Value;
use support::generated;

#[test]
fn committed_schema_is_the_one_of_the_types() {
    let schema = serde_json::to_string_pretty(magespec::spec::schema()).unwrap() + "\n";
    generated::assert_current("schema/integration.schema.json", &schema);
}

#[test]
fn every_key_has_a_description_and_an_example() {
    let mut missing = Vec::new();
    visit(magespec::spec::schema(), &mut |key, property| {
        if property.get("description").is_none() {
            missing.push(format!("{key}: description"));
        }
        if property.get("examples").is_none() {
            missing.push(format!("{key}: example"));
        }
    });
    assert_eq!(missing, Vec::<String>::new());
}

fn visit(schema: &Value, see: &mut impl FnMut(&str, &Value)) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (key, property) in properties {
            see(key, property);
        }
    }
    for definition in
        schema.get("$defs").and_then(Value::as_object).into_iter().flat_map(|defs| defs.values())
    {
        visit(definition, see);
    }
}
