//! Import of `etc/adminhtml/system.xml`, with the defaults in `etc/config.xml`.

use serde_json::{Map, Value, json};

use super::{Entry, Names, Unsupported, needed};
use crate::parsers::xml::{Element, XmlAttribute, XmlNode};

pub(super) const CONFIG: &str = "etc/config.xml";

pub(super) const HELP: &str = "the files stay unchanged; [settings] supports one section, and [[setting]] its fields of the types \
    that magespec has, with defaults in etc/config.xml";

pub(super) fn read(root: &Element, names: &Names<'_>) -> Result<Vec<Entry>, Unsupported> {
    let mut sections = root.named("system").flat_map(|system| system.named("section"));
    let Some(section) = sections.next() else { return Ok(Vec::new()) };
    if let Some(second) = sections.next() {
        return Err(Unsupported::new("it has more than one section", &second.name.span));
    }
    let id = needed(section, "id")?.value.as_str();
    let mut values = Vec::new();
    let mut say = |key: &str, value: Value| values.push((key.to_owned(), value));
    if id != names.module.id() {
        say("section", json!(id));
    }
    let child = |name: &str| section.named(name).next().map(|it| it.text().trimmed().to_owned());
    for (key, name) in [("label", "label"), ("tab", "tab"), ("resource", "resource")] {
        if let Some(text) = child(name) {
            say(key, json!(text));
        }
    }
    if let Some(place) = section.attribute("sortOrder").and_then(|it| it.trimmed().parse::<i32>().ok()) {
        say("sort_order", json!(place));
    }
    let defaults = names.files.tables.get(CONFIG).and_then(|config| config.root.named("default").next());
    let defaults = defaults.and_then(|it| it.named(id).next());
    let mut labels = Map::new();
    let mut entries = Vec::new();
    for group in sorted(section, "group") {
        let path = needed(group, "id")?.value.as_str();
        if let Some(label) = group.named("label").next() {
            labels.insert(path.to_owned(), json!(label.text().trimmed()));
        }
        let defaults = defaults.and_then(|it| it.named(path).next());
        for field in sorted(group, "field") {
            let default = defaults.and_then(|it| it.named(&needed(field, "id").ok()?.value).next());
            let values = setting(path, field, group, default)?;
            entries.push(Entry { table: "setting", is_list: true, values, at: field.name.span.clone() });
        }
    }
    say("groups", Value::Object(labels));
    let settings = Entry { table: "settings", is_list: false, values, at: section.name.span.clone() };
    Ok(std::iter::once(settings).chain(entries).collect())
}

/// Keys of a field.
fn setting(
    group: &str,
    field: &Element,
    siblings: &Element,
    default: Option<&Element>,
) -> Result<Vec<(String, Value)>, Unsupported> {
    let id = &needed(field, "id")?.value;
    let text = |name: &str| field.named(name).next().map(|it| it.text().trimmed().to_owned());
    let validate = text("validate").unwrap_or_default();
    let classes: Vec<&str> = validate.split_whitespace().collect();
    let kind = kind(field, &classes)?;
    let mut values =
        vec![("path".to_owned(), json!(format!("{group}/{id}"))), ("type".to_owned(), json!(kind))];
    let mut say = |key: &str, value: Value| values.push((key.to_owned(), value));
    for key in ["label", "comment"] {
        if let Some(text) = text(key) {
            say(key, json!(if key == "comment" { plain(&text) } else { text }));
        }
    }
    if let Some(default) = default.filter(|_| kind != "secret").map(|it| it.text().trimmed().to_owned()) {
        say("default", typed(kind, &default));
    }
    if let Some(scope) = scope(field) {
        say("scope", json!(scope));
    }
    if classes.contains(&"required-entry") || kind == "number" {
        say("required", json!(classes.contains(&"required-entry")));
    }
    if let Some((min, max)) = range(&classes) {
        min.into_iter().for_each(|min| say("min", json!(min)));
        max.into_iter().for_each(|max| say("max", json!(max)));
    }
    let options = field.named("options").flat_map(|options| options.named("option"));
    let options: Map<String, Value> = options
        .filter_map(|it| Some((it.text().trimmed().to_owned(), json!(it.attribute("label")?.value))))
        .collect();
    if !options.is_empty() {
        say("options", Value::Object(options));
    }
    let depends = field.named("depends").flat_map(|depends| depends.named("field"));
    let depends: Map<String, Value> = depends
        .filter_map(|it| {
            let on = &it.attribute("id")?.value;
            let path = on.strip_prefix("*/").map_or_else(|| format!("{group}/{on}"), str::to_owned);
            let other =
                siblings.named("field").find(|other| other.attribute("id").is_some_and(|id| id.value == *on));
            let kind = other.map_or("text", |other| kind_or_text(other));
            Some((path, typed(kind, it.text().trimmed())))
        })
        .collect();
    if !depends.is_empty() {
        say("depends", Value::Object(depends));
    }
    Ok(values)
}

/// Text of a comment, which is HTML. One with markup stays as it is, and the comparison then finds a difference.
fn plain(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn kind_or_text(field: &Element) -> &'static str {
    kind(field, &[]).unwrap_or("text")
}

/// Type of the setting that generates such a field, as a guess that the comparison confirms.
fn kind(field: &Element, classes: &[&str]) -> Result<&'static str, Unsupported> {
    let source = field.named("source_model").next().map(|it| it.text().trimmed().to_owned());
    let kind = needed(field, "type")?;
    Ok(match kind.value.as_str() {
        "select" if source.as_deref().is_some_and(|it| it.ends_with(r"\Source\Yesno")) => "yesno",
        "select" => "select",
        "multiselect" => "multiselect",
        "obscure" => "secret",
        "textarea" => "textarea",
        "text" if classes.contains(&"validate-email") => "email",
        "text" if classes.contains(&"validate-url") => "url",
        "text" if classes.iter().any(|it| matches!(*it, "validate-digits" | "validate-number")) => "number",
        "text" => "text",
        other => {
            let what = format!("a spec has no setting for fields of type `{other}`");
            return Err(Unsupported::new(what, &kind.span));
        }
    })
}

/// Parses `digits-range-1-60`.
fn range(classes: &[&str]) -> Option<(Option<i32>, Option<i32>)> {
    let of = |class: &&str| {
        let behind = class.strip_prefix("digits-range-").or_else(|| class.strip_prefix("number-range-"))?;
        // A negative number starts with its own minus.
        let at = behind.char_indices().skip(1).find(|(_, c)| *c == '-').map_or(0, |(at, _)| at);
        let (min, max) = behind.split_at(at);
        Some((min.parse().ok(), max.strip_prefix('-').and_then(|max| max.parse().ok())))
    };
    classes.iter().find_map(of)
}

fn typed(kind: &str, text: &str) -> Value {
    match (kind, text, text.parse::<i32>()) {
        ("yesno", "0" | "1", _) => json!(text == "1"),
        ("number", _, Ok(number)) => json!(number),
        ("multiselect", ..) => json!(text.split(',').collect::<Vec<_>>()),
        _ => json!(text),
    }
}

/// Scope of the field; none for the default.
fn scope(element: &Element) -> Option<&'static str> {
    let is_shown = |name| element.attribute(name).is_some_and(|it| it.trimmed() == "1");
    match (is_shown("showInWebsite"), is_shown("showInStore")) {
        (_, true) => Some("store"),
        (true, false) => None,
        (false, false) => Some("global"),
    }
}

/// Elements in the order in which Magento shows them.
fn sorted<'a>(element: &'a Element, name: &'static str) -> Vec<&'a Element> {
    let mut sorted: Vec<&Element> = element.named(name).collect();
    sorted.sort_by_key(|it| {
        it.attribute("sortOrder").and_then(|it| it.trimmed().parse::<i64>().ok()).unwrap_or(0)
    });
    sorted
}

/// Normalizes the file: positions become an order, hidden elements are removed, and what opens a group, restores a value
/// or lets a multiselect be empty does not count.
pub(super) fn normal(element: &Element) -> Element {
    let mut normal = element.clone();
    let name = element.name.value.as_str();
    let is_box = matches!(name, "section" | "group");
    let is_nothing = |attribute: &XmlAttribute| match attribute.name.as_str() {
        "canRestore" => true,
        "type" => is_box,
        "showInDefault" | "showInWebsite" | "showInStore" => is_box || attribute.value.trimmed() == "0",
        _ => false,
    };
    normal.attributes.retain(|attribute| !is_nothing(attribute));
    normal.children.retain(|node| match node {
        XmlNode::Element(child) => match child.name.value.as_str() {
            "attribute" => name != "group",
            "can_be_empty" => false,
            _ => true,
        },
        _ => true,
    });
    for node in &mut normal.children {
        if let XmlNode::Element(child) = node {
            *child = self::normal(child);
        }
    }
    for kind in ["group", "field"] {
        let places: Vec<(usize, String)> = sorted(&normal, kind)
            .into_iter()
            .enumerate()
            .filter_map(|(place, it)| Some((place, it.attribute("id")?.value.clone())))
            .collect();
        for node in &mut normal.children {
            let XmlNode::Element(child) = node else { continue };
            let id = child.attribute("id").map(|it| it.value.clone());
            let place = places.iter().find(|(_, of)| child.name.value == kind && Some(of) == id.as_ref());
            let Some((place, _)) = place else { continue };
            child.attributes.retain(|attribute| attribute.name != "sortOrder");
            let mut value = child.name.clone();
            value.value = place.to_string();
            child.attributes.push(XmlAttribute { name: "sortOrder".to_owned(), value });
        }
    }
    normal
}
