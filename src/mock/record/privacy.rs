//! Personal data and secrets in JSON.

use serde_json::{Map, Value};

use super::texts::{self, SECRET};

/// Fields with personal data, and what stands in their place.
const PERSONAL: [(&str, &str); 34] = [
    ("city", "Austin"),
    ("comment", "Comment"),
    ("company", "Example Company"),
    ("customer_dob", "1970-01-01"),
    ("customer_firstname", "Jane"),
    ("customer_lastname", "Doe"),
    ("customer_middlename", "Q"),
    ("customer_name", "Jane Doe"),
    ("customer_note", "Note"),
    ("customer_taxvat", "XX000000000"),
    ("dob", "1970-01-01"),
    ("fax", "555-0100"),
    ("firstname", "Jane"),
    ("first_name", "Jane"),
    ("fullname", "Jane Doe"),
    ("lastname", "Doe"),
    ("last_name", "Doe"),
    ("latitude", "0"),
    ("longitude", "0"),
    ("message", ""),
    ("middlename", "Q"),
    ("nickname", "jane"),
    ("phone", "555-0100"),
    ("po_number", "PO-1"),
    ("postcode", "78701"),
    ("recipient", "Jane Doe"),
    ("sender", "Jane Doe"),
    ("street", "1 Main St"),
    ("taxvat", "XX000000000"),
    ("tax_postcode", "*"),
    ("telephone", "555-0100"),
    ("track_number", "1Z999"),
    ("username", "jane"),
    ("vat_id", "XX000000000"),
];

/// Parts of names of fields whose values are secret.
const SECRETS: [&str; 13] = [
    "access_key",
    "additional_information",
    "api_key",
    "authorization",
    "cc_",
    "hash",
    "iban",
    "password",
    "protect_code",
    "private",
    "secret",
    "signature",
    "token",
];

/// Copies an answer without personal data and secrets.
#[must_use]
pub fn cleaned(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(texts::cleaned(text)),
        Value::Array(items) => Value::Array(items.iter().map(cleaned).collect()),
        Value::Object(fields) => Value::Object(object(fields)),
        other => other.clone(),
    }
}

fn object(fields: &Map<String, Value>) -> Map<String, Value> {
    // Custom attributes and the like: the name is a value.
    let names = ["attribute_code", "key", "code", "field"];
    let name = names.iter().find_map(|it| fields.get(*it)).and_then(Value::as_str).unwrap_or_default();
    let is_error = fields.contains_key("message") && (fields.contains_key("parameters") || fields.len() <= 2);
    let cleaned = fields.iter().map(|(key, value)| {
        let value = match key.as_str() {
            "value" if !name.is_empty() => field(name, value),
            "message" if is_error => cleaned(value),
            _ => field(key, value),
        };
        (key.clone(), value)
    });
    cleaned.collect()
}

fn field(name: &str, value: &Value) -> Value {
    let name = name.to_ascii_lowercase();
    if value.is_null() || value.is_boolean() || value.as_str() == Some("") {
        return value.clone();
    }
    if SECRETS.iter().any(|part| name.contains(part)) {
        return replaced(value, SECRET);
    }
    if name.ends_with("email") {
        return match value {
            Value::String(address) => Value::String(texts::email(address)),
            other => cleaned(other),
        };
    }
    match PERSONAL.iter().find(|(field, _)| *field == name) {
        Some((_, text)) => replaced(value, text),
        None if name.ends_with("_ip") || name.contains("forwarded") => replaced(value, "192.0.2.1"),
        None => cleaned(value),
    }
}

/// Value of the same form with another text.
fn replaced(value: &Value, text: &str) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| replaced(item, text)).collect()),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), replaced(value, text))).collect())
        }
        Value::String(_) => Value::from(text),
        Value::Number(_) => Value::from(0),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_order_keeps_its_form_and_loses_its_person() {
        let order = json!({
            "increment_id": "000000001", "customer_email": "ann@shop.test", "customer_firstname": "Ann",
            "remote_ip": "10.1.2.3", "protect_code": "0e23710448d7d9705ab4c9eb46244f8e", "grand_total": 19.99,
            "billing_address": { "street": ["12 Elm", "Flat 3"], "telephone": "0123", "country_id": "US" },
            "status_histories": [{ "comment": "Ann called", "status": "pending" }],
            "payment": { "cc_last4": "4242", "additional_information": ["Visa 4242"] },
        });
        let clean = cleaned(&order);
        let text = clean.to_string();
        for secret in ["ann", "Ann", "10.1.2.3", "Elm", "0123\"", "4242", "0e2371"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert_eq!(clean["billing_address"]["street"], json!(["1 Main St", "1 Main St"]));
        assert_eq!(clean["grand_total"], json!(19.99));
        assert_eq!(clean["increment_id"], json!("000000001"));
    }

    #[test]
    fn custom_attributes_and_errors_are_read_by_their_names() {
        let clean =
            cleaned(&json!({ "custom_attributes": [{ "attribute_code": "taxvat", "value": "DE1" }] }));
        assert_eq!(clean["custom_attributes"][0]["value"], json!("XX000000000"));
        let error =
            json!({ "message": "No such entity with %fieldName", "parameters": { "fieldName": "id" } });
        assert_eq!(cleaned(&error), error);
    }
}
