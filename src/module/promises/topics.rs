//! Topics: the arguments of the observer that records webhooks, in `etc/di.xml`.

use std::collections::BTreeMap;

use super::{TopicPromise, is_named, items, value};
use crate::{model::FieldCondition, parsers::xml::Element};

/// Reads what the observer is told to record.
pub(super) fn read(root: &Element) -> BTreeMap<String, TopicPromise> {
    let webhooks = items(root, r"\Observer\RecordWebhook", "webhooks").filter_map(RecordedWebhook::read);
    webhooks.map(|webhook| (webhook.topic.clone(), webhook.promise())).collect()
}

/// Webhook as the observer records it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordedWebhook {
    /// Topic.
    pub topic: String,
    /// Events that trigger it.
    pub events: Vec<String>,
    /// Fields of the payload.
    pub fields: Vec<RecordedField>,
    /// Conditions on the object.
    pub when: Vec<FieldCondition>,
    /// Fields, one of which must have changed.
    pub changed: Vec<String>,
    /// Greatest size of the payload in bytes, if it has one.
    pub max_bytes: Option<String>,
}

/// Field of a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedField {
    /// Path in the payload: `items[].sku`.
    pub path: String,
    /// Path from the object.
    pub from: String,
    /// Type in PHP.
    pub kind: String,
}

impl RecordedWebhook {
    /// Reads an item of the argument: by event with its topic, or by topic with its events.
    #[must_use]
    pub fn read(webhook: &Element) -> Option<Self> {
        let name = value(webhook, "name")?;
        let (topic, events) = match below(webhook, "topic") {
            Some(topic) => (text(topic), vec![name]),
            None => (name, names(below(webhook, "events")).collect()),
        };
        let mut fields = Vec::new();
        of_object(webhook, "", "", &mut fields);
        let when = below(webhook, "when").into_iter().flat_map(|it| it.named("item"));
        Some(Self {
            topic,
            events,
            fields,
            when: when.filter_map(condition).collect(),
            changed: names(below(webhook, "changed")).collect(),
            max_bytes: below(webhook, "max_bytes").map(text),
        })
    }

    fn promise(self) -> TopicPromise {
        let changed = (!self.changed.is_empty()).then(|| format!("{} changed", self.changed.join(" or ")));
        let field = |field: RecordedField| {
            let RecordedField { path, from, kind } = field;
            let kind = if from == path { kind } else { format!("{kind} (from {from})") };
            (path, kind)
        };
        TopicPromise {
            fields: self.fields.into_iter().map(field).collect(),
            events: self.events.into_iter().collect(),
            conditions: self.when.iter().map(ToString::to_string).chain(changed).collect(),
        }
    }
}

/// Adds the fields of an object in the payload at `path`, whose fields are read from the object at `origin`.
fn of_object(element: &Element, path: &str, origin: &str, fields: &mut Vec<RecordedField>) {
    for field in below(element, "fields").into_iter().flat_map(|it| it.named("item")) {
        if let Some(name) = value(field, "name") {
            add(field, &joined(path, &name), origin, &name, fields);
        }
    }
}

fn add(field: &Element, path: &str, origin: &str, name: &str, fields: &mut Vec<RecordedField>) {
    let from = |key: &'static str| below(field, key).map(|it| joined(origin, &text(it)));
    if let Some(list) = from("each") {
        let (path, list) = (format!("{path}[]"), format!("{list}[]"));
        match below(field, "item") {
            Some(item) if is_array(item) => add(item, &path, &list, "", fields),
            Some(item) => add(item, &path, &list, "item", fields),
            None => of_object(field, &path, &list, fields),
        }
    } else if below(field, "fields").is_some() {
        of_object(field, path, &from("from").unwrap_or_else(|| origin.to_owned()), fields);
    } else {
        let kind = below(field, "type").map_or_else(|| text(field), text);
        let from = from("from").unwrap_or_else(|| joined(origin, name));
        fields.push(RecordedField { path: path.to_owned(), from, kind });
    }
}

fn condition(element: &Element) -> Option<FieldCondition> {
    let list = |name: &'static str| below(element, name).map(|it| it.named("item").map(text).collect());
    let kind = match text(below(element, "type")?).as_str() {
        "bool" => "bool",
        "float" => "float",
        _ => "string",
    };
    Some(FieldCondition {
        path: value(element, "name")?,
        kind,
        values: list("in"),
        excluded: list("not").unwrap_or_default(),
        min: below(element, "min").map(text),
        max: below(element, "max").map(text),
    })
}

fn joined(path: &str, name: &str) -> String {
    match (path, name) {
        ("", name) => name.to_owned(),
        (path, "") => path.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

fn below<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    element.named("item").find(|it| is_named(it, name))
}

fn names(list: Option<&Element>) -> impl Iterator<Item = String> {
    list.into_iter().flat_map(|it| it.named("item")).filter_map(|it| value(it, "name"))
}

fn text(element: &Element) -> String {
    element.text().trimmed().to_owned()
}

fn is_array(element: &Element) -> bool {
    value(element, "xsi:type").is_some_and(|kind| kind == "array")
}
