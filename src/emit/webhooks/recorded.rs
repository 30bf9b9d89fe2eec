//! Arguments of the observer that records webhooks, in `etc/di.xml`.

use crate::{
    emit::xml::{self, XmlElement, item},
    model::{FieldCondition, PayloadField, PayloadNode, Webhook, Webhooks},
};

/// Returns the argument with all webhooks: by event if they are plain, else by topic.
pub(in crate::emit) fn argument(webhooks: &Webhooks) -> XmlElement<'_> {
    let items = webhooks.list.iter();
    let argument = xml::argument("webhooks", "array");
    if webhooks.are_plain() {
        argument.children(items.flat_map(|webhook| {
            webhook.events.iter().map(|event| {
                let topic = item("topic", "string").text(webhook.topic.as_str());
                item(event.as_str(), "array").children([topic, fields(&webhook.fields)])
            })
        }))
    } else {
        argument.children(items.map(by_topic))
    }
}

fn by_topic(webhook: &Webhook) -> XmlElement<'_> {
    let events = webhook.events.iter().map(|event| item(event.as_str(), "boolean").text("true"));
    let mut items = vec![item("events", "array").children(events), fields(&webhook.fields)];
    if !webhook.when.is_empty() {
        items.push(item("when", "array").children(webhook.when.iter().map(condition)));
    }
    if !webhook.changed.is_empty() {
        let changed = webhook.changed.iter().map(|(name, kind)| item(name.as_str(), "string").text(*kind));
        items.push(item("changed", "array").children(changed));
    }
    items.push(item("max_bytes", "number").text(webhook.size_limit().to_string()));
    item(webhook.topic.as_str(), "array").children(items)
}

fn fields(fields: &[PayloadField]) -> XmlElement<'_> {
    item("fields", "array").children(fields.iter().map(|field| node(&field.name, &field.value)))
}

fn node<'a>(name: &'a str, value: &'a PayloadNode) -> XmlElement<'a> {
    match value {
        PayloadNode::Scalar { from, kind } if from == name => item(name, "string").text(*kind),
        PayloadNode::Scalar { from, kind } => {
            let from = (!from.is_empty()).then(|| text("from", from));
            item(name, "array").children(from).children([text("type", kind)])
        }
        PayloadNode::Object { from, fields: below } => {
            let from = (!from.is_empty()).then(|| text("from", from));
            item(name, "array").children(from).children([fields(below)])
        }
        PayloadNode::List { from, item: below } => {
            let below = match &**below {
                PayloadNode::Object { fields: below, .. } => fields(below),
                other => node("item", other),
            };
            item(name, "array").children([text("each", from), below])
        }
    }
}

fn condition(condition: &FieldCondition) -> XmlElement<'_> {
    let mut items = vec![text("type", condition.kind)];
    items.extend(condition.values.as_ref().map(|values| list("in", values)));
    if !condition.excluded.is_empty() {
        items.push(list("not", &condition.excluded));
    }
    items.extend(condition.min.as_deref().map(|min| item("min", "number").text(min)));
    items.extend(condition.max.as_deref().map(|max| item("max", "number").text(max)));
    item(condition.path.as_str(), "array").children(items)
}

/// Values by their number, as a list in di.xml needs names.
fn list<'a>(name: &'a str, values: &'a [String]) -> XmlElement<'a> {
    let items = values.iter().enumerate();
    item(name, "array").children(items.map(|(at, value)| item(at.to_string(), "string").text(value.as_str())))
}

fn text<'a>(name: &'a str, text: &'a str) -> XmlElement<'a> {
    item(name, "string").text(text)
}
