//! Moves of categories, as `module-catalog/Model/CategoryManagement.php` and `Model/ResourceModel/Category.php` make them.

use std::{collections::HashMap, sync::Arc};

use serde_json::{Value, json};

use super::categories::LONGEST_PATH;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{text_of, to_int},
};

impl ShopData {
    pub(super) fn move_category(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let category = self.category(asked.arguments.get("categoryId"))?;
        let parent = self.category(asked.arguments.get("parentId"))?;
        let before = self.rows(class::CATEGORY);
        // Magento compares the paths as texts.
        if text(&parent, "path").starts_with(&text(&category, "path"))
            || is_above(&before, &category, &parent)
        {
            let text = "Operation do not allow to move a parent category to any of children category";
            return Err(ShopRefusal::exception(400, text));
        }
        let after = asked.arguments.get("afterId");
        let after = place(&before, &parent, (!after.is_null()).then(|| to_int(after)));
        let mut rows: Vec<Value> = before.iter().map(|row| Value::clone(row)).collect();
        let position = make_room(&mut rows, &category, &parent, after);
        move_paths(&mut rows, &category, &parent);
        if let Some(row) = rows.iter().find(|row| text(row, "path").len() > LONGEST_PATH) {
            return Err(ShopRefusal::exception(400, "Could not move category").because(format!(
                "the path {} would be longer than its column, which holds {LONGEST_PATH} characters",
                text(row, "path")
            )));
        }
        if let Some(row) = rows.iter_mut().find(|row| id(row) == id(&category)) {
            row["parent_id"] = parent["id"].clone();
            row["position"] = json!(position);
            row["updated_at"] = json!(moment(asked.now));
        }
        let old = category.get("parent_id").map_or(0, to_int);
        count_children(&mut rows, &[old, id(&parent)]);
        for (row, was) in rows.into_iter().zip(before) {
            if let Some(key) = row.get("id").and_then(RowKey::of).filter(|_| row != *was) {
                self.put(class::CATEGORY, &key, row);
            }
        }
        Ok(Value::Bool(true))
    }
}

fn text(row: &Value, name: &str) -> String {
    row.get(name).map(text_of).unwrap_or_default()
}

fn number(row: &Value, name: &str) -> i64 {
    row.get(name).map_or(0, to_int)
}

fn id(row: &Value) -> i64 {
    number(row, "id")
}

fn is_active(row: &Value) -> bool {
    row.get("is_active").and_then(Value::as_bool).unwrap_or_default()
}

/// Returns true if a category is among the parents of another one.
fn is_above(rows: &[Arc<Value>], category: &Value, below: &Value) -> bool {
    let parents: HashMap<i64, i64> = rows.iter().map(|row| (id(row), number(row, "parent_id"))).collect();
    let mut place = Some(id(below));
    for _ in 0..=rows.len() {
        match place {
            Some(it) if it == id(category) => return true,
            Some(it) => place = parents.get(&it).copied(),
            None => return false,
        }
    }
    true
}

/// Category behind which one is put: the last active one of the parent, unless an earlier one is named.
fn place(rows: &[Arc<Value>], parent: &Value, after: Option<i64>) -> Option<i64> {
    let below = format!("{}/", text(parent, "path"));
    let active = || rows.iter().filter(|row| is_active(row));
    if !active().any(|row| text(row, "path").starts_with(&below)) {
        return after;
    }
    let last = active().filter(|row| number(row, "parent_id") == id(parent)).map(|row| id(row)).max();
    match (after, last) {
        (Some(after), Some(last)) if after <= last => Some(after),
        _ => last,
    }
}

/// Closes the gap that a category leaves, and opens one where it goes. Returns its position.
fn make_room(rows: &mut [Value], category: &Value, parent: &Value, after: Option<i64>) -> i64 {
    let shift = |rows: &mut [Value], parent: i64, first: i64, by: i64| {
        let behind =
            |row: &&mut Value| number(row, "parent_id") == parent && number(row, "position") >= first;
        for row in rows.iter_mut().filter(behind) {
            row["position"] = json!(number(row, "position").saturating_add(by));
        }
    };
    let position = number(category, "position");
    shift(rows, number(category, "parent_id"), position.saturating_add(1), -1);
    let before = after
        .filter(|after| *after != 0)
        .map_or(0, |after| rows.iter().find(|row| id(row) == after).map_or(0, |row| number(row, "position")));
    let position = before.saturating_add(1);
    shift(rows, id(parent), position, 1);
    position
}

/// Changes path and level of a category and of those below it.
fn move_paths(rows: &mut [Value], category: &Value, parent: &Value) {
    let old = text(category, "path");
    let new = format!("{}/{}", text(parent, "path"), id(category));
    let deeper = number(parent, "level").saturating_add(1).saturating_sub(number(category, "level"));
    for row in rows {
        let path = text(row, "path");
        let Some(rest) = path.strip_prefix(&old).filter(|rest| rest.is_empty() || rest.starts_with('/'))
        else {
            continue;
        };
        let path = format!("{new}{rest}");
        row["level"] = json!(number(row, "level").saturating_add(deeper));
        set_attribute(row, "path", &path);
        row["path"] = json!(path);
    }
}

/// Lists the children of two parents anew, and counts those of all categories above.
fn count_children(rows: &mut [Value], parents: &[i64]) {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    let mut children: HashMap<i64, Vec<i64>> = HashMap::new();
    for row in &*rows {
        let path = text(row, "path");
        let above = path.split('/').filter_map(|it| it.parse().ok()).filter(|it| *it != id(row));
        above.for_each(|above| *counts.entry(above).or_default() += 1);
        children.entry(number(row, "parent_id")).or_default().push(id(row));
    }
    for row in rows {
        let of = id(row);
        if parents.contains(&of) {
            let children = children.get(&of).into_iter().flatten().map(i64::to_string);
            row["children"] = json!(children.collect::<Vec<_>>().join(","));
        }
        set_attribute(row, "children_count", &counts.get(&of).copied().unwrap_or_default().to_string());
    }
}

/// Changes an attribute of a category that has it.
fn set_attribute(row: &mut Value, code: &str, value: &str) {
    let attributes = row.get_mut("custom_attributes").and_then(Value::as_array_mut);
    let found = attributes.into_iter().flatten().find(|it| it.get("attribute_code") == Some(&json!(code)));
    if let Some(attribute) = found {
        attribute["value"] = json!(value);
    }
}
