//! Rows of a class: those that the seed makes, with what was written over them.

use std::sync::{Arc, PoisonError};

use serde_json::Value;

use super::{MadeRows, ShopData, class, key::RowKey};
use crate::{mock::types::KindBase, names::snake};

/// Fields that name something else than the object itself.
const FOREIGN: [&str; 10] = [
    "category_id",
    "customer_id",
    "entity_id",
    "order_id",
    "parent_id",
    "product_id",
    "quote_id",
    "region_id",
    "store_id",
    "website_id",
];

/// Returns true for a class of Magento, whose rows are known.
pub(super) fn is_of_magento(class: &str) -> bool {
    class.starts_with(r"Magento\")
}

impl ShopData {
    /// Field that identifies the rows of a class; none if the class is unknown.
    pub(super) fn key_field(&self, class: &str) -> Option<String> {
        if let class::SOURCE_ITEM = class {
            return Some("sku".to_owned());
        }
        let shape = self.book.shape(class)?;
        let short = class.rsplit('\\').next().unwrap_or(class);
        let short = snake(short.strip_suffix("Interface").unwrap_or(short));
        let first = ["entity_id", "id", "item_id", &format!("{short}_id")];
        let last = ["code", &format!("{short}_code"), "sku"];
        let known = |names: &[&str]| {
            names.iter().find(|name| shape.field(name).is_some()).map(|name| (*name).to_owned())
        };
        let is_id = |name: &str| name.ends_with("_id") && !FOREIGN.contains(&name);
        let own = || {
            let mut fields = shape.fields.iter();
            fields.find(|it| it.kind.base == KindBase::Int && is_id(&it.name)).map(|it| it.name.clone())
        };
        known(&first)
            .or_else(own)
            .or_else(|| known(&last))
            .or_else(|| shape.fields.first().map(|field| field.name.clone()))
    }

    /// All rows of a class in order of their keys.
    pub(super) fn rows(&self, class: &str) -> Vec<Arc<Value>> {
        let made = self.made(class);
        let memory = self.memory();
        if !memory.has(class) {
            return made.iter().map(|(_, row)| Arc::clone(row)).collect();
        }
        let mut rows: std::collections::BTreeMap<&RowKey, Arc<Value>> =
            made.iter().map(|(key, row)| (key, Arc::clone(row))).collect();
        for (key, row) in memory.rows(class) {
            match row {
                Some(row) => rows.insert(key, Arc::clone(row)),
                None => rows.remove(key),
            };
        }
        rows.into_values().collect()
    }

    /// Row of a class by key; none if it does not exist. A text names a row of a module's own class that exists, unless it was
    /// deleted.
    pub(super) fn row(&self, class: &str, key: &RowKey) -> Option<Arc<Value>> {
        if let Some(written) = self.memory().row(class, key) {
            return written;
        }
        if class::NUMBERED.contains(&class) {
            return key.id().and_then(|id| self.world.row(class, id)).map(Arc::new);
        }
        let made = self.made(class);
        if let Some((_, row)) = made.iter().find(|(it, _)| it == key) {
            return Some(Arc::clone(row));
        }
        if key.id().is_some() || self.world.is_empty || is_of_magento(class) {
            return None;
        }
        let mut row = self.world.object(&self.book, class, key.any_id())?;
        if let (Some(field), Value::Object(fields)) = (self.key_field(class), &mut row) {
            fields.insert(field, key.value());
        }
        Some(Arc::new(row))
    }

    /// Writes a row.
    pub(super) fn put(&self, class: &str, key: &RowKey, row: Value) {
        let mut memory = self.memory();
        let name = match class {
            class::PRODUCT => Some("sku"),
            class::CUSTOMER => Some("email"),
            _ => None,
        };
        let name = name.and_then(|field| Some((field, row.get(field)?.as_str()?)));
        if let Some((field, name)) = name {
            memory.name(class, field, name, key);
        }
        memory.put(class, key.clone(), Some(Arc::new(row)));
    }

    /// Deletes a row.
    pub(super) fn delete(&self, class: &str, key: &RowKey) {
        self.memory().put(class, key.clone(), None);
    }

    /// Draws the id of a new row.
    pub(super) fn next_id(&self, class: &str) -> i64 {
        self.memory().next_id(class, self.world.last_id(class))
    }

    /// Rows that the seed makes, made when they are first asked for.
    fn made(&self, class: &str) -> MadeRows {
        if let Some(made) = self.made.read().unwrap_or_else(PoisonError::into_inner).get(class) {
            return Arc::clone(made);
        }
        let field = self.key_field(class);
        let ids = 1..=self.world.count(class);
        let row = |id: i64| {
            let row = match self.world.row(class, id) {
                None if class::NUMBERED.contains(&class) => return None,
                Some(row) => row,
                None => {
                    let mut row = self.world.object(&self.book, class, id)?;
                    let number = field.as_deref().and_then(|field| row.get_mut(field));
                    if let Some(number) = number.filter(|it| it.is_number()) {
                        *number = Value::from(id);
                    }
                    row
                }
            };
            let key = field.as_deref().and_then(|field| row.get(field).and_then(RowKey::of));
            Some((key.unwrap_or_else(|| RowKey::number(id)), Arc::new(row)))
        };
        let mut rows: Vec<_> = ids.filter_map(row).collect();
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        rows.dedup_by(|(a, _), (b, _)| a == b);
        let rows = Arc::new(rows);
        self.made.write().unwrap_or_else(PoisonError::into_inner).insert(class.to_owned(), Arc::clone(&rows));
        rows
    }
}
