//! Searches: filters, sorting and pages.

use std::{cmp::Ordering, sync::Arc};

use serde_json::{Map, Value, json};

use super::class;
use crate::mock::{ShopRefusal, input::text_of, types::ClassShape};

/// Rows found, and how many there are on all pages.
#[derive(Debug)]
pub(super) struct FoundRows {
    pub(super) rows: Vec<Arc<Value>>,
    pub(super) total: usize,
}

/// Condition of a filter.
struct SearchCondition {
    field: String,
    kind: String,
    value: Value,
}

/// Answer of a table to fields that it does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// Error of the database: an internal error.
    Column,
    /// Error of EAV: `The "%1" attribute name is invalid.`; ignored in the sorting.
    Attribute,
}

/// Finds rows by a `SearchCriteria` with keys in snake case.
pub(super) fn find(
    rows: Vec<Arc<Value>>,
    criteria: &Value,
    shape: &ClassShape,
) -> Result<FoundRows, ShopRefusal> {
    let is_eav = matches!(shape.class.as_str(), class::PRODUCT | class::CUSTOMER | class::CATEGORY);
    let unknown = if is_eav { Unknown::Attribute } else { Unknown::Column };
    let groups = groups(criteria);
    for condition in groups.iter().flatten() {
        if !is_known(&condition.field, shape) {
            return Err(refused(unknown, &condition.field));
        }
    }
    let sorts = sorts(criteria);
    for (field, _) in &sorts {
        if unknown == Unknown::Column && !is_known(field, shape) {
            return Err(refused(unknown, field));
        }
    }
    // All products are in the website of every store view.
    let is_free =
        |condition: &SearchCondition| shape.class == class::PRODUCT && condition.field == "store_id";
    let fits = |row: &Arc<Value>| {
        groups.iter().all(|group| {
            group.is_empty() || group.iter().any(|condition| is_free(condition) || condition.fits(row))
        })
    };
    let mut rows: Vec<Arc<Value>> = rows.into_iter().filter(fits).collect();
    let total = rows.len();
    if !sorts.is_empty() {
        rows.sort_by(|a, b| {
            let by = |(field, is_descending): &(String, bool)| {
                let order = compare(&field_of(a, field), &field_of(b, field));
                if *is_descending { order.reverse() } else { order }
            };
            sorts.iter().map(by).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
    }
    let size = criteria.get("page_size").and_then(Value::as_i64).unwrap_or_default();
    let page = criteria.get("current_page").and_then(Value::as_i64).unwrap_or(1).max(1);
    // A negative size is a limit of one row in SQL.
    let size = usize::try_from(size).unwrap_or(1);
    if size > 0 {
        let skipped = usize::try_from(page - 1).unwrap_or_default().saturating_mul(size);
        rows = rows.into_iter().skip(skipped).take(size).collect();
    }
    Ok(FoundRows { rows, total })
}

/// Search criteria as the answer repeats them.
pub(super) fn echo(criteria: &Value) -> Value {
    let mut echo = Map::new();
    let groups: Vec<Value> = groups(criteria)
        .iter()
        .map(|group| {
            let filters: Vec<Value> = group
                .iter()
                .map(|it| json!({ "field": it.field, "value": it.value, "condition_type": it.kind }))
                .collect();
            json!({ "filters": filters })
        })
        .collect();
    echo.insert("filter_groups".to_owned(), Value::Array(groups));
    for name in ["sort_orders", "page_size", "current_page"] {
        if let Some(value) = criteria.get(name).filter(|value| !value.is_null()) {
            echo.insert(name.to_owned(), value.clone());
        }
    }
    Value::Object(echo)
}

fn refused(unknown: Unknown, field: &str) -> ShopRefusal {
    match unknown {
        Unknown::Attribute => ShopRefusal::localized(
            400,
            "The \"%1\" attribute name is invalid. Reset the name and try again.",
            json!([field]),
        ),
        Unknown::Column => ShopRefusal::internal(format!(
            "SQLSTATE[42S22]: Column not found: 1054 Unknown column '{field}' in 'where clause'"
        ))
        .because(format!("the table has no column {field}")),
    }
}

fn list(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(items)) => items.values().collect(),
        _ => Vec::new(),
    }
}

fn groups(criteria: &Value) -> Vec<Vec<SearchCondition>> {
    let condition = |filter: &Value| SearchCondition {
        field: filter.get("field").map(text_of).unwrap_or_default(),
        kind: filter
            .get("condition_type")
            .filter(|it| !it.is_null())
            .map_or_else(|| "eq".to_owned(), text_of),
        value: filter.get("value").cloned().unwrap_or_default(),
    };
    let group = |group: &Value| list(group.get("filters")).into_iter().map(condition).collect();
    list(criteria.get("filter_groups")).into_iter().map(group).collect()
}

/// Fields to sort by; true for descending, which a missing direction means.
fn sorts(criteria: &Value) -> Vec<(String, bool)> {
    let sort = |sort: &Value| {
        let field = sort.get("field").filter(|it| !it.is_null()).map(text_of)?;
        let direction = sort.get("direction").map(text_of).unwrap_or_default();
        Some((field, !direction.eq_ignore_ascii_case("ASC")))
    };
    list(criteria.get("sort_orders")).into_iter().filter_map(sort).collect()
}

/// Attributes of products, categories and customers that are not fields of their interfaces.
const ATTRIBUTES: [&str; 32] = [
    "category_id",
    "category_ids",
    "color",
    "cost",
    "country_of_manufacture",
    "custom_design",
    "description",
    "entity_id",
    "gift_message_available",
    "image",
    "is_anchor",
    "manufacturer",
    "meta_description",
    "meta_keyword",
    "meta_title",
    "minimal_price",
    "msrp",
    "news_from_date",
    "news_to_date",
    "options_container",
    "parent_id",
    "password_hash",
    "quantity_and_stock_status",
    "short_description",
    "small_image",
    "special_from_date",
    "special_price",
    "special_to_date",
    "tax_class_id",
    "thumbnail",
    "url_key",
    "website_id",
];

fn is_known(field: &str, shape: &ClassShape) -> bool {
    let is_eav = matches!(shape.class.as_str(), class::PRODUCT | class::CUSTOMER | class::CATEGORY);
    shape.field(field).is_some_and(|it| it.kind.is_simple() && !it.kind.is_list)
        || is_eav && (ATTRIBUTES.contains(&field) || field == "store_id")
        || !is_eav && shape.field("id").is_some() && field.ends_with("_id")
        || shape.class.ends_with(r"\OperationInterface")
        || shape.class == class::SOURCE_ITEM
}

/// Value of a field or custom attribute of a row.
fn field_of(row: &Value, field: &str) -> Value {
    if let Some(value) = row.get(field) {
        return value.clone();
    }
    let attributes = row.get("custom_attributes").and_then(Value::as_array).into_iter().flatten();
    let mut attributes =
        attributes.filter(|it| it.get("attribute_code").and_then(Value::as_str) == Some(field));
    if let Some(value) = attributes.next().and_then(|it| it.get("value")) {
        return value.clone();
    }
    match field {
        "entity_id" => row.get("id").cloned().unwrap_or_default(),
        "category_id" => {
            let ids = row.pointer("/extension_attributes/category_links").and_then(Value::as_array);
            let ids = ids.into_iter().flatten().filter_map(|link| link.get("category_id").map(text_of));
            Value::String(ids.collect::<Vec<_>>().join(","))
        }
        "website_id" => {
            let ids = row.pointer("/extension_attributes/website_ids").and_then(Value::as_array);
            ids.and_then(|ids| ids.first()).cloned().unwrap_or_default()
        }
        _ if field.ends_with("_id") => row.get("id").cloned().unwrap_or_default(),
        _ => Value::Null,
    }
}

/// Compares as the columns do: numbers by value, texts whatever their case.
fn compare(a: &Value, b: &Value) -> Ordering {
    let (a, b) = (text_of(a), text_of(b));
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.to_lowercase().cmp(&b.to_lowercase()),
    }
}

impl SearchCondition {
    fn fits(&self, row: &Value) -> bool {
        let value = field_of(row, &self.field);
        match self.kind.as_str() {
            "null" => return value.is_null(),
            "notnull" => return !value.is_null(),
            _ if value.is_null() || self.value.is_null() => return false,
            _ => {}
        }
        if self.field == "category_id" {
            let value = text_of(&value);
            let is_there = value.split(',').any(|id| is_in(&Value::from(id), &self.value));
            return is_there != matches!(self.kind.as_str(), "neq" | "nin");
        }
        let order = || compare(&value, &self.value);
        match self.kind.as_str() {
            "neq" => order().is_ne(),
            "gt" => order().is_gt(),
            "lt" => order().is_lt(),
            "gteq" | "from" => order().is_ge(),
            "lteq" | "to" => order().is_le(),
            "in" => is_in(&value, &self.value),
            "nin" => !is_in(&value, &self.value),
            "like" => is_like(&text_of(&value), &text_of(&self.value)),
            "nlike" => !is_like(&text_of(&value), &text_of(&self.value)),
            "finset" => is_in(&self.value, &value),
            "nfinset" => !is_in(&self.value, &value),
            _ => order().is_eq(),
        }
    }
}

/// Returns true if a value is one of a list, or of a text with commas.
fn is_in(value: &Value, set: &Value) -> bool {
    match set {
        Value::Array(items) => items.iter().any(|item| compare(value, item).is_eq()),
        _ => text_of(set).split(',').any(|item| compare(value, &Value::from(item.trim())).is_eq()),
    }
}

/// `LIKE` of SQL, whatever the case.
fn is_like(text: &str, pattern: &str) -> bool {
    let (text, pattern) = (text.to_lowercase(), pattern.to_lowercase());
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    // Fits of the text's starts, for one more character of the pattern each round.
    let mut fits: Vec<bool> = (0..=text.len()).map(|at| at == 0).collect();
    for wanted in pattern {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            let before = at.checked_sub(1);
            let of =
                |fits: &[bool], at: Option<usize>| at.and_then(|at| fits.get(at)).copied().unwrap_or(false);
            let fit = match wanted {
                '%' => of(&fits, Some(at)) || of(&next, before),
                '_' => of(&fits, before),
                c => of(&fits, before) && before.and_then(|at| text.get(at)) == Some(&c),
            };
            if let Some(slot) = next.get_mut(at) {
                *slot = fit;
            }
        }
        fits = next;
    }
    fits.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::types::ShapeField;

    fn found(criteria: &Value) -> Vec<i64> {
        let fields = vec![ShapeField::new("id", "int"), ShapeField::new("name", "string|null")];
        let shape = ClassShape { class: "X".to_owned(), fields };
        let rows = [(1, json!("Ann")), (2, json!("bob")), (3, Value::Null), (10, json!("Bo_b%"))];
        let rows = rows.map(|(id, name)| Arc::new(json!({ "id": id, "name": name }))).to_vec();
        let rows = find(rows, criteria, &shape).unwrap().rows;
        rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
    }

    fn filter(field: &str, kind: &str, value: &str) -> Value {
        json!({ "filter_groups": [{ "filters": [{ "field": field, "condition_type": kind, "value": value }] }] })
    }

    #[test]
    fn conditions_are_those_of_sql() {
        for (kind, value, expected) in [
            ("like", "b%", &[2, 10][..]),
            ("like", "b_b", &[2]),
            ("eq", "BOB", &[2]),
            ("nope", "bob", &[2]),
            ("neq", "bob", &[1, 10]),
            ("null", "1", &[3]),
            ("in", "ann,bob", &[1, 2]),
            ("nin", "ann", &[2, 10]),
        ] {
            assert_eq!(found(&filter("name", kind, value)), expected, "{kind} {value}");
        }
        assert_eq!(found(&filter("id", "gteq", "3")), [3, 10]);
    }

    #[test]
    fn pages_come_after_sorting() {
        let sort = json!([{ "field": "id" }]);
        assert_eq!(found(&json!({ "sort_orders": sort, "page_size": 3, "current_page": 2 })), [1]);
        assert_eq!(found(&json!({ "page_size": -1 })), [1]);
        assert_eq!(found(&json!({ "page_size": 0, "current_page": 7 })), [1, 2, 3, 10]);
    }
}
