//! Personal data and secrets in JSON, by the names of fields.

use serde_json::{Map, Value};

use super::{
    fields::FieldKind,
    texts::{self, SECRET},
};
use crate::mock::ServedRoute;

/// Text in place of one that may be about a person.
const TEXT: &str = "text";

/// Digits that a number may have without being one of a person.
const MOST_DIGITS: usize = 7;

/// Digits that a number may have in attributes of modules.
const FEW_DIGITS: usize = 2;

/// Fields below which anything may stand: attributes of modules.
const OF_MODULES: [&str; 4] =
    ["custom_attributes", "customAttributes", "extension_attributes", "extensionAttributes"];

/// Extension attributes of Magento itself.
const OF_MAGENTO: [&str; 3] = ["applied_taxes", "item_applied_taxes", "shipping_assignments"];

/// First steps of the paths of routes that are about the catalog and the shop.
const OF_CATALOG: [&str; 33] = [
    "attributeMetadata",
    "attributes",
    "base-prices",
    "bundle-products",
    "categories",
    "cmsBlock",
    "cmsPage",
    "configurable-products",
    "cost",
    "coupons",
    "directory",
    "downloadable-links",
    "eav",
    "hierarchy",
    "inventory",
    "modules",
    "products",
    "products-render-info",
    "product-render",
    "productattributes",
    "salesRules",
    "search",
    "shared-catalog",
    "special-price",
    "special-price-information",
    "stockItems",
    "stockStatuses",
    "stores",
    "store",
    "taxClasses",
    "taxRates",
    "taxRules",
    "tier-prices",
];

/// Replaces personal data and secrets in what a route sends and gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cleaner {
    /// True if a text of an unknown field may be about a person.
    is_of_people: bool,
    /// True if the fields are those of a module, whose names mean nothing.
    is_of_module: bool,
}

impl Cleaner {
    /// Cleaner for a route.
    #[must_use]
    pub fn of(route: &ServedRoute) -> Self {
        let class = route.service.as_ref().map(|service| service.class.as_str());
        let is_of_magento = !route.is_own && class.is_some_and(|class| class.starts_with("Magento\\"));
        Self::new(&route.path, is_of_magento)
    }

    /// Cleaner for the path of a route, `/V1/orders/:id`, of Magento or of a module.
    fn new(path: &str, is_of_magento: bool) -> Self {
        let mut steps = path.trim_matches('/').split('/').skip(1);
        let (first, second) = (steps.next().unwrap_or_default(), steps.next());
        // Sources of the inventory have addresses and the people who are there.
        let is_of_catalog = OF_CATALOG.contains(&first) && (first, second) != ("inventory", Some("sources"));
        Self { is_of_people: !is_of_catalog || !is_of_magento, is_of_module: !is_of_magento }
    }

    /// Copies an answer, or the parameters of a query, without personal data and secrets.
    #[must_use]
    pub fn value(self, value: &Value) -> Value {
        self.field("", value)
    }

    /// Cleans a variable of a path.
    #[must_use]
    pub fn variable(self, name: &str, value: &str) -> String {
        // Calls of other ids keep their own fixtures.
        match (Self { is_of_module: false, ..self }).field(name, &Value::from(value)) {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    fn object(self, fields: &Map<String, Value>) -> Map<String, Value> {
        // Custom attributes, filters and the like: the name is a value.
        let names = ["attribute_code", "attributeCode", "key", "code", "field", "name"];
        let name = names.iter().find_map(|it| fields.get(*it)).and_then(Value::as_str);
        // Of an item, unlike of a person.
        let is_item = ["sku", "product_type", "type_id"].iter().any(|it| fields.contains_key(*it));
        let cleaned = fields.iter().map(|(key, value)| {
            let value = match (key.as_str(), name) {
                ("value", Some(name)) if !is_title(name) => self.field(name, value),
                ("name", _) if is_item && !self.is_of_module => {
                    Self { is_of_people: false, ..self }.field(key, value)
                }
                (key, _) if OF_MODULES.contains(&key) => {
                    Self { is_of_module: true, ..self }.field(key, value)
                }
                (key, _) if OF_MAGENTO.contains(&key) => {
                    Self { is_of_module: false, ..self }.field(key, value)
                }
                _ => self.field(key, value),
            };
            (texts::cleaned(key), value)
        });
        cleaned.collect()
    }

    fn field(self, name: &str, value: &Value) -> Value {
        let kind = FieldKind::of(name);
        match value {
            Value::Null | Value::Bool(_) => value.clone(),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.field(name, item)).collect()),
            Value::Object(fields) => match kind {
                FieldKind::Secret | FieldKind::Personal(_) | FieldKind::Email | FieldKind::Address => {
                    self.below(name, fields)
                }
                _ => Value::Object(self.object(fields)),
            },
            Value::String(text) => Value::from(self.text(kind, text)),
            Value::Number(number) => match kind {
                FieldKind::Secret | FieldKind::Personal(_) | FieldKind::Address => Value::from(0),
                FieldKind::Unknown if self.is_of_people && !self.is_impersonal(&number.to_string()) => {
                    Value::from(0)
                }
                _ => value.clone(),
            },
        }
    }

    /// Returns true for a number of few digits, or a price: it names nobody.
    fn is_impersonal(self, number: &str) -> bool {
        let (whole, fraction) = number.trim_start_matches('-').split_once('.').unwrap_or((number, ""));
        let most = if self.is_of_module && fraction.is_empty() { FEW_DIGITS } else { MOST_DIGITS };
        whole.trim_start_matches('-').len() <= most
    }

    /// Object in a field of a person: what its own fields do not say, the field around them says.
    fn below(self, name: &str, fields: &Map<String, Value>) -> Value {
        let cleaned = fields.iter().map(|(key, value)| {
            let name = if FieldKind::of(key) == FieldKind::Unknown { name } else { key };
            (texts::cleaned(key), self.field(name, value))
        });
        Value::Object(cleaned.collect())
    }

    fn text(self, kind: FieldKind, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        match kind {
            FieldKind::Secret => SECRET.to_owned(),
            FieldKind::Email if text.contains('@') => texts::email(text),
            FieldKind::Address => texts::ADDRESS.to_owned(),
            FieldKind::Personal(instead) => instead.to_owned(),
            FieldKind::Impersonal if !self.is_of_people || !self.is_of_module || is_code(text) => {
                texts::cleaned(text)
            }
            FieldKind::Time if is_time(text) => text.to_owned(),
            _ if !self.is_of_people => texts::cleaned(text),
            _ if is_number(text) && self.is_impersonal(text) => text.to_owned(),
            _ if is_number(text) => "0".to_owned(),
            _ => match texts::cleaned(text) {
                // The same address stays the same one.
                address if address.starts_with("person-") && !address.contains(' ') => address,
                secret if secret == SECRET => secret,
                _ => TEXT.to_owned(),
            },
        }
    }
}

/// Returns true for words with that of a secret among them, which name a thing: `Gift token`.
fn is_title(name: &str) -> bool {
    name.trim().contains(char::is_whitespace) && FieldKind::of(name) == FieldKind::Secret
}

/// Returns true for a code, which is not the name of a person: `flatrate_flatrate`, `USD`, `24-MB01`.
fn is_code(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_.:,-".contains(c);
    let has = |is: fn(char) -> bool| text.contains(is);
    let is_short = text.len() <= 3 && text.chars().all(|c| c.is_ascii_uppercase());
    text.len() <= 64
        && text.chars().all(is_part)
        && (is_short || has(|c| c.is_ascii_digit()) || !has(|c| c.is_ascii_uppercase()))
}

/// Returns true for `2026-01-01 00:00:00`, also with a `T`, a fraction and a zone.
fn is_time(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "-: T.Z+".contains(c);
    text.len() >= 10 && text.len() <= 32 && text.chars().all(is_part)
}

/// Returns true for a decimal number.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|c| c.is_ascii_digit() || c == b'.') && digits.matches('.').count() < 2
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_order_keeps_its_form_and_loses_its_person() {
        let order = json!({
            "entity_id": 12_345_678_901_u64, "increment_id": "000000001", "customer_email": "ann@shop.test",
            "customer_firstname": "Ann", "remote_ip": "10.1.2.3", "x_forwarded_for": "10.1.2.4, 10.1.2.5",
            "protect_code": "0e23710448d7d9705ab4c9eb46244f8e", "grand_total": 19.99, "status": "pending",
            "created_at": "2026-03-04 05:06:07", "customer_dob": "1985-02-03 00:00:00", "customer_gender": 2,
            "billing_address": {
                "street": ["12 Elm", "Flat 3"], "telephone": 123_456, "country_id": "US", "region": "California",
                "region_code": "CA", "prefix": "Dr", "fax": "1", "company": "Smith & Sons", "vat_id": "DE123",
            },
            "items": [{ "sku": "24-MB01", "name": "Joust Bag", "product_option": { "extension_attributes": {
                "custom_options": [{ "option_id": "1", "option_value": "For Ann" }] } } }],
            "status_histories": [{ "comment": "Ann called", "status": "pending", "entity_name": "order" }],
            "payment": { "cc_last4": "4242", "method": "checkmo", "additional_information": ["Visa 4242"] },
            "extension_attributes": { "loyalty": { "card": "L-9", "owner": "Ann", "phone_number": 49_151_000 } },
        });
        let clean = Cleaner::new("/V1/orders/:id", true).value(&order);
        let text = clean.to_string();
        for secret in [
            "ann",
            "Ann",
            "10.1.2",
            "Elm",
            "123456,",
            "4242",
            "0e2371",
            "1985",
            "California",
            "CA",
            "Dr",
            "Smith",
            "DE123",
            "L-9",
            "49151",
        ] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert_eq!(clean["billing_address"]["street"], json!(["1 Main St", "1 Main St"]));
        for kept in ["entity_id", "increment_id", "grand_total", "status", "created_at"] {
            assert_eq!(clean[kept], order[kept]);
        }
        assert_eq!(
            (&clean["items"][0]["sku"], &clean["items"][0]["name"]),
            (&json!("24-MB01"), &json!("Joust Bag"))
        );
        assert_eq!(clean["payment"]["method"], "checkmo");
    }

    #[test]
    fn unknown_fields_of_people_hold_nothing() {
        let people = Cleaner::new("/V1/customers/:customerId", true);
        let attribute = |code: &str, value: Value| {
            let clean =
                people.value(&json!({ "custom_attributes": [{ "attribute_code": code, "value": value }] }));
            clean["custom_attributes"][0]["value"].clone()
        };
        assert_eq!(attribute("taxvat", json!("DE1")), "XX000000000");
        assert_eq!(attribute("favourite_pub", json!("The Crown, Ann's place")), "text");
        assert_eq!(attribute("passport_no", json!(123_456_789)), 0);
        assert_eq!(attribute("is_vip", json!("1")), "1");
        assert_eq!(attribute("pin", json!("4711")), "0");
        assert_eq!(attribute("score", json!(12_345)), 0);
        assert_eq!(attribute("title", json!("Dr Ann")), "text");
        assert_eq!(attribute("state", json!("Bavaria")), "text");
        assert_eq!(attribute("status", json!("in_review")), "in_review");
        assert_eq!(attribute("iban", json!("DE89370400440532013000")), "secret");
        assert_eq!(
            attribute("contact", json!({ "x": ["Ann", { "y": "Smith" }] })),
            json!({ "x": ["text", { "y": "text" }] })
        );
        assert_eq!(people.value(&json!("0123 Ann")), "text");
        assert_eq!(people.value(&json!({ "ann@shop.test": 1 })).to_string().matches("ann").count(), 0);
    }

    #[test]
    fn the_catalog_stays() {
        let product = json!({
            "sku": "WS12-M-Orange", "name": "Radiant Tee", "custom_attributes": [
                { "attribute_code": "description", "value": "<p>For Ann, {{widget}} 2026</p>" },
                { "attribute_code": "url_key", "value": "radiant-tee" }, { "attribute_code": "category_ids", "value": ["11"] },
            ],
        });
        assert_eq!(Cleaner::new("/V1/products/:sku", true).value(&product), product);
        let source =
            json!({ "source_code": "default", "contact_name": "Ann", "email": "a@b.test", "phone": "1" });
        let clean = Cleaner::new("/V1/inventory/sources", true).value(&source);
        assert_eq!((&clean["source_code"], &clean["contact_name"]), (&json!("default"), &json!("Jane Doe")));
    }

    #[test]
    fn titles_are_no_names_of_secrets() {
        let options = json!([{ "name": "Gift token", "value": "5 EUR" }, { "name": "token", "value": "S" }]);
        let clean = Cleaner::new("/V1/products/:sku", true).value(&options);
        assert_eq!((&clean[0], &clean[1]["value"]), (&options[0], &json!("secret")));
    }

    #[test]
    fn names_of_fields_of_modules_mean_nothing() {
        let contact = json!({ "label": "Ann Smith", "title": "Ann", "sku": "24-MB01", "code": "b2b", "id": 4711, "fee": 12.5 });
        let clean = Cleaner::new("/V1/products/contacts", false).value(&contact);
        assert_eq!(
            clean,
            json!({ "label": "text", "title": "text", "sku": "24-MB01", "code": "b2b", "id": 4711, "fee": 12.5 })
        );
    }

    #[test]
    fn filters_are_cleaned_by_the_field_that_they_name() {
        let filter = |field: &str, value: &str| {
            let query = json!({ "searchCriteria": { "filter_groups": [{ "filters": [
                { "field": field, "value": value, "condition_type": "eq" }] }], "pageSize": "10" } });
            let clean = Cleaner::new("/V1/customers/search", true).value(&query);
            assert_eq!(clean["searchCriteria"]["pageSize"], "10");
            let clean = &clean["searchCriteria"]["filter_groups"][0]["filters"][0];
            assert_eq!((&clean["field"], &clean["condition_type"]), (&json!(field), &json!("eq")));
            clean["value"].as_str().unwrap().to_owned()
        };
        assert_eq!(filter("lastname", "%Smith%"), "Doe");
        assert_eq!(filter("email", "ann@shop.test"), texts::email("ann@shop.test"));
        assert_eq!(filter("increment_id", "000000012"), "000000012");
        assert_eq!(filter("created_at", "2026-01-01 00:00:00"), "2026-01-01 00:00:00");
    }
}
