//! Rows that requests wrote.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use serde_json::Value;

use super::{
    key::{LARGEST_ID, RowKey},
    queue::Bulk,
};

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
    /// Names of rows by class and by the unique field that names them, such as the SKU.
    names: HashMap<(String, &'static str), RowNames>,
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
            let of_class = self.names.iter_mut().filter(|((of, _), _)| *of == class);
            of_class.for_each(|(_, names)| names.forget(&key));
        }
    }

    /// Names a row by a unique field, in place of the name that it had.
    pub(super) fn name(&mut self, class: &str, field: &'static str, name: &str, key: &RowKey) {
        let names = self.names.entry((class.to_owned(), field)).or_default();
        names.forget(key);
        names.keys.insert(name.to_lowercase(), key.clone());
        names.names.insert(key.clone(), name.to_lowercase());
    }

    /// Key of the row with this name in a field.
    pub(super) fn named(&self, class: &str, field: &'static str, name: &str) -> Option<RowKey> {
        self.names.get(&(class.to_owned(), field))?.keys.get(&name.to_lowercase()).cloned()
    }

    /// Draws the next id of a class whose generated rows end with id `made`; after the largest id, the lowest free one.
    pub(super) fn next_id(&mut self, class: &str, made: i64) -> i64 {
        let last = self.last_ids.get(class).copied().unwrap_or_default().max(made);
        let first = if last < LARGEST_ID { last + 1 } else { made + 1 };
        let rows = self.rows.get(class);
        let is_free = |id: &i64| rows.is_none_or(|rows| !rows.contains_key(&RowKey::number(*id)));
        let id = (first..).find(is_free).unwrap_or(first);
        self.last_ids.insert(class.to_owned(), id);
        id
    }
}

/// Names of rows in one field.
#[derive(Debug, Default)]
struct RowNames {
    /// Keys by name, in lowercase.
    keys: HashMap<String, RowKey>,
    /// Names by key.
    names: HashMap<RowKey, String>,
}

impl RowNames {
    /// Removes the name of a row, unless another row has it by now.
    fn forget(&mut self, key: &RowKey) {
        if let Some(name) = self.names.remove(key)
            && self.keys.get(&name) == Some(key)
        {
            self.keys.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(memory: &Memory) -> (usize, usize) {
        let sum = |of: fn(&RowNames) -> usize| memory.names.values().map(of).sum();
        (sum(|it| it.keys.len()), sum(|it| it.names.len()))
    }

    #[test]
    fn a_row_has_one_name_in_a_field() {
        let (mut memory, one, two) = (Memory::default(), RowKey::number(1), RowKey::number(2));
        for number in 0..100 {
            memory.name("c", "email", &format!("A{number}"), &one);
        }
        memory.name("c", "sku", "a1", &two);
        assert_eq!(sizes(&memory), (2, 2));
        assert_eq!(memory.named("c", "email", "a99"), Some(one.clone()));
        assert_eq!(memory.named("c", "email", "a1"), None);
        memory.name("c", "email", "a99", &two);
        memory.name("c", "email", "b", &one);
        assert_eq!(memory.named("c", "email", "A99"), Some(two), "the other row keeps it");
    }

    #[test]
    fn names_of_rows_are_forgotten_with_them() {
        let mut memory = Memory::default();
        for id in 0..=20_000 {
            let key = RowKey::number(id);
            memory.name("c", "email", &id.to_string(), &key);
            memory.put("c", key, None);
        }
        assert_eq!(sizes(&memory), (MOST_ROWS, MOST_ROWS));
        assert_eq!(memory.named("c", "email", "0"), None);
    }
}
