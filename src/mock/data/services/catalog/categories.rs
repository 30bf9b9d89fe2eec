//! Categories.

use serde_json::{Map, Value, json};

use super::products::slug;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::text_of,
};

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
        let id =
            id.or_else(|| asked.id.as_ref().map(|(_, id)| json!(crate::mock::input::to_int(&json!(id)))));
        let mut row = match &id {
            Some(id) => self.category(id)?.as_object().cloned().unwrap_or_default(),
            None => self.new_category(&sent, asked.now)?,
        };
        if sent.get("name").is_some_and(|it| it.as_str() == Some("")) {
            return Err(no_name());
        }
        let attributes = sent.get("custom_attributes").and_then(Value::as_array).cloned().unwrap_or_default();
        let plain = sent.into_iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "custom_attributes"));
        row.extend(plain);
        if let Some(Value::Array(known)) = row.get_mut("custom_attributes") {
            for attribute in attributes {
                known.retain(|it| it.get("attribute_code") != attribute.get("attribute_code"));
                known.push(attribute);
            }
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
        let level = parent.get("level").and_then(Value::as_i64).unwrap_or_default() + 1;
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
        let depth = asked.arguments.get("depth").as_u64().unwrap_or(u64::MAX);
        let root = self.category(&root)?;
        let categories = self.rows(class::CATEGORY);
        let products = self.rows(class::PRODUCT);
        let links: Vec<String> = products
            .iter()
            .filter_map(|row| row.pointer("/extension_attributes/category_links")?.as_array())
            .flatten()
            .filter_map(|link| link.get("category_id").map(text_of))
            .collect();
        Ok(branch(&root, &categories, &links, depth))
    }
}

fn no_name() -> ShopRefusal {
    let reason = "The \"Name\" attribute value is empty. Set the attribute and try again.";
    ShopRefusal::localized(400, "Could not save category: %1", json!([reason]))
}

fn branch(category: &Value, all: &[std::sync::Arc<Value>], links: &[String], depth: u64) -> Value {
    let id = category.get("id").cloned().unwrap_or_default();
    let below = all.iter().filter(|it| it.get("parent_id") == Some(&id) && it.get("id") != Some(&id));
    let children: Vec<Value> = match depth {
        0 => Vec::new(),
        _ => below.map(|it| branch(it, all, links, depth - 1)).collect(),
    };
    let mut tree = Map::new();
    for name in ["id", "parent_id", "name", "is_active", "position", "level"] {
        tree.insert(name.to_owned(), category.get(name).cloned().unwrap_or_default());
    }
    let count = links.iter().filter(|link| **link == text_of(&id)).count();
    tree.insert("product_count".to_owned(), json!(count));
    tree.insert("children_data".to_owned(), Value::Array(children));
    Value::Object(tree)
}
