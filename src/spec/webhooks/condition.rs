//! Conditions on the object of a webhook.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::spec::{OneOrMore, table};

/// Condition on a field of the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ValueCondition {
    /// This value.
    Is(ConditionValue),
    /// One of these values.
    In(Vec<ConditionValue>),
    /// A number within bounds, or none of these values.
    Other(#[serde(deserialize_with = "table::one")] Bounds),
}

/// Bounds of a number, and values that a field must not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Lowest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 1)]
    pub min: Option<Number>,
    /// Highest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = 1000)]
    pub max: Option<Number>,
    /// Value that the field must not have, or several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(example = serde_json::json!(["canceled", "closed"]))]
    pub not: Option<OneOrMore<ConditionValue>>,
}

/// Value to compare a field with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ConditionValue {
    /// A flag.
    Flag(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
}

impl ValueCondition {
    /// Returns the values, one of which the field must have; none if any value will do.
    #[must_use]
    pub fn values(&self) -> Option<&[ConditionValue]> {
        match self {
            Self::Is(value) => Some(std::slice::from_ref(value)),
            Self::In(values) => Some(values),
            Self::Other(_) => None,
        }
    }

    /// Returns all values that the field is compared with, bounds aside.
    pub fn all_values(&self) -> impl Iterator<Item = &ConditionValue> {
        self.values().into_iter().flatten().chain(self.excluded())
    }

    /// Returns true if there is nothing to compare with.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all_values().next().is_none() && self.bounds() == (None, None)
    }

    /// Returns the values that the field must not have.
    #[must_use]
    pub fn excluded(&self) -> &[ConditionValue] {
        match self {
            Self::Other(Bounds { not: Some(values), .. }) => values.as_slice(),
            _ => &[],
        }
    }

    /// Returns the lowest and the highest number.
    #[must_use]
    pub fn bounds(&self) -> (Option<&Number>, Option<&Number>) {
        match self {
            Self::Other(bounds) => (bounds.min.as_ref(), bounds.max.as_ref()),
            _ => (None, None),
        }
    }
}

impl ConditionValue {
    /// Name of the type that fields are converted to for the comparison.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Flag(_) => "bool",
            Self::Number(_) => "float",
            Self::Text(_) => "string",
        }
    }
}

impl std::fmt::Display for ConditionValue {
    /// Renders the value as PHP reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(yes) => write!(f, "{}", u8::from(*yes)),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}
