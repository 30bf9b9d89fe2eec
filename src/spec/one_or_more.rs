//! Values that may be a list.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// One entry, or a list of at least one. The default, for a key that is absent, has no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum OneOrMore<T> {
    /// A single entry.
    One(T),
    /// A list; at least one entry.
    List(
        #[serde(deserialize_with = "at_least_one", bound(deserialize = "T: Deserialize<'de>"))]
        #[schemars(length(min = 1))]
        Vec<T>,
    ),
}

impl<T> OneOrMore<T> {
    /// Returns the entries.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(entry) => std::slice::from_ref(entry),
            Self::List(entries) => entries,
        }
    }

    /// Returns true if there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

fn at_least_one<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let entries = Vec::deserialize(deserializer)?;
    if entries.is_empty() { Err(D::Error::invalid_length(0, &"at least one")) } else { Ok(entries) }
}
