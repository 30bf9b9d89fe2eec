//! Methods by their types: lists, single objects, saving and deleting.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{named_row::is_same, own::KeptClass};
use crate::{
    mock::{
        ServedParameter, ShopRefusal,
        data::{
            ServiceCall, ShopData, class,
            key::{LARGEST_ID, RowKey},
            made::{World, moment},
            search,
        },
        input::text_of,
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
            return self.page(asked, &item, self.rows_of(asked, &item, note));
        }
        let name = asked.method.name.as_str();
        let is_removing = ["delete", "remove", "unassign"].iter().any(|start| name.starts_with(start));
        if asked.verb == "DELETE" || is_removing {
            return self.remove(asked, note);
        }
        let object = asked.method.parameters.iter().find_map(|it| Some((it, object_class(it)?)));
        if let Some((parameter, class)) = object.filter(|_| asked.verb != "GET") {
            let named = self.row_of_path(asked, &class)?;
            let mut row = Value::Null;
            let mut key = RowKey::number(0);
            let sent = asked.arguments.get(&parameter.name);
            let items = sent.as_array().map_or_else(|| std::slice::from_ref(sent), Vec::as_slice);
            for item in items {
                (key, row) = self.save(asked, item, &class)?;
            }
            if let Some(named) = named {
                unknown(asked, note);
                return Ok(named);
            }
            return Ok(self.saved(asked, &class, &key, row, note));
        }
        if asked.verb != "GET" {
            unknown(asked, note);
        }
        match kind.class() {
            Some(class) if kind.is_list => {
                let rows = self.rows_of(asked, class, note);
                Ok(Value::Array(rows.iter().map(|row| Value::clone(row)).collect()))
            }
            Some(class) => self.one(asked, class, note),
            None => {
                unknown(asked, note);
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

    /// Rows of a class that fit the variables of the path, and the parameters of a module's own route. Where only the type is
    /// known, rows are made to fit.
    fn rows_of(&self, asked: &ServiceCall<'_>, class: &str, note: &mut Option<String>) -> Vec<Arc<Value>> {
        let rows: Vec<_> =
            self.rows(class).into_iter().map(|row| self.seen(class, row, asked.store)).collect();
        let has_data = World::has_data(class);
        if class == class::PRODUCT && !asked.is_own && asked.path.contains(":sku/") {
            // The shop has no products of several others.
            return Vec::new();
        }
        let Some(shape) = self.book.shape(class) else { return rows };
        let variables: Vec<(String, &Value)> = asked
            .arguments
            .0
            .iter()
            .filter(|it| {
                asked.is_own && it.is_sent || path_parameters(&asked.path).any(|name| name == it.name)
            })
            .map(|it| (snake(&it.name), &it.value))
            .filter(|(field, value)| !value.is_null() && shape.field(field).is_some())
            .collect();
        let fits = |row: &Arc<Value>| {
            variables.iter().all(|(field, value)| row.get(field).is_some_and(|it| is_same(it, value)))
        };
        let fitting: Vec<_> = rows.iter().filter(|row| fits(row)).cloned().collect();
        if has_data || variables.is_empty() || !fitting.is_empty() {
            if !has_data && fitting.iter().any(|row| !self.is_written(class, row)) {
                made(class, note);
            }
            return fitting;
        }
        made(class, note);
        let key = self.key_field(class);
        let is_one = variables.iter().any(|(field, _)| key.as_ref() == Some(field));
        let rows = rows.into_iter().take(if is_one { 1 } else { 2 }).map(|row| {
            let mut row = Value::clone(&row);
            for (field, value) in &variables {
                row[field.as_str()] = Value::clone(value);
            }
            Arc::new(row)
        });
        let rows = rows.filter(|row| self.is_sound(class, row));
        rows.map(|row| self.seen(class, row, asked.store)).filter(fits).collect()
    }

    /// Object of a module's own class that the path of a call names and the method returns beside saving another one.
    fn row_of_path(&self, asked: &ServiceCall<'_>, saved: &str) -> Result<Option<Value>, ShopRefusal> {
        let kind = ValueKind::new(&asked.method.returns);
        let Some(class) = kind.class().filter(|class| !kind.is_list && *class != saved) else {
            return Ok(None);
        };
        match self.identifier(asked, class) {
            Some(_) => self.one(asked, class, &mut None).map(Some),
            None => Ok(None),
        }
    }

    /// Object that the call names.
    fn one(
        &self,
        asked: &ServiceCall<'_>,
        class: &str,
        note: &mut Option<String>,
    ) -> Result<Value, ShopRefusal> {
        let variable = path_parameters(&asked.path).last();
        let sent = asked.method.parameters.iter().rfind(|it| asked.arguments.get(&it.name) != &Value::Null);
        let name = self.identifier(asked, class).or(variable).or_else(|| sent.map(|it| it.name.as_str()));
        let is_page = self.book.shape(class).is_some_and(|shape| shape.field("total_count").is_some());
        let is_key = |value: &Value| value.is_i64() || value.is_string();
        let name = name.filter(|name| !is_page && is_key(asked.arguments.get(name)));
        let Some(name) = name else {
            made(class, note);
            return Ok(self.world.object(&self.book, class, 1).unwrap_or_default());
        };
        let value = asked.arguments.get(name);
        // Others than repositories may answer whatever they are asked.
        let is_free = !World::has_data(class) && self.class_of_service(asked).is_none();
        match self.named_row(class, name, value, is_free) {
            Some((key, row)) => {
                if !World::has_data(class) && self.memory().row(class, &key).is_none() {
                    made(class, note);
                }
                let mut answer = Value::clone(&self.seen(class, row, asked.store));
                if asked.is_own && asked.verb != "GET" {
                    self.write_scalars(asked, class, &key, &mut answer);
                }
                Ok(answer)
            }
            None if self.book.shape(class).is_none() => Ok(Value::Null),
            None => Err(self.missing(class, name, value)),
        }
    }

    /// Writes an object.
    fn save(
        &self,
        asked: &ServiceCall<'_>,
        sent: &Value,
        class: &str,
    ) -> Result<(RowKey, Value), ShopRefusal> {
        let mut sent = sent.as_object().cloned().unwrap_or_default();
        let key_field = self.key_field(class).unwrap_or_else(|| "id".to_owned());
        if let Some(repository) = KeptClass::of(class).filter(|_| asked.is_own) {
            let row = self.save_kept(asked, &repository, sent)?;
            let key = row.get(&key_field).and_then(RowKey::of).unwrap_or_else(|| RowKey::number(0));
            return Ok((key, row));
        }
        let given = sent.remove(&key_field);
        let named = given.as_ref().and_then(RowKey::of);
        if let Some(given) = given.filter(|it| it.is_i64() && named.is_none()) {
            let why = format!("no row has the {key_field} {given}: ids are from 0 to {LARGEST_ID}");
            return Err(self.missing(class, &key_field, &given).because(why));
        }
        let of_path = asked.id.as_ref().and_then(|(name, value)| {
            let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value.as_str()));
            self.named_row(class, name, &value, false).map(|(key, _)| key)
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
        Ok((key, row))
    }

    /// Value that a method returns for what it saved: the object, its id, or that it is done.
    fn saved(
        &self,
        asked: &ServiceCall<'_>,
        class: &str,
        key: &RowKey,
        row: Value,
        note: &mut Option<String>,
    ) -> Value {
        let returns = ValueKind::new(&asked.method.returns);
        let is_repository = self.class_of_service(asked).is_some();
        if !is_repository && returns.class() != Some(class) {
            unknown(asked, note);
        }
        match returns.base {
            KindBase::Class if returns.class() == Some(class) && !returns.is_list => row,
            KindBase::Class => {
                let value = |class| self.world.object(&self.book, class, key.any_id());
                let made = returns.class().and_then(value).unwrap_or_default();
                if returns.is_list { Value::Array(vec![made]) } else { made }
            }
            KindBase::Int => Value::from(key.any_id()),
            KindBase::Text => Value::String(text_of(&key.value())),
            KindBase::Bool => Value::Bool(true),
            KindBase::Nothing => Value::Null,
            _ => self.scalar(asked, &returns),
        }
    }

    /// Fields that the shop itself gives a new row.
    fn fresh(&self, class: &str, now: u64) -> Map<String, Value> {
        let shape = self.book.shape(class);
        let has = |name: &str| shape.as_ref().is_some_and(|shape| shape.field(name).is_some());
        let times = ["created_at", "updated_at"].into_iter().filter(|name| has(name));
        times.map(|name| (name.to_owned(), Value::from(moment(now)))).collect()
    }

    /// Deletes the row that the path names.
    fn remove(&self, asked: &ServiceCall<'_>, note: &mut Option<String>) -> Result<Value, ShopRefusal> {
        let variable = path_parameters(&asked.path).last();
        let class = self.class_of_service(asked);
        if let (Some(name), Some(class)) = (variable, class) {
            let value = asked.arguments.get(name);
            let Some((key, _)) = self.named_row(&class, name, value, false) else {
                return Err(self.missing(&class, name, value));
            };
            self.delete(&class, &key);
        } else {
            unknown(asked, note);
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
        let sku = text_of(asked.arguments.get(name));
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
    let is_page = shape.field("total_count").is_some() || shape.class.contains("SearchResult");
    let items = shape.field("items").filter(|it| it.kind.is_list && is_page)?;
    items.kind.class().map(str::to_owned)
}

/// Class of a parameter that is an object to save, or a list of them.
fn object_class(parameter: &ServedParameter) -> Option<String> {
    let kind = ValueKind::new(&parameter.php_type);
    let is_criteria = kind.text.contains("SearchCriteria");
    kind.class().filter(|_| !is_criteria).map(str::to_owned)
}

/// Notes that an answer has values by the names and types of its fields.
fn made(class: &str, note: &mut Option<String>) {
    let short = class.rsplit('\\').next().unwrap_or(class);
    note.get_or_insert_with(|| format!("generated from the type {short}: the shop's values are unknown"));
}

/// Notes that only the types of a method are known.
fn unknown(asked: &ServiceCall<'_>, note: &mut Option<String>) {
    let class = asked.method.class.rsplit('\\').next().unwrap_or_default();
    note.get_or_insert_with(|| {
        format!("generated from the return type: what {class}::{}() does is unknown", asked.method.name)
    });
}
