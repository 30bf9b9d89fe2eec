//! Topics: the arguments of the observer that records webhooks, in `etc/di.xml`.

use std::collections::{BTreeMap, BTreeSet};

use super::{PromiseChange, arguments, is_named, items, value};
use crate::{model::FieldCondition, parsers::xml::Element};

/// Reads the webhooks that the observer records.
pub(super) fn read(root: &Element) -> BTreeMap<String, TopicPromise> {
    let webhooks = items(root, r"\Observer\RecordWebhook", "webhooks").filter_map(RecordedWebhook::read);
    webhooks.map(|webhook| (webhook.topic.clone(), webhook.promise())).collect()
}

/// Path that the sender appends to the address; empty without one.
pub(super) fn path(root: &Element) -> String {
    arguments(root, r"\Model\Webhook\Sender", "path").map(text).collect()
}

/// Promise of a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicPromise {
    /// Its fields by path.
    pub fields: BTreeMap<String, TopicField>,
    /// Events that trigger it.
    pub events: BTreeSet<String>,
    /// Conditions on the object in words: `grand_total is at least 1`.
    pub conditions: Vec<String>,
    /// Greatest size of the payload in bytes, if it has one.
    pub max_bytes: Option<u64>,
}

/// Field of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicField {
    /// Type in PHP.
    pub kind: String,
    /// Path from the object.
    pub from: String,
}

impl TopicPromise {
    /// Describes what changes for receivers.
    #[must_use]
    pub fn changes(&self, is: &Self) -> PromiseChange {
        let mut all = PromiseChange::default();
        for (path, was) in &self.fields {
            match is.fields.get(path) {
                None => all.breaking.push(format!("{path} was removed")),
                Some(is) if is.kind != was.kind => {
                    all.breaking.push(format!("{path} changed from {} to {}", was.kind, is.kind));
                }
                Some(is) if is.from != was.from => {
                    all.breaking
                        .push(format!("{path} now has the value of {} instead of {}", is.from, was.from));
                }
                Some(_) => {}
            }
        }
        let new = is.fields.iter().filter(|(path, _)| !self.fields.contains_key(*path));
        all.harmless.extend(new.map(|(path, field)| format!("{path} ({}) was added", field.kind)));
        let gone = self.events.difference(&is.events);
        all.breaking.extend(gone.map(|event| format!("it is no longer sent on {event}")));
        let new = is.events.difference(&self.events);
        all.breaking.extend(new.map(|event| format!("it is also sent on {event}")));
        all.breaking.extend(self.condition_change(is));
        match (self.max_bytes, is.max_bytes) {
            (was, Some(now)) if was.is_none_or(|was| now < was) => {
                all.breaking
                    .push(format!("its data is now limited to {now} bytes: beyond, fields are left out"));
            }
            (Some(was), now) if now != Some(was) => {
                all.harmless.push(format!("its data may have more than {was} bytes"));
            }
            _ => {}
        }
        all
    }

    fn condition_change(&self, is: &Self) -> Option<String> {
        let all = |conditions: &[String]| conditions.join(" and ");
        (self.conditions != is.conditions).then(|| {
            match (self.conditions.as_slice(), is.conditions.as_slice()) {
                (was, []) => format!("it was sent only if {}, and is now always sent", all(was)),
                ([], is) => format!("it was always sent, and is now sent only if {}", all(is)),
                (was, is) => format!("it was sent only if {}; now it is sent only if {}", all(was), all(is)),
            }
        })
    }
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
        let field = |RecordedField { path, from, kind }| (path, TopicField { kind, from });
        TopicPromise {
            fields: self.fields.into_iter().map(field).collect(),
            events: self.events.into_iter().collect(),
            conditions: self.when.iter().map(ToString::to_string).chain(changed).collect(),
            max_bytes: self.max_bytes.and_then(|bytes| bytes.parse().ok()),
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
