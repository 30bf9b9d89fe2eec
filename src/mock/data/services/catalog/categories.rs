//! Categories.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Map, Value, json};

use super::products::slug;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{latest_attributes, text_of, to_int},
};

/// Longest path that its column holds.
pub(super) const LONGEST_PATH: usize = 255;

/// Deepest category: a path has no room for more.
const DEEPEST: u64 = LONGEST_PATH as u64 / 2 + 1;

impl ShopData {
    pub(in crate::mock::data) fn categories(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        match (service, method) {
            ("CategoryRepository", "get") => Some(self.category(asked.arguments.get("categoryId"))),
            ("CategoryRepository", "save") => Some(self.save_category(asked)),
            ("CategoryRepository", "deleteByIdentifier") => {
                Some(self.delete_category(asked.arguments.get("categoryId")))
            }
            ("CategoryManagement", "move") => Some(self.move_category(asked)),
            ("CategoryManagement", "getTree") => Some(self.category_tree(asked)),
            _ => None,
        }
    }

    pub(super) fn category(&self, id: &Value) -> Result<Value, ShopRefusal> {
        self.existing(class::CATEGORY, "id", id)
    }

    fn save_category(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let sent = asked.arguments.get("category").as_object().cloned().unwrap_or_default();
        let id = sent.get("id").filter(|it| !it.is_null()).cloned();
        let id = id.or_else(|| asked.id.as_ref().map(|(_, id)| json!(to_int(&json!(id)))));
        let mut row = match &id {
            Some(id) => self.category(id)?.as_object().cloned().unwrap_or_default(),
            None => self.new_category(&sent, asked.now)?,
        };
        if sent.get("name").is_some_and(|it| it.as_str() == Some("")) {
            return Err(no_name());
        }
        let attributes = sent.get("custom_attributes").and_then(Value::as_array).cloned().unwrap_or_default();
        // Only a move changes the place in the tree (`module-catalog/Model/CategoryRepository.php`).
        const KEPT: [&str; 5] = ["id", "custom_attributes", "path", "level", "parent_id"];
        let plain = sent.into_iter().filter(|(name, _)| !KEPT.contains(&name.as_str()));
        row.extend(plain);
        if let Some(Value::Array(known)) = row.get_mut("custom_attributes") {
            known.extend(attributes);
            *known = latest_attributes(std::mem::take(known));
        }
        row.insert("updated_at".to_owned(), json!(moment(asked.now)));
        let key = row.get("id").and_then(RowKey::of).unwrap_or_else(|| RowKey::number(0));
        let row = Value::Object(row);
        self.put(class::CATEGORY, &key, row.clone());
        Ok(row)
    }

    /// Deletes a category and those below it; not the roots.
    fn delete_category(&self, id: &Value) -> Result<Value, ShopRefusal> {
        let category = self.category(id)?;
        let text = |row: &Value, name: &str| row.get(name).map(text_of).unwrap_or_default();
        let number = text(&category, "id");
        if matches!(number.as_str(), "1" | "2") {
            return Err(ShopRefusal::localized(400, "Cannot delete category with id %1", json!([number])));
        }
        let below = format!("{}/", text(&category, "path"));
        for row in self.rows(class::CATEGORY) {
            if format!("{}/", text(&row, "path")).starts_with(&below)
                && let Some(key) = row.get("id").and_then(RowKey::of)
            {
                self.delete(class::CATEGORY, &key);
            }
        }
        if let Some(key) = category.get("parent_id").and_then(RowKey::of)
            && let Some(parent) = self.row(class::CATEGORY, &key)
        {
            let mut parent = Value::clone(&parent);
            let children = text(&parent, "children");
            let left: Vec<&str> = children.split(',').filter(|it| *it != number).collect();
            parent["children"] = json!(left.join(","));
            self.put(class::CATEGORY, &key, parent);
        }
        Ok(Value::Bool(true))
    }

    fn new_category(&self, sent: &Map<String, Value>, now: u64) -> Result<Map<String, Value>, ShopRefusal> {
        let parent_id = sent.get("parent_id").filter(|it| !it.is_null()).cloned().unwrap_or_else(|| json!(2));
        let mut parent = self.category(&parent_id)?;
        let name = sent.get("name").map(text_of).unwrap_or_default();
        if name.is_empty() {
            return Err(no_name());
        }
        let id = self.next_id(class::CATEGORY);
        let children = parent.get("children").map(text_of).unwrap_or_default();
        let position = children.split(',').filter(|it| !it.is_empty()).count() + 1;
        let path = format!("{}/{id}", parent.get("path").map(text_of).unwrap_or_default());
        if path.len() > LONGEST_PATH {
            return Err(ShopRefusal::internal("Data too long for column 'path'").because(format!(
                "the path {path} is longer than its column, which holds {LONGEST_PATH} characters; how a shop refuses it is unknown"
            )));
        }
        let level = parent.get("level").map_or(0, to_int).saturating_add(1);
        parent["children"] =
            json!(if children.is_empty() { id.to_string() } else { format!("{children},{id}") });
        if let Some(key) = RowKey::of(&parent_id) {
            self.put(class::CATEGORY, &key, parent);
        }
        let row = json!({
            "id": id, "parent_id": parent_id, "name": name, "is_active": true, "position": position, "level": level,
            "children": "", "created_at": moment(now), "path": path, "include_in_menu": true,
            "custom_attributes": [
                { "attribute_code": "is_anchor", "value": "1" },
                { "attribute_code": "path", "value": path },
                { "attribute_code": "children_count", "value": "0" },
                { "attribute_code": "url_key", "value": slug(&name) },
                { "attribute_code": "url_path", "value": slug(&name) },
            ],
        });
        Ok(row.as_object().cloned().unwrap_or_default())
    }

    fn category_tree(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let root = asked.arguments.get("rootCategoryId");
        let root = if root.is_null() { json!(2) } else { root.clone() };
        let depth = asked.arguments.get("depth").as_u64().unwrap_or(DEEPEST).min(DEEPEST);
        let root = self.category(&root)?;
        let categories = self.rows(class::CATEGORY);
        let mut tree = CategoryTree::default();
        for category in &categories {
            let of = |name: &str| category.get(name).map(text_of).unwrap_or_default();
            if of("parent_id") != of("id") {
                tree.children.entry(of("parent_id")).or_default().push(category);
            }
        }
        for product in self.rows(class::PRODUCT) {
            let links = product.pointer("/extension_attributes/category_links").and_then(Value::as_array);
            for category in links.into_iter().flatten().filter_map(|link| link.get("category_id")) {
                *tree.products.entry(text_of(category)).or_default() += 1;
            }
        }
        Ok(tree.branch(&root, depth))
    }
}

fn no_name() -> ShopRefusal {
    let reason = "The \"Name\" attribute value is empty. Set the attribute and try again.";
    ShopRefusal::localized(400, "Could not save category: %1", json!([reason]))
}

/// Categories by their parents.
#[derive(Default)]
struct CategoryTree<'a> {
    children: HashMap<String, Vec<&'a Arc<Value>>>,
    /// Numbers of products.
    products: HashMap<String, u64>,
}

impl CategoryTree<'_> {
    /// Removes the children of a category, so that each comes once.
    fn branch(&mut self, category: &Value, depth: u64) -> Value {
        let id = category.get("id").map(text_of).unwrap_or_default();
        let mut children = self.children.remove(&id).unwrap_or_default();
        children.sort_by_key(|it| it.get("position").map_or(0, to_int));
        let children: Vec<Value> = match depth {
            0 => Vec::new(),
            _ => children.into_iter().map(|it| self.branch(it, depth - 1)).collect(),
        };
        let mut tree = Map::new();
        for name in ["id", "parent_id", "name", "is_active", "position", "level"] {
            tree.insert(name.to_owned(), category.get(name).cloned().unwrap_or_default());
        }
        tree.insert("product_count".to_owned(), json!(self.products.get(&id).copied().unwrap_or_default()));
        tree.insert("children_data".to_owned(), Value::Array(children));
        Value::Object(tree)
    }
}
