//! `[[webhook]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ValueCondition;
use crate::{
    names::{ConditionPath, Count, EventName, ObjectField, PayloadPath, Topic},
    spec::{OneOrMore, Pointer, pointer, table},
};

/// A webhook: an event and the fields to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Topic, which tells the external system what happened.
    #[schemars(example = &"order.saved")]
    pub topic: Topic,
    /// Topic that it had before, or several, the latest first. Webhooks that wait are sent under the topic they were recorded
    /// with.
    #[serde(default, skip_serializing_if = "OneOrMore::is_empty")]
    #[schemars(example = &"order.changed")]
    pub renamed_from: OneOrMore<Topic>,
    /// Event that triggers the webhook, or several. It must carry a `data_object`, as every event of a model does.
    #[schemars(example = &"sales_order_save_after")]
    pub event: OneOrMore<EventName>,
    /// Fields of the object to send, each with its type. A path in quotes sends fields of other objects, and
    /// `{ from = …, type = … }` sends a field under another name.
    #[schemars(example = serde_json::json!({ "entity_id": "int", "billing_address.city": "string", "items[].sku": "string" }))]
    pub fields: IndexMap<PayloadPath, PayloadValue>,
    /// Conditions on fields of the object, all of which must hold: a value, a list of values, or a table with `min`, `max`
    /// and `not`. Default: none.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(example = serde_json::json!({ "status": ["processing", "complete"], "grand_total": { "min": 1 } }))]
    pub when: IndexMap<ConditionPath, ValueCondition>,
    /// Fields of the object, one of which must differ from the value that was loaded. Deletions are recorded all the same.
    /// Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(example = serde_json::json!(["status"]))]
    pub changed: Vec<ObjectField>,
    /// Greatest size of `data` in bytes of JSON. If it is larger, the largest fields are sent as null, and `_omitted` names
    /// them. Default: 1000000, unless all webhooks of the module are plain: one event each, without paths or conditions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 65536)]
    pub max_bytes: Option<Count>,
}

/// Type of a field, with or without its origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum PayloadValue {
    /// Type of the field with this name.
    Plain(PayloadType),
    /// Field with another name.
    Named(#[serde(deserialize_with = "table::one")] NamedField),
}

/// Field that is sent under another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedField {
    /// Field of the object, or path.
    #[schemars(example = &"increment_id")]
    pub from: PayloadPath,
    /// Type.
    #[serde(rename = "type")]
    #[schemars(example = &"string")]
    pub kind: PayloadType,
}

impl Webhook {
    /// Returns its events and their places, if it is the webhook at this index.
    pub fn events(&self, at: usize) -> impl Iterator<Item = (&EventName, Pointer)> {
        let is_one = matches!(self.event, OneOrMore::One(_));
        self.event.as_slice().iter().enumerate().map(move |(place, event)| {
            let route = pointer!["webhook", at, "event"];
            (event, if is_one { route } else { route.key(place) })
        })
    }
}

impl PayloadValue {
    /// Returns the type.
    #[must_use]
    pub const fn kind(&self) -> PayloadType {
        match self {
            Self::Plain(kind) | Self::Named(NamedField { kind, .. }) => *kind,
        }
    }

    /// Returns the path of the field that is sent as `name`.
    #[must_use]
    pub const fn from<'a>(&'a self, name: &'a PayloadPath) -> &'a PayloadPath {
        match self {
            Self::Plain(_) => name,
            Self::Named(field) => &field.from,
        }
    }
}

/// JSON type of a field, regardless of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum PayloadType {
    /// A string.
    String,
    /// An integer.
    Int,
    /// A number.
    Float,
    /// A boolean.
    Bool,
}

impl PayloadType {
    /// Returns the name of the PHP type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Int => "int",
            Self::Float => "float",
            Self::Bool => "bool",
        }
    }
}
