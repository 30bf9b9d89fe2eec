//! Rows that parameters name.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    mock::{
        data::{ServiceCall, ShopData, class, key::RowKey, rows::is_of_magento},
        input::text_of,
    },
    names::snake,
};

/// Fields that identify a row beside its key.
const IDENTIFYING: [&str; 5] = ["increment_id", "sku", "email", "identifier", "attribute_code"];

impl ShopData {
    /// Parameter of a module's own route that says which row of a class is meant.
    pub(super) fn identifier<'a>(&self, asked: &'a ServiceCall<'_>, class: &str) -> Option<&'a str> {
        let key = self.key_field(class)?;
        let names = asked.method.parameters.iter().map(|it| it.name.as_str()).filter(|_| asked.is_own);
        let mut names = names.filter(|name| RowKey::of(asked.arguments.get(name)).is_some());
        names.find(|name| {
            self.naming_field(class, name).is_some_and(|field| field == key || IDENTIFYING.contains(&&*field))
        })
    }

    /// Field of a class that a parameter names: `orderNumber` and `order_increment_id` mean `increment_id`, `productSku` the
    /// SKU of a product.
    fn naming_field(&self, class: &str, name: &str) -> Option<String> {
        let (shape, key, field) = (self.book.shape(class)?, self.key_field(class)?, snake(name));
        let short = snake(class.rsplit('\\').next().unwrap_or(class).trim_end_matches("Interface"));
        let bare = field.strip_prefix(&format!("{short}_")).unwrap_or(&field);
        let bare = if bare == "number" { "increment_id" } else { bare };
        if matches!(bare, "id" | "entity_id") || field == key {
            return Some(key);
        }
        [bare, &field].into_iter().find(|it| shape.field(it).is_some()).map(str::to_owned)
    }

    /// Row that a parameter names by its key, another field, or the entity that the row names. A free one is made if it does not
    /// exist, unless it names an entity that does not exist.
    pub(super) fn named_row(
        &self,
        class: &str,
        name: &str,
        value: &Value,
        is_free: bool,
    ) -> Option<(RowKey, Arc<Value>)> {
        if let Some((field, value)) = self.entity_named(class, name, value) {
            return self.named_row(class, field, &value?, is_free);
        }
        let key = RowKey::of(value)?;
        let key_field = self.key_field(class)?;
        let is_own = !is_of_magento(class);
        let naming = self.naming_field(class, name);
        let is_other = |field: &&str| {
            *field != key_field && (is_own || *field == "increment_id" || !field.ends_with("_id"))
        };
        let field = naming.as_deref().filter(is_other);
        if class == class::PRODUCT && field == Some("sku") {
            let key = self.product_key(&text_of(value))?;
            return self.row(class, &key).map(|row| (key, row));
        }
        let known = match field {
            None => self.row(class, &key),
            Some(field) => {
                let mut rows = self.rows(class).into_iter();
                rows.find(|row| row.get(field).is_some_and(|it| is_same(it, value)))
            }
        };
        let is_numbered = field.is_none() && class::NUMBERED.contains(&class);
        let is_made = !self.world.is_empty && (is_free || is_own) && !is_numbered;
        let made = || {
            let mut row = self.world.object(&self.book, class, key.any_id())?;
            // `id` is not the value of a key that is no id.
            let as_key = Some(key_field.as_str()).filter(|it| is_own && self.names_itself(class, name, it));
            if let Some(field) = field.or(as_key) {
                row[field] = value.clone();
            }
            Some(Arc::new(row))
        };
        let row = known.or_else(|| made().filter(|_| is_made))?;
        let key = match field {
            None => key,
            Some(_) => row.get(&key_field).and_then(RowKey::of)?,
        };
        self.is_sound(class, &row).then_some((key, row))
    }

    /// Returns true if a parameter has the value of a field, by its name.
    fn names_itself(&self, class: &str, name: &str, field: &str) -> bool {
        let is_id = matches!(snake(name).as_str(), "id" | "entity_id");
        let names = self.naming_field(class, name).is_some_and(|it| it == field);
        names && (!is_id || field.ends_with("id"))
    }

    /// Returns true for a row that was written, or that names no entity that does not exist.
    pub(super) fn is_sound(&self, class: &str, row: &Value) -> bool {
        self.is_written(class, row) || self.entity_of(class, row).is_none_or(|entity| entity.is_some())
    }

    /// Returns true for a row that a request wrote.
    pub(super) fn is_written(&self, class: &str, row: &Value) -> bool {
        let key = self.key_field(class).and_then(|field| row.get(&field).and_then(RowKey::of));
        key.is_some_and(|key| self.memory().row(class, &key).is_some())
    }
}

/// Returns true for values that are the same as texts, whatever their case.
pub(super) fn is_same(value: &Value, other: &Value) -> bool {
    text_of(value).eq_ignore_ascii_case(&text_of(other))
}
