//! Documents that commands print with `--format json`: their schemas and the page about them are those of the types.

use std::{fmt::Write as _, fs};

use magespec::cli::{DocumentSchema, document_schemas};
use serde_json::Value;

use crate::support::generated::assert_current;

const PAGE: &str = "docs/json.md";
const MARK: &str =
    "<!-- From here on, `MAGESPEC_UPDATE=1 cargo test --test library documents` writes the page. -->\n";

#[test]
fn committed_schemas_are_those_of_the_types() {
    for DocumentSchema { name, schema, .. } in document_schemas() {
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        assert_current(&format!("schema/output/{name}.schema.json"), &text);
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/output");
    assert_eq!(fs::read_dir(folder).unwrap().count(), document_schemas().len());
}

#[test]
fn the_page_lists_every_key() {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md")).unwrap();
    let (head, _) = page.split_once(MARK).expect("the mark");
    let mut text = format!("{head}{MARK}");
    let schemas = document_schemas();
    let error = &schemas[0].schema["properties"]["error"];
    text += "\n## The error\n\n";
    table(&mut text, &rows(&schemas[0].schema, error, "error"));
    for DocumentSchema { name, command, schema } in &schemas {
        let about = schema["description"].as_str().expect("a description");
        write!(
            text,
            "\n## {command}\n\n{about} Schema: [{name}.schema.json](../schema/output/{name}.schema.json).\n\n"
        )
        .unwrap();
        let keys = schema["properties"].as_object().unwrap().iter();
        let keys = keys.filter(|(key, _)| *key != "version" && *key != "error");
        table(&mut text, &keys.flat_map(|(key, part)| row(schema, key, part)).collect::<Vec<_>>());
    }
    assert_current(PAGE, &text);
}

#[test]
fn every_key_has_a_description_and_no_other_is_allowed() {
    for DocumentSchema { name, schema, .. } in document_schemas() {
        let mut missing = Vec::new();
        visit(&schema, &mut |part| {
            let Some(properties) = part["properties"].as_object() else { return };
            assert_eq!(part["additionalProperties"], false, "{name}: {part:#}");
            let bare = properties.iter().filter(|(_, value)| described(&schema, value).is_none());
            missing.extend(bare.map(|(key, _)| key.clone()));
        });
        assert_eq!(missing, Vec::<String>::new(), "{name}");
    }
}

fn visit(part: &Value, see: &mut impl FnMut(&Value)) {
    see(part);
    match part {
        Value::Object(members) => members.values().for_each(|member| visit(member, see)),
        Value::Array(members) => members.iter().for_each(|member| visit(member, see)),
        _ => {}
    }
}

/// Row of a table: key, type, description.
type Row = [String; 3];

fn table(text: &mut String, rows: &[Row]) {
    *text += "| Key | Type | |\n|---|---|---|\n";
    for [key, kind, about] in rows {
        writeln!(text, "| `{key}` | {kind} | {about} |").unwrap();
    }
}

/// Row of a key, and the rows of the keys below it.
fn row(schema: &Value, key: &str, part: &Value) -> Vec<Row> {
    let about = described(schema, part).unwrap_or_else(|| panic!("{key}: {part:#}"));
    let about = about.trim_end_matches('.').split_whitespace().collect::<Vec<_>>().join(" ");
    let values = values(schema, part);
    let about = if values.is_empty() { about } else { format!("{about}: {}", values.join(", ")) };
    let own = [key.to_owned(), kind(schema, part), about.replace('|', "\\|")];
    [own].into_iter().chain(rows(schema, part, key)).collect()
}

/// Rows of the keys below a key.
fn rows(schema: &Value, part: &Value, key: &str) -> Vec<Row> {
    let part = target(schema, part);
    if part["items"].is_object() {
        return rows(schema, &part["items"], &format!("{key}[]"));
    }
    let mut rows: Vec<Row> = alternatives(part).flat_map(|one| self::rows(schema, one, key)).collect();
    let properties = part["properties"].as_object().into_iter().flatten();
    rows.extend(properties.flat_map(|(name, value)| row(schema, &format!("{key}.{name}"), value)));
    rows
}

fn alternatives(part: &Value) -> impl Iterator<Item = &Value> {
    ["anyOf", "oneOf"].into_iter().filter_map(|key| part[key].as_array()).flatten()
}

/// The part itself, or the definition that it refers to.
fn target<'a>(schema: &'a Value, part: &'a Value) -> &'a Value {
    match part["$ref"].as_str().and_then(|place| place.strip_prefix('#')) {
        Some(pointer) => schema.pointer(pointer).expect("a definition"),
        None => part,
    }
}

fn described(schema: &Value, part: &Value) -> Option<String> {
    let own = |part: &Value| part["description"].as_str().map(str::to_owned);
    own(part).or_else(|| own(target(schema, part)))
}

/// Values of an enumeration.
fn values(schema: &Value, part: &Value) -> Vec<String> {
    let part = target(schema, part);
    let constants = alternatives(part).filter_map(|one| one.get("const"));
    let values = part["enum"].as_array().into_iter().flatten().chain(constants);
    values.filter_map(Value::as_str).map(|value| format!("`{value}`")).collect()
}

fn kind(schema: &Value, part: &Value) -> String {
    let part = target(schema, part);
    let named = match &part["type"] {
        Value::String(kind) => vec![kind.clone()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => alternatives(part).map(|one| kind(schema, one)).collect(),
    };
    let word = |name: &str| match name {
        "boolean" => "true or false".to_owned(),
        "integer" => "number".to_owned(),
        "array" => format!("list of {}s", kind(schema, &part["items"])),
        name => name.to_owned(),
    };
    let mut words: Vec<String> = named.iter().map(|name| word(name)).collect();
    words.dedup();
    words.join(" or ")
}
