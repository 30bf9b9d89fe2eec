//! Data of webhooks: the fields of the object of an event.

use serde_json::{Map, Value, json};

use super::{World, names::Mentioned};
use crate::{
    mock::{
        data::class,
        input::{is_empty, number, text_of, to_float, to_int},
        render::with_slashes,
        types::{KindBase, TypeBook},
    },
    model::{FieldCondition, PayloadField, PayloadNode, Webhook},
};

/// Class of the object that a field names by its id, and the name of that field: `order.increment_id` of an invoice.
const NAMED: [(&str, &str, &str); 4] = [
    ("order", "order_id", class::ORDER),
    ("customer", "customer_id", class::CUSTOMER),
    ("product", "product_id", class::PRODUCT),
    ("category", "category_id", class::CATEGORY),
];

/// Data of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventData {
    /// Id of the object.
    pub id: i64,
    /// Members of the payload, in the order of the spec.
    pub data: Value,
    /// Conditions that the object does not meet by itself: the data meets them nevertheless.
    pub adjusted: Vec<String>,
    /// Greatest id of the objects of the mock, if this is none of them.
    pub last: Option<i64>,
}

impl World {
    /// Makes the data of an event of an object with this id; without one the first object is taken that meets the conditions.
    pub(in crate::mock::data) fn event(
        &self,
        book: &TypeBook,
        webhook: &Webhook,
        class: &str,
        id: Option<i64>,
    ) -> EventData {
        let root = |id: i64| {
            self.made_row(class, id).or_else(|| self.object(book, class, id)).unwrap_or_else(|| json!({}))
        };
        let of = |id: i64| Sample {
            world: self,
            class,
            mentioned: Mentioned::of(self, class, id),
            root: root(id),
        };
        let meets = |id: &i64| {
            let mut sample = of(*id);
            webhook.when.iter().all(|condition| sample.meets(condition))
        };
        let id = id.or_else(|| (1..=self.count(class).max(1)).find(meets)).unwrap_or(1);
        let mut sample = of(id);
        let mut adjusted = Vec::new();
        for condition in &webhook.when {
            if !sample.meets(condition) {
                sample.adjust(condition);
                adjusted.push(condition.to_string());
            }
        }
        let root = sample.root.clone();
        let data = sample.members(&webhook.fields, &root);
        let is_there = !Self::has_data(class) || self.row(class, id).is_some();
        let last = (!is_there).then(|| self.count(class));
        EventData { id, data: bounded(data, webhook), adjusted, last }
    }
}

/// Object of an event.
struct Sample<'a> {
    world: &'a World,
    class: &'a str,
    mentioned: Mentioned,
    root: Value,
}

impl Sample<'_> {
    fn members(&mut self, fields: &[PayloadField], object: &Value) -> Value {
        Value::Object(
            fields
                .iter()
                .map(|field| (field.name.clone(), self.node(&field.value, &field.name, object)))
                .collect(),
        )
    }

    fn node(&mut self, node: &PayloadNode, name: &str, object: &Value) -> Value {
        match node {
            PayloadNode::Scalar { from, kind } => {
                let value = self.follow(object, from).unwrap_or_else(|| self.made(from, name, kind));
                typed(&value, kind)
            }
            PayloadNode::Object { from, fields } => {
                let below = self.follow(object, from).unwrap_or(Value::Null);
                self.members(fields, &below)
            }
            PayloadNode::List { from, item } => {
                let list = self
                    .follow(object, from)
                    .and_then(|list| list.as_array().cloned())
                    .unwrap_or_else(|| vec![Value::Null]);
                list.iter().map(|it| self.node(item, name, it)).collect()
            }
        }
    }

    /// Plausible value for a field that the object lacks.
    fn made(&mut self, from: &str, name: &str, kind: &str) -> Value {
        let field = from.rsplit('.').next().filter(|field| !field.is_empty()).unwrap_or(name);
        let base = match kind {
            "int" => KindBase::Int,
            "float" => KindBase::Float,
            "bool" => KindBase::Bool,
            _ => KindBase::Text,
        };
        self.world.named(field, base, &mut self.mentioned)
    }

    /// Value at the end of a path; none if there is nothing.
    fn follow(&self, object: &Value, path: &str) -> Option<Value> {
        let mut value = object.clone();
        for key in path.split('.').filter(|key| !key.is_empty()) {
            value = self.get(&value, key)?;
        }
        Some(value)
    }

    /// Value that an object has under a name of its table, of its data interface, or of its attributes.
    fn get(&self, object: &Value, key: &str) -> Option<Value> {
        let field = |name: &str| object.get(name).cloned();
        let attribute = || {
            let mut all = object.get("custom_attributes")?.as_array()?.iter();
            all.find(|it| it.get("attribute_code").and_then(Value::as_str) == Some(key))?
                .get("value")
                .cloned()
        };
        let other_name = || match key {
            "entity_id" => field("id"),
            "id" => field("entity_id"),
            "shipping_address" => {
                object.pointer("/extension_attributes/shipping_assignments/0/shipping/address").cloned()
            }
            _ => None,
        };
        field(key)
            .or_else(other_name)
            .or_else(|| object.pointer("/extension_attributes")?.get(key).cloned())
            .or_else(attribute)
            .or_else(|| self.named_object(object, key))
    }

    /// Object that another one names by its id; addresses of a document are those of its order.
    fn named_object(&self, object: &Value, key: &str) -> Option<Value> {
        let row = |(_, field, class): &(&str, &str, &str)| {
            self.world.made_row(class, object.get(*field)?.as_i64()?)
        };
        if let Some(named) = NAMED.iter().find(|(name, ..)| *name == key) {
            return row(named);
        }
        let is_address = matches!(key, "billing_address" | "shipping_address") && self.class != class::ORDER;
        let [order, ..] = &NAMED;
        is_address.then(|| self.get(&row(order)?, key))?
    }

    fn meets(&mut self, condition: &FieldCondition) -> bool {
        let value = self.follow(&self.root, &condition.path);
        let value = value.unwrap_or_else(|| {
            let made = self.made(&condition.path, "", condition.kind);
            put(&mut self.root, &condition.path, made.clone());
            made
        });
        holds(condition, &value)
    }

    /// Gives a field a value that meets the condition.
    fn adjust(&mut self, condition: &FieldCondition) {
        let bound = condition.min.as_ref().or(condition.max.as_ref());
        let chosen = condition.values.iter().flatten().find(|value| !condition.excluded.contains(value));
        let text = match (chosen.or(bound), condition.kind) {
            (Some(text), _) => text.clone(),
            (None, "bool") => {
                if condition.excluded.iter().any(|it| it == "1") { "0" } else { "1" }.to_owned()
            }
            (None, "float") => (1..)
                .map(|it: i64| it.to_string())
                .find(|it| !condition.excluded.contains(it))
                .unwrap_or_default(),
            (None, _) => {
                let words = ["processing", "complete", "new", "other"];
                words
                    .into_iter()
                    .find(|it| condition.excluded.iter().all(|no| no != it))
                    .unwrap_or_default()
                    .to_owned()
            }
        };
        let value = match condition.kind {
            "bool" => Value::Bool(text == "1"),
            "float" => number(text.parse().unwrap_or_default()),
            _ => Value::String(text),
        };
        put(&mut self.root, &condition.path, value);
    }
}

/// Sets the value at the end of a path.
fn put(object: &mut Value, path: &str, value: Value) {
    let mut place = object;
    for key in path.split('.') {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        let Value::Object(fields) = place else { return };
        place = fields.entry(key).or_insert(Value::Null);
    }
    *place = value;
}

/// Returns true if a value meets a condition, as the generated class `Conditions` compares.
fn holds(condition: &FieldCondition, value: &Value) -> bool {
    let value = match (typed(value, condition.kind), condition.kind) {
        (Value::Null, "bool") => Value::Bool(false),
        (Value::Null, "string") => Value::String(String::new()),
        (value, _) => value,
    };
    let number = value.as_f64();
    let is = |text: &String| match condition.kind {
        "bool" => value.as_bool() == Some(text == "1"),
        "float" => number.is_some() && number == text.parse().ok(),
        _ => value.as_str() == Some(text),
    };
    let bound = |text: &Option<String>| text.as_ref().and_then(|it| it.parse::<f64>().ok());
    condition.values.as_ref().is_none_or(|values| values.iter().any(is))
        && !condition.excluded.iter().any(is)
        && bound(&condition.min).is_none_or(|min| number.is_some_and(|it| it >= min))
        && bound(&condition.max).is_none_or(|max| number.is_some_and(|it| it <= max))
}

/// Casts a value as `settype` does; null if it is not a scalar.
fn typed(value: &Value, kind: &str) -> Value {
    match (value, kind) {
        (Value::Null | Value::Array(_) | Value::Object(_), _) => Value::Null,
        (_, "bool") => Value::Bool(!is_empty(value)),
        (_, "int") => Value::from(to_int(value)),
        (_, "float") => number(to_float(value)),
        _ => Value::String(text_of(value)),
    }
}

/// Leaves out the largest members until the JSON is small enough, as the generated class `Payload` does.
fn bounded(mut data: Value, webhook: &Webhook) -> Value {
    let Value::Object(members) = &data else { return data };
    let limit = usize::try_from(webhook.size_limit()).unwrap_or(usize::MAX);
    let size = |value: &Value| with_slashes(value).len();
    let mut sizes: Vec<(String, usize)> =
        members.iter().map(|(name, value)| (name.clone(), size(value))).collect();
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let mut omitted: Vec<String> = Vec::new();
    for (name, _) in sizes {
        if size(&data) <= limit {
            break;
        }
        data[name.as_str()] = Value::Null;
        omitted.push(name);
        data["_omitted"] = json!(omitted);
    }
    data
}
