//! Customers.

use serde_json::{Map, Value, json};

use super::texts::no_such;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{text_of, to_int},
};

impl ShopData {
    pub(super) fn customers(
        &self,
        asked: &ServiceCall<'_>,
        service: &str,
        method: &str,
    ) -> Option<Result<Value, ShopRefusal>> {
        match (service, method) {
            ("CustomerRepository", "getById") => Some(self.customer(asked.arguments.get("customerId"))),
            ("CustomerRepository", "save") => Some(self.save_customer(asked)),
            ("CustomerRepository", "deleteById") => {
                Some(self.delete_existing(class::CUSTOMER, "customerId", asked.arguments.get("customerId")))
            }
            ("AccountManagement", "createAccount") => Some(self.create_customer(asked)),
            ("AccountManagement", "isEmailAvailable") => {
                let email = text_of(asked.arguments.get("customerEmail"));
                Some(Ok(Value::Bool(!self.has_email(&email, None))))
            }
            _ => None,
        }
    }

    fn customer(&self, id: &Value) -> Result<Value, ShopRefusal> {
        self.existing(class::CUSTOMER, "customerId", id)
    }

    fn has_email(&self, email: &str, but: Option<&RowKey>) -> bool {
        let named = self.memory().named(class::CUSTOMER, email);
        let is_taken = |key: &RowKey| {
            but != Some(key)
                && self.row(class::CUSTOMER, key).is_some_and(|row| {
                    row.get("email").and_then(Value::as_str).is_some_and(|it| it.eq_ignore_ascii_case(email))
                })
        };
        named.is_some_and(|key| is_taken(&key))
            || (1..=self.world.count(class::CUSTOMER)).map(RowKey::number).any(|key| is_taken(&key))
    }

    fn create_customer(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let sent = asked.arguments.get("customer").as_object().cloned().unwrap_or_default();
        let id = self.checked_customer(&sent, None).map(|()| self.next_id(class::CUSTOMER))?;
        let now = moment(asked.now);
        let mut row = Map::new();
        for (name, value) in [
            ("id", json!(id)),
            ("group_id", json!(1)),
            ("created_at", json!(now)),
            ("created_in", json!(self.world.view_name())),
            ("store_id", json!(1)),
            ("website_id", json!(1)),
            ("addresses", json!([])),
            ("disable_auto_group_change", json!(0)),
            ("extension_attributes", json!({ "is_subscribed": false })),
        ] {
            row.insert(name.to_owned(), value);
        }
        Ok(self.keep_customer(row, sent, &RowKey::number(id), &now))
    }

    fn save_customer(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let sent = asked.arguments.get("customer").as_object().cloned().unwrap_or_default();
        let of_path = asked.id.as_ref().filter(|(name, _)| name == "customerId" || name == "id");
        let id = of_path.map(|(_, id)| json!(to_int(&json!(id)))).or_else(|| sent.get("id").cloned());
        let id = id.filter(|id| !id.is_null());
        let Some(id) = id else { return self.create_customer(asked) };
        let known = self.customer(&id)?;
        let key = RowKey::of(&id).ok_or_else(|| no_such("customerId", &id))?;
        let mut merged = known.as_object().cloned().unwrap_or_default();
        for (name, value) in &sent {
            merged.insert(name.clone(), value.clone());
        }
        self.checked_customer(&merged, Some(&key))?;
        let row = known.as_object().cloned().unwrap_or_default();
        Ok(self.keep_customer(row, sent, &key, &moment(asked.now)))
    }

    fn keep_customer(
        &self,
        mut row: Map<String, Value>,
        sent: Map<String, Value>,
        key: &RowKey,
        now: &str,
    ) -> Value {
        for (name, value) in sent.into_iter().filter(|(name, value)| name != "id" && !value.is_null()) {
            row.insert(name, value);
        }
        row.insert("updated_at".to_owned(), json!(now));
        if let Some(Value::Array(addresses)) = row.get_mut("addresses") {
            for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
                if address.get("id").is_none_or(Value::is_null) {
                    address.insert("id".to_owned(), json!(self.next_id(class::ADDRESS)));
                }
                address.insert("customer_id".to_owned(), key.value());
            }
        }
        let email = row.get("email").map(text_of).unwrap_or_default();
        let row = Value::Object(row);
        self.put(class::CUSTOMER, key, row.clone());
        self.memory().name(class::CUSTOMER, &email, key.clone());
        row
    }

    fn checked_customer(
        &self,
        customer: &Map<String, Value>,
        key: Option<&RowKey>,
    ) -> Result<(), ShopRefusal> {
        let text = |name: &str| customer.get(name).map(text_of).unwrap_or_default();
        let email = text("email");
        if email.is_empty() && key.is_none() {
            let message = if self.rules.is_old() {
                "Please enter a customer email."
            } else {
                "The customer email is missing. Enter and try again."
            };
            return Err(ShopRefusal::localized(400, message, Value::Null));
        }
        let mut wrong = Vec::new();
        for (name, label) in [("firstname", "First Name"), ("lastname", "Last Name")] {
            if text(name).is_empty() {
                wrong.push(format!("\"{label}\" is a required value."));
            }
        }
        let is_address =
            email.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
        if !is_address {
            wrong.push("\"Email\" is not a valid email address.".to_owned());
        }
        if !wrong.is_empty() {
            return Err(ShopRefusal::localized(400, wrong.join("\n"), Value::Null));
        }
        if self.has_email(&email, key) {
            let message = "A customer with the same email address already exists in an associated website.";
            return Err(ShopRefusal::localized(400, message, Value::Null));
        }
        Ok(())
    }
}
