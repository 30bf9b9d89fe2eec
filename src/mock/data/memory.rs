//! Rows that requests wrote.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use serde_json::Value;

use super::{
    key::{LARGEST_ID, RowKey},
    queue::Bulk,
    weight,
};

/// Greatest number of written rows; the oldest are forgotten, as are the oldest bulks.
pub(super) const MOST_ROWS: usize = 20_000;
/// Greatest number of bulks.
pub(super) const MOST_BULKS: usize = 2_000;
/// Memory for written rows, and as much for bulks; the oldest are forgotten.
pub(super) const LARGEST_MEMORY: usize = 256 << 20;

/// Rows and bulks that a shop remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Written rows by class; none for a deleted one.
    rows: HashMap<String, BTreeMap<RowKey, Option<Arc<Value>>>>,
    /// Keys of written rows, oldest first.
    order: VecDeque<(String, RowKey)>,
    /// Memory of written rows.
    size: usize,
    /// Greatest ids given.
    last_ids: HashMap<String, i64>,
    /// Names of rows by class and by the unique field that names them, such as the SKU.
    names: HashMap<(String, &'static str), RowNames>,
    /// Bulks by UUID, oldest first.
    pub(super) bulks: VecDeque<Bulk>,
    /// Memory of bulks.
    bulks_size: usize,
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
        self.size += weight::of_row(&key, row.as_deref());
        match rows.insert(key.clone(), row) {
            Some(old) => self.size -= weight::of_row(&key, old.as_deref()),
            None => self.order.push_back((class.to_owned(), key.clone())),
        }
        if let Some(id) = key.id() {
            let last = self.last_ids.entry(class.to_owned()).or_default();
            *last = (*last).max(id);
        }
        while self.order.len() > MOST_ROWS || self.size > LARGEST_MEMORY && self.order.len() > 1 {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        let Some((class, key)) = self.order.pop_front() else { return };
        let row = self.rows.get_mut(&class).and_then(|rows| rows.remove(&key));
        self.size -= row.map_or(0, |row| weight::of_row(&key, row.as_deref()));
        let of_class = self.names.iter_mut().filter(|((of, _), _)| *of == class);
        of_class.for_each(|(_, names)| names.forget(&key));
    }

    /// Remembers a bulk.
    pub(super) fn queue(&mut self, bulk: Bulk) {
        self.bulks_size += bulk.size;
        self.bulks.push_back(bulk);
        while self.bulks.len() > MOST_BULKS || self.bulks_size > LARGEST_MEMORY && self.bulks.len() > 1 {
            self.bulks_size -= self.bulks.pop_front().map_or(0, |bulk| bulk.size);
        }
    }

    /// Puts a bulk that was run in its place, unless it is forgotten.
    pub(super) fn end(&mut self, bulk: Bulk) {
        if let Some(kept) = self.bulks.iter_mut().find(|it| it.uuid == bulk.uuid) {
            self.bulks_size = self.bulks_size - kept.size + bulk.size;
            *kept = bulk;
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
    use crate::mock::ServedMethod;

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

    #[test]
    fn large_rows_are_forgotten_before_memory_is_full() {
        let mut memory = Memory::default();
        let row = Some(Arc::new(Value::from("x".repeat(LARGEST_MEMORY / 8))));
        let texts = ["a", "b", "c", "d"].map(|it| RowKey::Text(it.to_owned()));
        for key in texts.into_iter().chain((0..100).map(RowKey::number)) {
            for row in [&row, &None, &row, &row] {
                memory.put("c", key.clone(), row.clone());
            }
        }
        let kept: Vec<&RowKey> = memory.rows("c").map(|(key, _)| key).collect();
        assert_eq!(kept, (93..100).map(RowKey::number).collect::<Vec<_>>().iter().collect::<Vec<_>>());
        let sizes = memory.rows("c").map(|(key, row)| weight::of_row(key, row.as_deref()));
        assert_eq!(memory.size, sizes.sum::<usize>());
    }

    #[test]
    fn large_bulks_are_forgotten_before_memory_is_full() {
        let bulk = |uuid: usize, size: usize| Bulk {
            uuid: uuid.to_string(),
            topic: String::new(),
            started: 0,
            user_type: 1,
            user: 1,
            is_run: false,
            verb: String::new(),
            path: String::new(),
            is_own: false,
            method: ServedMethod {
                class: String::new(),
                name: String::new(),
                parameters: Vec::new(),
                returns: String::new(),
            },
            store: 0,
            operations: Vec::new(),
            size,
        };
        let mut memory = Memory::default();
        (0..9).for_each(|uuid| memory.queue(bulk(uuid, LARGEST_MEMORY / 4)));
        assert_eq!((memory.bulks.len(), memory.bulks_size), (4, LARGEST_MEMORY));
        memory.end(bulk(0, LARGEST_MEMORY));
        memory.end(bulk(8, 1));
        assert_eq!((memory.bulks.len(), memory.bulks_size), (4, LARGEST_MEMORY / 4 * 3 + 1));
        memory.queue(bulk(9, 2 * LARGEST_MEMORY));
        assert_eq!((memory.bulks.len(), memory.bulks_size), (1, 2 * LARGEST_MEMORY), "the last one is kept");
        (10..3_000).for_each(|uuid| memory.queue(bulk(uuid, 0)));
        assert_eq!((memory.bulks.len(), memory.bulks_size), (MOST_BULKS, 0));
    }
}
