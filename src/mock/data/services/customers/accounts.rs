//! Customers.

use serde_json::{Map, Value, json};

use super::super::texts::no_such;
use crate::mock::{
    ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::moment},
    input::{text_of, to_int},
};

/// Name under which passwords of customers are kept.
const PASSWORD: &str = "password";

impl ShopData {
    pub(in crate::mock::data) fn customers(
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
            ("AccountManagement", "changePasswordById") => Some(self.change_password(asked)),
            ("GroupRepository", "save") => Some(self.save_group(asked)),
            ("AccountManagement", "getDefaultBillingAddress") => {
                Some(self.default_address(asked, "default_billing"))
            }
            ("AccountManagement", "getDefaultShippingAddress") => {
                Some(self.default_address(asked, "default_shipping"))
            }
            ("AddressRepository", "deleteById") => {
                Some(self.delete_address(asked.arguments.get("addressId")))
            }
            ("CustomerMetadata", _) => self.customer_attributes(asked, "customer"),
            ("AddressMetadata", _) => self.customer_attributes(asked, "customer_address"),
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

    /// Id of the customer who logs in with an e-mail address and a password. Customers that the shop made have `password`.
    pub(in crate::mock) fn customer_of_login(&self, email: &str, given: &str, password: &str) -> Option<u32> {
        let key = self.customer_of(email)?;
        let own = self.memory().row(PASSWORD, &key).flatten();
        let fits = match own {
            Some(own) => own.as_str() == Some(given),
            None => given == password,
        };
        u32::try_from(key.id()?).ok().filter(|_| fits)
    }

    /// E-mail address of the first customer.
    pub(in crate::mock) fn first_email(&self) -> String {
        let row = self.row(class::CUSTOMER, &RowKey::number(1));
        row.and_then(|row| row.get("email").map(text_of)).unwrap_or_default()
    }

    /// Key of the customer with an e-mail address.
    pub(in crate::mock::data) fn customer_of(&self, email: &str) -> Option<RowKey> {
        let has_email = |key: &RowKey| {
            self.row(class::CUSTOMER, key).is_some_and(|row| {
                row.get("email").and_then(Value::as_str).is_some_and(|it| it.eq_ignore_ascii_case(email))
            })
        };
        let named = self.memory().named(class::CUSTOMER, "email", email);
        let mut keys = named.into_iter().chain((1..=self.world.count(class::CUSTOMER)).map(RowKey::number));
        keys.find(has_email)
    }

    fn has_email(&self, email: &str, but: Option<&RowKey>) -> bool {
        self.customer_of(email).is_some_and(|key| but != Some(&key))
    }

    /// Refuses a weak password, as a new shop does.
    fn check_password(&self, password: &str) -> Result<(), ShopRefusal> {
        let is_old = self.rules.is_old();
        if password.trim().chars().count() < 8 {
            let text = if is_old {
                "Please enter a password with at least %1 characters."
            } else {
                "The password needs at least %1 characters. Create a new password and try again."
            };
            return Err(ShopRefusal::localized(400, text, json!(["8"])));
        }
        let has = |kind: fn(&char) -> bool| u8::from(password.chars().any(|it| kind(&it)));
        let classes = has(char::is_ascii_digit)
            + has(char::is_ascii_lowercase)
            + has(char::is_ascii_uppercase)
            + has(|it| !it.is_ascii_alphanumeric());
        if classes < 3 {
            let text = "Minimum of different classes of characters in password is %1. \
                        Classes of characters: Lower Case, Upper Case, Digits, Special Characters.";
            return Err(ShopRefusal::localized(400, text, json!(["3"])));
        }
        Ok(())
    }

    fn change_password(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let id = asked.arguments.get("customerId");
        let [old, new] = ["currentPassword", "newPassword"].map(|name| text_of(asked.arguments.get(name)));
        let email = self.customer(id)?.get("email").map(text_of).unwrap_or_default();
        if self.customer_of_login(&email, &old, &self.world.password).is_none() {
            let text = "The password doesn't match this account. Verify the password and try again.";
            return Err(ShopRefusal::exception(401, text));
        }
        self.check_password(&new)?;
        if let Some(key) = RowKey::of(id) {
            self.put(PASSWORD, &key, Value::from(new));
        }
        Ok(Value::Bool(true))
    }

    fn create_customer(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let sent = asked.arguments.get("customer").as_object().cloned().unwrap_or_default();
        let password = asked.arguments.get("password");
        if !password.is_null() {
            self.check_password(&text_of(password))?;
        }
        self.checked_customer(&sent, None)?;
        self.check_addresses(&sent)?;
        let id = self.next_id(class::CUSTOMER);
        // Without a password, the customer cannot log in.
        self.put(PASSWORD, &RowKey::number(id), password.clone());
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
        self.check_addresses(&sent)?;
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
        self.keep_addresses(&mut row, key);
        let row = Value::Object(row);
        self.put(class::CUSTOMER, key, row.clone());
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
            return Err(ShopRefusal::exception(400, message));
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
            return Err(ShopRefusal::exception(400, wrong.join("\n")));
        }
        if self.has_email(&email, key) {
            let message = "A customer with the same email address already exists in an associated website.";
            return Err(ShopRefusal::exception(400, message));
        }
        Ok(())
    }
}
