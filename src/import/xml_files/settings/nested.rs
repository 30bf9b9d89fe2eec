//! Elements of a field that have attributes or elements of their own.

use serde_json::{Map, Value, json};

use super::parts;
use crate::{
    import::xml_files::{Unsupported, needed},
    parsers::xml::Element,
};

pub(super) fn options(field: &Element) -> Result<Map<String, Value>, Unsupported> {
    let mut options = Map::new();
    for option in field.named("options").flat_map(Element::elements) {
        parts::only_attributes(option, &["label"])?;
        let label = needed(option, "label")?;
        let value = parts::text(option)?;
        if options.insert(value.value.clone(), json!(label.value)).is_some() {
            let what = format!("two options have the value {:?}", value.value);
            return Err(Unsupported::new(what, &value.span));
        }
    }
    Ok(options)
}

pub(super) fn source_service(service: &Element) -> Result<Value, Unsupported> {
    let names = [
        ("idField", "id_field"),
        ("labelField", "label_field"),
        ("includeEmptyValueOption", "include_empty"),
    ];
    parts::only_attributes(service, &names.map(|(name, _)| name))?;
    let mut keys = Map::new();
    keys.insert("class".to_owned(), json!(parts::text(service)?.value));
    for (name, key) in names {
        if let Some(text) = service.attribute(name) {
            let is_flag = key == "include_empty";
            let value =
                if is_flag { json!(matches!(text.trimmed(), "true" | "1")) } else { json!(text.value) };
            keys.insert(key.to_owned(), value);
        }
    }
    Ok(Value::Object(keys))
}

/// Fields and groups that a field requires; Magento reads nothing of them but their ids.
pub(super) fn requires(field: &Element) -> Result<Option<Value>, Unsupported> {
    let mut keys = Map::new();
    for required in field.named("requires").flat_map(Element::elements) {
        let key = match required.name.value.as_str() {
            "field" => "fields",
            "group" => "groups",
            other => return Err(parts::unknown(required, other, "<requires>")),
        };
        parts::only_attributes(required, &["id"])?;
        let id = needed(required, "id")?;
        let listed = keys.entry(key).or_insert_with(|| json!([]));
        listed.as_array_mut().into_iter().for_each(|listed| listed.push(json!(id.value)));
    }
    Ok((!keys.is_empty()).then_some(Value::Object(keys)))
}

pub(super) fn uploads(element: &Element, known: [&str; 2]) -> Result<Value, Unsupported> {
    parts::only_attributes(element, &known)?;
    let mut keys = Map::new();
    keys.insert("path".to_owned(), json!(parts::text(element)?.value));
    for name in known {
        if let Some(text) = element.attribute(name) {
            let value = if name == "scope_info" { json!(parts::is_yes(text)) } else { json!(text.value) };
            keys.insert(name.to_owned(), value);
        }
    }
    Ok(Value::Object(keys))
}
