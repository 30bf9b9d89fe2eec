//! Conditions under which a setting or a group is shown.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::Scalar;
use crate::spec::{OneOrMore, table};

/// Value that another setting must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum ShowCondition {
    /// This value.
    Is(Scalar),
    /// One of these.
    In(Vec<Scalar>),
    /// Any other.
    Not(#[serde(deserialize_with = "table::one")] Negated),
}

/// Values that another setting must not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Negated {
    /// Value, or several.
    #[schemars(example = &"sandbox")]
    pub not: OneOrMore<Scalar>,
}

impl ShowCondition {
    /// Returns the values of the condition.
    #[must_use]
    pub fn values(&self) -> &[Scalar] {
        match self {
            Self::Is(value) => std::slice::from_ref(value),
            Self::In(values) => values,
            Self::Not(negated) => negated.not.as_slice(),
        }
    }

    /// Returns true if the setting must not have the values.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        matches!(self, Self::Not(_))
    }
}
