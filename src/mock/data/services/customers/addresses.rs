//! Addresses and groups of customers.

use serde_json::{Map, Value, json};

use super::super::texts::no_such;
use crate::mock::{
    RefusalDetail, ShopRefusal,
    data::{ServiceCall, ShopData, class, key::RowKey, made::region},
    input::{is_empty, text_of, to_int},
};

/// Flags of an address, and the fields of its customer that name it.
const DEFAULTS: [&str; 2] = ["default_billing", "default_shipping"];

type Fields = Map<String, Value>;

impl ShopData {
    /// Refuses addresses without what each country needs.
    pub(super) fn check_addresses(&self, customer: &Fields) -> Result<(), ShopRefusal> {
        let addresses = customer.get("addresses").and_then(Value::as_array).into_iter().flatten();
        for address in addresses {
            let lacks = |name: &str| match address.get(name) {
                Some(Value::Array(lines)) => lines.first().is_none_or(is_empty),
                value => value.is_none_or(is_empty),
            };
            let of_region = address.pointer("/region/region_id").is_none_or(is_empty);
            let country = address.get("country_id").map(text_of).unwrap_or_default();
            let fields = [
                ("firstname", lacks("firstname")),
                ("lastname", lacks("lastname")),
                ("street", lacks("street")),
                ("city", lacks("city")),
                ("telephone", lacks("telephone")),
                ("postcode", lacks("postcode")),
                ("countryId", country.is_empty()),
                ("regionId", country == "US" && of_region && lacks("region_id")),
            ];
            let missing = fields.into_iter().filter(|(_, is_missing)| *is_missing);
            let mut missing: Vec<&str> = missing.map(|(name, _)| name).collect();
            match (missing.pop(), missing.is_empty()) {
                (None, _) => {}
                (Some(one), true) => return Err(self.rules.required(one)),
                (Some(last), false) => {
                    missing.push(last);
                    let details = missing.iter().map(|name| RefusalDetail::missing(name, self.rules.version));
                    return Err(ShopRefusal::several(details));
                }
            }
        }
        Ok(())
    }

    /// Gives the addresses of a customer their ids, and the customer the default ones.
    pub(super) fn keep_addresses(&self, customer: &mut Fields, key: &RowKey) {
        let Some(Value::Array(mut addresses)) = customer.remove("addresses") else { return };
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            if address.get("id").and_then(RowKey::of).is_none() {
                address.insert("id".to_owned(), json!(self.next_id(class::ADDRESS)));
            }
            address.insert("customer_id".to_owned(), key.value());
            fill_region(address);
            let id = address.get("id").map(text_of).unwrap_or_default();
            for name in DEFAULTS {
                if address.get(name) == Some(&Value::Bool(true)) {
                    customer.insert(name.to_owned(), json!(id));
                }
            }
        }
        for address in addresses.iter_mut().filter_map(Value::as_object_mut) {
            let id = address.get("id").cloned().unwrap_or_default();
            for name in DEFAULTS {
                // The shop leaves a flag out that is false.
                address.remove(name);
                if customer.get(name).map(text_of) == Some(text_of(&id)) {
                    address.insert(name.to_owned(), json!(true));
                }
            }
            if let Some(key) = RowKey::of(&id) {
                self.put(class::ADDRESS, &key, Value::Object(address.clone()));
            }
        }
        customer.insert("addresses".to_owned(), Value::Array(addresses));
    }

    /// Default address of a customer; null without one.
    pub(super) fn default_address(&self, asked: &ServiceCall<'_>, name: &str) -> Result<Value, ShopRefusal> {
        let customer = self.existing(class::CUSTOMER, "customerId", asked.arguments.get("customerId"))?;
        let key = customer.get(name).map(to_int).map(RowKey::number);
        let address = key.and_then(|key| self.row(class::ADDRESS, &key));
        Ok(address.map(|it| Value::clone(&it)).unwrap_or_default())
    }

    /// Deletes an address, also from its customer.
    pub(super) fn delete_address(&self, id: &Value) -> Result<Value, ShopRefusal> {
        let address = self.existing(class::ADDRESS, "addressId", id)?;
        self.delete_existing(class::ADDRESS, "addressId", id)?;
        let key = address.get("customer_id").and_then(RowKey::of);
        let customer = key.and_then(|key| Some((self.row(class::CUSTOMER, &key)?, key)));
        if let Some((customer, key)) = customer
            && let Value::Object(mut customer) = Value::clone(&customer)
        {
            let is_it = |it: &Value| to_int(it) == to_int(id);
            if let Some(Value::Array(addresses)) = customer.get_mut("addresses") {
                addresses.retain(|it| !it.get("id").is_some_and(is_it));
            }
            customer.retain(|name, value| !(DEFAULTS.contains(&name.as_str()) && is_it(value)));
            self.put(class::CUSTOMER, &key, Value::Object(customer));
        }
        Ok(Value::Bool(true))
    }

    /// Saves a group of customers: each has a code of its own.
    pub(super) fn save_group(&self, asked: &ServiceCall<'_>) -> Result<Value, ShopRefusal> {
        let sent = asked.arguments.get("group").as_object().cloned().unwrap_or_default();
        let of_path = asked.id.as_ref().map(|(_, id)| json!(to_int(&json!(id))));
        let id = of_path.or_else(|| sent.get("id").cloned()).filter(|id| !id.is_null());
        let mut row = match &id {
            Some(id) => self.existing(class::GROUP, "id", id)?.as_object().cloned().unwrap_or_default(),
            None => Fields::new(),
        };
        row.extend(sent.into_iter().filter(|(name, value)| name != "id" && !value.is_null()));
        let code = row.get("code").map(text_of).unwrap_or_default();
        if code.is_empty() {
            return Err(self.rules.required("code"));
        }
        let has_code =
            |row: &Value| row.get("code").is_some_and(|it| text_of(it).eq_ignore_ascii_case(&code));
        if self.rows(class::GROUP).iter().any(|it| has_code(it) && it.get("id") != id.as_ref()) {
            return Err(ShopRefusal::exception(400, "Customer Group already exists."));
        }
        let tax_class =
            row.get("tax_class_id").filter(|it| !is_empty(it)).cloned().unwrap_or_else(|| json!(3));
        let tax = RowKey::of(&tax_class).and_then(|key| self.row(class::TAX_CLASS, &key));
        let tax = tax.ok_or_else(|| no_such("taxClassId", &tax_class))?;
        let id = id.unwrap_or_else(|| json!(self.next_id(class::GROUP)));
        row.insert("tax_class_id".to_owned(), tax_class);
        row.insert("tax_class_name".to_owned(), tax.get("class_name").cloned().unwrap_or_default());
        row.insert("id".to_owned(), id.clone());
        let row = Value::Object(row);
        if let Some(key) = RowKey::of(&id) {
            self.put(class::GROUP, &key, row.clone());
        }
        Ok(row)
    }
}

/// Writes the name and the code of the region that an address names by its id.
fn fill_region(address: &mut Fields) {
    let of_region = address.get("region").and_then(|it| it.get("region_id"));
    let id = of_region.filter(|it| !is_empty(it)).or_else(|| address.get("region_id")).map(to_int);
    let Some(id) = id.filter(|id| *id > 0) else { return };
    address.insert("region_id".to_owned(), json!(id));
    if let Some((code, name)) = region(id) {
        address.insert("region".to_owned(), json!({ "region_code": code, "region": name, "region_id": id }));
    }
}
