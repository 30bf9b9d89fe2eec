//! Rows that requests wrote.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use serde_json::Value;

use super::{key::RowKey, queue::Bulk};

/// Greatest number of written rows; the oldest are forgotten, as are the oldest bulks.
pub(super) const MOST_ROWS: usize = 20_000;
/// Greatest number of bulks.
pub(super) const MOST_BULKS: usize = 2_000;

/// Rows and bulks that a shop remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Written rows by class; none for a deleted one.
    rows: HashMap<String, BTreeMap<RowKey, Option<Arc<Value>>>>,
    /// Keys of written rows, oldest first.
    order: VecDeque<(String, RowKey)>,
    /// Greatest ids given.
    last_ids: HashMap<String, i64>,
    /// Keys of rows by another unique field, such as the SKU.
    names: HashMap<(String, String), RowKey>,
    /// Bulks by UUID, oldest first.
    pub(super) bulks: VecDeque<Bulk>,
    /// Number of bulks and masked ids so far.
    pub(super) drawn: i64,
}

impl Memory {
    /// Written row: none if it was never written, none inside if it was deleted.
    pub(super) fn row(&self, class: &str, key: &RowKey) -> Option<Option<Arc<Value>>> {
        self.rows.get(class)?.get(key).cloned()
    }

    /// Written rows of a class in order.
    pub(super) fn rows(&self, class: &str) -> impl Iterator<Item = (&RowKey, &Option<Arc<Value>>)> {
        self.rows.get(class).into_iter().flatten()
    }

    /// Returns true if rows of a class were written.
    pub(super) fn has(&self, class: &str) -> bool {
        self.rows.get(class).is_some_and(|rows| !rows.is_empty())
    }

    /// Writes a row; none deletes it.
    pub(super) fn put(&mut self, class: &str, key: RowKey, row: Option<Arc<Value>>) {
        let rows = self.rows.entry(class.to_owned()).or_default();
        if rows.insert(key.clone(), row).is_none() {
            self.order.push_back((class.to_owned(), key.clone()));
        }
        if let Some(id) = key.id() {
            let last = self.last_ids.entry(class.to_owned()).or_default();
            *last = (*last).max(id);
        }
        if self.order.len() > MOST_ROWS
            && let Some((class, key)) = self.order.pop_front()
        {
            if let Some(rows) = self.rows.get_mut(&class) {
                rows.remove(&key);
            }
            self.names.retain(|(of, _), named| *of != class || *named != key);
        }
    }

    /// Names a row by another unique field.
    pub(super) fn name(&mut self, class: &str, name: &str, key: RowKey) {
        self.names.insert((class.to_owned(), name.to_lowercase()), key);
    }

    /// Key of the row with a name.
    pub(super) fn named(&self, class: &str, name: &str) -> Option<RowKey> {
        self.names.get(&(class.to_owned(), name.to_lowercase())).cloned()
    }

    /// Draws the next id of a class that has made rows up to a number.
    pub(super) fn next_id(&mut self, class: &str, made: i64) -> i64 {
        let last = self.last_ids.entry(class.to_owned()).or_default();
        *last = (*last).max(made) + 1;
        *last
    }
}
