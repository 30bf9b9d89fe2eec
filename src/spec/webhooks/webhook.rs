//! `[[webhook]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    names::{EventName, PayloadField, Topic},
    spec::Former,
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
    #[serde(default, skip_serializing_if = "Former::is_empty")]
    #[schemars(example = &"order.changed")]
    pub renamed_from: Former<Topic>,
    /// Event that triggers the webhook. It must carry a `data_object`, as every event of a model does.
    #[schemars(example = &"sales_order_save_after")]
    pub event: EventName,
    /// Fields of the object to send, each with its type.
    #[schemars(example = serde_json::json!({ "entity_id": "int", "increment_id": "string", "grand_total": "float" }))]
    pub fields: IndexMap<PayloadField, PayloadType>,
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
