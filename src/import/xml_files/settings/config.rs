//! Import of `etc/config.xml`: defaults of settings, and values that have no field.

use serde_json::{Map, Value, json};

use super::parts::class;
use crate::{
    import::xml_files::{Entry, Names, Unsupported},
    model::ENCRYPTED,
    names::Email,
    parsers::{SpannedText, xml::Element},
    spec::pointer,
};

pub(in crate::import::xml_files) const HELP: &str =
    "[config] and `default` of [[setting]] support text by path, with its backend model";

/// Value in the file.
struct Leaf<'a> {
    path: String,
    element: &'a Element,
    text: SpannedText,
    model: Option<String>,
}

pub(in crate::import::xml_files) fn read(
    root: &Element,
    names: &Names<'_>,
) -> Result<Vec<Entry>, Unsupported> {
    let mut entries = Vec::new();
    let mut config = Map::new();
    for scope in root.elements() {
        let tag = &scope.name;
        match tag.value.as_str() {
            "default" => {
                let mut rest = Map::new();
                for leaf in leaves(scope)? {
                    match default(&leaf, names) {
                        Some(Some(entry)) => entries.push(entry),
                        Some(None) => {}
                        None => insert(&mut rest, leaf),
                    }
                }
                add(&mut config, "default", rest);
            }
            name @ ("websites" | "stores") => {
                let mut scopes = Map::new();
                for of in scope.elements() {
                    let mut values = Map::new();
                    leaves(of)?.into_iter().for_each(|leaf| insert(&mut values, leaf));
                    add(&mut scopes, &of.name.value, values);
                }
                add(&mut config, name, scopes);
            }
            other => {
                let what = format!("Magento reads <default>, <websites> and <stores>, but not <{other}>");
                return Err(Unsupported::fault(what, &tag.span));
            }
        }
    }
    if !config.is_empty() {
        let mut entry = Entry::table("config", &root.name.span);
        for (key, value) in config {
            entry.put(pointer![key], value, &root.name.span);
        }
        entries.push(entry);
    }
    Ok(entries)
}

fn add(to: &mut Map<String, Value>, key: &str, values: Map<String, Value>) {
    if !values.is_empty() {
        to.insert(key.to_owned(), Value::Object(values));
    }
}

fn insert(values: &mut Map<String, Value>, leaf: Leaf<'_>) {
    let text = leaf.text.value.as_str();
    let value = match text.parse::<i32>() {
        Ok(number) if number.to_string() == text => json!(number),
        _ => json!(text),
    };
    let value = match leaf.model {
        Some(model) if text.is_empty() => json!({ "backend_model": model }),
        Some(model) => json!({ "value": value, "backend_model": model }),
        None => value,
    };
    values.insert(leaf.path, value);
}

/// Values of a scope with their paths.
fn leaves(scope: &Element) -> Result<Vec<Leaf<'_>>, Unsupported> {
    fn walk<'a>(element: &'a Element, above: &str, found: &mut Vec<Leaf<'a>>) -> Result<(), Unsupported> {
        for child in element.elements() {
            let name = child.name.value.as_str();
            let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
            let text = child.text();
            let has_text = !text.trimmed().is_empty();
            if child.elements().next().is_none() {
                let model = child.attribute("backend_model").map(|it| it.value.clone());
                let model = model.filter(|model| !model.is_empty());
                let text = if has_text { text } else { SpannedText::new("", text.span) };
                // Of several, the last counts.
                found.retain(|other| other.path != path);
                found.push(Leaf { path, element: child, text, model });
            } else if has_text {
                let what = format!("`{path}` has text and elements, and Magento reads one of them only");
                return Err(Unsupported::fault(what, &child.name.span));
            } else {
                walk(child, &path, found)?;
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(scope, "", &mut found)?;
    Ok(found)
}

/// Entry that gives a setting its default, or nothing to write for a secret; `None` if no setting can say the value.
fn default(leaf: &Leaf<'_>, names: &Names<'_>) -> Option<Option<Entry>> {
    let (at, setting) = setting(names, &leaf.path)?;
    let text = leaf.text.value.as_str();
    let kind = setting.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind == "secret" {
        return (leaf.model.as_deref().map(class) == Some(ENCRYPTED) && text.is_empty()).then_some(None);
    }
    if leaf.model.is_some() {
        return None;
    }
    let is_line = !text.contains(['\r', '\n']);
    let options = setting.get("options").and_then(Value::as_object);
    let is_option = |value: &str| options.is_none_or(|options| options.contains_key(value));
    let value = match kind {
        "yesno" => match text {
            "0" | "1" => json!(text == "1"),
            _ => return None,
        },
        "number" => json!(text.parse::<i32>().ok().filter(|number| number.to_string() == text)?),
        "text" if is_line => json!(text),
        "textarea" => json!(text),
        "email" if Email::new(text).is_ok() => json!(text),
        "url" if text.starts_with("http") && is_line => json!(text),
        "select" if !text.is_empty() && is_line && is_option(text) => json!(text),
        "multiselect" if options.is_none() && !text.is_empty() && is_line => json!(text),
        "multiselect" if !text.is_empty() && text.split(',').all(is_option) => {
            json!(text.split(',').collect::<Vec<_>>())
        }
        "text" | "email" | "url" | "select" | "multiselect" => return None,
        _ => json!(text),
    };
    let mut entry = Entry::existing("setting", at, &leaf.element.name.span);
    entry.put(pointer!["default"], value, &leaf.text.span);
    Some(Some(entry))
}

/// Setting whose value has the path.
fn setting<'a>(names: &'a Names<'_>, path: &str) -> Option<(usize, &'a Value)> {
    let json = &names.outline.json;
    let section = json.pointer("/settings/section");
    let short = section.and_then(Value::as_str).map_or_else(|| names.module.id(), str::to_owned);
    let only = section.and_then(Value::as_array).and_then(|all| all.first()?.get("id")?.as_str());
    let text = |setting: &'a Value, key: &str| setting.get(key).and_then(Value::as_str);
    json.get("setting")?.as_array()?.iter().enumerate().find(|(_, setting)| {
        let section = text(setting, "section").or(only).unwrap_or(&short);
        let own = || text(setting, "path").map(|own| format!("{section}/{own}"));
        text(setting, "config_path").map(str::to_owned).or_else(own).as_deref() == Some(path)
    })
}
