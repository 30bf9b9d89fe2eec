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
    /// Header that its value may have; none if it is not a table.
    pub header: Option<HeaderForm>,
}

/// Form of the headers of a table's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderForm {
    /// `[key]`.
    Table,
    /// `[[key]]`, for an entry of a list.
    Entry,
    /// `[key.name]`, for one of several tables with names.
    Named,
    /// `[key]`, or `[key.name]` for those of its values that are tables.
    Mixed,
}

/// Lists the keys that the table at a route may have, in the order of the schema.
#[must_use]
pub fn schema_keys(route: &Pointer) -> Vec<SchemaKey> {
    let schema = table(subschema(route));
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|key| key == name));
    let properties = schema.get("properties").and_then(Value::as_object);
    let key = |(name, property): (&'static String, &'static Value)| SchemaKey {
        name,
        description: property.get("description").and_then(Value::as_str).unwrap_or_default(),
        example: property.get("examples").and_then(|examples| examples.get(0)),
        is_required: is_required(name),
        header: forms(property).into_iter().find_map(header_form),
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

/// Innermost alternatives of a schema.
fn forms(schema: &'static Value) -> Vec<&'static Value> {
    let schema = resolve(schema);
    match alternatives(schema) {
        [] => vec![schema],
        all => all.iter().flat_map(forms).collect(),
    }
}

/// Header of one form of a value.
fn header_form(form: &'static Value) -> Option<HeaderForm> {
    if form.get("properties").is_some() {
        return Some(HeaderForm::Table);
    }
    if let Some(items) = form.get("items") {
        let is_table = forms(items).iter().any(|item| item.get("properties").is_some());
        return is_table.then_some(HeaderForm::Entry);
    }
    let values = form.get("patternProperties")?.as_object()?.values().next()?;
    let is_table = |form: &&Value| form.get("properties").or(form.get("patternProperties")).is_some();
    let forms = forms(values);
    Some(match forms.iter().filter(|form| is_table(form)).count() {
        0 => HeaderForm::Table,
        count if count == forms.len() => HeaderForm::Named,
        _ => HeaderForm::Mixed,
    })
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
