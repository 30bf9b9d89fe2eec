//! Own routes of modules: what they save and read of Magento's entities is in the same memory as Magento's own routes have.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    mock::{
        ServedMethod, ShopRefusal,
        data::{ServiceCall, ShopData, class, key::RowKey, rows::is_of_magento},
        input::{Arguments, ServiceArgument, text_of, to_int},
    },
    names::{path_parameters, snake},
};

/// Fields that name an order, a product, or a customer.
const ENTITY_NAMES: [&[&str]; 3] = [
    &["increment_id", "order_increment_id", "order_number", "order_id"],
    &["sku", "product_sku"],
    &["customer_id", "email", "customer_email"],
];

/// Class whose repository does more than keep a row.
pub(super) struct KeptClass {
    repository: &'static str,
    /// Parameter with the object to save.
    parameter: &'static str,
}

impl KeptClass {
    pub(super) fn of(class: &str) -> Option<Self> {
        let (repository, parameter) = match class {
            class::PRODUCT => (r"Magento\Catalog\Api\ProductRepositoryInterface", "product"),
            class::CATEGORY => (r"Magento\Catalog\Api\CategoryRepositoryInterface", "category"),
            class::CUSTOMER => (r"Magento\Customer\Api\CustomerRepositoryInterface", "customer"),
            _ => return None,
        };
        Some(Self { repository, parameter })
    }
}

impl ShopData {
    /// Saves an object by the repository of its class. Scalars of the call fill fields of the same names that it lacks.
    pub(super) fn save_kept(
        &self,
        asked: &ServiceCall<'_>,
        kept: &KeptClass,
        mut object: Map<String, Value>,
    ) -> Result<Value, ShopRefusal> {
        if kept.parameter == "product" {
            let sku = asked.arguments.0.iter().find(|it| it.name.to_lowercase().ends_with("sku"));
            let sku = sku.filter(|_| object.get("sku").is_none_or(Value::is_null));
            object.extend(sku.map(|it| ("sku".to_owned(), it.value.clone())));
        }
        let argument =
            ServiceArgument { name: kept.parameter.to_owned(), value: Value::Object(object), is_sent: true };
        let method = ServedMethod {
            class: kept.repository.to_owned(),
            name: "save".to_owned(),
            parameters: Vec::new(),
            returns: String::new(),
        };
        let call = ServiceCall {
            verb: asked.verb.clone(),
            path: asked.path.clone(),
            is_own: false,
            method: &method,
            arguments: Arguments(vec![argument]),
            store: asked.store,
            base_url: asked.base_url,
            id: asked.id.clone(),
            now: asked.now,
        };
        self.known(&call).unwrap_or(Ok(Value::Null))
    }

    /// Row as a store view sees it; one of a module's own class with the values of the entity that it names.
    pub(super) fn seen(&self, class: &str, row: Arc<Value>, store: u32) -> Arc<Value> {
        if class == class::PRODUCT {
            return self.product_view(row, store);
        }
        let Some(Some(entity)) = self.entity_of(class, &row) else { return row };
        let (Value::Object(mut seen), Some(shape)) = (Value::clone(&row), self.book.shape(class)) else {
            return row;
        };
        let is_written = self.is_written(class, &row);
        for field in &shape.fields {
            let is_given = is_written && seen.get(&field.name).is_some_and(|it| !it.is_null());
            if let Some(value) = value_of(&entity, &field.name).filter(|_| !is_given) {
                seen.insert(field.name.clone(), value);
            }
        }
        Arc::new(Value::Object(seen))
    }

    /// Entity that a row of a module's own class names: none if it names none, none inside if that does not exist.
    pub(super) fn entity_of(&self, class: &str, row: &Value) -> Option<Option<Arc<Value>>> {
        if is_of_magento(class) {
            return None;
        }
        let named = |names: &[&str]| names.iter().find_map(|name| row.get(*name).filter(|it| !it.is_null()));
        let row = |class: &str, id: &Value| RowKey::of(id).and_then(|key| self.row(class, &key));
        if let Some(number) = named(&["increment_id", "order_increment_id", "order_number"]) {
            let is_it =
                |order: &Value| order.get("increment_id").is_some_and(|it| text_of(it) == text_of(number));
            let id = Value::from(to_int(number));
            let likely = row(class::ORDER, &id).filter(|order| is_it(order));
            return Some(likely.or_else(|| self.rows(class::ORDER).into_iter().find(|order| is_it(order))));
        }
        if let Some(id) = named(&["order_id"]) {
            return Some(row(class::ORDER, id));
        }
        if let Some(sku) = named(&["sku", "product_sku"]) {
            let key = self.product_key(&text_of(sku));
            return Some(key.and_then(|key| self.row(class::PRODUCT, &key)));
        }
        if let Some(id) = named(&["customer_id"]) {
            return Some(row(class::CUSTOMER, id));
        }
        let key = self.customer_of(&text_of(named(&["email", "customer_email"])?));
        Some(key.and_then(|key| self.row(class::CUSTOMER, &key)))
    }

    /// Field by which a module's own class names an entity, and its value if a parameter names the entity otherwise: the
    /// `increment_id` of an order for `orderId`. No value inside if there is no such entity.
    pub(super) fn entity_named(
        &self,
        class: &str,
        name: &str,
        value: &Value,
    ) -> Option<(&'static str, Option<Value>)> {
        let (shape, name) = (self.book.shape(class).filter(|_| !is_of_magento(class))?, snake(name));
        if shape.field(&name).is_some() {
            return None;
        }
        let names =
            ENTITY_NAMES.into_iter().find(|names| names.iter().any(|it| shape.field(it).is_some()))?;
        let field = names.iter().find(|it| shape.field(it).is_some())?;
        let name = if name == "entity_id" { "id" } else { &name };
        let is_named = |it: &&&str| **it == name || bare_of(it) == Some(name);
        let known = names.iter().find(is_named)?;
        let mut row = Map::new();
        row.insert((*known).to_owned(), value.clone());
        let entity = self.entity_of(class, &Value::Object(row))?;
        Some((field, entity.and_then(|it| value_of(&it, field))))
    }

    /// Writes parameters of a call into the fields of the same names of the row that it answers.
    pub(super) fn write_scalars(
        &self,
        asked: &ServiceCall<'_>,
        class: &str,
        key: &RowKey,
        answer: &mut Value,
    ) {
        let (Some(shape), Some(key_field)) = (self.book.shape(class), self.key_field(class)) else { return };
        let in_path = |name: &str| path_parameters(&asked.path).any(|it| it == name);
        let sent: Map<String, Value> = asked
            .arguments
            .0
            .iter()
            .filter(|it| it.is_sent && !in_path(&it.name))
            .map(|it| (snake(&it.name), it.value.clone()))
            .filter(|(field, _)| *field != key_field && shape.field(field).is_some())
            .collect();
        let Value::Object(answer) = answer else { return };
        if sent.is_empty() {
            return;
        }
        // What the entity has, it has in its own row.
        let entity = self.entity_of(class, &Value::Object(answer.clone())).flatten();
        let is_own =
            |name: &str| name == key_field || entity.as_ref().is_none_or(|it| value_of(it, name).is_none());
        let mut kept = answer.clone();
        kept.retain(|name, _| is_own(name));
        kept.extend(sent.clone());
        answer.extend(sent);
        self.put(class, key, Value::Object(kept));
    }
}

/// Value of an entity for a field: `order_status` is the status of an order, `skus` are those of its items.
fn value_of(entity: &Value, field: &str) -> Option<Value> {
    let found = [Some(field), bare_of(field)].into_iter().flatten().find_map(|name| entity.get(name));
    if let ("skus", Some(items)) = (field, entity.get("items").and_then(Value::as_array)) {
        return Some(items.iter().filter_map(|item| item.get("sku").cloned()).collect());
    }
    let (id, number) = (entity.get("entity_id"), entity.get("increment_id"));
    match field {
        "order_id" => id.cloned(),
        "order_number" => number.cloned(),
        _ => found.cloned(),
    }
}

/// `status` for `order_status`.
fn bare_of(field: &str) -> Option<&str> {
    ["order_", "product_", "customer_"].iter().find_map(|start| field.strip_prefix(start))
}
