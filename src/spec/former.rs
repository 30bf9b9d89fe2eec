//! `renamed_from`: names that something had before.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// One former name, or several. Default: none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum Former<T> {
    /// A single name.
    One(T),
    /// Several; at least one.
    #[serde(deserialize_with = "at_least_one", bound(deserialize = "T: Deserialize<'de>"))]
    Several(#[schemars(length(min = 1))] Vec<T>),
}

impl<T> Former<T> {
    /// Returns the names.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }

    /// Returns true if there is no former name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

impl<T> Default for Former<T> {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

fn at_least_one<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let names = Vec::deserialize(deserializer)?;
    if names.is_empty() { Err(D::Error::invalid_length(0, &"at least one")) } else { Ok(names) }
}
