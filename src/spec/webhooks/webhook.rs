//! `[[webhook]]`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{EventName, PayloadField, Topic};

/// One thing that the other side is told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// What it is called for the other side.
    #[schemars(example = &"order.saved")]
    pub topic: Topic,
    /// The event at which it is recorded. It must carry a `data_object`, as every event of a model does.
    #[schemars(example = &"sales_order_save_after")]
    pub event: EventName,
    /// What is told of the object: its fields, each with its type.
    #[schemars(example = serde_json::json!({ "entity_id": "int", "increment_id": "string", "grand_total": "float" }))]
    pub fields: IndexMap<PayloadField, PayloadType>,
}

/// The type that a field has in JSON, whatever the database says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub enum PayloadType {
    /// Text.
    String,
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// True or false.
    Bool,
}

impl PayloadType {
    /// Its name in PHP.
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
