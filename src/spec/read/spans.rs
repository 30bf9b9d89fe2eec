//! Where each key and value of a document stands.

use std::{collections::HashMap, fmt::Display, ops::Range};

/// The place of one value and of the key before it, and what kind of value it is.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The key, or the header of a table; none for an item of a list.
    pub key: Option<Range<usize>>,
    /// The value.
    pub value: Range<usize>,
    /// What it is, with an article: "a list".
    pub kind: &'static str,
    /// What to take out to take the value out of its list; none if it is the first, or a comment stands before it.
    pub removal: Option<Range<usize>>,
}

/// From a route into the document (`/integration/0/email`, as in JSON Pointer) to bytes of its text.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    spots: HashMap<String, Spot>,
}

impl Spans {
    /// Notes where the value at a route stands.
    pub fn insert(&mut self, route: String, spot: Spot) {
        self.spots.insert(route, spot);
    }

    /// The key at the route: for a table its header, for an item of a list the item.
    #[must_use]
    pub fn key(&self, route: &str) -> Option<Range<usize>> {
        let spot = self.spots.get(route)?;
        Some(spot.key.clone().unwrap_or_else(|| spot.value.clone()))
    }

    /// The value at the route. A table written with a header is where its header is.
    #[must_use]
    pub fn value(&self, route: &str) -> Option<Range<usize>> {
        self.spots.get(route).map(|spot| spot.value.clone())
    }

    /// What to take out of the text to take the item out of its list, the comma before it included; none if that
    /// cannot be told.
    #[must_use]
    pub fn removal(&self, route: &str) -> Option<Range<usize>> {
        self.spots.get(route)?.removal.clone()
    }

    /// Whether the value is a table written with a header, such as `[acl]`.
    #[must_use]
    pub fn is_header(&self, route: &str) -> bool {
        let is_inside = |spot: &Spot| {
            spot.key.as_ref().is_some_and(|key| spot.value.start < key.start && key.end < spot.value.end)
        };
        self.spots.get(route).is_some_and(is_inside)
    }

    /// What kind of value stands at the route, with an article: "a date".
    #[must_use]
    pub fn kind(&self, route: &str) -> Option<&'static str> {
        self.spots.get(route).map(|spot| spot.kind)
    }
}

/// The route of `step` below `route`.
#[must_use]
pub fn below(route: &str, step: impl Display) -> String {
    format!("{route}/{}", step.to_string().replace('~', "~0").replace('/', "~1"))
}
