//! Methods by their types: lists, single objects, saving and deleting.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::texts::no_such;
use crate::{
    mock::{
        ServedParameter, ShopRefusal,
        data::{ServiceCall, ShopData, key::RowKey, made::moment, search},
        types::{ClassShape, KindBase, ValueKind},
    },
    names::{path_parameters, snake},
};

impl ShopData {
    /// Answers a method by its types.
    pub(super) fn generic(
        &self,
        asked: &ServiceCall<'_>,
        note: &mut Option<String>,
    ) -> Result<Value, ShopRefusal> {
        let kind = ValueKind::new(&asked.method.returns);
        self.check_product(asked)?;
        if let Some(class) = kind.class().filter(|_| !kind.is_list)
            && let Some(item) = self.book.shape(class).and_then(|shape| item_of(&shape))
        {
            return self.page(asked, &item, self.rows_of(asked, &item));
        }
        let name = asked.method.name.as_str();
        let is_removing = ["delete", "remove", "unassign"].iter().any(|start| name.starts_with(start));
        if asked.verb == "DELETE" || is_removing {
            return self.remove(asked);
        }
        let object = asked.method.parameters.iter().find_map(|it| Some((it, object_class(it)?)));
        if let Some((parameter, class)) = object.filter(|_| asked.verb != "GET") {
            return self.save(asked, parameter, &class, &kind);
        }
        match kind.class() {
            Some(class) if kind.is_list => {
                Ok(Value::Array(self.rows_of(asked, class).iter().map(|row| Value::clone(row)).collect()))
            }
            Some(class) => self.one(asked, class),
            None => {
                if kind.base == KindBase::Any {
                    *note = Some(format!("{} returns {}: its content is not known", name, kind.text));
                }
                Ok(self.scalar(asked, &kind))
            }
        }
    }

    /// Page of rows that fit the search criteria of a call.
    pub(in crate::mock::data) fn page(
        &self,
        asked: &ServiceCall<'_>,
        class: &str,
        rows: Vec<Arc<Value>>,
    ) -> Result<Value, ShopRefusal> {
        let criteria = asked.arguments.0.iter().map(|it| &it.value);
        let criteria = asked.method.parameters.iter().zip(criteria);
        let mut criteria =
            criteria.filter(|(it, _)| it.php_type.contains("SearchCriteria")).map(|(_, value)| value);
        let criteria = criteria.next_back().cloned().unwrap_or_else(|| json!({}));
        let Some(shape) = self.book.shape(class) else { return Ok(Value::Null) };
        let found = search::find(rows, &criteria, &shape)?;
        let items: Vec<Value> = found.rows.iter().map(|row| Value::clone(row)).collect();
        Ok(json!({ "items": items, "search_criteria": search::echo(&criteria), "total_count": found.total }))
    }

    /// Rows of a class, with the variables of the path in the fields of the same names.
    fn rows_of(&self, asked: &ServiceCall<'_>, class: &str) -> Vec<Arc<Value>> {
        let rows = self.rows(class);
        let Some(shape) = self.book.shape(class) else { return rows };
        let variables: Vec<(String, &Value)> = path_parameters(&asked.path)
            .map(|name| (snake(name), asked.arguments.get(name)))
            .filter(|(field, value)| !value.is_null() && shape.field(field).is_some())
            .collect();
        if variables.is_empty() {
            return rows;
        }
        let rows = rows.into_iter().take(2).map(|row| {
            let mut row = Value::clone(&row);
            for (field, value) in &variables {
                row[field.as_str()] = Value::clone(value);
            }
            Arc::new(row)
        });
        rows.collect()
    }

    /// Object that the path names.
    fn one(&self, asked: &ServiceCall<'_>, class: &str) -> Result<Value, ShopRefusal> {
        let variable = path_parameters(&asked.path).last();
        let sent = asked.method.parameters.iter().rfind(|it| asked.arguments.get(&it.name) != &Value::Null);
        let name = variable.or_else(|| sent.map(|it| it.name.as_str()));
        let name = name.filter(|name| RowKey::of(asked.arguments.get(name)).is_some());
        let Some(name) = name else {
            return Ok(self.world.object(&self.book, class, 1).unwrap_or_default());
        };
        let value = asked.arguments.get(name);
        match self.named_row(class, name, value) {
            Some((_, row)) => Ok(Value::clone(&row)),
            None if self.book.shape(class).is_none() => Ok(Value::Null),
            None => Err(no_such(name, value)),
        }
    }

    /// Row whose key, or other field, a parameter names.
    fn named_row(&self, class: &str, name: &str, value: &Value) -> Option<(RowKey, Arc<Value>)> {
        let key = RowKey::of(value)?;
        let (shape, key_field) = (self.book.shape(class)?, self.key_field(class)?);
        let field = snake(name);
        let is_other = field != key_field && shape.field(&field).is_some() && !field.ends_with("_id");
        if !is_other {
            return self.row(class, &key).map(|row| (key, row));
        }
        let named = self.rows(class).into_iter().find(|row| row.get(&field) == Some(value));
        if let Some(row) = named {
            return Some((row.get(&key_field).and_then(RowKey::of)?, row));
        }
        if self.world.is_empty {
            return None;
        }
        let id = key.any_id();
        let mut row = self.world.object(&self.book, class, id)?;
        row[field.as_str()] = value.clone();
        Some((row.get(&key_field).and_then(RowKey::of)?, Arc::new(row)))
    }

    /// Writes an object, and answers it or its id.
    fn save(
        &self,
        asked: &ServiceCall<'_>,
        parameter: &ServedParameter,
        class: &str,
        returns: &ValueKind,
    ) -> Result<Value, ShopRefusal> {
        let sent = match asked.arguments.get(&parameter.name) {
            Value::Object(sent) => sent.clone(),
            _ => Map::new(),
        };
        let key_field = self.key_field(class).unwrap_or_else(|| "id".to_owned());
        let named = sent.get(&key_field).filter(|value| !value.is_null()).and_then(RowKey::of);
        let of_path = asked.id.as_ref().and_then(|(name, value)| {
            let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value.as_str()));
            self.named_row(class, name, &value).map(|(key, _)| key)
        });
        let is_new = named.is_none() && of_path.is_none();
        let key = named.or(of_path).unwrap_or_else(|| RowKey::number(self.next_id(class)));
        let mut row = match self.row(class, &key).filter(|_| !is_new).map(|row| Value::clone(&row)) {
            Some(Value::Object(row)) => row,
            _ => self.fresh(class, asked.now),
        };
        row.insert(key_field, key.value());
        row.extend(sent);
        let row = Value::Object(row);
        self.put(class, &key, row.clone());
        Ok(match returns.base {
            KindBase::Class if returns.class() == Some(class) => row,
            KindBase::Class => returns
                .class()
                .and_then(|it| self.world.object(&self.book, it, key.any_id()))
                .unwrap_or_default(),
            KindBase::Int => Value::from(key.any_id()),
            KindBase::Text => Value::String(crate::mock::input::text_of(&key.value())),
            KindBase::Bool => Value::Bool(true),
            KindBase::Nothing => Value::Null,
            _ => self.scalar(asked, returns),
        })
    }

    /// Fields that the shop itself gives a new row.
    fn fresh(&self, class: &str, now: u64) -> Map<String, Value> {
        let shape = self.book.shape(class);
        let has = |name: &str| shape.as_ref().is_some_and(|shape| shape.field(name).is_some());
        let times = ["created_at", "updated_at"].into_iter().filter(|name| has(name));
        times.map(|name| (name.to_owned(), Value::from(moment(now)))).collect()
    }

    /// Deletes the row that the path names.
    fn remove(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let variable = path_parameters(&asked.path).last();
        let class = self.class_of_service(asked);
        if let (Some(name), Some(class)) = (variable, class) {
            let value = asked.arguments.get(name);
            let Some((key, _)) = self.named_row(&class, name, value) else {
                return Err(no_such(name, value));
            };
            self.delete(&class, &key);
        }
        Ok(match ValueKind::new(&asked.method.returns).base {
            KindBase::Nothing => Value::Null,
            _ => Value::Bool(true),
        })
    }

    /// Class that a repository keeps: `Tax\Api\Data\TaxRuleInterface` of `Tax\Api\TaxRuleRepositoryInterface`.
    fn class_of_service(&self, asked: &ServiceCall<'_>) -> Option<String> {
        let class = asked.method.class.strip_suffix("RepositoryInterface")?;
        let (namespace, short) = class.rsplit_once('\\')?;
        let of_module = format!(r"{namespace}\Data\{short}Interface");
        let of_eav = format!(r"Magento\Eav\Api\Data\{short}Interface");
        [of_module, of_eav].into_iter().find(|class| self.book.shape(class).is_some())
    }

    /// Scalar, or list of scalars.
    fn scalar(&self, asked: &ServiceCall<'_>, kind: &ValueKind) -> Value {
        let id = asked.arguments.values().find_map(RowKey::of).map_or(1, |key| key.any_id());
        if kind.base == KindBase::Bool && !kind.is_list {
            return Value::Bool(true);
        }
        let name = asked.method.name.trim_start_matches("get");
        self.world.value(&self.book, &snake(name), kind, id).unwrap_or_default()
    }

    /// Refuses a path below a product that does not exist.
    fn check_product(&self, asked: &ServiceCall<'_>) -> Result<(), ShopRefusal> {
        let mut names = path_parameters(&asked.path);
        let name = names.find(|name| matches!(*name, "sku" | "productSku")).filter(|_| !asked.is_own);
        let Some(name) = name else { return Ok(()) };
        let sku = crate::mock::input::text_of(asked.arguments.get(name));
        let is_core = asked.method.class.starts_with(r"Magento\");
        if is_core && !sku.is_empty() && self.product_key(&sku).is_none() {
            Err(self.no_product())
        } else {
            Ok(())
        }
    }
}

/// Class of the items of search results; none for another class.
fn item_of(shape: &ClassShape) -> Option<String> {
    shape.field("total_count")?;
    let items = shape.field("items").filter(|it| it.kind.is_list)?;
    items.kind.class().map(str::to_owned)
}

/// Class of a parameter that is one object to save.
fn object_class(parameter: &ServedParameter) -> Option<String> {
    let kind = ValueKind::new(&parameter.php_type);
    let is_criteria = kind.text.contains("SearchCriteria");
    kind.class().filter(|_| !kind.is_list && !is_criteria).map(str::to_owned)
}
