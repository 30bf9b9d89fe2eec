//! A request that passed the gate.

use serde_json::{Map, Value};

use super::{ServedRoute, StoreView};
use crate::names::Mode;

/// Request with its route, its caller and what it sent.
#[derive(Debug, Clone)]
pub struct RoutedCall<'a> {
    /// Route that answers.
    pub route: &'a ServedRoute,
    /// Direct, async or bulk.
    pub mode: Mode,
    /// Variables of the path by name, decoded, in order.
    pub path: Vec<(&'a str, String)>,
    /// Query as PHP reads it; `a[]=1` is a list.
    pub query: Map<String, Value>,
    /// Decoded body; none if it is empty. A list only matters for bulk.
    pub body: Option<Value>,
    /// Caller.
    pub caller: Caller,
    /// Store view; none for `all`.
    pub store: Option<&'a StoreView>,
    /// Scheme and host of the shop as the caller sees it.
    pub base_url: String,
}

impl RoutedCall<'_> {
    /// Code of the store view, or `all`.
    #[must_use]
    pub fn store_code(&self) -> &str {
        self.store.map_or("all", |store| &store.code)
    }

    /// Returns true in the store view of calls without a code.
    #[must_use]
    pub fn is_in_default_store(&self) -> bool {
        self.store.is_some_and(|store| store.id == 1)
    }
}

/// Sender of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// Caller unknown to the shop.
    Guest,
    /// Integration, by its index.
    Integration(usize),
    /// Admin user, by id.
    Admin(u32),
    /// Customer, by id.
    Customer(u32),
}
