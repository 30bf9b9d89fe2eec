//! Source positions of keys and values.

use std::{collections::HashMap, ops::Range};

use super::Pointer;

/// Position of a value and its key, and the kind of the value.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Key, or header of a table; `None` for a list item.
    pub key: Option<Range<usize>>,
    /// Value.
    pub value: Range<usize>,
    /// Kind of the value, with an article: "a list".
    pub kind: &'static str,
    /// Text of a number or date; `None` for other values.
    pub written: Option<Box<str>>,
    /// Span to delete to remove the value from its list; `None` if it is the first, or a comment precedes it.
    pub removal: Option<Range<usize>>,
}

/// Map from routes into the document to byte ranges of its text.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    spots: HashMap<Pointer, Spot>,
}

impl Spans {
    /// Records the position of the value at a route.
    pub fn insert(&mut self, route: Pointer, spot: Spot) {
        self.spots.insert(route, spot);
    }

    /// Returns the span of the key at the route: for a table its header, for a list item the item.
    #[must_use]
    pub fn key(&self, route: &Pointer) -> Option<Range<usize>> {
        let spot = self.spots.get(route)?;
        Some(spot.key.clone().unwrap_or_else(|| spot.value.clone()))
    }

    /// Returns the span of the value at the route. For a table written with a header, that is the header.
    #[must_use]
    pub fn value(&self, route: &Pointer) -> Option<Range<usize>> {
        self.spots.get(route).map(|spot| spot.value.clone())
    }

    /// Returns the span to delete to remove the item from its list, including the comma before it; `None` if that is
    /// unclear.
    #[must_use]
    pub fn removal(&self, route: &Pointer) -> Option<Range<usize>> {
        self.spots.get(route)?.removal.clone()
    }

    /// Returns the route of the innermost key or value with a span.
    #[must_use]
    pub fn route_of(&self, span: &Range<usize>) -> Option<&Pointer> {
        let is_it = |spot: &Spot| spot.value == *span || spot.key.as_ref() == Some(span);
        let routes = self.spots.iter().filter(|(_, spot)| is_it(spot)).map(|(route, _)| route);
        routes.max_by_key(|route| route.len())
    }

    /// Returns the end of the last value in the table at the route.
    #[must_use]
    pub fn end_of_members(&self, route: &Pointer) -> Option<usize> {
        let is_member = |place: &Pointer| place.parent().is_some_and(|parent| parent == *route);
        self.spots.iter().filter(|(place, _)| is_member(place)).map(|(_, spot)| spot.value.end).max()
    }

    /// Returns the end of the last value in the table at the route, or in a table below it, that is in a range of the text.
    #[must_use]
    pub fn end_within(&self, route: &Pointer, range: &Range<usize>) -> Option<usize> {
        let is_inside = |span: &Range<usize>| range.start <= span.start && span.end <= range.end;
        let is_below = |place: &Pointer| place.is_within(route) && place != route;
        let spots = self.spots.iter().filter(|(place, spot)| is_inside(&spot.value) && is_below(place));
        spots.map(|(_, spot)| spot.value.end).max()
    }

    /// Returns true if the value is a table written with a header, such as `[acl]`.
    #[must_use]
    pub fn is_header(&self, route: &Pointer) -> bool {
        let is_inside = |spot: &Spot| {
            spot.key.as_ref().is_some_and(|key| spot.value.start < key.start && key.end < spot.value.end)
        };
        self.spots.get(route).is_some_and(is_inside)
    }

    /// Returns the text of the number or date at the route.
    #[must_use]
    pub fn written(&self, route: &Pointer) -> Option<&str> {
        self.spots.get(route)?.written.as_deref()
    }

    /// Returns the kind of the value at the route, with an article: "a date".
    #[must_use]
    pub fn kind(&self, route: &Pointer) -> Option<&'static str> {
        self.spots.get(route).map(|spot| spot.kind)
    }
}
